// Cuts and cleans names for messages.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/quote.h"

#include "core/util/utf8.h"

#include <algorithm>

namespace triptych {

std::string in_quotes(std::string_view text)
{
    constexpr std::size_t kLongest = 80;
    std::string shown(text.substr(0, kLongest));
    const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
    std::replace_if(shown.begin(), shown.end(), control, '?');
    if (text.size() > kLongest) { // not in the middle of a character
        while (!shown.empty() && (static_cast<unsigned char>(shown.back()) & 0xc0) == 0x80) shown.pop_back();
        if (!shown.empty() && static_cast<unsigned char>(shown.back()) >= 0x80) shown.pop_back();
        shown += "...";
    }
    return "\"" + to_valid_utf8(shown) + "\"";
}

} // namespace triptych
