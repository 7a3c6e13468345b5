// src/storage/sql/value.h: what goes into a statement and what comes out.
//
// Both databases hand every column over as text, so one set of readers checks
// it: a value that makes no sense is an error naming its row, never a zero.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app/ids.h"
#include "core/time/instant.h"

namespace convene::storage {

using SqlValue = std::variant<std::nullptr_t, std::int64_t, std::string>;

/// A named parameter: `:name` in the statement.
struct Param {
    Param(std::string_view param, std::nullptr_t) : name(param), value(nullptr) {}
    Param(std::string_view param, std::int64_t number) : name(param), value(number) {}
    Param(std::string_view param, int number) : name(param), value(std::int64_t{number}) {}
    Param(std::string_view param, bool flag) : name(param), value(std::int64_t{flag ? 1 : 0}) {}
    Param(std::string_view param, std::string text) : name(param), value(std::move(text)) {}
    Param(std::string_view param, std::string_view text) : name(param), value(std::string(text)) {}
    Param(std::string_view param, const char* text) : name(param), value(std::string(text)) {}
    Param(std::string_view param, Instant instant) : name(param), value(to_iso8601(instant)) {}
    Param(std::string_view param, Date date) : name(param), value(to_string(date)) {}
    template <class Tag>
    Param(std::string_view param, Id<Tag> id) : name(param), value(id.value) {}
    template <class T>
    Param(std::string_view param, const std::optional<T>& maybe)
        : name(param), value(maybe ? Param(param, *maybe).value : SqlValue(nullptr)) {}

    std::string name;
    SqlValue value;
};
using Params = std::vector<Param>;

/// A column holds what it must not hold. what() names row and column.
class BadValue : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// One row of a result. Columns are found by name; asking for one that was not
/// selected is a programming error (std::logic_error). The first column is the
/// key by which errors name the row.
class Row {
public:
    using Names = std::vector<std::string>;
    Row(std::shared_ptr<const Names> names, std::vector<std::optional<std::string>> values)
        : names_(std::move(names)), values_(std::move(values)) {}

    [[nodiscard]] bool is_null(std::string_view column) const { return !value(column).has_value(); }
    /// \throws BadValue on null, as all that are not optional_…
    [[nodiscard]] std::string text(std::string_view column) const;
    [[nodiscard]] std::string text_or_empty(std::string_view column) const;
    [[nodiscard]] std::optional<std::string> optional_text(std::string_view column) const;
    [[nodiscard]] std::int64_t integer(std::string_view column) const;
    [[nodiscard]] std::optional<std::int64_t> optional_integer(std::string_view column) const;
    [[nodiscard]] int small(std::string_view column) const;  ///< an integer that fits an int
    [[nodiscard]] int small_or(std::string_view column, int otherwise) const;
    [[nodiscard]] bool boolean_or(std::string_view column, bool otherwise) const;
    [[nodiscard]] Date date(std::string_view column) const;
    /// Seconds are cut: every time in core is a whole minute.
    [[nodiscard]] Instant instant(std::string_view column) const;

    template <class Key>
    [[nodiscard]] Key id(std::string_view column) const {
        return Key{integer(column)};
    }

    /// `the row with group_id 12: column status `
    [[noreturn]] void reject(std::string_view column, const std::string& why) const;

private:
    [[nodiscard]] const std::optional<std::string>& value(std::string_view column) const;

    std::shared_ptr<const Names> names_;
    std::vector<std::optional<std::string>> values_;
};
using Rows = std::vector<Row>;

}  // namespace convene::storage
