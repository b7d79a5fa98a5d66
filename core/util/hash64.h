// XXH64 (xxHash specification 0.1.1, 64-bit variant): a fast content hash, the same numbers as the tool `xxhsum -H1`.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace triptych {

/// Hashes bytes that arrive in parts. Not cryptographic: it finds changes, not attacks.
class Hash64 {
public:
    explicit Hash64(std::uint64_t seed = 0);

    void update(const void* data, std::size_t size);
    void update(std::string_view text) { update(text.data(), text.size()); }
    /// Adds an integer as eight bytes, least significant first.
    void update_integer(std::uint64_t value);
    /// The hash of everything so far; more may follow.
    std::uint64_t digest() const;

private:
    std::uint64_t m_seed;
    std::array<std::uint64_t, 4> m_lanes;
    std::array<std::uint8_t, 32> m_rest{}; // bytes that do not fill a stripe yet
    std::size_t m_rest_size = 0;
    std::uint64_t m_total = 0;
};

std::uint64_t hash64(std::string_view bytes, std::uint64_t seed = 0);

/// 16 lower-case hexadecimal digits.
std::string hash_text(std::uint64_t hash);

} // namespace triptych
