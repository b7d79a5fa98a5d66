// What the cost presets say in English where people read it: titles, scopes, notes, defects. Sources are quoted as they
// are.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <span>
#include <string_view>

namespace triptych {

/// The text in the language of the program. One that is no row of the list, of a preset that a person wrote, comes back
/// as it is.
QString costText(std::string_view english);

/// All that is translated: tests/ui/language/cost_texts_test.cpp compares it with the presets.
std::span<const char* const> costTexts();

} // namespace triptych
