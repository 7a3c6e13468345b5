// src/web/assets.h: the page, built into the program.
#pragma once
#include <string_view>
#include <vector>

namespace convene::web {

struct Asset {
    std::string_view path;  ///< `index.html`, `assets/board.js`
    std::string_view type;  ///< media type
    std::string_view content;
    std::string_view tag;  ///< changes with the content, for ETag
};

/// Null when there is none.
[[nodiscard]] const Asset* find_asset(std::string_view path);

}  // namespace convene::web
