#include "tests/support/platform_database.h"

#include "tests/support/postgres_server.h"

namespace convene::test {
namespace {

constexpr const char* kTables = R"(
CREATE TYPE cohort_status AS ENUM ('active', 'completed', 'cancelled');
CREATE TYPE cohort_role AS ENUM ('participant', 'facilitator');
CREATE TYPE grouping_status AS ENUM ('awaiting_grouping', 'grouped', 'ungroupable');
CREATE TYPE group_status AS ENUM ('forming', 'active', 'completed', 'merged', 'cancelled');
CREATE TYPE group_user_role AS ENUM ('participant', 'facilitator');
CREATE TYPE group_user_status AS ENUM ('active', 'dropped', 'completed', 'removed');
CREATE TABLE users (
    user_id SERIAL PRIMARY KEY, discord_id TEXT UNIQUE, discord_username TEXT, nickname TEXT, email TEXT,
    timezone TEXT, availability_local TEXT, if_needed_availability_local TEXT, availability_utc TEXT,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(), updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    deleted_at TIMESTAMPTZ, newsletter BOOLEAN NOT NULL DEFAULT TRUE);
CREATE INDEX platform_users_nickname ON users (nickname);
CREATE TABLE facilitators (
    facilitator_id SERIAL PRIMARY KEY, user_id INTEGER NOT NULL UNIQUE REFERENCES users ON DELETE CASCADE,
    max_active_groups INTEGER DEFAULT 2, certified_at TIMESTAMPTZ);
CREATE TABLE courses (course_id SERIAL PRIMARY KEY, course_name TEXT NOT NULL, description TEXT);
CREATE TABLE cohorts (
    cohort_id SERIAL PRIMARY KEY, cohort_name TEXT NOT NULL,
    course_id INTEGER NOT NULL REFERENCES courses ON DELETE CASCADE, cohort_start_date DATE NOT NULL,
    duration_days INTEGER NOT NULL, status cohort_status NOT NULL DEFAULT 'active',
    touched INTEGER NOT NULL DEFAULT 0);
CREATE TABLE courses_users (
    course_user_id SERIAL PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
    course_id INTEGER NOT NULL REFERENCES courses ON DELETE CASCADE,
    cohort_id INTEGER REFERENCES cohorts ON DELETE CASCADE, cohort_role cohort_role NOT NULL,
    grouping_status grouping_status NOT NULL DEFAULT 'awaiting_grouping', completed_at TIMESTAMPTZ);
CREATE TABLE groups (
    group_id SERIAL PRIMARY KEY, group_name TEXT NOT NULL,
    cohort_id INTEGER NOT NULL REFERENCES cohorts ON DELETE CASCADE, discord_text_channel_id TEXT,
    discord_voice_channel_id TEXT, recurring_meeting_time_utc TEXT,
    status group_status NOT NULL DEFAULT 'forming', start_date DATE, expected_end_date DATE,
    created_at TIMESTAMPTZ DEFAULT now(), updated_at TIMESTAMPTZ DEFAULT now());
CREATE TABLE groups_users (
    group_user_id SERIAL PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
    group_id INTEGER NOT NULL REFERENCES groups ON DELETE CASCADE, role group_user_role NOT NULL,
    status group_user_status NOT NULL DEFAULT 'active', joined_at TIMESTAMPTZ DEFAULT now(), left_at TIMESTAMPTZ);
CREATE TABLE meetings (
    meeting_id SERIAL PRIMARY KEY, group_id INTEGER NOT NULL REFERENCES groups ON DELETE CASCADE,
    cohort_id INTEGER NOT NULL REFERENCES cohorts ON DELETE CASCADE,
    course_id INTEGER NOT NULL REFERENCES courses ON DELETE CASCADE, scheduled_time_utc TIMESTAMPTZ NOT NULL,
    was_rescheduled BOOLEAN NOT NULL DEFAULT FALSE, discord_event_id TEXT, discord_voice_channel_id TEXT,
    zoom_link TEXT);
CREATE TABLE payments (payment_id SERIAL PRIMARY KEY, user_id INTEGER REFERENCES users, amount NUMERIC(10, 2));
CREATE VIEW platform_people AS SELECT user_id, coalesce(nickname, discord_username) AS name FROM users;
-- Counts how often somebody writes to a cohort.
CREATE FUNCTION platform_touch() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN NEW.touched := OLD.touched + 1; RETURN NEW; END';
CREATE TRIGGER platform_touch BEFORE UPDATE ON cohorts FOR EACH ROW EXECUTE FUNCTION platform_touch();
)";

constexpr const char* kRows = R"(
INSERT INTO courses (course_name, description) VALUES ('AI Safety Fundamentals', 'Eight weeks');
INSERT INTO cohorts (cohort_name, course_id, cohort_start_date, duration_days)
    VALUES ('AI Safety - Jan 2025', 1, '2025-01-15', 60), ('AI Safety - Mar 2025', 1, '2025-03-03', 57);
INSERT INTO users (discord_id, discord_username, nickname, email, timezone, availability_local,
                   if_needed_availability_local, availability_utc)
    SELECT (100000000000000000 + n)::text, 'user' || n, CASE WHEN n % 2 = 0 THEN 'Nick ''' || n || '''' END,
           'User' || n || '@Example.org', (ARRAY['Europe/London', 'America/New_York', 'Asia/Kolkata'])[1 + n % 3],
           CASE WHEN n % 3 <> 2 THEN '{"Wednesday": ["08:00-22:00"], "Thursday": ["08:00-22:00"]}' END,
           CASE WHEN n % 3 = 0 THEN '{"Friday": ["18:00-20:00"]}' END,
           CASE WHEN n % 3 = 2 THEN 'W13:00 W18:00, R13:00 R18:00' END
    FROM generate_series(1, 100) n;
INSERT INTO facilitators (user_id, max_active_groups, certified_at)
    VALUES (1, 3, now()), (2, NULL, now()), (3, 2, now()), (4, 2, NULL);
INSERT INTO courses_users (user_id, course_id, cohort_id, cohort_role)
    SELECT n, 1, 1, (CASE WHEN n <= 4 THEN 'facilitator' ELSE 'participant' END)::cohort_role
    FROM generate_series(1, 60) n;
INSERT INTO courses_users (user_id, course_id, cohort_id, cohort_role, grouping_status)
    SELECT n, 1, 2, (CASE WHEN n <= 2 THEN 'facilitator' ELSE 'participant' END)::cohort_role, 'grouped'
    FROM generate_series(1, 100) n WHERE n <= 2 OR n BETWEEN 61 AND 70;
INSERT INTO groups (group_name, cohort_id, recurring_meeting_time_utc, status)
    VALUES ('Group 1', 2, 'Monday 15:00-16:00', 'active'), ('Group 2', 2, 'Tuesday 16:00', 'active');
INSERT INTO groups_users (user_id, group_id, role) VALUES (1, 1, 'facilitator'), (2, 2, 'facilitator');
INSERT INTO groups_users (user_id, group_id, role)
    SELECT n, 1 + n % 2, 'participant' FROM generate_series(61, 70) n;
INSERT INTO meetings (group_id, cohort_id, course_id, scheduled_time_utc)
    SELECT g, 2, 1, '2025-03-03 14:00:00+00'::timestamptz + g * interval '1 day 1 hour' - interval '1 day'
           + k * interval '7 days'
    FROM generate_series(1, 2) g, generate_series(0, 7) k;
INSERT INTO payments (user_id, amount) SELECT n, n * 1.5 FROM generate_series(1, 100) n;
)";

}  // namespace

void make_platform_database(const std::string& url) {
    run_sql(url, kTables);
    run_sql(url, kRows);
}

}  // namespace convene::test
