// What the core says in English where people read it: names and explanations of settings, metrics, routers, data.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <span>
#include <string_view>

namespace triptych {

/// The text in the language of the program. One that is no row of the list comes back as it is.
QString coreText(std::string_view english);

/// All that is translated: tests/ui/language/language_test.cpp compares it with the catalogs of the core.
std::span<const char* const> coreTexts();

} // namespace triptych
