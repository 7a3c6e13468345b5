#include "tests/support/synthetic_cohort.h"

#include <array>
#include <string_view>
#include <utility>

#include "tests/support/random_numbers.h"

namespace convene::test {
namespace {

struct WeightedZone {
    std::string_view name;
    int weight;
};

constexpr std::array<WeightedZone, 12> kZones = {{{"America/New_York", 23},
                                                  {"Europe/London", 20},
                                                  {"America/Los_Angeles", 15},
                                                  {"Europe/Berlin", 14},
                                                  {"Asia/Kolkata", 12},
                                                  {"America/Chicago", 8},
                                                  {"America/Sao_Paulo", 5},
                                                  {"Asia/Singapore", 5},
                                                  {"Africa/Lagos", 4},
                                                  {"Australia/Sydney", 4},
                                                  {"Asia/Tokyo", 3},
                                                  {"Asia/Kathmandu", 2}}};

/// Percent chance of a window per day: how much of an evening, day-time and weekend person somebody is.
struct Habit {
    int evening;
    int daytime;
    int weekend;
};

class CohortDrawer {
public:
    CohortDrawer(const SyntheticCohort& wanted, const ZoneTable& zones)
        : wanted_(wanted), random_(wanted.seed) {
        for (const WeightedZone& zone : kZones) {
            for (int i = 0; i < zone.weight; ++i) zones_.push_back(zones.find(zone.name));
        }
    }

    CohortFile draw() {
        file_.name = "Synthetic " + std::to_string(wanted_.participants) + "-" + std::to_string(wanted_.seed);
        file_.course = "Rehearsal";
        file_.problem.schedule.start_date = wanted_.start_date;
        file_.problem.schedule.number_of_group_meetings = wanted_.number_of_group_meetings;
        const int facilitators = (wanted_.participants * wanted_.facilitators_per_hundred + 99) / 100;
        for (int i = 0; i < wanted_.participants; ++i) add_participant(i);
        for (int i = 0; i < facilitators; ++i) add_facilitator(i);
        shuffle();
        return std::move(file_);
    }

private:
    void add_participant(int number) {
        const int density = random_.between(wanted_.density.first, wanted_.density.second);
        Person person = draw_person("p" + std::to_string(number), habit(density));
        person.name = "Participant " + std::to_string(number);
        if (wanted_.one_without_hours_in > 0 && random_.between(1, wanted_.one_without_hours_in) == 1) {
            person.available = {};
            person.if_needed = {};
        }
        add(std::move(person));
    }

    void add_facilitator(int number) {
        const int density = random_.between(wanted_.density.first + 15, wanted_.density.second + 15);
        Person person = draw_person("f" + std::to_string(number), habit(density));
        person.name = "Facilitator " + std::to_string(number);
        person.role = Role::facilitator;
        const int draw = random_.between(0, 99);
        person.max_groups = draw < 45 ? 1 : draw < 83 ? 2 : 3;
        add(std::move(person));
    }

    Habit habit(int density) {
        switch (random_.between(0, 9)) {
            case 0:
                return {density / 4, density, density / 4};
            case 1:
            case 2:
                return {density / 3, density / 10, density};
            default:
                return {density, density / 8, density / 4};
        }
    }

    Person draw_person(std::string id, Habit habit) {
        Person person;
        person.id = std::move(id);
        person.zone = zones_[random_.index(zones_.size())];
        std::vector<WeeklyWindow> available;
        std::vector<WeeklyWindow> if_needed;
        for (int day = 0; day < 7; ++day) {
            const bool weekend = day >= 5;
            // Starts and lengths in half hours.
            if (weekend && random_.percent(habit.weekend)) add_window(available, day, {18, 33}, {2, 8});
            if (!weekend && random_.percent(habit.evening)) add_window(available, day, {34, 39}, {2, 8});
            if (!weekend && random_.percent(habit.daytime)) add_window(available, day, {16, 29}, {2, 8});
            if (random_.percent(18)) add_window(if_needed, day, {16, 40}, {2, 4});
        }
        person.available = WeeklySet(available);
        person.if_needed = WeeklySet(if_needed);
        return person;
    }

    void add_window(std::vector<WeeklyWindow>& windows, int day, std::pair<int, int> start,
                    std::pair<int, int> length) {
        const int begin = day * kMinutesPerDay + 30 * random_.between(start.first, start.second);
        windows.emplace_back(begin, 30 * random_.between(length.first, length.second));
    }

    void add(Person person) {
        Contact contact;
        contact.email = person.id + "@example.org";
        contact.discord_id = std::to_string(200'000'000'000'000'000ULL + file_.contacts.size());
        file_.contacts.push_back(std::move(contact));
        file_.problem.people.push_back(std::move(person));
    }

    /// Fisher and Yates; contacts stay with their people.
    void shuffle() {
        auto& people = file_.problem.people;
        for (std::size_t i = people.size(); i > 1; --i) {
            const std::size_t other = random_.index(i);
            std::swap(people[i - 1], people[other]);
            std::swap(file_.contacts[i - 1], file_.contacts[other]);
        }
    }

    const SyntheticCohort& wanted_;
    RandomNumbers random_;
    std::vector<ZonePtr> zones_;  ///< each as often as its weight
    CohortFile file_;
};

}  // namespace

CohortFile synthetic_cohort(const SyntheticCohort& wanted, const ZoneTable& zones) {
    return CohortDrawer(wanted, zones).draw();
}

}  // namespace convene::test
