// src/app/welcome_mail.h: the welcome as an e-mail, from the same data as Discord's message.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "app/welcome.h"
#include "core/time/zone_table.h"

namespace convene {

struct WelcomeMail {
    std::string subject;
    std::string body;  ///< plain text; every line ends with a line break
};

/// To all members at once: each finds their own local time and the dates. Names stay on their line, whatever
/// they are.
[[nodiscard]] WelcomeMail format_welcome_mail(const GroupWelcomeData& data, const ZoneTable& zones);

/// The structure of the specification, and what came to it: length, every meeting.
[[nodiscard]] nlohmann::ordered_json to_json(const GroupWelcomeData& data);

}  // namespace convene
