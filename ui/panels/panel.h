// What a panel is: a widget that shows a feed. The catalog (panel_catalog.h) knows them all; nobody else does.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/command.h"
#include "ui/bridge/frame_clock.h"
#include "ui/bridge/moment.h"
#include "ui/bridge/run_feed.h"
#include "ui/bridge/series_hub.h"
#include "ui/panels/selection.h"
#include "ui/theme/theme.h"

#include <QList>
#include <QVariantMap>
#include <QWidget>

#include <functional>
#include <vector>

class QAbstractItemModel;
class QAction;

namespace triptych {

class RunList;

/// What every panel is given. All of it outlives the panel.
struct PanelContext {
    RunFeed& feed;
    Selection& selection;
    const Theme& theme;
    std::function<void(Command)> post; ///< to the session
    Moment& moment;
    SeriesHub& series;
    FrameClock& clock;
    RunList* runs = nullptr; ///< null: nobody keeps a list of runs
};

/// What a panel shows as a table, for those who want the numbers or cannot see the picture.
struct Twin {
    QString title;
    QAbstractItemModel* model = nullptr; ///< the panel's; headers have titles and units
};

/// Shows the state of the feed at once when made, then follows its signals; a hidden panel does no work. Never blocks,
/// never asks for a lock. An empty state says what will appear and how.
class Panel : public QWidget {
    Q_OBJECT

public:
    using QWidget::QWidget;

signals:
    /// A figure of a part of it: what restoreState() takes to show that part alone.
    void exportRequested(const QVariantMap& part);

public:
    /// Controls that find room beside the title of a card, which then owns them; null: none. Until a card takes them
    /// they stand in the panel.
    virtual QWidget* headerWidget() { return nullptr; }

    /// What can be done with it, for menus and keys; the panel keeps them.
    virtual QList<QAction*> panelActions() { return {}; }
    /// As things are now; the same models as before with other numbers. Empty where a table would say nothing.
    virtual std::vector<Twin> twins() { return {}; }
    /// What must be computed while it can be seen.
    virtual WatchSet watches() const { return {.probe = false}; }
    /// What its amounts are counted by, for the line that says where a figure comes from; empty where it has none.
    virtual QString pricedBy() const { return {}; }
    /// Whether something that it shows is still awaited: a figure of it waits, too.
    virtual bool isLoading() const { return false; }
    /// The same of twins(), for which it asks.
    virtual bool tablesLoading() { return isLoading(); }
    /// Takes over from another panel of its kind what it shows that neither feed nor saveState() has.
    virtual void takeOver(Panel&) {}
    /// The same from the panel before it in its place, which goes away: work under way goes on here.
    virtual void succeed(Panel& before) { takeOver(before); }
    /// In pixels, of a picture of it that is to stand alone.
    virtual QSize exportSize() const { return {800, 500}; }

    /// What a person chose in it and would not like to choose again.
    virtual QVariantMap saveState() const { return {}; }
    /// Takes anything: unknown keys and nonsense are ignored.
    virtual void restoreState(const QVariantMap&) {}
};

} // namespace triptych
