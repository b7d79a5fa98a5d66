// Main layers by number, MTP blocks by depth.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/layer_names.h"

#include <QCoreApplication>

namespace triptych {

QString layerLabel(std::int64_t layer, std::int64_t mainLayers)
{
    if (mainLayers < 0 || layer < mainLayers) return QString::number(layer);
    return QCoreApplication::translate("Panel", "MTP %1").arg(layer - mainLayers + 1);
}

QString layerTitle(std::int64_t layer, std::int64_t mainLayers)
{
    const QString label = layerLabel(layer, mainLayers);
    return mainLayers < 0 || layer < mainLayers ? QCoreApplication::translate("Panel", "Layer %1").arg(label) : label;
}

QVariant layerCell(std::int64_t layer, std::int64_t mainLayers)
{
    if (mainLayers < 0 || layer < mainLayers) return QVariant::fromValue<qlonglong>(layer);
    return layerLabel(layer, mainLayers);
}

std::size_t rowOfLayer(const LoadFrame& frame, std::int64_t layer)
{
    for (std::size_t row = 0; row < frame.layers.size(); ++row)
        if (frame.layers[row].layer == layer) return row;
    return 0;
}

} // namespace triptych
