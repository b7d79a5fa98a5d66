// Finding counterparts by their order within the panels.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/kept_sights.h"

#include "ui/panels/panel.h"
#include "ui/plots/heatmap_plot.h"

#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QHeaderView>
#include <QScrollBar>
#include <QSplitter>
#include <QTableView>
#include <QTimer>

#include <algorithm>

namespace triptych {

namespace {

constexpr int kSettled = 300; // ms

/// Both panels are made by the same code, so what is in them stands in the same order.
template <typename T, typename F>
void forPairs(const Panel& before, Panel& after, const F& hand)
{
    const QList<T*> from = before.findChildren<T*>();
    const QList<T*> to = after.findChildren<T*>();
    if (from.size() != to.size()) return;
    for (qsizetype i = 0; i < from.size(); ++i) hand(*from[i], *to[i]);
}

/// Goes to `value` as soon as the bar reaches so far, and stays there for a moment, since tables are filled in several
/// goes; unless a hand moves it before.
void scrollTo(QScrollBar& bar, int value)
{
    if (value == bar.value()) return;
    auto* waiting = new QObject(&bar);
    const auto go = [&bar, waiting, value] {
        bar.setValue(std::min(value, bar.maximum()));
        if (bar.value() == value) QTimer::singleShot(kSettled, waiting, &QObject::deleteLater);
    };
    QObject::connect(&bar, &QScrollBar::rangeChanged, waiting, go);
    QObject::connect(&bar, &QScrollBar::valueChanged, waiting, go);
    QObject::connect(&bar, &QScrollBar::actionTriggered, waiting, [&bar, waiting] {
        QObject::disconnect(&bar, nullptr, waiting, nullptr);
        waiting->deleteLater();
    });
}

} // namespace

void keepSights(const Panel& before, Panel& after)
{
    forPairs<HeatmapPlot>(before, after, [](const HeatmapPlot& from, HeatmapPlot& to) { to.takeView(from); });
    forPairs<QSplitter>(before, after, [](const QSplitter& from, QSplitter& to) { to.restoreState(from.saveState()); });
    forPairs<QTableView>(before, after, [](const QTableView& from, QTableView& to) {
        const QHeaderView* header = from.horizontalHeader();
        if (header->isSortIndicatorShown())
            to.horizontalHeader()->setSortIndicator(header->sortIndicatorSection(), header->sortIndicatorOrder());
    });
    forPairs<QAbstractItemView>(before, after, [](const QAbstractItemView& from, QAbstractItemView& to) {
        const QModelIndex chosen = from.currentIndex();
        if (chosen.isValid() && !chosen.parent().isValid() && to.model())
            if (const QModelIndex same = to.model()->index(chosen.row(), chosen.column()); same.isValid())
                to.setCurrentIndex(same);
    });
    forPairs<QAbstractScrollArea>(before, after, [](const QAbstractScrollArea& from, QAbstractScrollArea& to) {
        scrollTo(*to.verticalScrollBar(), from.verticalScrollBar()->value());
        scrollTo(*to.horizontalScrollBar(), from.horizontalScrollBar()->value());
    });
}

} // namespace triptych
