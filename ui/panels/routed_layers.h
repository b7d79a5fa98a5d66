// The chooser of a layer that has experts, the same in all pages about them.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/frame.h"
#include "ui/panels/selection.h"
#include "ui/widgets/stepper.h"

#include <vector>

namespace triptych {

class RoutedLayers : public Stepper {
    Q_OBJECT

public:
    /// What is chosen is chosen in the whole window.
    RoutedLayers(Selection& selection, QWidget* parent);

    /// Offers the layers of the frame, and shows the one in that row. mainLayers: see layerTitle().
    void setLayers(const LoadFrame& frame, std::int64_t mainLayers, std::size_t row);

private:
    std::vector<std::int64_t> m_layers; ///< as in tensor names
};

} // namespace triptych
