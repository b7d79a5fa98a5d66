// The one list of panels: the window, its menus, the screenshots and the tests walk it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/panel.h"

#include <span>

namespace triptych {

/// Where a panel stands in the triptych.
enum class PanelPlace : std::uint8_t { LeftWing = 1, Centre, RightWing, Predella, Below };

struct PanelInfo {
    const char* id;    ///< in file names and saved layouts
    const char* title; ///< to be translated in the context "Panel"
    PanelPlace place;
    QColor ThemeColors::*accent;
    Panel* (*create)(const PanelContext& context, QWidget* parent);
};

/// In the order in which a person reads them.
std::span<const PanelInfo> panelCatalog();

/// The title in the language of the program.
QString panelTitle(const PanelInfo& info);

} // namespace triptych
