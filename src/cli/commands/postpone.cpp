#include "app/postpone_meetings.h"

#include "cli/bad_input.h"
#include "cli/commands/all_commands.h"
#include "cli/commands/edit_command.h"

namespace convene::cli {
namespace {

constexpr int kMostMeetings = 1000;
constexpr int kMostWeeks = 52;

class Postpone final : public EditCommand {
public:
    std::string name() const override { return "postpone"; }
    std::string summary() const override { return "Leave out a week of a group, or move one meeting"; }
    std::string details() const override {
        return "WEEK is the number of the meeting, from 1. Without --to, it and all later ones move by a "
               "week\n"
               "(--weeks N: by so many): a holiday. With --to, that meeting alone moves: to the next such\n"
               "weekday and time after its own, or to a day and time, in the zone where the group's time "
               "stays\n"
               "put. The weekly time stays what it is. Where the group is on Discord already, `convene "
               "realize`\n"
               "then moves the events and tells the channel once.\n\n"
               "Example:\n"
               "  convene postpone \"Group 2\" 5\n"
               "  convene postpone \"Group 2\" 3 --to \"Thursday 18:00\"\n"
               "  convene postpone \"Group 2\" 3 --to \"2025-02-06 18:00\"";
    }

protected:
    void declare_subject(Arguments& arguments) override {
        arguments.required("GROUP", group_, "Name or id");
        arguments.required_number("WEEK", wish_.week, 1, kMostMeetings, "Number of the meeting, from 1");
        arguments.text("--to", wish_.to, "WHEN", "Weekday and time, or day and time, for this meeting alone");
        arguments.number("--weeks", weeks_, 1, kMostWeeks, "Without --to: by how many weeks; 1 if not given");
    }
    EditAnswer edit(GroupEditor& editor, const EditRequest& request) override {
        if (wish_.to && weeks_)
            throw WrongUsage("--weeks says by how much all later meetings move, --to moves one");
        wish_.weeks = weeks_.value_or(1);
        EditAnswer answer = editor.postpone(request, group_, wish_);
        if (answer && answer->status == EditStatus::done)
            answer->notes.push_back("`convene realize` moves the events and tells the group's channel");
        return answer;
    }

private:
    std::string group_;
    Postponement wish_;
    std::optional<int> weeks_;
};

}  // namespace

std::unique_ptr<Command> make_postpone_command() {
    return std::make_unique<Postpone>();
}

}  // namespace convene::cli
