// Building the window out of the catalog.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window.h"

#include "core/session/training_run.h"
#include "ui/bridge/recorded_feed.h"
#include "ui/widgets/card.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/message_strip.h"
#include "ui/widgets/panel_deck.h"
#include "ui/widgets/probe_edit.h"
#include "ui/widgets/run_chooser.h"
#include "ui/widgets/run_readouts.h"
#include "ui/widgets/scrubber.h"
#include "ui/widgets/step_note.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QMenuBar>
#include <QMessageBox>
#include <QSettings>
#include <QSplitter>
#include <QStatusBar>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

namespace triptych {

namespace {

constexpr int kGap = 8;       // pixels between cards
constexpr int kWide = 10'000; // more than there is: a splitter shares out what it has
constexpr int kLow = 900;     // px; in a lower window the pages at the bottom begin folded
constexpr int kPageHeight = 170;

QSplitter* splitter(Qt::Orientation orientation, const QString& name)
{
    auto* s = new QSplitter(orientation);
    s->setObjectName(name);
    s->setHandleWidth(kGap);
    s->setChildrenCollapsible(false);
    return s;
}

QToolButton* actionButton(QAction* action, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setDefaultAction(action);
    button->setIconSize({20, 20});
    return button;
}

} // namespace

MainWindow::MainWindow(Theme& theme, QWidget* parent)
    : QMainWindow(parent), m_theme(theme), m_controller(new RunController(m_feed, theme, this)),
      m_chooser(new RunChooser(this)), m_rows(splitter(Qt::Vertical, QStringLiteral("rows"))),
      m_wings(splitter(Qt::Horizontal, QStringLiteral("wings")))
{
    setWindowIcon(programIcon());
    auto* central = new QWidget(this);
    auto* layout = new QVBoxLayout(central);
    layout->setContentsMargins(kGap, kGap, kGap, kGap);
    layout->setSpacing(kGap);
    layout->addWidget(buildTopBar());
    layout->addWidget(buildRunBar());
    layout->addWidget(buildPanels(), 1);
    setCentralWidget(central);
    m_message = new MessageStrip(theme, m_rows);
    buildMenus();
    resize(1280, 800);
    setFocus();

    connect(m_chooser, &RunChooser::startRequested, this, &MainWindow::startChosen);
    connect(m_controller, &RunController::startWanted, this, &MainWindow::startChosen);
    connect(m_controller, &RunController::ended, this, [this] {
        if (m_closing) close();
        if (!m_toOpen.isEmpty()) openRun(std::exchange(m_toOpen, {}));
    });
    connect(&m_feed, &RunFeed::failed, this, &MainWindow::showMessage);
    connect(&m_recorded, &RecordedFeed::failed, this, &MainWindow::showMessage);
    connect(&m_feed, &RunFeed::runStarted, this, [this] {
        m_message->hide();
        m_chooser->show(m_feed.run()->model, m_feed.run()->data, {});
    });
    connect(&m_feed, &RunFeed::runStarted, this, &MainWindow::showTitle);
    connect(&m_feed, &RunFeed::stateChanged, this, &MainWindow::showTitle);
    showTitle();
}

MainWindow::~MainWindow()
{
    // Panels refer to feed and selection, which are members and would go first.
    delete takeCentralWidget();
}

QWidget* MainWindow::buildTopBar()
{
    auto* bar = new QWidget(this);
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(4, 0, 4, 0);
    layout->setSpacing(6);
    for (QAction* action : {m_controller->playAction(), m_controller->stepAction(), m_controller->stopAction(),
                            m_controller->resetAction(), m_controller->saveAction()}) {
        layout->addWidget(actionButton(action, bar));
        addAction(action); // shortcuts work wherever the focus is
    }
    layout->addSpacing(14);
    layout->addWidget(new RunReadouts(m_feed, m_moment, m_selection, m_clock, m_theme, bar), 1);
    return bar;
}

QWidget* MainWindow::buildRunBar()
{
    auto* bar = new QWidget(this);
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(4, 0, 4, 0);
    layout->addWidget(m_chooser);
    layout->addSpacing(kGap);
    layout->addWidget(new ProbeEdit(
                          m_feed, m_theme, [this](Command c) { m_controller->post(std::move(c)); }, bar),
                      1);
    return bar;
}

QWidget* MainWindow::buildPanels()
{
    const PanelContext context{m_feed,   m_selection, m_theme, [this](Command c) { m_controller->post(std::move(c)); },
                               m_moment, m_series,    m_clock};
    m_rows->addWidget(m_wings);
    for (const PanelInfo& info : panelCatalog()) addPanel(info, context);
    m_wings->setSizes(QList<int>(m_wings->count(), kWide)); // equal, whatever their contents would like
    m_rows->setStretchFactor(0, 5);
    for (int i = 1; i < m_rows->count(); ++i) m_rows->setStretchFactor(i, 2);
    m_rows->insertWidget(1, new Scrubber(m_feed, m_moment, m_history, m_theme));
    m_rows->setSizes({430, 28, 165, kPageHeight});
    return m_rows;
}

PanelDeck* MainWindow::buildDeck(PanelPlace place)
{
    const bool predella = place == PanelPlace::Predella; // its title has controls beside it
    auto* deck = new PanelDeck(placeTitle(place), predella ? DeckTabs::FromTheSecondPage : DeckTabs::Always);
    if (predella || place == PanelPlace::Below) {
        m_rows->addWidget(deck);
    } else {
        m_wings->addWidget(deck);
        const StepNoteOf of = place == PanelPlace::LeftWing ? StepNoteOf::Loads : StepNoteOf::Probe;
        deck->setCaption(new StepNote(m_feed, m_theme, of));
        m_wings->setStretchFactor(m_wings->count() - 1, 1);
    }
    if (place == PanelPlace::Below) {
        deck->setCaption(buildLastEvent());
        deck->setFoldable();
        // After the splitter has learnt how high the deck may be now.
        connect(deck, &PanelDeck::foldedChanged, this, [this] { QTimer::singleShot(0, this, &MainWindow::shareRows); });
    }
    return deck;
}

QWidget* MainWindow::buildLastEvent()
{
    auto* line = new ElidedLabel;
    line->setObjectName(QStringLiteral("lastEvent"));
    const auto mute = [this, line] { line->setColor(m_theme.colors().muted); };
    connect(&m_theme, &Theme::changed, line, mute);
    mute();
    connect(&m_feed, &RunFeed::logged, line, [this, line] {
        const LogEntry& entry = m_feed.log().back();
        line->setText(QStringLiteral("%1  %2").arg(entry.time, entry.text.section(QLatin1Char('\n'), 0, 0)));
    });
    return line;
}

void MainWindow::shareRows()
{
    // What the pages at the bottom take is the wings'.
    QList<int> sizes = m_rows->sizes();
    if (m_decks[PanelPlace::Below]->isFolded() || sizes.back() >= kPageHeight) return;
    sizes.front() -= kPageHeight - sizes.back();
    sizes.back() = kPageHeight;
    m_rows->setSizes(sizes);
}

void MainWindow::showEvent(QShowEvent* event)
{
    QMainWindow::showEvent(event);
    if (!std::exchange(m_foldChosen, true)) m_decks[PanelPlace::Below]->setFolded(height() < kLow);
}

void MainWindow::addPanel(const PanelInfo& info, const PanelContext& context)
{
    PanelDeck*& deck = m_decks[info.place];
    if (!deck) deck = buildDeck(info.place);
    auto* card = new Card(m_theme, info.accent);
    Panel* panel = info.create(context, card);
    panel->setObjectName(QString::fromLatin1(info.id));
    card->setTitle(panelTitle(info));
    card->setContent(panel);
    if (QWidget* controls = panel->headerWidget()) card->addHeaderWidget(controls);
    if (info.place != PanelPlace::Predella) card->hideTitle(); // the tab says it
    deck->addPage(card, panelShortTitle(info), panelTitle(info));
    if (info.show == PanelShow::OnRequest) deck->hidePage(card);
    m_panels[QString::fromLatin1(info.id)] = {deck, card, panel};
}

void MainWindow::showPanel(const QString& id)
{
    const auto found = m_panels.find(id);
    if (found == m_panels.end()) return;
    found->second.deck->raise(found->second.card);
    found->second.panel->setFocus(Qt::OtherFocusReason);
}

void MainWindow::buildMenus()
{
    QMenu* file = menuBar()->addMenu(tr("&File"));
    file->addAction(tr("&New run"), QKeySequence::New, this, &MainWindow::startChosen);
    file->addAction(tr("&Open run…"), QKeySequence::Open, this, &MainWindow::chooseRunToOpen);
    file->addSeparator();
    file->addAction(tr("&Quit"), QKeySequence::Quit, this, &QWidget::close);

    QMenu* run = menuBar()->addMenu(tr("&Run"));
    for (QAction* action : {m_controller->playAction(), m_controller->stepAction(), m_controller->stopAction(),
                            m_controller->resetAction(), m_controller->saveAction()})
        run->addAction(action);

    QMenu* view = menuBar()->addMenu(tr("&View"));
    auto* looks = new QActionGroup(this);
    for (const auto& [choice, title] : {std::pair{ThemeChoice::System, tr("Look of the &system")},
                                        {ThemeChoice::Light, tr("&Light")},
                                        {ThemeChoice::Dark, tr("&Dark")}}) {
        QAction* action = view->addAction(title, this, [this, c = choice] { applyTheme(c); });
        action->setCheckable(true);
        action->setChecked(m_theme.choice() == choice);
        looks->addAction(action);
    }
    view->addSeparator();
    QAction* full = view->addAction(tr("&Full screen"), QKeySequence(Qt::Key_F11), this,
                                    [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });
    full->setObjectName(QStringLiteral("fullScreen"));

    addPanelMenu();
    QMenu* help = menuBar()->addMenu(tr("&Help"));
    help->addAction(tr("&About Triptych"), this, [this] {
        QMessageBox::about(
            this, tr("About Triptych"),
            tr("<h3>Triptych</h3><p>Trains small models of DeepSeek-V3's architecture and shows its three ideas while "
               "they learn: mixture of experts, multi-head latent attention, multi-token prediction. And what it "
               "costs, by two ledgers.</p><p>Free software under the GNU General Public License, version 3 or "
               "later. Triptych is an independent program; DeepSeek has nothing to do with it.</p>"));
    });
}

void MainWindow::addPanelMenu()
{
    QMenu* panels = menuBar()->addMenu(tr("&Panels"));
    std::optional<PanelPlace> place;
    for (const PanelInfo& info : panelCatalog()) {
        if (place && *place != info.place) panels->addSeparator();
        place = info.place;
        const QString id = QString::fromLatin1(info.id);
        panels->addAction(panelTitle(info), this, [this, id] { showPanel(id); })->setObjectName(id);
    }
}

void MainWindow::applyTheme(ThemeChoice choice)
{
    m_theme.choose(choice);
}

Card* MainWindow::card(const QString& id) const
{
    const auto found = m_panels.find(id);
    return found == m_panels.end() ? nullptr : found->second.card;
}

Panel* MainWindow::panel(const QString& id) const
{
    const auto found = m_panels.find(id);
    return found == m_panels.end() ? nullptr : found->second.panel;
}

void MainWindow::startDemo()
{
    RunRequest request;
    request.settings = {"eval_every=50"};
    m_controller->start(request);
}

void MainWindow::startChosen()
{
    m_controller->start(m_chooser->request());
}

void MainWindow::chooseRunToOpen()
{
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Folder of a run"), RunController::runsFolder());
    if (!folder.isEmpty()) openRun(folder);
}

void MainWindow::openRun(const QString& folder)
{
    if (m_feed.isLive() || m_feed.state() == SessionState::Preparing) {
        m_toOpen = folder;
        m_controller->finish();
        return;
    }
    m_recorded.open(folder);
}

void MainWindow::showMessage(const QString& what, const QString& hint)
{
    m_message->show(what, hint);
}

void MainWindow::showTitle()
{
    const auto* run = m_feed.run();
    QString state;
    switch (m_feed.state()) {
    case SessionState::Preparing: state = tr("preparing"); break;
    case SessionState::Running: state = tr("training"); break;
    case SessionState::Paused: state = tr("paused"); break;
    case SessionState::Finished: state = tr("finished"); break;
    case SessionState::Failed: state = tr("failed"); break;
    case SessionState::Idle: state = run ? tr("stopped") : QString(); break;
    }
    setWindowTitle(run ? tr("%1 on %2, %3 – Triptych")
                             .arg(QString::fromStdString(run->model),
                                  QString::fromStdString(run->data.empty() ? std::string() : run->data.front()), state)
                       : tr("Triptych"));
}

void MainWindow::restoreLayout(const QSettings& settings)
{
    restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray());
    m_rows->restoreState(settings.value(QStringLiteral("window/rows")).toByteArray());
    m_wings->restoreState(settings.value(QStringLiteral("window/wings")).toByteArray());
    for (const QString& id : settings.value(QStringLiteral("window/inFront")).toStringList())
        if (const auto found = m_panels.find(id); found != m_panels.end())
            found->second.deck->raise(found->second.card);
    const QVariant folded = settings.value(QStringLiteral("window/folded"));
    if (folded.isValid()) m_decks[PanelPlace::Below]->setFolded(folded.toBool());
    m_foldChosen = folded.isValid();
    for (const auto& [id, shown] : m_panels)
        shown.panel->restoreState(settings.value(QStringLiteral("panels/") + id).toMap());
}

void MainWindow::saveLayout(QSettings& settings) const
{
    settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    settings.setValue(QStringLiteral("window/rows"), m_rows->saveState());
    settings.setValue(QStringLiteral("window/wings"), m_wings->saveState());
    QStringList inFront;
    for (const auto& [id, shown] : m_panels)
        if (shown.deck->current() == shown.card) inFront << id;
    settings.setValue(QStringLiteral("window/inFront"), inFront);
    settings.setValue(QStringLiteral("window/folded"), m_decks.at(PanelPlace::Below)->isFolded());
    for (const auto& [id, shown] : m_panels)
        settings.setValue(QStringLiteral("panels/") + id, shown.panel->saveState());
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    const bool live = m_feed.isLive() || m_feed.state() == SessionState::Preparing;
    if (!live) return event->accept();
    // The run is saved first; the window stays, and says so, until that is done.
    event->ignore();
    if (std::exchange(m_closing, true)) return;
    setWindowTitle(tr("Saving the run – Triptych"));
    setEnabled(false);
    m_controller->finish();
}

} // namespace triptych
