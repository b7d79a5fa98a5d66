// XXH64 (xxHash specification 0.1.1, 64-bit variant): a fast content hash, the same numbers as the tool `xxhsum -H1`.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/hash64.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace triptych {

namespace {

constexpr std::uint64_t kPrime1 = 0x9E3779B185EBCA87;
constexpr std::uint64_t kPrime2 = 0xC2B2AE3D27D4EB4F;
constexpr std::uint64_t kPrime3 = 0x165667B19E3779F9;
constexpr std::uint64_t kPrime4 = 0x85EBCA77C2B2AE63;
constexpr std::uint64_t kPrime5 = 0x27D4EB2F165667C5;
constexpr std::size_t kStripe = 32;

static_assert(std::endian::native == std::endian::little, "the loads below read little-endian words");

template <class Word>
std::uint64_t load(const std::uint8_t* bytes)
{
    Word word;
    std::memcpy(&word, bytes, sizeof word);
    return word;
}

std::uint64_t mix(std::uint64_t lane, std::uint64_t input)
{
    return std::rotl(lane + input * kPrime2, 31) * kPrime1;
}

void consume_stripe(std::array<std::uint64_t, 4>& lanes, const std::uint8_t* bytes)
{
    for (std::size_t i = 0; i < 4; ++i) lanes[i] = mix(lanes[i], load<std::uint64_t>(bytes + 8 * i));
}

std::uint64_t merge_lanes(const std::array<std::uint64_t, 4>& lanes)
{
    std::uint64_t hash =
        std::rotl(lanes[0], 1) + std::rotl(lanes[1], 7) + std::rotl(lanes[2], 12) + std::rotl(lanes[3], 18);
    for (const auto lane : lanes) hash = (hash ^ mix(0, lane)) * kPrime1 + kPrime4;
    return hash;
}

std::uint64_t consume_rest(std::uint64_t hash, const std::uint8_t* bytes, std::size_t size)
{
    for (; size >= 8; bytes += 8, size -= 8)
        hash = std::rotl(hash ^ mix(0, load<std::uint64_t>(bytes)), 27) * kPrime1 + kPrime4;
    if (size >= 4) {
        hash = std::rotl(hash ^ (load<std::uint32_t>(bytes) * kPrime1), 23) * kPrime2 + kPrime3;
        bytes += 4;
        size -= 4;
    }
    for (; size > 0; ++bytes, --size) hash = std::rotl(hash ^ (*bytes * kPrime5), 11) * kPrime1;
    return hash;
}

} // namespace

Hash64::Hash64(std::uint64_t seed)
    : m_seed(seed), m_lanes{seed + kPrime1 + kPrime2, seed + kPrime2, seed, seed - kPrime1}
{}

void Hash64::update(const void* data, std::size_t size)
{
    if (size == 0) return;
    const auto* bytes = static_cast<const std::uint8_t*>(data);
    m_total += size;
    if (m_rest_size > 0) {
        const std::size_t taken = std::min(size, kStripe - m_rest_size);
        std::memcpy(m_rest.data() + m_rest_size, bytes, taken);
        m_rest_size += taken;
        bytes += taken;
        size -= taken;
        if (m_rest_size < kStripe) return;
        consume_stripe(m_lanes, m_rest.data());
        m_rest_size = 0;
    }
    for (; size >= kStripe; bytes += kStripe, size -= kStripe) consume_stripe(m_lanes, bytes);
    if (size > 0) std::memcpy(m_rest.data(), bytes, size);
    m_rest_size = size;
}

void Hash64::update_integer(std::uint64_t value)
{
    update(&value, sizeof value);
}

std::uint64_t Hash64::digest() const
{
    std::uint64_t hash = m_total >= kStripe ? merge_lanes(m_lanes) : m_seed + kPrime5;
    hash = consume_rest(hash + m_total, m_rest.data(), m_rest_size);
    hash = (hash ^ (hash >> 33)) * kPrime2;
    hash = (hash ^ (hash >> 29)) * kPrime3;
    return hash ^ (hash >> 32);
}

std::uint64_t hash64(std::string_view bytes, std::uint64_t seed)
{
    Hash64 hash(seed);
    hash.update(bytes);
    return hash.digest();
}

std::string hash_text(std::uint64_t hash)
{
    std::string text(16, '0');
    for (std::size_t i = 0; i < 16; ++i) text[15 - i] = "0123456789abcdef"[(hash >> (4 * i)) & 15];
    return text;
}

} // namespace triptych
