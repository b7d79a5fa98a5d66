// The triptych with its predella: three wings side by side, the curves below them, the log at the bottom.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/run_feed.h"
#include "ui/panels/panel_catalog.h"
#include "ui/run_controller.h"

#include <QMainWindow>

#include <map>

class QSettings;
class QSplitter;
class QTabWidget;

namespace triptych {

class Card;
class MessageStrip;
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

    /// The training that the first start shows: built-in texts, the smallest model.
    void startDemo();
    /// Shows a recorded run; the one that goes on is saved and ended first. What is wrong with the folder is said.
    void openRun(const QString& folder);
    /// A panel of the catalog by its id, within its card; null for another id.
    Card* card(const QString& id) const;
    Panel* panel(const QString& id) const;

    /// Where windows and panels were, and the look.
    void restoreLayout(const QSettings& settings);
    void saveLayout(QSettings& settings) const;

    void showMessage(const QString& what, const QString& hint);

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    void buildMenus();
    QWidget* buildTopBar();
    QWidget* buildRunBar();
    QWidget* buildPanels();
    void addPanel(const PanelInfo& info, const PanelContext& context);
    void startChosen();
    void chooseRunToOpen();
    void showTitle();
    void applyTheme(ThemeChoice choice);

    struct Shown {
        Card* card = nullptr;
        Panel* panel = nullptr;
    };

    Theme& m_theme;
    RunFeed m_feed;
    Selection m_selection;
    RunController* m_controller;
    RunChooser* m_chooser;
    MessageStrip* m_message;
    QSplitter* m_rows;
    QSplitter* m_wings;
    QTabWidget* m_below;
    std::map<QString, Shown> m_panels;
    bool m_closing = false;
    QString m_toOpen; ///< a folder, as soon as the run that goes on has ended
};

} // namespace triptych
