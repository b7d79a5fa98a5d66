// The actions of the window: menus, keys, the palette, and what they do to pages and layouts.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/card_hands.h"
#include "ui/main_window.h"
#include "ui/panels/metric_cards.h"
#include "ui/report/report_dialog.h"
#include "ui/shell/key_map_dialog.h"
#include "ui/shell/popover.h"
#include "ui/shell/selection_keys.h"
#include "ui/widgets/alert_chips.h"
#include "ui/widgets/card.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/focus_target.h"
#include "ui/widgets/number_text.h"

#include <QAction>
#include <QActionGroup>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QInputDialog>
#include <QMenuBar>
#include <QMessageBox>
#include <QToolButton>
#include <QToolTip>

namespace triptych {

namespace {

constexpr int kToldAt = 20;    // px from the lower left corner
constexpr int kToldFor = 4000; // ms
constexpr double kTextSizes[] = {0.9, 1.0, 1.1, 1.2, 1.35, 1.5};

QString layoutFilter()
{
    return MainWindow::tr("Layouts (*.json)");
}

} // namespace

QAction* MainWindow::makeAction(const QString& group, const QString& name, const QString& text,
                                const QList<QKeySequence>& keys, std::function<void()> run)
{
    auto* action = new QAction(text, this);
    action->setObjectName(name);
    action->setShortcuts(keys);
    connect(action, &QAction::triggered, this, std::move(run));
    addAction(action); // keys work wherever the focus is, and without the menu
    m_actions.add(group, action);
    return action;
}

void MainWindow::buildMenus()
{
    buildFileMenu();
    buildRunMenu();
    buildViewMenu();
    buildPanelMenu();
    buildSelectionMenu();
    buildHelpMenu();
    collectPanelActions();
}

void MainWindow::buildFileMenu()
{
    const QString group = tr("File");
    QMenu* file = menuBar()->addMenu(tr("&File"));
    file->addAction(makeAction(group, QStringLiteral("newRun"), tr("&New run…"), {QKeySequence::New}, [this] {
        m_presenter->leave();
        m_newRunSheet->open();
    }));
    file->addAction(makeAction(group, QStringLiteral("openRun"), tr("&Open run…"), {QKeySequence::Open},
                               [this] { chooseRunToOpen(); }));
    buildSessionActions(file);
    file->addAction(makeAction(group, QStringLiteral("copyLink"), tr("&Copy a link to this view"),
                               {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C)}, [this] { copyLink(); }));
    file->addAction(makeAction(group, QStringLiteral("export"), tr("&Export this card…"),
                               {QKeySequence(Qt::CTRL | Qt::Key_E)}, [this] { cardInHand().openExport(); }));
    file->addAction(makeReportAction());
    file->setToolTipsVisible(true);
    file->addSeparator();
    file->addAction(makeAction(group, QStringLiteral("quit"), tr("&Quit"), {QKeySequence(Qt::CTRL | Qt::Key_Q)},
                               [this] { close(); }));
}

QAction* MainWindow::makeReportAction()
{
    QAction* action = makeAction(tr("File"), QStringLiteral("exportReport"), tr("Export &report…"),
                                 {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E)}, [this] { openReport(); });
    const auto refresh = [this, action] {
        const bool there = m_feed.run() && !m_feed.run()->run_folder.empty();
        action->setEnabled(there);
        action->setToolTip(there ? tr("All about the run that is shown, or a comparison, as PDF, HTML, CSV or JSON. It "
                                      "may go on training meanwhile.")
                                 : tr("There is no run to report: start one (Ctrl+N) or open one (Ctrl+O)."));
    };
    connect(&m_feed, &RunFeed::runStarted, action, refresh);
    refresh();
    return action;
}

void MainWindow::buildRunMenu()
{
    QMenu* run = menuBar()->addMenu(tr("&Run"));
    for (QAction* action : {m_controller->playAction(), m_controller->stepAction(), m_controller->stopAction(),
                            m_controller->resetAction(), m_controller->saveAction()}) {
        run->addAction(action);
        addAction(action);
        m_actions.add(tr("Training"), action);
    }
    run->addSeparator();
    run->addAction(makeAction(tr("Training"), QStringLiteral("demo"), tr("&Demo: a small model learns"), {},
                              [this] { startDemo(); }));
    run->addAction(makeAction(tr("Training"), QStringLiteral("collapseDemo"),
                              tr("Demo: without balancing the &router collapses"), {},
                              [this] { startCollapseDemo(); }));
}

void MainWindow::buildViewMenu()
{
    const QString group = tr("View");
    QMenu* view = menuBar()->addMenu(tr("&View"));
    const auto add = [&](const char* name, const QString& text, const QList<QKeySequence>& keys,
                         std::function<void()> run) {
        QAction* action = makeAction(group, QString::fromLatin1(name), text, keys, std::move(run));
        view->addAction(action);
        return action;
    };
    add("viewMoe", tr("MoE alone"), {Qt::Key_1}, [this] { showPlace(PanelPlace::LeftWing); });
    add("viewMla", tr("MLA alone"), {Qt::Key_2}, [this] { showPlace(PanelPlace::Centre); });
    add("viewMtp", tr("MTP alone"), {Qt::Key_3}, [this] { showPlace(PanelPlace::RightWing); });
    add("viewCurves", tr("Curves alone"), {Qt::Key_4}, [this] { showPlace(PanelPlace::Predella); });
    add("viewBottom", tr("Pages at the bottom alone"), {Qt::Key_5}, [this] { showPlace(PanelPlace::Below); });
    add("viewAll", tr("&All of it"), {Qt::Key_6, Qt::Key_0}, [this] { showAllPlaces(); });
    add("cardAlone", tr("This card alone, and back"), {Qt::Key_Z}, [this] { showCardAlone(); });
    add("cardTable", tr("This card as a table, and back"), {Qt::Key_T},
        [this] { cardInHand().showTable(!cardInHand().isTable()); });
    view->addSeparator();
    add("nextPage", tr("Next page of this place"), {QKeySequence(Qt::CTRL | Qt::Key_Tab)},
        [this] { m_arrangement->turnPage(1); });
    add("previousPage", tr("Page before"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Tab)},
        [this] { m_arrangement->turnPage(-1); });
    view->addSeparator();
    buildLayoutMenu(view);
    buildTextMenu(view);
    buildLookMenu(view);
    buildMotionMenu(view);
    buildLanguageMenu(view);
    view->addSeparator();
    QAction* presenter = add("presenter", tr("&Presenter mode"), {Qt::Key_F5},
                             [this] { m_presenter->isOn() ? m_presenter->leave() : m_presenter->enter(); });
    presenter->setCheckable(true);
    add("fullScreen", tr("&Full screen"), {Qt::Key_F11},
        [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });

    const QString audience = tr("Presenter mode");
    makeAction(audience, QStringLiteral("leavePresenter"), tr("Leave it"), {Qt::Key_Escape},
               [this] { m_presenter->leave(); });
    makeAction(audience, QStringLiteral("frameBefore"), tr("A frame back in time"), {Qt::Key_Left},
               [this] { m_moment.move(-1); });
    makeAction(audience, QStringLiteral("frameAfter"), tr("A frame on"), {Qt::Key_Right}, [this] { m_moment.move(1); });
    connect(m_presenter, &PresenterMode::changed, this, &MainWindow::presenterChanged, Qt::UniqueConnection);
    presenterChanged();
}

void MainWindow::presenterChanged()
{
    const bool on = m_presenter->isOn();
    m_actions.find(QStringLiteral("presenter"))->setChecked(on);
    for (const char* name : {"leavePresenter", "frameBefore", "frameAfter"})
        m_actions.find(QString::fromLatin1(name))->setEnabled(on);
    if (on) m_newRunSheet->fold();
}

void MainWindow::buildLayoutMenu(QMenu* view)
{
    const QString group = tr("Layout");
    const auto undo = makeAction(group, QStringLiteral("undoLayout"), tr("&Undo the layout"), {QKeySequence::Undo},
                                 [this] { m_layouts->history().undo(); });
    const auto redo =
        makeAction(group, QStringLiteral("redoLayout"), tr("&Redo the layout"),
                   {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z)}, [this] { m_layouts->history().redo(); });
    const auto refresh = [this, undo, redo] {
        const bool free = !m_presenter->isOn();
        undo->setEnabled(free && m_layouts->history().canUndo());
        redo->setEnabled(free && m_layouts->history().canRedo());
    };
    connect(&m_layouts->history(), &QUndoStack::indexChanged, undo, refresh);
    connect(m_presenter, &PresenterMode::changed, undo, refresh);
    refresh();
    view->addActions({undo, redo});

    m_layoutMenu = view->addMenu(tr("&Layouts"));
    for (const QString& name : LayoutKeeper::builtIn())
        m_layoutMenu->addAction(makeAction(group, QStringLiteral("layout") + name,
                                           tr("Layout %1").arg(LayoutKeeper::title(name)), {},
                                           [this, name] { showLayout(name); }));
    m_layoutMenu->addSeparator()->setObjectName(QStringLiteral("ownLayouts"));
    m_layoutMenu->addSeparator();
    const auto add = [&](const char* name, const QString& text, std::function<void()> run) {
        m_layoutMenu->addAction(makeAction(group, QString::fromLatin1(name), text, {}, std::move(run)));
    };
    add("keepLayout", tr("&Keep this layout as…"), [this] { keepLayoutAs(); });
    add("forgetLayout", tr("&Forget a layout…"), [this] { forgetLayout(); });
    add("saveLayout", tr("&Save to a file…"), [this] { saveLayoutToFile(); });
    add("loadLayout", tr("&Load from a file…"), [this] { loadLayoutFromFile(); });
    connect(m_layouts, &LayoutKeeper::namesChanged, this, &MainWindow::fillLayoutMenu, Qt::UniqueConnection);
    fillLayoutMenu();
}

void MainWindow::fillLayoutMenu()
{
    for (QAction* action : m_layoutMenu->actions())
        if (action->property("ownLayout").toBool()) delete action;
    auto* before = m_layoutMenu->findChild<QAction*>(QStringLiteral("ownLayouts"));
    bool any = false;
    for (const QString& name : m_layouts->names()) {
        if (!m_layouts->isOwn(name)) continue;
        any = true;
        QAction* action = makeAction(tr("Layout"), QStringLiteral("ownLayout ") + name, tr("Layout %1").arg(name), {},
                                     [this, name] { showLayout(name); });
        action->setProperty("ownLayout", true);
        m_layoutMenu->insertAction(before, action);
    }
    m_actions.find(QStringLiteral("forgetLayout"))->setEnabled(any);
}

void MainWindow::buildTextMenu(QMenu* view)
{
    QMenu* menu = view->addMenu(tr("&Type"));
    auto* sizes = new QActionGroup(this);
    const auto add = [&](const QString& name, const QString& text, std::optional<double> scale) {
        QAction* action = makeAction(tr("Type and look"), name, text, {}, [this, scale] { m_text.fix(scale); });
        action->setCheckable(true);
        sizes->addAction(action);
        menu->addAction(action);
    };
    add(QStringLiteral("textByWidth"), tr("Type by the width of the window"), std::nullopt);
    for (const double scale : kTextSizes)
        add(QStringLiteral("text%1").arg(scale), tr("Type at %1").arg(percentText(scale, 0)), scale);
    connect(menu, &QMenu::aboutToShow, this, [this] {
        const QString name =
            m_text.fixed() ? QStringLiteral("text%1").arg(*m_text.fixed()) : QStringLiteral("textByWidth");
        if (QAction* action = m_actions.find(name)) action->setChecked(true);
    });
}

void MainWindow::buildLookMenu(QMenu* view)
{
    auto* looks = new QActionGroup(this);
    for (const auto& [choice, name, title] : {std::tuple{ThemeChoice::System, "lookSystem", tr("Look of the &system")},
                                              {ThemeChoice::Light, "lookLight", tr("L&ight look")},
                                              {ThemeChoice::Dark, "lookDark", tr("&Dark look")}}) {
        QAction* action = makeAction(tr("Type and look"), QString::fromLatin1(name), title, {},
                                     [this, c = choice] { m_theme.choose(c); });
        action->setCheckable(true);
        action->setChecked(m_theme.choice() == choice);
        looks->addAction(action);
        view->addAction(action);
    }
}

void MainWindow::buildMotionMenu(QMenu* view)
{
    QMenu* menu = view->addMenu(tr("&Motion"));
    menu->setToolTipsVisible(true);
    auto* choices = new QActionGroup(menu);
    const QString reduced =
        tr("Nothing blinks, slides or fades, and curves are drawn once a second. Numbers, bars and maps still change "
           "with the steps of a training; what a hand moves is drawn at once.");
    for (const auto& [choice, title, tip] :
         {std::tuple{MotionChoice::System, tr("Motion as the &desktop asks"), reduced},
          {MotionChoice::Full, tr("&Full motion"), tr("Cursors blink, and curves are drawn up to 60 times a second.")},
          {MotionChoice::Reduced, tr("&Reduced motion"), reduced}}) {
        QAction* action = makeAction(tr("Type and look"), QStringLiteral("motion-") + motionId(choice), title, {},
                                     [this, c = choice] { m_motion.choose(c); });
        action->setToolTip(tip);
        action->setCheckable(true);
        const auto check = [this, action, c = choice] { action->setChecked(m_motion.choice() == c); };
        connect(&m_motion, &ReducedMotion::changed, action, check);
        check();
        choices->addAction(action);
        menu->addAction(action);
    }
    QAction* asked = m_actions.find(QStringLiteral("motion-system"));
    const auto say = [this, asked, reduced] {
        asked->setToolTip(m_motion.desktopAsks() ? tr("The desktop asks for reduced motion. %1").arg(reduced)
                                                 : tr("The desktop does not ask for reduced motion."));
    };
    connect(&m_motion, &ReducedMotion::changed, asked, say);
    say();
}

void MainWindow::buildSelectionMenu()
{
    const QString group = tr("Selection");
    QMenu* menu = menuBar()->addMenu(tr("&Selection"));
    const auto add = [&](const char* name, const QString& text, Qt::Key key, std::function<void()> run) {
        menu->addAction(makeAction(group, QString::fromLatin1(name), text, {key}, std::move(run)));
    };
    const auto layer = [this](int places) {
        if (m_feed.run()) stepLayer(m_selection, *m_feed.run(), places);
    };
    add("layerBefore", tr("Layer before"), Qt::Key_G, [layer] { layer(-1); });
    add("layerAfter", tr("Layer after"), Qt::Key_H, [layer] { layer(1); });
    add("oneBefore", tr("Expert (in the MoE wing) or head before"), Qt::Key_J, [this] { stepSelection(-1); });
    add("oneAfter", tr("Expert (in the MoE wing) or head after"), Qt::Key_K, [this] { stepSelection(1); });
}

void MainWindow::stepSelection(int places)
{
    if (!m_feed.run()) return;
    const auto place = m_arrangement->placeOf(m_arrangement->focused());
    place == PanelPlace::LeftWing ? stepExpert(m_selection, *m_feed.run(), places)
                                  : stepHead(m_selection, *m_feed.run(), places);
}

void MainWindow::buildPanelMenu()
{
    QMenu* panels = menuBar()->addMenu(tr("&Panels"));
    std::optional<PanelPlace> place;
    for (const PanelInfo& info : panelCatalog()) {
        if (place && *place != info.place) panels->addSeparator();
        place = info.place;
        const QString id = QString::fromLatin1(info.id);
        panels->addAction(makeAction(tr("Panels"), id, panelTitle(info), {}, [this, id] { showPanel(id); }));
    }
    panels->addSeparator();
    buildPageActions(panels);
}

void MainWindow::buildPageActions(QMenu* panels)
{
    const QString group = tr("Pages");
    // Of the page that has the focus; the first of all where none has.
    const auto page = [this] {
        const QString id = m_arrangement->focused();
        return id.isEmpty() ? m_arrangement->inFront(PanelPlace::LeftWing) : id;
    };
    panels->addAction(makeAction(group, QStringLiteral("floatPage"), tr("This page into a &window, and back"),
                                 {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_W)}, [this, page] {
                                     const QString id = page();
                                     m_arrangement->isFloating(id) ? m_arrangement->bringBack(id)
                                                                   : m_arrangement->floatOut(id);
                                 }));
    QMenu* move = panels->addMenu(tr("&Move this page to"));
    for (const PanelPlace place :
         {PanelPlace::LeftWing, PanelPlace::Centre, PanelPlace::RightWing, PanelPlace::Predella, PanelPlace::Below}) {
        QAction* action = makeAction(group, QStringLiteral("movePage-") + placeName(place),
                                     tr("Move this page: %1").arg(placeDescription(place)), {},
                                     [this, page, place] { m_arrangement->move(page(), place); });
        move->addAction(action);
    }
    panels->addAction(makeAction(group, QStringLiteral("hidePage"), tr("&Hide this page"), {},
                                 [this, page] { m_arrangement->hidePage(page()); }));
}

void MainWindow::buildHelpMenu()
{
    const QString group = tr("Help");
    QMenu* help = menuBar()->addMenu(tr("&Help"));
    help->addAction(makeAction(group, QStringLiteral("palette"), tr("&Find anything…"),
                               {QKeySequence(Qt::CTRL | Qt::Key_K)}, [this] { openPalette(); }));
    help->addAction(makeAction(group, QStringLiteral("keyMap"), tr("&Keys…"), {Qt::Key_Question, Qt::Key_F1},
                               [this] { openKeyMap(); }));
    help->addAction(makeAction(group, QStringLiteral("about"), tr("&About Triptych"), {}, [this] {
        QMessageBox::about(
            this, tr("About Triptych"),
            tr("<h3>Triptych</h3><p>Trains small models of DeepSeek-V3's architecture and shows its three ideas while "
               "they learn: mixture of experts, multi-head latent attention, multi-token prediction. And what it "
               "costs, by two ledgers.</p><p>Free software under the GNU General Public License, version 3 or "
               "later. Triptych is an independent program; DeepSeek has nothing to do with it.</p>"));
    }));
}

void MainWindow::collectPanelActions()
{
    for (const PanelInfo& info : panelCatalog()) {
        const QString id = QString::fromLatin1(info.id);
        Panel* shown = panel(id);
        for (QAction* action : shown->panelActions()) {
            if (!shown->actions().contains(action)) shown->addAction(action);
            m_actions.add(panelTitle(info), action, id);
        }
        hands(id).addToMenu(m_actions.find(QStringLiteral("cardAlone")));
    }
}

void MainWindow::showPlace(PanelPlace place)
{
    m_arrangement->showOnly({place});
    Panel* shown = panel(m_arrangement->inFront(place));
    if (!shown) return;
    // Not into a text field: the next digit would be written there.
    const QWidget* takes = focusTarget(*shown);
    const bool writes = takes && takes->testAttribute(Qt::WA_InputMethodEnabled);
    writes ? setFocus(Qt::ShortcutFocusReason) : shown->setFocus(Qt::ShortcutFocusReason);
}

void MainWindow::showAllPlaces()
{
    m_arrangement->showOnly(m_presenter->isOn() ? PresenterMode::wings() : std::set<PanelPlace>{});
}

void MainWindow::showCardAlone()
{
    const QString id = m_arrangement->focused();
    if (m_arrangement->isFloating(id)) {
        QWidget* own = panel(id)->window();
        own->setWindowState(own->windowState() ^ Qt::WindowMaximized);
    } else if (m_arrangement->only().size() == 1) {
        m_arrangement->showOnly(m_beforeAlone);
    } else {
        m_beforeAlone = m_arrangement->only();
        showPlace(m_arrangement->placeOf(id).value_or(PanelPlace::LeftWing));
    }
}

CardHands& MainWindow::cardInHand() const
{
    QString id = m_arrangement->focused();
    for (const auto& [each, hands] : m_hands)
        if (id.isEmpty() && card(each)->isVisible() && card(each)->underMouse()) id = each;
    return hands(id.isEmpty() ? m_arrangement->inFront(PanelPlace::LeftWing) : id);
}

void MainWindow::keepLayoutAs()
{
    const QString name = QInputDialog::getText(this, tr("Keep this layout"), tr("Its name:"));
    if (name.trimmed().isEmpty() || m_layouts->keepAs(name)) return;
    showMessage(tr("\"%1\" is the name of a layout of the program").arg(name.trimmed()), tr("Choose another name."));
}

void MainWindow::forgetLayout()
{
    QStringList own;
    for (const QString& name : m_layouts->names())
        if (m_layouts->isOwn(name)) own << name;
    bool chosen = false;
    const QString name = QInputDialog::getItem(this, tr("Forget a layout"), tr("Which one:"), own, 0, false, &chosen);
    if (chosen) m_layouts->forget(name);
}

void MainWindow::saveLayoutToFile()
{
    QString file =
        QFileDialog::getSaveFileName(this, tr("Save the layout"), QStringLiteral("layout.json"), layoutFilter());
    if (file.isEmpty()) return;
    if (const Status saved = m_layouts->save(file); !saved)
        showMessage(QString::fromStdString(saved.error().what), QString::fromStdString(saved.error().hint));
}

void MainWindow::loadLayoutFromFile()
{
    const QString file = QFileDialog::getOpenFileName(this, tr("Load a layout"), {}, layoutFilter());
    if (file.isEmpty()) return;
    m_presenter->leave();
    if (const Status loaded = m_layouts->load(file); !loaded)
        showMessage(QString::fromStdString(loaded.error().what), QString::fromStdString(loaded.error().hint));
}

void MainWindow::copyLink()
{
    const QString link = linkText();
    QGuiApplication::clipboard()->setText(link);
    tell(tr("copied: %1").arg(link));
}

/// Beside the window, so that both can be used.
void MainWindow::openReport()
{
    if (!m_feed.run()) return;
    if (m_report && m_report->isBusy()) {
        m_report->raise();
        return m_report->activateWindow();
    }
    delete m_report;
    std::vector<ReportedRun> runs;
    const auto add = [this, &runs](const QString& folder) {
        const auto row = m_runs.row(folder);
        runs.push_back({folder, row ? QString::fromStdString(row->name) : QFileInfo(folder).fileName()});
    };
    const QString shown = RunList::tidy(QString::fromStdString(m_feed.run()->run_folder));
    add(shown);
    for (const QString& folder : m_runs.compared())
        if (folder != shown) add(folder);
    m_report = new ReportDialog(std::move(runs), m_reportReader, m_theme, this);
    m_report->setAttribute(Qt::WA_DeleteOnClose);
    m_report->show();
}

/// Beside the tabs at the bottom until something else happens, and for a moment over them where they may be away.
void MainWindow::tell(const QString& what)
{
    if (auto* line = findChild<ElidedLabel*>(QStringLiteral("lastEvent"))) line->setText(what);
    QToolTip::showText(mapToGlobal(QPoint(kToldAt, height() - 3 * kToldAt)), what, this, {}, kToldFor);
}

void MainWindow::openKeyMap()
{
    KeyMapDialog(m_actions, this).exec();
}

void MainWindow::openPalette()
{
    PaletteDialog palette(
        paletteEntries(), [this](const QString& text) { return paletteEntryFor(text); }, this);
    palette.exec();
}

std::vector<PaletteEntry> MainWindow::paletteEntries()
{
    std::vector<PaletteEntry> entries;
    const auto& alerts = m_feed.alerts();
    for (auto alert = alerts.rbegin(); alert != alerts.rend(); ++alert)
        entries.push_back({tr("Alert"),
                           tr("step %1: %2").arg(countText(alert->step), alertWords(*alert)),
                           {},
                           [this, step = alert->step] { m_moment.show(step); }});
    for (const CatalogAction& known : m_actions.actions()) {
        const auto run = [this, action = known.action, scope = known.scope] {
            if (!scope.isEmpty()) showPanel(scope);
            if (action) action->trigger();
        };
        const bool isPalette = known.action->objectName() == QStringLiteral("palette");
        if (!isPalette)
            entries.push_back(
                {known.group, plainText(*known.action), keyText(*known.action), run, known.action->isEnabled()});
    }
    for (const MetricId metric : m_series.metrics({}))
        entries.push_back(
            {tr("Metric"), tr("Add curves: %1").arg(QString::fromStdString(metric_name(metric))), {}, [this, metric] {
                 const QString id = QStringLiteral("predella");
                 showPanel(id);
                 if (auto* cards = dynamic_cast<MetricCards*>(panel(id))) cards->showMetric(metric);
             }});
    return entries;
}

std::optional<PaletteEntry> MainWindow::paletteEntryFor(const QString& text)
{
    const auto wanted = selectionIn(text);
    if (!wanted) return std::nullopt;
    ViewLink link{wanted->step, wanted->layer, wanted->expert, wanted->head, wanted->token, {}, {}};
    if (link.expert && !link.layer) link.layer = std::max<std::int64_t>(m_selection.layer(), 0);
    QString words = toText(link);
    words.replace(QLatin1Char('='), QLatin1Char(' ')).replace(QLatin1Char('&'), QStringLiteral(", "));
    return PaletteEntry{tr("Selection"), tr("Choose %1").arg(words), {}, [this, link] { showSelection(link); }};
}

} // namespace triptych
