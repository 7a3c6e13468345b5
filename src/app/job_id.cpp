#include "app/job_id.h"

#include <random>
#include <string_view>

namespace convene {

std::string make_job_id() {
    constexpr std::string_view kSigns = "abcdefghjkmnpqrstuvwxyz23456789";
    std::random_device random;
    std::uniform_int_distribution<std::size_t> pick(0, kSigns.size() - 1);
    std::string id;
    for (int i = 0; i < 8; ++i) id += kSigns[pick(random)];
    return id;
}

}  // namespace convene
