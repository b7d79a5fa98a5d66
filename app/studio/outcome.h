// How triptych-studio ends where something fails: what it says, and its exit codes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/result.h"

#include <cstdio>

namespace triptych {

inline constexpr int kFailed = 1;
inline constexpr int kWrongUsage = 2;

/// "triptych-studio: what\nhint\n" on stderr; returns the code.
inline int fail(const Error& error, int code = kFailed)
{
    std::fprintf(stderr, "triptych-studio: %s\n", error.what.c_str());
    if (!error.hint.empty()) std::fprintf(stderr, "%s\n", error.hint.c_str());
    return code;
}

} // namespace triptych
