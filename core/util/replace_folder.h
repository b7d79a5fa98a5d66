// Puts a finished folder in the place of another, so that at every moment a whole one is there.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/result.h"

#include <cstdint>
#include <filesystem>

namespace triptych {

/// Whether the file system swaps two folders in one step; Never is for tests of the other way.
enum class FolderSwap : std::uint8_t { IfPossible = 1, Never };

/// Moves `from` to `to`, which may be missing, empty, or full and is then removed after the move. Both lie in the same
/// folder. Where the file system cannot swap, the old folder is for a moment under previous_folder(to) only.
Status replace_folder(const std::filesystem::path& from, const std::filesystem::path& to,
                      FolderSwap swap = FolderSwap::IfPossible);

/// Where the old folder waits during a move without swap: a hidden name beside it.
std::filesystem::path previous_folder(const std::filesystem::path& folder);

/// The folder itself, or its previous one if a crash left only that.
std::filesystem::path surviving_folder(const std::filesystem::path& folder);

/// A hidden name beside the path, always the same for the same path and of fixed length:
/// ".triptych-0123456789abcdef.SUFFIX".
std::filesystem::path hidden_neighbour(const std::filesystem::path& path, const char* suffix);

} // namespace triptych
