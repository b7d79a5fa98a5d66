// Messages with a place before them.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/json_place.h"

#include "core/config/field.h"
#include "core/util/quote.h"

#include <fmt/format.h>

#include <algorithm>

namespace triptych {

JsonPlace JsonPlace::inside(const std::string& key) const
{
    JsonPlace place = *this;
    const std::string shown =
        key.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-.") == key.npos && key.size() < 60
            ? key
            : in_quotes(key);
    place.m_path += (m_path.empty() ? "" : ".") + shown;
    return place;
}

void JsonPlace::refuse(const std::string& what, const std::string& hint) const
{
    throw JsonComplaint{Error{fmt::format("{}: {}{}{}", m_name, m_path, m_path.empty() ? "" : ": ", what), hint}};
}

void JsonPlace::expect_known(const std::string& key, const std::vector<std::string>& known) const
{
    if (std::find(known.begin(), known.end(), key) != known.end()) return;
    const auto near = near_matches(key, known);
    refuse(fmt::format("the key {} is not known here", in_quotes(key)),
           near.empty() ? fmt::format("There are: {}.", fmt::join(known, ", "))
                        : fmt::format("Did you mean {}?", fmt::join(near, " or ")));
}

} // namespace triptych
