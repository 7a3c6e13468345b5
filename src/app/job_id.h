// src/app/job_id.h: a short name for one run, the same in database, logs and Discord.
#pragma once
#include <string>

namespace convene {

/// Eight letters and digits, random; easily told apart when read aloud.
[[nodiscard]] std::string make_job_id();

}  // namespace convene
