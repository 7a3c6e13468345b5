// src/discord/realize/refusal.h: what follows when Discord says no to a step.
#pragma once
#include <string>

#include "discord/realize/step.h"
#include "discord/rest/rest_client.h"

namespace convene::discord {

struct Refusal {
    enum class Then {
        end_run,        ///< no further step is begun
        category_full,  ///< the step's parent takes no more channels
        events_full,    ///< the server takes no more events
        look_again,     ///< somebody deletes what we build upon
        skip,           ///< this step alone is not possible
    };
    Then then = Then::skip;
    std::string message;  ///< for people
    std::string mend;
};

/// \param error  of kind refused
[[nodiscard]] Refusal what_follows(const Step& step, const RestError& error);

}  // namespace convene::discord
