// src/discord/rest/api_error.h: how Discord says no.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace convene::discord {

/// Outer codes that convene acts on (developer documentation, § JSON Error Codes).
namespace error_code {
inline constexpr int kUnknownChannel = 10003;
inline constexpr int kUnknownGuild = 10004;
inline constexpr int kUnknownMember = 10007;
inline constexpr int kUnknownMessage = 10008;
inline constexpr int kUnknownOverwrite = 10009;
inline constexpr int kUnknownUser = 10013;
inline constexpr int kUnknownWebhook = 10015;
inline constexpr int kUnknownInteraction = 10062;
inline constexpr int kUnknownEvent = 10070;
inline constexpr int kGuildChannelsFull = 30013;
inline constexpr int kGuildEventsFull = 30038;
inline constexpr int kUnauthorized = 40001;
inline constexpr int kAlreadyAnswered = 40060;
inline constexpr int kMissingAccess = 50001;
inline constexpr int kMissingPermissions = 50013;
inline constexpr int kInvalidToken = 50014;
inline constexpr int kInvalidWebhookToken = 50027;  ///< of an interaction: its quarter of an hour is over
inline constexpr int kInvalidForm = 50035;
inline constexpr int kFinishedEvent = 180000;
}  // namespace error_code

/// One fault of a field: `errors.parent_id._errors[0]`.
struct FieldError {
    std::string path;  ///< `parent_id`, `embeds.0.title`
    std::string code;  ///< `CHANNEL_PARENT_MAX_CHANNELS`; digits when Discord sends a number
    std::string message;

    friend bool operator==(const FieldError&, const FieldError&) = default;
};

struct ApiError {
    int status = 0;
    int code = 0;  ///< 0 when the body has none
    std::string message;
    std::vector<FieldError> fields;

    /// New inner codes appear without notice: the outer code is matched first.
    [[nodiscard]] bool has_field_code(std::string_view field_code) const;
    /// One sentence for people.
    [[nodiscard]] std::string text() const;

    friend bool operator==(const ApiError&, const ApiError&) = default;
};

/// Never fails: a body that is not Discord's gives the status alone.
[[nodiscard]] ApiError parse_api_error(int status, const std::string& body);

}  // namespace convene::discord
