// src/app/doctor_line.h: one thing that `convene doctor` looked at.
#pragma once
#include <string>

namespace convene {

struct DoctorLine {
    enum class Verdict { good, advice, bad };
    std::string subject;  ///< `token`, `permissions`, …
    Verdict verdict = Verdict::good;
    std::string finding;  ///< one sentence
    std::string mend;     ///< what to do about it; empty when good

    friend bool operator==(const DoctorLine&, const DoctorLine&) = default;
};

}  // namespace convene
