// An arrangement as a value, and the hands on its tabs.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/arrangement.h"
#include "ui/shell/floating_window.h"
#include "ui/widgets/card.h"
#include "ui/widgets/panel_deck.h"

#include <QMenu>
#include <QRubberBand>

#include <algorithm>
#include <tuple>
#include <utility>

namespace triptych {

namespace {

constexpr int kGrip = 40; // px from the corner of a new window to the mouse that let go of its tab

} // namespace

LayoutState Arrangement::triptych()
{
    LayoutState layout;
    for (const PanelInfo& info : panelCatalog()) {
        const QString id = QString::fromLatin1(info.id);
        if (info.show == PanelShow::OnRequest) {
            layout.hidden.insert(id);
            continue;
        }
        layout.pages[info.place] << id;
        layout.inFront.try_emplace(info.place, id);
    }
    layout.rows = {562, 216, 222};
    layout.wings = {333, 333, 333};
    return layout;
}

LayoutState Arrangement::state() const
{
    LayoutState layout;
    for (const auto& [place, deck] : m_decks) {
        QStringList& ids = layout.pages[place];
        for (const QWidget* page : deck->pages()) ids << idOf(page);
        if (!ids.isEmpty()) layout.inFront[place] = idOf(deck->current());
    }
    for (const auto& [id, shown] : m_panels) {
        const auto window = m_floating.find(id);
        if (window != m_floating.end())
            layout.floating[id] = {shown.place, window->second->geometry()};
        else if (!layout.pages[shown.place].contains(id))
            layout.hidden.insert(id);
        layout.panels[id] = shown.panel->saveState();
    }
    layout.only = m_only;
    std::tie(layout.rows, layout.wings) = sizes();
    layout.folded = isFolded();
    return layout;
}

bool Arrangement::hasPagesOf(const LayoutState& layout) const
{
    const LayoutState now = state();
    const bool sameWindows =
        now.floating.size() == layout.floating.size() &&
        std::equal(now.floating.begin(), now.floating.end(), layout.floating.begin(),
                   [](const auto& a, const auto& b) { return a.first == b.first && a.second.home == b.second.home; });
    return sameWindows && now.pages == layout.pages && now.hidden == layout.hidden;
}

void Arrangement::placePages(const LayoutState& layout)
{
    // Everything out of its place, then back in the order of the layout.
    for (const auto& [id, window] : std::map(m_floating)) putBack(id);
    for (const auto& [id, shown] : m_panels) deck(shown.place).takePage(shown.card);
    std::set<QString> placed;
    for (const auto& [place, ids] : layout.pages)
        for (const QString& id : ids)
            if (find(id) && !layout.floating.contains(id) && placed.insert(id).second) put(id, place);
    for (const QString& id : ids()) {
        if (placed.contains(id)) continue;
        const Shown& shown = m_panels.at(id);
        const auto window = layout.floating.find(id);
        const bool floats = window != layout.floating.end();
        put(id, floats ? window->second.home : shown.info->place);
        if (layout.hidden.contains(id) || (shown.info->show == PanelShow::OnRequest && !floats))
            deck(shown.place).hidePage(shown.card);
    }
    for (const auto& [id, page] : layout.floating) floatOut(id, page.geometry);
}

void Arrangement::apply(const LayoutState& layout)
{
    const bool outer = std::exchange(m_applying, true);
    setUpdatesEnabled(false);
    if (!hasPagesOf(layout)) placePages(layout); // else the focus stays where it is
    for (const auto& [place, id] : layout.inFront)
        if (const Shown* shown = find(id); shown && deck(place).has(shown->card)) deck(place).raise(shown->card);
    m_only = layout.only;
    refresh();
    fold(layout.folded ? Fold::TabsOnly : Fold::Open); // which pages that are alone do not
    if (!layout.rows.isEmpty()) m_rowSizes = layout.rows;
    if (!layout.wings.isEmpty()) m_wingSizes = layout.wings;
    applySizes();
    for (const auto& [id, saved] : layout.panels)
        if (const Shown* shown = find(id)) shown->panel->restoreState(saved);
    setUpdatesEnabled(true);
    m_applying = outer;
    emit changed();
}

void Arrangement::showMenu(QWidget* page, const QPoint& global)
{
    const QString id = idOf(page);
    QMenu menu(this);
    menu.addAction(tr("Into a window of its own"), this, [this, id] { floatOut(id); });
    QMenu* to = menu.addMenu(tr("Move to"));
    for (const auto& [place, deck] : m_decks) {
        QAction* action = to->addAction(placeDescription(place), this, [this, id, p = place] { move(id, p); });
        action->setEnabled(place != m_panels.at(id).place);
    }
    menu.addAction(tr("Hide (menu Panels brings it back)"), this, [this, id] { hidePage(id); });
    menu.exec(global);
}

PanelDeck* Arrangement::deckAt(const QPoint& global) const
{
    for (const auto& [place, deck] : m_decks)
        if (deck->isVisible() && deck->rect().contains(deck->mapFromGlobal(global))) return deck;
    return nullptr;
}

void Arrangement::dragged(const QPoint& global)
{
    const PanelDeck* over = deckAt(global);
    if (over) m_target->setGeometry({over->mapTo(this, QPoint()), over->size()});
    m_target->setVisible(over != nullptr);
}

void Arrangement::dropped(QWidget* page, const QPoint& global)
{
    m_target->hide();
    const QString id = idOf(page);
    if (!rect().contains(mapFromGlobal(global)))
        return floatOut(id, {global - QPoint(kGrip, kGrip), page->size().expandedTo({480, 360})});
    const PanelDeck* over = deckAt(global);
    for (const auto& [place, deck] : m_decks)
        if (deck == over) move(id, place);
}

QString placeDescription(PanelPlace place)
{
    switch (place) {
    case PanelPlace::LeftWing: return Arrangement::tr("Left wing (MoE)");
    case PanelPlace::Centre: return Arrangement::tr("Middle (MLA)");
    case PanelPlace::RightWing: return Arrangement::tr("Right wing (MTP)");
    case PanelPlace::Predella: return Arrangement::tr("Beside the curves");
    case PanelPlace::Below: break;
    }
    return Arrangement::tr("Bottom");
}

} // namespace triptych
