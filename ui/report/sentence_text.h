// Sentences that the core makes of numbers and names, in the language of the program.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string>

namespace triptych {

/// Conditions of a command, events of a run, why a file cannot be written: "saved checkpoints/step-000100". Numbers are
/// written as the language does. A sentence of another form comes back as it is.
QString sentenceText(const std::string& english);

} // namespace triptych
