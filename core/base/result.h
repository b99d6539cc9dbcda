// Result<T>: a value or an Error. A small subset of std::expected (C++23) with the same spelling,
// so that it can be replaced by the standard's one day.
#pragma once

#include "core/base/error.h"

#include <cassert>
#include <optional>
#include <utility>
#include <variant>

namespace culvert {

/// Wraps an Error so that it converts to a failed Result of any type.
class Unexpected {
public:
    explicit Unexpected(Error error) : m_error(std::move(error)) {}
    Error& error() { return m_error; }

private:
    Error m_error;
};

/// A value or the Error that stood in its way.
/// REQUIRES: value() only after has_value(), error() only after !has_value().
template<typename T> class [[nodiscard]] Result {
public:
    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    Result(Unexpected unexpected) : m_state(std::in_place_index<1>, std::move(unexpected.error())) {}

    bool has_value() const { return m_state.index() == 0; }
    explicit operator bool() const { return has_value(); }

    T& value() & { return std::get<0>(m_state); }
    const T& value() const& { return std::get<0>(m_state); }
    // By value, so that `for (auto& x : *function())` keeps what it walks over alive.
    T value() && { return std::get<0>(std::move(m_state)); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T operator*() && { return std::get<0>(std::move(m_state)); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

    const Error& error() const { return std::get<1>(m_state); }

private:
    std::variant<T, Error> m_state;
};

/// Success without a value, or an Error.
template<> class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Unexpected unexpected) : m_error(std::move(unexpected.error())) {}

    bool has_value() const { return !m_error.has_value(); }
    explicit operator bool() const { return has_value(); }
    const Error& error() const { return *m_error; }

private:
    std::optional<Error> m_error;
};

inline Unexpected fail(ErrorCode code, std::string detail = {}) {
    return Unexpected(Error{code, std::move(detail)});
}

} // namespace culvert

// TRY(name, expression): declares `name` as the value of a Result, or returns its error from the enclosing function.
#define TRY(name, expression)                                                                                          \
    auto name##_result = (expression);                                                                                 \
    if (!name##_result)                                                                                                \
        return ::culvert::Unexpected(name##_result.error());                                                           \
    auto name = std::move(*name##_result)

// TRY_VOID(expression): returns the error of a Result<void> from the enclosing function, if there is one.
#define TRY_VOID(expression)                                                                                           \
    if (auto void_result = (expression); !void_result)                                                                 \
    return ::culvert::Unexpected(void_result.error())
