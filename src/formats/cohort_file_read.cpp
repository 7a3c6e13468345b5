#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "core/model/problem_faults.h"
#include "formats/availability.h"
#include "formats/cohort_file.h"
#include "formats/json_reader.h"

namespace convene {
namespace {

constexpr std::string_view kFormat = "convene/cohort@1";

/// `people[3]` for anything at or below it, else empty.
std::string_view person_part(std::string_view path) {
    if (!path.starts_with("people[")) return {};
    return path.substr(0, path.find(']') + 1);
}

class CohortFileReader {
public:
    CohortFileReader(const ZoneTable& zones, CohortFileOptions options) : zones_(zones), options_(options) {}

    tl::expected<CohortFile, InputFaults> read(std::string_view text) {
        const auto root = parse_json(text, findings_.faults);
        if (!root) return tl::unexpected(std::move(findings_.faults));
        if (!read_root(*root)) return tl::unexpected(std::move(findings_.faults));
        add_faults_of_meaning();
        check_discord_ids();
        if (options_.set_faulty_people_aside) set_faulty_people_aside();
        warn_of_small_sets("together", file_.problem.together);
        warn_of_small_sets("apart", file_.problem.apart);
        if (!findings_.faults.empty()) return tl::unexpected(std::move(findings_.faults));
        file_.warnings = std::move(findings_.warnings);
        return std::move(file_);
    }

private:
    /// False when the rest of the file would only be misread.
    bool read_root(const JsonNode& root) {
        ObjectReader reader(root, "", findings_);
        if (root.kind != JsonNode::Kind::object) return false;
        if (const auto format = reader.required_text("format"); format && *format != kFormat) {
            findings_.fault("format", *root.find("format"), "is not " + in_quotes(kFormat));
            return false;
        }
        if (const JsonNode* cohort = reader.require("cohort")) read_cohort(*cohort);
        if (const JsonNode* rules = reader.find("rules")) read_rules(*rules);
        read_people(reader.find("people"));
        if (const JsonNode* sets = reader.find("together"))
            read_sets(*sets, "together", file_.problem.together);
        if (const JsonNode* sets = reader.find("apart")) read_sets(*sets, "apart", file_.problem.apart);
        reader.warn_of_unknown_keys();
        return true;
    }

    void read_cohort(const JsonNode& node) {
        Schedule& schedule = file_.problem.schedule;
        ObjectReader reader(node, "cohort", findings_);
        file_.name = reader.required_text("name").value_or("");
        file_.course = reader.text("course").value_or("");
        if (const auto date = reader.required_text("start_date")) {
            if (const auto parsed = parse_date(*date)) {
                schedule.start_date = *parsed;
            } else {
                findings_.fault("cohort.start_date", *node.find("start_date"),
                                "is not a day of the calendar written as 2025-01-15");
            }
        }
        if (reader.require("number_of_group_meetings") != nullptr) {
            reader.integer("number_of_group_meetings", schedule.number_of_group_meetings);
        }
        reader.integer("meeting_minutes", schedule.meeting_minutes);
        if (const auto anchor = reader.text("anchor")) {
            read_anchor(*anchor, *node.find("anchor"), schedule.anchor);
        }
        reader.warn_of_unknown_keys();
    }

    void read_anchor(const std::string& text, const JsonNode& node, Anchor& anchor) {
        if (text == "UTC") return;
        if (text == "facilitator") {
            anchor.kind = Anchor::Kind::facilitator;
        } else if (text == "best") {
            anchor.kind = Anchor::Kind::best;
        } else if (ZonePtr zone = zones_.find(text)) {
            anchor = {Anchor::Kind::zone, std::move(zone)};
            warn_of_fixed_offset("cohort.anchor", node, *anchor.zone);
        } else {
            findings_.fault("cohort.anchor", node,
                            "is neither UTC, facilitator, best nor a time zone such as Europe/London");
        }
    }

    void warn_of_fixed_offset(std::string path, const JsonNode& node, const Zone& zone) {
        if (!zone.fixed()) return;
        findings_.warn(std::move(path), describe(node),
                       "is a fixed offset that knows of no clock changes; a zone such as Europe/London does");
    }

    void read_rules(const JsonNode& node) {
        Rules& rules = file_.problem.rules;
        ObjectReader reader(node, "rules", findings_);
        reader.integer("min_size", rules.min_size);
        reader.integer("max_size", rules.max_size);
        reader.boolean("count_facilitator", rules.count_facilitator);
        reader.boolean("use_if_needed", rules.use_if_needed);
        reader.integer("start_step_minutes", rules.start_step_minutes);
        if (const auto fit = reader.text("fit")) {
            if (const auto read = fit_from(*fit)) {
                rules.fit = *read;
            } else {
                findings_.fault("rules.fit", *node.find("fit"), "is neither every-meeting nor first-meeting");
            }
        }
        reader.integer("facilitator_buffer_minutes", rules.facilitator_buffer_minutes);
        if (const JsonNode* target = reader.find("target_size")) {
            rules.target_size = read_integer(*target, "rules.target_size", findings_);
        }
        reader.warn_of_unknown_keys();
    }

    void read_people(const JsonNode* node) {
        if (node == nullptr) {
            findings_.warn("people", "", "is missing: there is nobody to group");
            return;
        }
        const auto* people = read_list(*node, "people", findings_);
        for (std::size_t i = 0; people != nullptr && i < people->size(); ++i) {
            read_person((*people)[i], item_path("people", i));
        }
    }

    void read_person(const JsonNode& node, const std::string& path) {
        Person person;
        Contact contact;
        ObjectReader reader(node, path, findings_);
        person.id = reader.required_text("id").value_or("");
        person.name = reader.text("name").value_or("");
        if (const auto role = reader.required_text("role")) {
            if (const auto read = role_from(*role)) {
                person.role = *read;
            } else {
                findings_.fault(path + ".role", *node.find("role"), "is neither participant nor facilitator");
            }
        }
        reader.integer("max_groups", person.max_groups);
        if (const auto zone = reader.required_text("timezone")) {
            person.zone = find_zone(*zone, path + ".timezone", *node.find("timezone"));
        }
        if (const auto zone = reader.text("hours_timezone")) {
            person.hours_zone = find_zone(*zone, path + ".hours_timezone", *node.find("hours_timezone"));
        }
        if (const JsonNode* hours = reader.find("available")) {
            person.available = read_availability(*hours, path + ".available", findings_);
        }
        if (const JsonNode* hours = reader.find("if_needed")) {
            person.if_needed = read_availability(*hours, path + ".if_needed", findings_);
        }
        read_contact(reader, node, path, contact);
        reader.warn_of_unknown_keys();
        file_.problem.people.push_back(std::move(person));
        file_.contacts.push_back(std::move(contact));
    }

    ZonePtr find_zone(const std::string& text, const std::string& path, const JsonNode& node) {
        ZonePtr zone = zones_.find(text);
        if (!zone) {
            findings_.fault(path, node,
                            "is not a time zone such as Europe/London or an offset such as UTC+05:30");
        } else {
            warn_of_fixed_offset(path, node, *zone);
        }
        return zone;
    }

    /// Blank contacts count as absent: several people may have them.
    void read_contact(ObjectReader& reader, const JsonNode& node, const std::string& path, Contact& contact) {
        if (auto email = reader.text("email"); email && !email->empty()) {
            const auto at = email->find('@');
            const bool plausible = at != 0 && at != std::string::npos && at + 1 < email->size() &&
                                   email->find(' ') == std::string::npos;
            if (!plausible) {
                findings_.warn(path + ".email", in_quotes(*email), "does not look like an e-mail address");
            }
            contact.email = std::move(email);
        }
        if (auto id = reader.text("discord_id"); id && !id->empty()) {
            const bool digits = id->find_first_not_of("0123456789") == std::string::npos;
            if (!digits || id->size() > 20) {
                findings_.fault(path + ".discord_id", *node.find("discord_id"),
                                "is not a Discord id (up to 20 digits)");
            } else {
                contact.discord_id = std::move(id);
            }
        }
    }

    void read_sets(const JsonNode& node, const std::string& name,
                   std::vector<std::vector<std::string>>& sets) {
        const auto* items = read_list(node, name, findings_);
        for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
            const std::string path = item_path(name, i);
            auto& ids = sets.emplace_back();
            const auto* members = read_list((*items)[i], path, findings_);
            for (std::size_t m = 0; members != nullptr && m < members->size(); ++m) {
                // What cannot be read keeps its place, so that the paths of later faults are right.
                ids.push_back(read_text((*members)[m], item_path(path, m), findings_).value_or(""));
            }
        }
    }

    /// Where the form is at fault already, the meaning of a stand-in value says nothing.
    void add_faults_of_meaning() {
        std::unordered_set<std::string> faulty_form;
        for (const InputFault& fault : findings_.faults) faulty_form.insert(fault.path);
        const auto has_fault_of_form = [&faulty_form](const InputFault& fault) {
            const bool reads_two = fault.path == "rules.min_size" && faulty_form.contains("rules.max_size");
            const auto ancestor = fault.path.substr(0, fault.path.rfind('.'));
            return reads_two || faulty_form.contains(fault.path) || faulty_form.contains(ancestor);
        };
        for (InputFault& fault : find_faults(file_.problem)) {
            if (!has_fault_of_form(fault)) findings_.faults.push_back(std::move(fault));
        }
    }

    void check_discord_ids() {
        std::unordered_map<std::string_view, std::size_t> owners;
        for (std::size_t i = 0; i < file_.contacts.size(); ++i) {
            if (!file_.contacts[i].discord_id) continue;
            const std::string& id = *file_.contacts[i].discord_id;
            const auto [owner, added] = owners.try_emplace(id, i);
            if (!added) {
                findings_.faults.push_back(
                    {item_path("people", i) + ".discord_id", in_quotes(id),
                     "is also the Discord id of " + item_path("people", owner->second)});
            }
        }
    }

    void set_faulty_people_aside() {
        std::unordered_map<std::string, InputFaults> faults_of;
        InputFaults others;
        for (InputFault& fault : findings_.faults) {
            const auto person = person_part(fault.path);
            auto& list = person.empty() ? others : faults_of[std::string(person)];
            list.push_back(std::move(fault));
        }
        findings_.faults = std::move(others);

        std::vector<Person> people;
        std::vector<Contact> contacts;
        for (std::size_t i = 0; i < file_.problem.people.size(); ++i) {
            Person& person = file_.problem.people[i];
            const auto faults = faults_of.find(item_path("people", i));
            if (faults != faults_of.end()) {
                file_.set_aside.push_back({i, person.id, person.name, std::move(faults->second)});
            } else {
                people.push_back(std::move(person));
                contacts.push_back(std::move(file_.contacts[i]));
            }
        }
        file_.problem.people = std::move(people);
        file_.contacts = std::move(contacts);
        leave_out_of_sets("together", file_.problem.together);
        leave_out_of_sets("apart", file_.problem.apart);
    }

    void leave_out_of_sets(const std::string& name, std::vector<std::vector<std::string>>& sets) {
        std::unordered_set<std::string_view> present;
        for (const Person& person : file_.problem.people) present.insert(person.id);
        std::unordered_set<std::string_view> gone;
        for (const PersonSetAside& person : file_.set_aside) {
            if (!present.contains(person.id)) gone.insert(person.id);
        }
        for (std::size_t i = 0; i < sets.size(); ++i) {
            std::erase_if(sets[i], [&](const std::string& id) {
                if (!gone.contains(id)) return false;
                findings_.warn(item_path(name, i), in_quotes(id),
                               "was set aside, so the set no longer counts them");
                return true;
            });
        }
    }

    void warn_of_small_sets(const std::string& name, const std::vector<std::vector<std::string>>& sets) {
        for (std::size_t i = 0; i < sets.size(); ++i) {
            if (sets[i].size() < 2) findings_.warn(item_path(name, i), "", "names fewer than two people");
        }
    }

    const ZoneTable& zones_;
    CohortFileOptions options_;
    Findings findings_;
    CohortFile file_;
};

}  // namespace

tl::expected<CohortFile, InputFaults> read_cohort_file(std::string_view text, const ZoneTable& zones,
                                                       CohortFileOptions options) {
    return CohortFileReader(zones, options).read(text);
}

}  // namespace convene
