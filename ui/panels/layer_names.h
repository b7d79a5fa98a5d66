// How layers are called on the screen, and where a layer is in a frame.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/frame.h"

#include <QString>
#include <QVariant>

namespace triptych {

/// "3" for main layers, "MTP 1" for the blocks behind them. `mainLayers` < 0: not known, all are main ones.
QString layerLabel(std::int64_t layer, std::int64_t mainLayers);
/// "Layer 3", "MTP 1".
QString layerTitle(std::int64_t layer, std::int64_t mainLayers);
/// In a table: its number, or "MTP 1".
QVariant layerCell(std::int64_t layer, std::int64_t mainLayers);
/// Row of a layer in the frame; 0 for one that has no experts.
std::size_t rowOfLayer(const LoadFrame& frame, std::int64_t layer);

} // namespace triptych
