// Names from files, made fit for a message.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace triptych {

/// The text in quotation marks: control characters as "?", broken UTF-8 mended, cut to about 80 bytes. What a hostile
/// file calls things can then neither flood nor steer a terminal.
std::string in_quotes(std::string_view text);

} // namespace triptych
