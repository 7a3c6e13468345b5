// src/app/ports/clock.h: what time it is, asked of somebody who may be a test.
#pragma once
#include "core/time/instant.h"

namespace convene {

class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Instant now() const = 0;
};

}  // namespace convene
