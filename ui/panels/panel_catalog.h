// The one list of panels: the window, its menus, the screenshots and the tests walk it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/panel.h"

#include <span>

namespace triptych {

/// Where a panel stands in the triptych. Several panels of one place are pages of it, the first in front.
enum class PanelPlace : std::uint8_t { LeftWing = 1, Centre, RightWing, Predella, Below };

/// OnRequest: without a tab until somebody asks for it in the menu.
enum class PanelShow : std::uint8_t { AtFirst = 1, OnRequest };

struct PanelInfo {
    const char* id;         ///< in file names and saved layouts
    const char* title;      ///< to be translated in the context "Panel"
    const char* shortTitle; ///< the same, on a tab
    PanelPlace place;
    PanelShow show;
    QColor ThemeColors::*accent;
    Panel* (*create)(const PanelContext& context, QWidget* parent);
};

/// In the order in which a person reads them.
std::span<const PanelInfo> panelCatalog();

/// In the language of the program.
QString panelTitle(const PanelInfo& info);
QString panelShortTitle(const PanelInfo& info);
/// Of the place, before its tabs: "MoE"; empty where there is none.
QString placeTitle(PanelPlace place);

} // namespace triptych
