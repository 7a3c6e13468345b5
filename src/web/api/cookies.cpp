#include "web/api/cookies.h"

#include <fmt/format.h>

namespace convene::web {
namespace {

std::string_view secure(const Backstage& stage) {
    return stage.base_url.starts_with("https:") ? "; Secure" : "";
}

}  // namespace

std::string session_cookie(const Session& session, const Backstage& stage) {
    return fmt::format("{}={}; Path=/; HttpOnly; SameSite=Strict{}", kSessionCookie, session.id,
                       secure(stage));
}

std::string expired_cookie(const Backstage& stage) {
    return fmt::format("{}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0{}", kSessionCookie, secure(stage));
}

std::string state_cookie(const std::string& state, const Backstage& stage) {
    return fmt::format("{}={}; Path=/api/v1/login; HttpOnly; SameSite=Lax; Max-Age=600{}", kStateCookie,
                       state, secure(stage));
}

std::string percent_encoded(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           c == '-' || c == '_' || c == '.';
        out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return out;
}

}  // namespace convene::web
