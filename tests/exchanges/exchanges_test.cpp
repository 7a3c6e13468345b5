// Every request that convene made in any test, and every answer of the sandbox, against
// Discord's own description of its API. Runs last: the other tests leave the exchanges behind.
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "tests/exchanges/differences.h"
#include "tests/sandbox/openapi_schema.h"
#include "tests/support/exchanges.h"

namespace convene::sandbox {
namespace {

using Json = nlohmann::json;
using convene::test::without_ids;
namespace fs = std::filesystem;

/// What the tests of the sandbox itself get wrong on purpose is not convene's.
bool is_convenes(const std::string& program) {
    return program != "sandbox_tests";
}

std::string text_of(const Json& line, const char* key) {
    return line.contains(key) && line[key].is_string() ? line[key].get<std::string>() : "";
}

class Exchanges : public ::testing::Test {
protected:
    void SetUp() override {
        schema_ = OpenApiSchema::find(CONVENE_OPENAPI_BESIDE);
        if (!schema_) GTEST_SKIP() << OpenApiSchema::kAbsent;
    }

    void judge(const std::string& program, const Json& line) {
        std::string path = line.at("path");
        // Without the version the sandbox refuses, and the description has nothing to say.
        if (!path.starts_with("/api/v10/")) return;
        path = path.substr(std::string("/api/v10").size());
        const std::string method = line.at("method");
        const std::string operation = schema_->operation_of(method, path);
        if (operation.empty()) {
            if (is_convenes(program)) blame(program, method + " " + path + ": no such operation");
            return;
        }
        operations_.insert(operation);
        if (is_convenes(program)) judge_request(program, operation, line);
        judge_answer(program, operation, line);
    }

    void judge_request(const std::string& program, const std::string& operation, const Json& line) {
        ++requests_;
        std::vector<std::string> faults = schema_->faults_of_request(operation, line.at("request"));
        for (std::string& fault : schema_->faults_of_query(operation, text_of(line, "query")))
            faults.push_back(std::move(fault));
        for (const std::string& fault : faults) settle(program, Difference::In::request, operation, fault);
    }

    void judge_answer(const std::string& program, const std::string& operation, const Json& line) {
        // Nothing was said, or what the network in front of Discord says.
        if (!line.at("status").is_number() || text_of(line, "answer_type").starts_with("text/html")) return;
        const int status = line.at("status");
        // Ordered accidents that the description has no words for.
        if (status >= 500 && !text_of(line, "fault").empty()) return;
        ++answers_;
        const std::string mark = status == 429 ? "429 " : "";
        for (const std::string& fault : schema_->faults_of_answer(operation, status, line.at("answer")))
            settle(program, Difference::In::answer, operation, mark + fault);
    }

    void settle(const std::string& program, Difference::In in, const std::string& operation,
                const std::string& fault) {
        const int known = explanation(in, operation, fault);
        if (known >= 0) {
            used_.insert(known);
        } else {
            blame(program, fmt::format("{} of {}: {}", in == Difference::In::request ? "request" : "answer",
                                       operation, fault));
        }
    }

    void blame(const std::string& program, const std::string& what) {
        if (blamed_.insert(without_ids(what)).second) ADD_FAILURE() << program << ": " << what;
    }

    std::optional<OpenApiSchema> schema_;
    std::set<std::string> operations_;
    std::set<int> used_;
    std::set<std::string> blamed_;
    long requests_ = 0;
    long answers_ = 0;
};

TEST_F(Exchanges, fit_discords_description_save_for_the_differences_that_are_explained) {
    std::set<std::string> programs;
    const fs::path folder = CONVENE_EXCHANGES;
    if (!fs::exists(folder)) GTEST_SKIP() << "no other test has left an exchange in " << folder;
    for (const auto& entry : fs::directory_iterator(folder)) {
        const std::string program = entry.path().stem().string();
        programs.insert(program);
        std::ifstream in(entry.path());
        std::set<std::string> seen;
        for (std::string text; std::getline(in, text);) {
            const Json line = Json::parse(text);
            Json like = {line.at("method"), line.at("path"),    line.value("query", ""),
                         line.at("status"), line.at("request"), line.at("answer")};
            if (seen.insert(without_ids(like.dump())).second) judge(program, line);
        }
    }
    std::printf("[ MEASURED ] %ld requests of convene, %ld answers of the sandbox, %zu operations\n",
                requests_, answers_, operations_.size());
    std::string missing;
    std::istringstream recorders(CONVENE_RECORDERS);
    for (std::string program; std::getline(recorders, program, ',');) {
        if (!programs.contains(program)) missing += " " + program;
    }
    if (!missing.empty()) {
        std::printf("[   NOTE   ] unneeded explanations are not looked for without:%s\n", missing.c_str());
        return;
    }
    for (std::size_t i = 0; i < differences().size(); ++i) {
        EXPECT_TRUE(used_.contains(static_cast<int>(i)))
            << "no longer needed: " << differences()[i].operation << ' ' << differences()[i].fault;
    }
}

}  // namespace
}  // namespace convene::sandbox
