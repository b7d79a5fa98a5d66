// A new panel is one source with a factory, two lines here, and one in CMakeLists.txt.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/panel_catalog.h"

#include <QCoreApplication>

#include <vector>

namespace triptych {

Panel* createExpertLoadPanel(const PanelContext& context, QWidget* parent);
Panel* createMoeHistoryPanel(const PanelContext& context, QWidget* parent);
Panel* createMoeDomainsPanel(const PanelContext& context, QWidget* parent);
Panel* createMoePairsPanel(const PanelContext& context, QWidget* parent);
Panel* createMoeWordsPanel(const PanelContext& context, QWidget* parent);
Panel* createMoeGroupsPanel(const PanelContext& context, QWidget* parent);
Panel* createAttentionPanel(const PanelContext& context, QWidget* parent);
Panel* createCachePanel(const PanelContext& context, QWidget* parent);
Panel* createLatentPanel(const PanelContext& context, QWidget* parent);
Panel* createFormsPanel(const PanelContext& context, QWidget* parent);
Panel* createMtpPanel(const PanelContext& context, QWidget* parent);
Panel* createMtpAcceptancePanel(const PanelContext& context, QWidget* parent);
Panel* createPredellaPanel(const PanelContext& context, QWidget* parent);
Panel* createRunsPanel(const PanelContext& context, QWidget* parent);
Panel* createPlaygroundPanel(const PanelContext& context, QWidget* parent);
Panel* createMeterPanel(const PanelContext& context, QWidget* parent);
Panel* createMemoryPanel(const PanelContext& context, QWidget* parent);
Panel* createJourneyPanel(const PanelContext& context, QWidget* parent);
Panel* createPlannerPanel(const PanelContext& context, QWidget* parent);
Panel* createCostPanel(const PanelContext& context, QWidget* parent);
Panel* createCostRunPanel(const PanelContext& context, QWidget* parent);
Panel* createCostModelsPanel(const PanelContext& context, QWidget* parent);
Panel* createLessonPanel(const PanelContext& context, QWidget* parent);
Panel* createLogPanel(const PanelContext& context, QWidget* parent);

std::span<const PanelInfo> panelCatalog()
{
    using enum PanelPlace;
    using enum PanelShow;
    static const std::vector<PanelInfo> panels = {
        {"moe", QT_TRANSLATE_NOOP("Panel", "MoE · expert load"), QT_TRANSLATE_NOOP("Panel", "Load"), LeftWing, AtFirst,
         &ThemeColors::moe, createExpertLoadPanel},
        {"moe-history", QT_TRANSLATE_NOOP("Panel", "MoE · history and bias"), QT_TRANSLATE_NOOP("Panel", "History"),
         LeftWing, AtFirst, &ThemeColors::moe, createMoeHistoryPanel},
        {"moe-domains", QT_TRANSLATE_NOOP("Panel", "MoE · experts by domain"), QT_TRANSLATE_NOOP("Panel", "Domains"),
         LeftWing, AtFirst, &ThemeColors::moe, createMoeDomainsPanel},
        {"moe-pairs", QT_TRANSLATE_NOOP("Panel", "MoE · experts chosen together"), QT_TRANSLATE_NOOP("Panel", "Pairs"),
         LeftWing, AtFirst, &ThemeColors::moe, createMoePairsPanel},
        {"moe-words", QT_TRANSLATE_NOOP("Panel", "MoE · tokens of experts"), QT_TRANSLATE_NOOP("Panel", "Tokens"),
         LeftWing, AtFirst, &ThemeColors::moe, createMoeWordsPanel},
        {"moe-groups", QT_TRANSLATE_NOOP("Panel", "MoE · groups and GPUs"), QT_TRANSLATE_NOOP("Panel", "Groups"),
         LeftWing, AtFirst, &ThemeColors::moe, createMoeGroupsPanel},
        {"attention", QT_TRANSLATE_NOOP("Panel", "MLA · attention of the probe text"),
         QT_TRANSLATE_NOOP("Panel", "Attention"), Centre, AtFirst, &ThemeColors::mla, createAttentionPanel},
        {"latent", QT_TRANSLATE_NOOP("Panel", "MLA · how much of the latent is used"),
         QT_TRANSLATE_NOOP("Panel", "Latent"), Centre, AtFirst, &ThemeColors::mla, createLatentPanel},
        {"cache", QT_TRANSLATE_NOOP("Panel", "MLA · what the cache keeps"), QT_TRANSLATE_NOOP("Panel", "Cache"), Centre,
         AtFirst, &ThemeColors::mla, createCachePanel},
        {"forms", QT_TRANSLATE_NOOP("Panel", "MLA · absorbed or expanded"), QT_TRANSLATE_NOOP("Panel", "Forms"), Centre,
         AtFirst, &ThemeColors::mla, createFormsPanel},
        {"mtp", QT_TRANSLATE_NOOP("Panel", "MTP · what comes next, and after that"),
         QT_TRANSLATE_NOOP("Panel", "Next, and after next"), RightWing, AtFirst, &ThemeColors::mtp, createMtpPanel},
        {"mtp-acceptance", QT_TRANSLATE_NOOP("Panel", "MTP · accepted drafts"),
         QT_TRANSLATE_NOOP("Panel", "Acceptance"), RightWing, AtFirst, &ThemeColors::mtp, createMtpAcceptancePanel},
        {"predella", QT_TRANSLATE_NOOP("Panel", "Curves"), QT_TRANSLATE_NOOP("Panel", "Curves"), Predella, AtFirst,
         &ThemeColors::muted, createPredellaPanel},
        {"runs", QT_TRANSLATE_NOOP("Panel", "All runs"), QT_TRANSLATE_NOOP("Panel", "Runs"), Below, AtFirst,
         &ThemeColors::muted, createRunsPanel},
        {"playground", QT_TRANSLATE_NOOP("Panel", "Playground · checkpoints write"),
         QT_TRANSLATE_NOOP("Panel", "Playground"), Below, AtFirst, &ThemeColors::muted, createPlaygroundPanel},
        {"journey", QT_TRANSLATE_NOOP("Panel", "One token through all layers"),
         QT_TRANSLATE_NOOP("Panel", "Token journey"), Below, AtFirst, &ThemeColors::muted, createJourneyPanel},
        {"meter", QT_TRANSLATE_NOOP("Panel", "Meter · what this run costs"), QT_TRANSLATE_NOOP("Panel", "Meter"), Below,
         AtFirst, &ThemeColors::muted, createMeterPanel},
        {"memory", QT_TRANSLATE_NOOP("Panel", "Memory and kernels"), QT_TRANSLATE_NOOP("Panel", "Memory and ops"),
         Below, AtFirst, &ThemeColors::muted, createMemoryPanel},
        {"planner", QT_TRANSLATE_NOOP("Panel", "Planner · a training on a cluster"),
         QT_TRANSLATE_NOOP("Panel", "Planner"), Below, AtFirst, &ThemeColors::muted, createPlannerPanel},
        {"cost", QT_TRANSLATE_NOOP("Panel", "Cost · the gap, step by step"), QT_TRANSLATE_NOOP("Panel", "Cost"), Below,
         AtFirst, &ThemeColors::fullCost, createCostPanel},
        {"cost-run", QT_TRANSLATE_NOOP("Panel", "Cost · what this run would have cost"),
         QT_TRANSLATE_NOOP("Panel", "Cost of this run"), Below, AtFirst, &ThemeColors::fullCost, createCostRunPanel},
        {"cost-models", QT_TRANSLATE_NOOP("Panel", "Cost · models side by side"),
         QT_TRANSLATE_NOOP("Panel", "Cost of models"), Below, AtFirst, &ThemeColors::fullCost, createCostModelsPanel},
        {"lesson", QT_TRANSLATE_NOOP("Panel", "Lesson · a router collapses"), QT_TRANSLATE_NOOP("Panel", "Lesson"),
         Below, AtFirst, &ThemeColors::moe, createLessonPanel},
        {"log", QT_TRANSLATE_NOOP("Panel", "Log of the run"), QT_TRANSLATE_NOOP("Panel", "Log"), Below, AtFirst,
         &ThemeColors::muted, createLogPanel},
    };
    return panels;
}

QString panelTitle(const PanelInfo& info)
{
    return QCoreApplication::translate("Panel", info.title);
}

QString panelShortTitle(const PanelInfo& info)
{
    return QCoreApplication::translate("Panel", info.shortTitle);
}

QString placeTitle(PanelPlace place)
{
    switch (place) {
    case PanelPlace::LeftWing: return QCoreApplication::translate("Panel", "MoE");
    case PanelPlace::Centre: return QCoreApplication::translate("Panel", "MLA");
    case PanelPlace::RightWing: return QCoreApplication::translate("Panel", "MTP");
    case PanelPlace::Predella:
    case PanelPlace::Below: break;
    }
    return {};
}

} // namespace triptych
