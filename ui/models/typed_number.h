// A number as a person types or pastes it, in the language of the program or as programs write it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/result.h"

#include <QString>

namespace triptych {

/// "2048", "2,048", "2 048", "14.8T", "14.8e12", "$2.95", "2.95 USD", "62 %" (0.62); in German "14,8 T", "1.234,5".
/// A sign between digits that could be a decimal sign as well as one of thousands is no guess: it is refused, and the
/// hint says how both readings are written. Error: it is no finite number.
Result<double> typedNumber(const QString& text);

} // namespace triptych
