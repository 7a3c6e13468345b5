// Work in progress, told by server-sent events.
#include <fmt/format.h>

#include <charconv>

#include "web/api/api.h"

namespace convene::web {
namespace {

/// How long a connection may be silent before a comment keeps it alive.
constexpr std::chrono::seconds kHeartbeat{10};
constexpr std::chrono::milliseconds kLookAgain{500};

std::shared_ptr<Job> job_of(const Call& call, Backstage& stage) {
    auto job = stage.jobs.find(call.parameters.at("job"));
    if (!job) throw Refusal(404, "not_found", "no such job");
    return job;
}

Json to_json(const Job& job) {
    return {{"job", job.id()},
            {"kind", job.kind()},
            {"cohort_id", job.cohort().value},
            {"finished", job.finished()},
            {"latest", job.latest()}};
}

Response list(const Call& call, Backstage& stage) {
    Json jobs = Json::array();
    for (const auto& job : stage.jobs.of(call.cohort())) jobs.push_back(to_json(*job));
    return json_reply({{"jobs", jobs}});
}

Response show(const Call& call, Backstage& stage) {
    return json_reply(to_json(*job_of(call, stage)));
}

Response stop(const Call& call, Backstage& stage) {
    job_of(call, stage)->stop();
    return {204, {}, "", {}};
}

/// The events after the one that a browser saw last; it says so when it reconnects.
std::size_t first_unseen(const Request& request) {
    const std::string seen = request.header("last-event-id");
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(seen.data(), seen.data() + seen.size(), index);
    return error == std::errc() && end == seen.data() + seen.size() && !seen.empty() ? index + 1 : 0;
}

void send_events(const Job& job, std::size_t index, http::Sink& sink) {
    auto last_sign = std::chrono::steady_clock::now();
    while (sink.open()) {
        if (const auto event = job.event(index, kLookAgain)) {
            if (!sink.write(fmt::format("id: {}\ndata: {}\n\n", index, *event))) return;
            ++index;
            last_sign = std::chrono::steady_clock::now();
            continue;
        }
        if (job.finished() && !job.event(index, std::chrono::milliseconds(0))) break;
        if (std::chrono::steady_clock::now() - last_sign < kHeartbeat) continue;
        if (!sink.write(": still here\n\n")) return;
        last_sign = std::chrono::steady_clock::now();
    }
    (void)sink.write("event: end\ndata: {}\n\n");
}

Response events(const Call& call, Backstage& stage) {
    Response response;
    response.headers = {
        {"Content-Type", "text/event-stream"}, {"Cache-Control", "no-store"}, {"X-Accel-Buffering", "no"}};
    response.stream = [job = job_of(call, stage), index = first_unseen(call.request)](http::Sink& sink) {
        send_events(*job, index, sink);
    };
    return response;
}

}  // namespace

void add_job_routes(Router& router, Backstage& stage) {
    const auto add = [&](const char* method, std::string path, Response (*answer)(const Call&, Backstage&)) {
        router.add(method, std::move(path), Access::organiser,
                   [&stage, answer](const Call& call) { return answer(call, stage); });
    };
    add("GET", "/api/v1/cohorts/{cohort}/jobs", list);
    add("GET", "/api/v1/jobs/{job}", show);
    add("DELETE", "/api/v1/jobs/{job}", stop);
    add("GET", "/api/v1/jobs/{job}/events", events);
}

}  // namespace convene::web
