// src/app/edit_detail.h: what an edit was asked, as its record keeps it.
#pragma once
#include <nlohmann/json.hpp>
#include <string>

namespace convene {

/// On one line; bytes that are no UTF-8 are replaced, since names come from outside.
[[nodiscard]] inline std::string detail_of(const nlohmann::ordered_json& asked) {
    return asked.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace convene
