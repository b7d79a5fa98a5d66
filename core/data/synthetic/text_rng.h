// Dice for the built-in texts: one throw after another of a counter-based stream.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/rng.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace triptych::synthetic {

/// The same (seed, stream) always throws the same. Small and cheap to make: one per document.
class TextRng {
public:
    TextRng(std::uint64_t seed, std::uint64_t stream) : m_philox(seed, stream) {}

    /// 0 .. bound-1
    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(m_philox.below(m_next++, bound)); }
    /// low .. high, both included
    int between(int low, int high) { return low + static_cast<int>(below(static_cast<std::size_t>(high - low + 1))); }
    bool chance(int percent) { return between(1, 100) <= percent; }
    template <class List>
    const auto& pick(const List& list)
    {
        return list[below(std::size(list))];
    }
    /// One of a list of texts.
    template <class List>
    std::string word(const List& list)
    {
        return std::string(pick(list));
    }

private:
    Philox m_philox;
    std::uint64_t m_next = 0;
};

/// The text with its first letter (ASCII) in upper case.
inline std::string capitalised(std::string text)
{
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
}

/// Every document is this long, in bytes.
constexpr std::size_t kMinBytes = 60;
constexpr std::size_t kMaxBytes = 400;

/// A document of pieces with a separator between them: as many as a random length needs, never cut.
/// `piece()` gives texts of at most kMaxBytes - kMinBytes bytes.
template <class Piece>
std::string assemble(TextRng& rng, std::string_view separator, Piece piece)
{
    const auto wanted = static_cast<std::size_t>(rng.between(80, 340));
    std::string text = piece();
    while (text.size() < wanted || text.size() < kMinBytes) {
        const std::string next = piece();
        if (text.size() + separator.size() + next.size() > kMaxBytes) {
            if (text.size() >= kMinBytes) break;
            continue;
        }
        text.append(separator).append(next);
    }
    return text;
}

} // namespace triptych::synthetic
