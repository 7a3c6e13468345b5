// tests/e2e/bot_rehearsal.h: a bot as a person at a keyboard meets it.
#pragma once
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <functional>
#include <memory>
#include <thread>

#include "tests/e2e/rehearsal.h"

namespace convene::test {

/// Looks until it is so. Programs at work can only be watched.
inline bool soon(const std::function<bool()>& is_so,
                 std::chrono::seconds patience = std::chrono::seconds(60)) {
    const auto end = std::chrono::steady_clock::now() + patience;
    while (std::chrono::steady_clock::now() < end) {
        if (is_so()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return is_so();
}

/// `convene bot` in the folder of a rehearsal.
class BotProgram {
public:
    explicit BotProgram(const Rehearsal& rehearsal, std::vector<std::string> options = {}) {
        options.insert(options.begin(), "bot");
        program_ = std::make_unique<Program>(CONVENE_PROGRAM, options, rehearsal.options());
        for (std::string line = program_->read_line(); line != "ready"; line = program_->read_line()) {
            if (line.empty())
                throw std::runtime_error("the bot did not become ready: " + program_->wait().err);
            lines.push_back(line);
        }
    }

    /// As the kernel ends what takes too much memory: without a word.
    void kill() {
        program_->send(SIGKILL);
        (void)program_->wait();
    }
    ProgramResult stop() {
        program_->send(SIGTERM);
        return program_->wait();
    }

    std::vector<std::string> lines;  ///< of standard output, before `ready`

private:
    std::unique_ptr<Program> program_;
};

/// What a user does in the sandbox, and sees.
class User {
public:
    User(const SandboxProgram& sandbox, std::string id) : sandbox_(sandbox), id_(std::move(id)) {}

    [[nodiscard]] const std::string& id() const { return id_; }

    /// Types a command. \returns the interaction's id
    [[nodiscard]] std::string type(const std::string& command, const nlohmann::json& options) const {
        return ask_control("/interactions", {{"user_id", id_}, {"command", command}, {"options", options}})
            .at("id");
    }
    [[nodiscard]] nlohmann::json choices(const std::string& command, const std::string& typed) const {
        return ask_control("/autocomplete",
                           {{"user_id", id_}, {"command", command}, {"option", "cohort"}, {"value", typed}})
            .at("choices");
    }
    /// Presses the button of that label below the answer. \returns the new interaction's id
    [[nodiscard]] std::string press(const nlohmann::json& answer, const std::string& label) const {
        for (const auto& row : answer.at("components")) {
            for (const auto& button : row.at("components")) {
                if (button.at("label") != label) continue;
                return ask_control("/components", {{"user_id", id_},
                                                   {"message_id", answer.at("message_id")},
                                                   {"custom_id", button.at("custom_id")}})
                    .at("id");
            }
        }
        throw std::runtime_error("no button " + label + " below " + answer.dump());
    }

    [[nodiscard]] nlohmann::json answer(const std::string& interaction) const {
        return sandbox_.get("/interactions/" + interaction);
    }
    /// The answer once it has an embed: the result. Null when none came in time.
    [[nodiscard]] nlohmann::json result(const std::string& interaction,
                                        std::chrono::seconds patience = std::chrono::seconds(120)) const {
        nlohmann::json seen;
        const bool came = soon(
            [&] {
                seen = answer(interaction);
                return !seen.at("embeds").empty();
            },
            patience);
        return came ? seen : nlohmann::json();
    }
    [[nodiscard]] std::vector<std::string> visible_channels() const {
        std::vector<std::string> names;
        const nlohmann::json visible = sandbox_.get("/visible?user_id=" + id_);
        for (const auto& channel : visible.at("channels")) names.push_back(channel.at("name"));
        return names;
    }

private:
    [[nodiscard]] nlohmann::json ask_control(const std::string& path, const nlohmann::json& body) const {
        const auto reply = sandbox_.ask_json(path, body);
        if (reply.contains("error")) throw std::runtime_error(path + ": " + reply.dump());
        return reply;
    }

    const SandboxProgram& sandbox_;
    std::string id_;
};

/// What is said in any channel and is no answer to a command.
inline std::vector<nlohmann::json> channel_messages(const SandboxProgram& sandbox) {
    std::vector<nlohmann::json> found;
    const nlohmann::json state = sandbox.get("/state");
    for (const auto& [channel, messages] : state.at("messages").items()) {
        for (const auto& message : messages) {
            if (!message.contains("interaction_metadata") || message.at("interaction_metadata").is_null())
                found.push_back(message);
        }
    }
    return found;
}

/// Every text of an answer's embeds, one after the other.
inline std::string text_of(const nlohmann::json& answer) {
    std::string text;
    for (const auto& embed : answer.at("embeds")) {
        text += embed.value("title", "") + '\n' + embed.value("description", "") + '\n';
        for (const auto& field : embed.value("fields", nlohmann::json::array()))
            text += field.at("name").get<std::string>() + '\n' + field.at("value").get<std::string>() + '\n';
    }
    return text;
}

/// An instance with another name and start, each person with a Discord id: `first` for the first in the file.
inline std::string cohort_on_discord(const std::string& instance_name, const std::string& name,
                                     const std::string& start_date, std::int64_t first) {
    nlohmann::json cohort = nlohmann::json::parse(std::ifstream(instance(instance_name)));
    cohort["cohort"]["name"] = name;
    cohort["cohort"]["start_date"] = start_date;
    for (auto& person : cohort["people"]) person["discord_id"] = std::to_string(first++);
    return cohort.dump();
}

}  // namespace convene::test
