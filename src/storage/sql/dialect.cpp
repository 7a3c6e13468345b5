#include "storage/sql/dialect.h"

#include <array>
#include <stdexcept>
#include <utility>

namespace convene::storage {

std::string in_dialect(const Dialect& dialect, std::string_view sql) {
    const std::array<std::pair<std::string_view, std::string_view>, 8> words{{
        {"key", dialect.key},
        {"reference", dialect.reference},
        {"instant", dialect.instant},
        {"date", dialect.date},
        {"boolean", dialect.boolean},
        {"now", dialect.now},
        {"no", dialect.no},
        {"yes", dialect.yes},
    }};
    std::string result;
    while (!sql.empty()) {
        const std::size_t open = sql.find('{');
        result += sql.substr(0, open);
        if (open == std::string_view::npos) break;
        const std::size_t close = sql.find('}', open);
        const std::string_view word = sql.substr(open + 1, close - open - 1);
        bool known = false;
        for (const auto& [name, replacement] : words) {
            if (name != word) continue;
            result += replacement;
            known = true;
        }
        if (!known) throw std::logic_error("unknown word in SQL: " + std::string(word));
        sql.remove_prefix(close + 1);
    }
    return result;
}

}  // namespace convene::storage
