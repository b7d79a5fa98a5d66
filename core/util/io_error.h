// System errors of files and folders in words, with what to do about each.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/result.h"

#include <string>
#include <string_view>

namespace triptych {

/// "no space left on the disk" for ENOSPC, and so on; the system's own text for rare codes.
std::string errno_in_words(int code);

/// Error{"cannot write runs/a/run.json: no space left on the disk", what to do}. `action` is "write", "create folder"
/// ...
Error io_error(std::string_view action, const std::string& path, int code);

} // namespace triptych
