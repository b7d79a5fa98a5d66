// The triptych with its predella: three wings side by side, the curves below them, more pages at the bottom.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/access/reduced_motion.h"
#include "ui/bridge/history_feed.h"
#include "ui/bridge/reader_thread.h"
#include "ui/bridge/recorded_feed.h"
#include "ui/bridge/run_feed.h"
#include "ui/bridge/run_list.h"
#include "ui/panels/panel_catalog.h"
#include "ui/run_controller.h"
#include "ui/shell/action_catalog.h"
#include "ui/shell/layout_keeper.h"
#include "ui/shell/palette_dialog.h"
#include "ui/shell/presenter_mode.h"
#include "ui/shell/text_scale.h"
#include "ui/shell/view_link.h"
#include "ui/shell/watch_keeper.h"

#include <QMainWindow>
#include <QPointer>
#include <QTimer>

class QMenu;
class QSettings;
class QToolButton;

namespace triptych {

class Card;
class CardHands;
class DropDoor;
class MessageStrip;
class Popover;
class ReportDialog;
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
    Arrangement& arrangement() { return *m_arrangement; }
    LayoutKeeper& layouts() { return *m_layouts; }
    PresenterMode& presenter() { return *m_presenter; }
    TextScale& textScale() { return m_text; }
    ReducedMotion& motion() { return m_motion; }
    WatchKeeper& watchKeeper() { return m_watch; }
    const ActionCatalog& actionCatalog() const { return m_actions; }
    RunList& runs() { return m_runs; }

    /// The training that the first start shows: built-in texts, the smallest model.
    void startDemo();
    /// The same without anything that balances the experts: the router collapses.
    void startCollapseDemo();
    /// Shows a recorded run, or what find_run() takes for one; the one that goes on is saved and ended first. What is
    /// wrong with it is said, and nothing else happens then.
    void openRun(const QString& path);
    /// A panel of the catalog by its id, within its card; null for another id.
    Card* card(const QString& id) const { return m_arrangement->card(id); }
    Panel* panel(const QString& id) const { return m_arrangement->panel(id); }
    CardHands& hands(const QString& id) const { return *m_hands.at(id); }
    /// In front of the other pages of its place, and with the focus of the keyboard.
    void showPanel(const QString& id);
    /// By name, the presenter mode too. False where there is none of that name.
    bool showLayout(const QString& name);

    /// What a link asks for; once more when a run has come, whose layers and steps it means.
    void showView(const ViewLink& link);
    /// The command line that shows this run, selection, step and layout again.
    QString linkText() const;
    /// Runs, selection, step and layout as a file. Errors: not writable; not readable, or no session.
    Status saveSession(const QString& file) const;
    Status openSession(const QString& file);

    /// Where windows and panels were, the size of type, and what a person assumes of prices. What cannot be read is said in the window.
    void restoreLayout(const QSettings& settings);
    void saveLayout(QSettings& settings);

    void showMessage(const QString& what, const QString& hint);
    /// What can be found by Ctrl+K now.
    std::vector<PaletteEntry> paletteEntries();
    /// The entry that a text asks for by itself: "layer 3 expert 9", "step 620".
    std::optional<PaletteEntry> paletteEntryFor(const QString& text);

protected:
    bool event(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

private:
    QWidget* buildTopBar();
    QWidget* buildProbeRow();
    void buildPanels();
    Panel* buildPanel(const PanelInfo& info, Card& card);
    void buildScrubber();
    void buildChooser();
    QWidget* buildLastEvent();
    void tellWaiting(const QString& what);
    void startChosen();
    void chooseRunToOpen();
    void showTitle();
    void showSelection(const ViewLink& link);
    ViewLink viewNow() const;

    // In main_window_actions.cpp.
    QAction* makeAction(const QString& group, const QString& name, const QString& text, const QList<QKeySequence>& keys,
                        std::function<void()> run);
    void buildMenus();
    void buildFileMenu();
    QAction* makeReportAction();
    void buildRunMenu();
    void buildViewMenu();
    void buildLayoutMenu(QMenu* view);
    void fillLayoutMenu();
    void buildLookMenu(QMenu* view);
    void buildTextMenu(QMenu* view);
    void buildMotionMenu(QMenu* view);
    void buildSelectionMenu();
    void buildPanelMenu();
    void buildPageActions(QMenu* panels);
    void buildHelpMenu();
    void collectPanelActions();
    void showPlace(PanelPlace place);
    void showAllPlaces();
    void showCardAlone();
    /// The one with the focus, else the one under the mouse, else that of the left wing.
    CardHands& cardInHand() const;
    void stepSelection(int places);
    void keepLayoutAs();
    void forgetLayout();
    void saveLayoutToFile();
    void loadLayoutFromFile();
    void openPalette();
    void copyLink();
    void openReport();
    void tell(const QString& what);
    void openKeyMap();
    void presenterChanged();

    // In main_window_session.cpp.
    void buildSessionActions(QMenu* file);
    void buildDrops();
    void takeRuns(const QStringList& folders, const QWidget* on, bool others);
    void sayWhatFailed(const Status& done);

    // In main_window_language.cpp.
    void buildLanguageMenu(QMenu* view);
    void speakAnew();
    void renewMenus();

    Theme& m_theme;
    RunFeed m_feed;
    Selection m_selection;
    Moment m_moment;
    HistoryFeed m_history{m_feed, m_moment};
    SeriesHub m_series{m_feed};
    RecordedFeed m_recorded{m_feed, m_series};
    RunList m_runs{m_feed, m_series};
    FrameClock m_clock;
    ActionCatalog m_actions;
    TextScale m_text;
    ReducedMotion m_motion;
    WatchKeeper m_watch;
    RunController* m_controller;
    RunChooser* m_chooser = nullptr;
    std::map<QString, CardHands*> m_hands; ///< of each card, by the id of its panel
    Arrangement* m_arrangement;
    LayoutKeeper* m_layouts = nullptr;
    PresenterMode* m_presenter = nullptr;
    MessageStrip* m_message;
    DropDoor* m_drops;
    QWidget* m_transport = nullptr;
    QWidget* m_readouts = nullptr;
    QWidget* m_probeRow = nullptr;
    QLabel* m_caption;
    QToolButton* m_newRun;
    Popover* m_newRunSheet = nullptr;
    QMenu* m_layoutMenu = nullptr;
    std::set<PanelPlace> m_beforeAlone; ///< what was shown before a card was shown alone
    std::optional<ViewLink> m_wanted;   ///< until a run has come
    bool m_foldChosen = false;          ///< by a saved layout or a hand; else the height decides
    bool m_closing = false;
    QTimer m_speakAnew; ///< one for the several events of a change of language, or of currency
    QString m_toOpen;   ///< a folder, as soon as the run that goes on has ended
    ReaderThread m_reportReader;
    QPointer<ReportDialog> m_report; ///< while it is open
};

} // namespace triptych
