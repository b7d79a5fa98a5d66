// A new panel is one source with a factory, two lines here, and one in CMakeLists.txt.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/panel_catalog.h"

#include <QCoreApplication>

#include <vector>

namespace triptych {

Panel* createExpertLoadPanel(const PanelContext& context, QWidget* parent);
Panel* createAttentionPanel(const PanelContext& context, QWidget* parent);
Panel* createMtpPanel(const PanelContext& context, QWidget* parent);
Panel* createPredellaPanel(const PanelContext& context, QWidget* parent);
Panel* createLogPanel(const PanelContext& context, QWidget* parent);

std::span<const PanelInfo> panelCatalog()
{
    static const std::vector<PanelInfo> panels = {
        {"moe", QT_TRANSLATE_NOOP("Panel", "MoE · expert load"), PanelPlace::LeftWing, &ThemeColors::moe,
         createExpertLoadPanel},
        {"attention", QT_TRANSLATE_NOOP("Panel", "MLA · attention of the probe text"), PanelPlace::Centre,
         &ThemeColors::mla, createAttentionPanel},
        {"mtp", QT_TRANSLATE_NOOP("Panel", "MTP · what comes next, and after that"), PanelPlace::RightWing,
         &ThemeColors::mtp, createMtpPanel},
        {"predella", QT_TRANSLATE_NOOP("Panel", "Loss, throughput and money"), PanelPlace::Predella,
         &ThemeColors::muted, createPredellaPanel},
        {"log", QT_TRANSLATE_NOOP("Panel", "Log"), PanelPlace::Below, &ThemeColors::muted, createLogPanel},
    };
    return panels;
}

QString panelTitle(const PanelInfo& info)
{
    return QCoreApplication::translate("Panel", info.title);
}

} // namespace triptych
