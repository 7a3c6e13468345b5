#include "storage/sql/value.h"

#include <charconv>
#include <limits>

#include "storage/sql/time_text.h"

namespace convene::storage {

const std::optional<std::string>& Row::value(std::string_view column) const {
    for (std::size_t i = 0; i < names_->size(); ++i) {
        if ((*names_)[i] == column) return values_[i];
    }
    throw std::logic_error("column " + std::string(column) + " was not selected");
}

void Row::reject(std::string_view column, const std::string& why) const {
    throw BadValue("the row with " + names_->front() + " " + values_.front().value_or("null") + ": column " +
                   std::string(column) + " " + why);
}

std::string Row::text(std::string_view column) const {
    const auto& found = value(column);
    if (!found) reject(column, "is null");
    return *found;
}

std::string Row::text_or_empty(std::string_view column) const {
    return value(column).value_or("");
}

std::optional<std::string> Row::optional_text(std::string_view column) const {
    return value(column);
}

std::optional<std::int64_t> Row::optional_integer(std::string_view column) const {
    const auto& found = value(column);
    if (!found) return std::nullopt;
    std::int64_t number = 0;
    const char* end = found->data() + found->size();
    const auto [stop, error] = std::from_chars(found->data(), end, number);
    if (error != std::errc{} || stop != end) reject(column, "holds `" + *found + "`, which is no integer");
    return number;
}

std::int64_t Row::integer(std::string_view column) const {
    const auto number = optional_integer(column);
    if (!number) reject(column, "is null");
    return *number;
}

int Row::small(std::string_view column) const {
    const std::int64_t number = integer(column);
    if (number < std::numeric_limits<int>::min() || number > std::numeric_limits<int>::max()) {
        reject(column, "holds " + std::to_string(number) + ", which is out of range");
    }
    return static_cast<int>(number);
}

int Row::small_or(std::string_view column, int otherwise) const {
    return is_null(column) ? otherwise : small(column);
}

bool Row::boolean_or(std::string_view column, bool otherwise) const {
    const auto& found = value(column);
    if (!found) return otherwise;
    if (*found == "t" || *found == "1" || *found == "true") return true;
    if (*found == "f" || *found == "0" || *found == "false") return false;
    reject(column, "holds `" + *found + "`, which is neither true nor false");
}

Date Row::date(std::string_view column) const {
    const std::string found = text(column);
    const auto read = read_date(found);
    if (!read) reject(column, "holds `" + found + "`, which is no date");
    return *read;
}

Instant Row::instant(std::string_view column) const {
    const std::string found = text(column);
    const auto read = read_instant(found);
    if (!read) reject(column, "holds `" + found + "`, which is no time");
    return *read;
}

}  // namespace convene::storage
