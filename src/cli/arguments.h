// src/cli/arguments.h: how a command declares what it takes.
//
// Commands name their arguments here and never see the parser behind it: that
// keeps its heavy headers in one file.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace convene::cli {

/// Values are written before the command runs; what was not given keeps its value.
class Arguments {
public:
    virtual ~Arguments() = default;

    virtual void required(const std::string& name, std::string& value, const std::string& help) = 0;
    virtual void required_number(const std::string& name, int& value, int least, int most,
                                 const std::string& help) = 0;
    virtual void optional(const std::string& name, std::optional<std::string>& value,
                          const std::string& help) = 0;

    virtual void flag(const std::string& option, bool& value, const std::string& help) = 0;
    /// `value_name` stands for the value in the help: `NAME`.
    virtual void text(const std::string& option, std::optional<std::string>& value,
                      const std::string& value_name, const std::string& help) = 0;
    virtual void required_text(const std::string& option, std::string& value, const std::string& value_name,
                               const std::string& help) = 0;
    virtual void number(const std::string& option, std::optional<int>& value, int least, int most,
                        const std::string& help) = 0;
    virtual void number(const std::string& option, std::uint64_t& value, const std::string& help) = 0;
    virtual void seconds(const std::string& option, double& value, const std::string& help) = 0;
};

}  // namespace convene::cli
