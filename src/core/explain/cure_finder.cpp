#include "core/explain/cure_finder.h"

#include <algorithm>

namespace convene {
namespace {

std::string people(int number) {
    return std::to_string(number) + (number == 1 ? " participant" : " participants");
}

std::string hours_list(const std::vector<WeeklyWindow>& hours) {
    std::string text;
    for (const WeeklyWindow window : hours) text += (text.empty() ? "" : " and ") + hours_text(window);
    return text;
}

}  // namespace

bool CureFinder::may_sit_in(int person, std::size_t group) const {
    if (!file_.bonds.kept_apart(person)) return true;
    const auto apart_from = [&](int other) { return other >= 0 && file_.bonds.apart(person, other); };
    const PlannedGroup& planned = file_.plan.groups[group];
    if (apart_from(file_.problem.index_of(planned.facilitator))) return false;
    for (const std::string& id : planned.participants)
        if (apart_from(file_.problem.index_of(id))) return false;
    const auto joined = joined_.find(group);
    return joined == joined_.end() || std::none_of(joined->second.begin(), joined->second.end(), apart_from);
}

std::optional<PricedCure> CureFinder::own_hours(int person) {
    if (file_.bonds.tied(person)) return std::nullopt;
    const Rules& rules = file_.problem.rules();
    std::optional<PricedCure> best;
    for (int option = 0; option < file_.starts.size(); ++option) {
        if (file_.groups_at(option).empty() || file_.seating.free_seats(option) <= 0) continue;
        const HoursAsked asked = missing_.of(file_.person(person), option);
        if (asked.hours.empty() || (best && asked.cost >= best->cost)) continue;
        for (const std::size_t number : file_.groups_at(option)) {
            const PlannedGroup& group = file_.plan.groups[number];
            const int counted = rules.count_facilitator && !group.facilitator.empty() ? 1 : 0;
            const auto joined = joined_.find(number);
            const auto taken =
                group.participants.size() + (joined == joined_.end() ? 0 : joined->second.size());
            const int seats = std::min(file_.seating.free_seats(option),
                                       rules.max_size + more_seats_ - counted - static_cast<int>(taken));
            if (seats <= 0 || !may_sit_in(person, number)) continue;
            PricedCure priced;
            priced.cost = asked.cost;
            priced.option = option;
            priced.joins = person;
            priced.group = number;
            Cure& cure = priced.cure;
            cure.kind = Cure::Kind::hours;
            cure.person = file_.person(person).id;
            cure.zone = file_.person(person).clock().name();
            cure.hours = asked.hours;
            cure.group = group.name;
            cure.anchor = group.anchor;
            cure.start = group.start;
            cure.places = 1;
            cure.detail = "If " + file_.name(person) + " could also be there on " + hours_list(asked.hours) +
                          " (" + cure.zone + "), they could join " + group.name + ", which has " +
                          std::to_string(seats) + (seats == 1 ? " free seat." : " free seats.");
            best = std::move(priced);
            break;
        }
    }
    return best;
}

void CureFinder::name_start(Cure& cure, int option, int leader, std::span<const int> members) const {
    const auto& names = file_.starts[option].names;
    const Anchor::Kind kind = file_.problem.schedule().anchor.kind;
    const auto zone_of = [&](int person) { return file_.person(person).zone->name(); };
    const auto allowed = [&](const StartOption::Name& name) {
        const std::string& zone = name.anchor->name();
        if (kind == Anchor::Kind::facilitator) return leader < 0 || zone == zone_of(leader);
        if (kind != Anchor::Kind::best) return true;
        return zone == "UTC" || (leader >= 0 && zone == zone_of(leader)) ||
               std::any_of(members.begin(), members.end(), [&](int person) {
                   return file_.starts.attends(person, option) && zone == zone_of(person);
               });
    };
    const auto name = std::find_if(names.begin(), names.end(), allowed);
    if (name == names.end()) return;
    cure.anchor = name->anchor->name();
    cure.start = name->start;
}

std::optional<PricedCure> CureFinder::leader_for(int option, std::span<const int> members) {
    if (!file_.problem.facilitated()) return std::nullopt;
    std::optional<PricedCure> best;
    for (const int leader : file_.problem.facilitators()) {
        const Readiness readiness = file_.leaders.readiness_with_more_hours(leader, option);
        const bool attends = file_.starts.attends(leader, option);
        const bool apart = std::any_of(members.begin(), members.end(),
                                       [&](int person) { return file_.bonds.apart(person, leader); });
        if (apart || readiness == Readiness::busy || readiness == Readiness::cannot_attend) continue;
        // Whoever is free and can attend needs no cure; whoever lacks both hours and capacity is asked too
        // much.
        if (attends == (readiness == Readiness::free)) continue;
        PricedCure priced;
        priced.option = option;
        priced.leader = leader;
        Cure& cure = priced.cure;
        cure.person = file_.person(leader).id;
        name_start(cure, option, leader, members);
        if (!cure.start) continue;
        if (attends) {
            cure.kind = Cure::Kind::facilitator_group;
            cure.limit = file_.leaders.led(leader) + file_.leaders.led_elsewhere(leader) + 1;
            priced.cost = file_.problem.schedule().meeting_minutes;
        } else {
            const HoursAsked asked = missing_.of(file_.person(leader), option);
            cure.kind = Cure::Kind::facilitator_hours;
            cure.hours = asked.hours;
            cure.zone = file_.person(leader).clock().name();
            priced.cost = asked.cost;
        }
        if (!best || priced.cost < best->cost) best = std::move(priced);
    }
    return best;
}

void CureFinder::say_what_it_places(PricedCure& priced, std::size_t places) const {
    Cure& cure = priced.cure;
    cure.places = static_cast<int>(places);
    const std::string when = to_string(*cure.start) + " " + cure.anchor;
    const std::string result = " would place " + people(cure.places) + ".";
    const std::string who = priced.leader < 0 ? "" : file_.name(priced.leader);
    if (cure.kind == Cure::Kind::facilitator_group) {
        cure.detail = "If " + who + " led one more group (" + std::to_string(cure.limit) + " in all), on " +
                      when + ", it" + result;
    } else if (cure.kind == Cure::Kind::facilitator_hours) {
        cure.detail = "If " + who + " could also be there on " + hours_list(cure.hours) + " (" + cure.zone +
                      "), a new group on " + when + result;
    } else {
        cure.detail = "If groups could have as few as " + std::to_string(cure.limit) +
                      " members, a new group on " + when + (who.empty() ? "" : ", led by " + who + ",") +
                      result;
    }
}

std::optional<PricedCure> CureFinder::new_group(int option) {
    const ExtraGroup& extra = file_.extra_group(option);
    if (!extra.works || extra.placed.empty()) return std::nullopt;
    auto priced = leader_for(option, extra.placed);
    if (priced) say_what_it_places(*priced, extra.placed.size());
    return priced;
}

std::optional<PricedCure> CureFinder::new_group_for(const Bond& bond, int option) {
    const auto attends = [&](int person) { return file_.starts.attends(person, option); };
    if (!std::all_of(bond.participants.begin(), bond.participants.end(), attends)) return std::nullopt;
    auto priced = leader_for(option, bond.participants);
    if (!priced) return priced;
    const ExtraGroup extra = file_.seating.try_group(option, bond.participants);
    if (!extra.works) return std::nullopt;
    say_what_it_places(*priced, extra.placed.size());
    return priced;
}

std::optional<PricedCure> CureFinder::larger_groups() {
    const auto places = static_cast<int>(file_.seating.try_larger_groups(1).size());
    if (places == 0) return std::nullopt;
    PricedCure priced;
    Cure& cure = priced.cure;
    cure.kind = Cure::Kind::max_size;
    cure.limit = file_.problem.rules().max_size + more_seats_ + 1;
    cure.places = places;
    cure.detail = "If groups could have " + std::to_string(cure.limit) + " members, " + people(places) +
                  " more would have a seat.";
    return priced;
}

std::optional<PricedCure> CureFinder::smaller_group(int option) {
    const int limit = file_.problem.rules().min_size - fewer_needed_ - 1;
    if (limit < 1 || file_.least_participants() - fewer_needed_ <= 1 || file_.starts[option].names.empty())
        return std::nullopt;
    PricedCure priced;
    if (file_.problem.facilitated()) {
        for (const int leader : file_.leaders.able(option))
            if (priced.leader < 0 && file_.leaders.readiness(leader, option) == Readiness::free)
                priced.leader = leader;
        if (priced.leader < 0) return std::nullopt;
    }
    file_.seating.lower_least_size(1);
    const ExtraGroup extra = file_.seating.try_group(option);
    file_.seating.lower_least_size(-1);
    if (!extra.works || extra.placed.empty()) return std::nullopt;
    priced.option = option;
    Cure& cure = priced.cure;
    cure.kind = Cure::Kind::min_size;
    cure.limit = limit;
    name_start(cure, option, priced.leader, extra.placed);
    if (!cure.start) return std::nullopt;
    say_what_it_places(priced, extra.placed.size());
    return priced;
}

void CureFinder::make(const PricedCure& priced) {
    switch (priced.cure.kind) {
        case Cure::Kind::hours:
            file_.seating.take_seat(priced.joins, priced.option);
            joined_[priced.group].push_back(priced.joins);
            break;
        case Cure::Kind::max_size:
            file_.seating.make_larger_groups(1);
            ++more_seats_;
            break;
        case Cure::Kind::min_size:
            file_.seating.lower_least_size(1);
            ++fewer_needed_;
            [[fallthrough]];
        case Cure::Kind::facilitator_group:
        case Cure::Kind::facilitator_hours:
            file_.seating.add_group(priced.option);
            if (priced.leader >= 0) file_.leaders.add_group(priced.leader, priced.option);
            break;
    }
    file_.forget_extra_groups();
}

}  // namespace convene
