// Result<T>: a value, or an Error that says what is wrong and what to do. For everything expected: files, JSON, ranges.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace triptych {

/// What a user reads: what was found and what was expected in one sentence, then what to do about it.
struct Error {
    std::string what; ///< "config.json: n_group is 3, which does not divide n_routed_experts (32)"
    std::string hint; ///< "Choose n_group among 1, 2, 4, 8, 16, 32."
};

/// Holds a T or an Error. Ask before taking: value() of an error throws std::bad_variant_access.
template <class T> class [[nodiscard]] Result {
public:
    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : m_state(std::in_place_index<1>, std::move(error)) {}

    bool ok() const { return m_state.index() == 0; }
    explicit operator bool() const { return ok(); }
    T& value() { return std::get<0>(m_state); }
    const T& value() const { return std::get<0>(m_state); }
    T& operator*() { return value(); }
    const T& operator*() const { return value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }
    T take() { return std::move(value()); }
    const Error& error() const { return std::get<1>(m_state); }

private:
    std::variant<T, Error> m_state;
};

/// Success, or an Error.
template <> class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error) : m_error(std::move(error)) {}

    bool ok() const { return !m_error.has_value(); }
    explicit operator bool() const { return ok(); }
    const Error& error() const { return m_error.value(); }

private:
    std::optional<Error> m_error;
};

/// What a function returns that either works or says why not.
using Status = Result<void>;

} // namespace triptych
