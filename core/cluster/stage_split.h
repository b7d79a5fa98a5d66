// Cuts a row of parts into pipeline stages.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace triptych {

/// Where each of `stages` contiguous pieces begins, with the number of parts as the last element, such that the dearest
/// piece is as cheap as can be. No piece is empty. Later pieces are full first: earlier
/// stages keep more micro-batches and need the room. 1 <= stages <= seconds.size(), no seconds below zero.
std::vector<std::size_t> split_into_stages(std::span<const double> seconds, std::int64_t stages);

} // namespace triptych
