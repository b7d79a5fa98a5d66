// Rows of a frame as layers of a model.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/routed_layers.h"

#include "ui/panels/layer_names.h"

namespace triptych {

RoutedLayers::RoutedLayers(Selection& selection, QWidget* parent) : Stepper(tr("Layer"), parent)
{
    setObjectName(QStringLiteral("layers"));
    connect(this, &Stepper::chosen, this, [this, &selection](int row) {
        if (static_cast<std::size_t>(row) < m_layers.size())
            selection.setLayer(m_layers[static_cast<std::size_t>(row)]);
    });
}

void RoutedLayers::setLayers(const LoadFrame& frame, std::int64_t mainLayers, std::size_t row)
{
    QStringList names;
    m_layers.clear();
    for (const LayerLoad& load : frame.layers) {
        m_layers.push_back(load.layer);
        names << layerTitle(load.layer, mainLayers);
    }
    setItems(names);
    setIndex(static_cast<int>(row));
}

} // namespace triptych
