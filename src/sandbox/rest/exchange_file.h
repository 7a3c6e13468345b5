// src/sandbox/rest/exchange_file.h: what was asked and answered, word for word.
//
// For tests, which hold it against Discord's own description of its API. The
// request log has neither bodies nor answers: people in rehearsals write texts
// that need not lie around.
#pragma once
#include <memory>
#include <string>

#include "sandbox/http/http_message.h"
#include "sandbox/rest/request_log.h"

namespace convene::sandbox {

class ExchangeFile {
public:
    /// The file that CONVENE_SANDBOX_EXCHANGES names, to be appended to; none
    /// when the variable is not set.
    [[nodiscard]] static std::unique_ptr<ExchangeFile> from_environment();

    explicit ExchangeFile(std::string path) : path_(std::move(path)) {}
    /// One line of JSON, in one write: any number of processes may append.
    void append(const HttpRequest& request, const RequestRecord& record, const HttpOutcome& outcome) const;

private:
    std::string path_;
};

}  // namespace convene::sandbox
