// Sentences with gaps: "{time}, {name} found {a thing}." Gaps are filled from left to right, so the dice fall the same
// with every compiler.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/synthetic/text_rng.h"

#include <stdexcept>
#include <string>
#include <string_view>

namespace triptych::synthetic {

/// Replaces each {gap} by fill("gap"). A gap that begins with a capital is asked for in lower case and capitalised.
/// Text between braces that are doubled, "{{" and "}}", stands for one brace.
template <class Fill>
std::string expand(std::string_view pattern, Fill fill)
{
    std::string text;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const bool doubled = i + 1 < pattern.size() && pattern[i + 1] == pattern[i];
        if (pattern[i] == '}' && doubled) ++i;
        if (pattern[i] != '{' || doubled) {
            if (pattern[i] == '{') ++i;
            text += pattern[i];
            continue;
        }
        const auto end = pattern.find('}', i);
        if (end == std::string_view::npos) throw std::logic_error("pattern without }: " + std::string(pattern));
        std::string gap(pattern.substr(i + 1, end - i - 1));
        const bool capital = !gap.empty() && gap[0] >= 'A' && gap[0] <= 'Z';
        if (capital) gap[0] = static_cast<char>(gap[0] - 'A' + 'a');
        const std::string filled = fill(std::string_view(gap));
        text += capital ? capitalised(filled) : filled;
        i = end;
    }
    return text;
}

} // namespace triptych::synthetic
