// Numbers as bytes, least significant first, one after the other without gaps: how binary files of ours are laid out.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace triptych {

static_assert(std::endian::native == std::endian::little, "numbers are copied as they lie in memory");

/// Appends numbers to a string.
class PackedWriter {
public:
    template <class T>
    void put(T value)
    {
        static_assert(std::is_trivially_copyable_v<T>);
        m_bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
    }
    void reserve(std::size_t bytes) { m_bytes.reserve(bytes); }
    std::size_t size() const { return m_bytes.size(); }
    const std::string& bytes() const { return m_bytes; }
    std::string take() { return std::move(m_bytes); }

private:
    std::string m_bytes;
};

/// Takes numbers from the front of bytes that must outlive it. Beyond their end it gives zeros and remembers it: a
/// reader asks once, at its end. Nothing may be allocated by a number that was read before has() was asked.
class PackedReader {
public:
    explicit PackedReader(std::string_view bytes) : m_rest(bytes) {}

    template <class T>
    T get()
    {
        static_assert(std::is_trivially_copyable_v<T>);
        T value{};
        if (m_rest.size() < sizeof value) {
            m_short = true;
            m_rest = {};
            return value;
        }
        std::memcpy(&value, m_rest.data(), sizeof value);
        m_rest.remove_prefix(sizeof value);
        return value;
    }
    /// Whether so many bytes are left.
    bool has(std::size_t bytes) const { return m_rest.size() >= bytes; }
    /// Whether everything was taken, and nothing that was not there.
    bool ended_well() const { return m_rest.empty() && !m_short; }

private:
    std::string_view m_rest;
    bool m_short = false;
};

} // namespace triptych
