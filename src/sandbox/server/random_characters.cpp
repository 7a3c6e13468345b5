#include "sandbox/server/random_characters.h"

#include <random>
#include <string_view>

namespace convene::sandbox {

std::string random_characters(std::size_t count) {
    static constexpr std::string_view kAlphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::random_device device;
    std::uniform_int_distribution<std::size_t> pick(0, kAlphabet.size() - 1);
    std::string out;
    for (std::size_t i = 0; i < count; ++i) out.push_back(kAlphabet[pick(device)]);
    return out;
}

}  // namespace convene::sandbox
