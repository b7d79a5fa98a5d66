// A time as text.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/utc_text.h"

#include <array>

namespace triptych {

std::string utc_text(std::time_t time)
{
    std::tm utc{};
    gmtime_r(&time, &utc);
    std::array<char, 32> buffer{};
    std::strftime(buffer.data(), buffer.size(), "%Y-%m-%dT%H:%M:%SZ", &utc);
    return buffer.data();
}

} // namespace triptych
