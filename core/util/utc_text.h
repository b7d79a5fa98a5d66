// A time as text.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ctime>
#include <string>

namespace triptych {

/// UTC, ISO 8601: "2025-03-01T12:00:00Z".
std::string utc_text(std::time_t time);

} // namespace triptych
