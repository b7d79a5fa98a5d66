// An error as one text, for logs and notes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/result.h"

#include <string>

namespace triptych {

/// "what. hint"
inline std::string in_words(const Error& error)
{
    return error.what + ". " + error.hint;
}

} // namespace triptych
