#include "discord/realize/marker.h"

#include <memory>
#include <random>

namespace convene::discord {

MarkerSource random_markers() {
    auto device = std::make_shared<std::random_device>();
    return [device] {
        // No vowels, so that no word comes out by chance.
        static constexpr char kLetters[] = "0123456789bcdfghjklmnpqrstvwxz";
        std::uniform_int_distribution<std::size_t> pick(0, sizeof kLetters - 2);
        std::string marker = "ref:";
        for (int i = 0; i < 16; ++i) marker += kLetters[pick(*device)];
        return marker;
    };
}

}  // namespace convene::discord
