// The triptych with its predella: three wings side by side, the curves below them, more pages at the bottom.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/history_feed.h"
#include "ui/bridge/recorded_feed.h"
#include "ui/bridge/run_feed.h"
#include "ui/panels/panel_catalog.h"
#include "ui/run_controller.h"

#include <QMainWindow>

#include <map>

class QSettings;
class QSplitter;

namespace triptych {

class Card;
class MessageStrip;
class PanelDeck;
class RunChooser;

/// Knows the places of panels but none of the panels; what they show comes from the feed.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    explicit MainWindow(Theme& theme, QWidget* parent = nullptr);
    ~MainWindow() override;

    RunFeed& feed() { return m_feed; }
    RunController& controller() { return *m_controller; }
    Selection& selection() { return m_selection; }
    Moment& moment() { return m_moment; }
    HistoryFeed& history() { return m_history; }
    SeriesHub& series() { return m_series; }
    RecordedFeed& recorded() { return m_recorded; }

    /// The training that the first start shows: built-in texts, the smallest model.
    void startDemo();
    /// Shows a recorded run; the one that goes on is saved and ended first. What is wrong with the folder is said.
    void openRun(const QString& folder);
    /// A panel of the catalog by its id, within its card; null for another id.
    Card* card(const QString& id) const;
    Panel* panel(const QString& id) const;
    /// In front of the other pages of its place, and with the focus of the keyboard.
    void showPanel(const QString& id);

    /// Where windows and panels were, and the look.
    void restoreLayout(const QSettings& settings);
    void saveLayout(QSettings& settings) const;

    void showMessage(const QString& what, const QString& hint);

protected:
    void showEvent(QShowEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

private:
    void buildMenus();
    QWidget* buildTopBar();
    QWidget* buildRunBar();
    QWidget* buildPanels();
    PanelDeck* buildDeck(PanelPlace place);
    QWidget* buildLastEvent();
    void shareRows();
    void addPanel(const PanelInfo& info, const PanelContext& context);
    void addPanelMenu();
    void startChosen();
    void chooseRunToOpen();
    void showTitle();
    void applyTheme(ThemeChoice choice);

    struct Shown {
        PanelDeck* deck = nullptr;
        Card* card = nullptr;
        Panel* panel = nullptr;
    };

    Theme& m_theme;
    RunFeed m_feed;
    Selection m_selection;
    Moment m_moment;
    HistoryFeed m_history{m_feed, m_moment};
    SeriesHub m_series{m_feed};
    RecordedFeed m_recorded{m_feed, m_series};
    FrameClock m_clock;
    RunController* m_controller;
    RunChooser* m_chooser;
    MessageStrip* m_message;
    QSplitter* m_rows;
    QSplitter* m_wings;
    std::map<PanelPlace, PanelDeck*> m_decks;
    std::map<QString, Shown> m_panels;
    bool m_foldChosen = false; ///< by a saved layout or a hand; else the height decides
    bool m_closing = false;
    QString m_toOpen; ///< a folder, as soon as the run that goes on has ended
};

} // namespace triptych
