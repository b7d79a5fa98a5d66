// Building the window out of the catalog.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window.h"

#include "core/session/training_run.h"
#include "ui/access/focus_ring.h"
#include "ui/access/tab_order.h"
#include "ui/bridge/assumption_book.h"
#include "ui/bridge/recorded_feed.h"
#include "ui/bridge/run_pricing.h"
#include "ui/bridge/shown_currency.h"
#include "ui/export/card_hands.h"
#include "ui/models/log_model.h"
#include "ui/panels/metric_cards.h"
#include "ui/report/report_dialog.h"
#include "ui/shell/curve_keys.h"
#include "ui/shell/drop_door.h"
#include "ui/shell/floating_window.h"
#include "ui/shell/kept_sights.h"
#include "ui/shell/popover.h"
#include "ui/widgets/card.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/message_strip.h"
#include "ui/widgets/probe_edit.h"
#include "ui/widgets/run_chooser.h"
#include "ui/widgets/run_readouts.h"
#include "ui/widgets/scrubber.h"
#include "ui/widgets/step_note.h"

#include <QAction>
#include <QApplication>
#include <QCloseEvent>
#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QMenuBar>
#include <QSettings>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

namespace triptych {

namespace {

constexpr int kGap = 8;   // pixels between cards
constexpr int kLow = 900; // px; in a lower window the pages at the bottom begin folded

QToolButton* actionButton(QAction* action, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setDefaultAction(action);
    const auto name = [button, action] { button->setAccessibleName(action->text()); };
    QObject::connect(action, &QAction::changed, button, name);
    name();
    button->setIconSize({20, 20});
    return button;
}

} // namespace

MainWindow::MainWindow(Theme& theme, QWidget* parent)
    : QMainWindow(parent), m_theme(theme), m_text(theme, *this),
      m_watch([this](Command c) { m_controller->post(std::move(c)); }),
      m_controller(new RunController(m_feed, theme, this)), m_arrangement(new Arrangement), m_caption(new QLabel),
      m_newRun(new QToolButton)
{
    setWindowIcon(programIcon());
    buildDrops();
    auto* central = new QWidget(this);
    auto* layout = new QVBoxLayout(central);
    layout->setContentsMargins(kGap, kGap, kGap, kGap);
    layout->setSpacing(kGap);
    layout->addWidget(buildTopBar());
    layout->addWidget(m_probeRow = buildProbeRow());
    buildPanels();
    layout->addWidget(m_arrangement, 1);
    layout->addWidget(m_caption);
    setCentralWidget(central);
    m_message = new MessageStrip(theme, m_arrangement);
    buildChooser();
    m_layouts = new LayoutKeeper(*m_arrangement, this);
    m_presenter = new PresenterMode(
        {*m_arrangement, *m_layouts, m_text, m_feed, m_selection, *m_caption, {menuBar(), m_probeRow, m_transport}},
        this);
    buildMenus();
    resize(1280, 800);
    new FocusRing(m_theme, *this);
    new CurveKeys(*this, *m_arrangement);
    tabAsOneReads(*this);
    connect(m_arrangement, &Arrangement::changed, this, [this] { tabAsOneReads(*this); });
    setFocus();

    m_speakAnew.setSingleShot(true);
    m_speakAnew.setInterval(0);
    connect(&m_speakAnew, &QTimer::timeout, this, &MainWindow::speakAnew);
    connect(&ShownCurrency::get(), &ShownCurrency::changed, &m_speakAnew, qOverload<>(&QTimer::start));
    connect(m_controller, &RunController::startWanted, this, &MainWindow::startChosen);
    connect(m_controller, &RunController::ended, this, [this] {
        if (m_closing) close();
        if (!m_toOpen.isEmpty()) openRun(std::exchange(m_toOpen, {}));
    });
    connect(&m_feed, &RunFeed::failed, this, &MainWindow::showMessage);
    connect(&m_recorded, &RecordedFeed::failed, this, &MainWindow::showMessage);
    connect(&m_recorded, &RecordedFeed::failed, this, [this] {
        tellWaiting({});
        m_wanted.reset(); // it was of this run
    });
    connect(&m_recorded, &RecordedFeed::ready, this, [this](const QString& folder) {
        m_toOpen = folder;
        m_controller->finish();
    });
    connect(&m_recorded, &RecordedFeed::lost, this, &MainWindow::showMessage);
    connect(&m_recorded, &RecordedFeed::found, this, [this](const QString& what) {
        if (m_message->text().contains(what)) m_message->hide();
    });
    connect(&m_recorded, &RecordedFeed::opened, this, [this] { tellWaiting(tr("reading the probe text …")); });
    connect(&m_recorded, &RecordedFeed::completed, this, [this] { tellWaiting({}); });
    connect(&m_runs, &RunList::failed, this, &MainWindow::showMessage);
    connect(&m_runs, &RunList::openRequested, this, &MainWindow::openRun);
    connect(&m_runs, &RunList::startRequested, m_controller, &RunController::start);
    m_runs.setPlaces({RunController::runsFolder(), QStringLiteral("runs")});
    connect(&m_feed, &RunFeed::runStarted, this, [this] {
        m_message->hide();
        m_chooser->show(m_feed.run()->model, m_feed.run()->data, {});
        // After the panels have learnt of the run.
        if (m_wanted) QTimer::singleShot(0, this, [this, link = *std::exchange(m_wanted, {})] { showSelection(link); });
    });
    connect(&m_feed, &RunFeed::runStarted, this, &MainWindow::showTitle);
    connect(&m_feed, &RunFeed::stateChanged, this, &MainWindow::showTitle);
    showTitle();
}

MainWindow::~MainWindow()
{
    // Panels refer to feed and selection, which are members and would go first; the report to its reader.
    delete m_report;
    m_presenter->leave();
    m_layouts->history().disconnect(); // as it goes it tells once more, and who listens asks for what has gone
    delete m_presenter;
    delete m_layouts;
    m_layouts = nullptr;
    delete takeCentralWidget();
}

QWidget* MainWindow::buildTopBar()
{
    auto* bar = new QWidget(this);
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(4, 0, 4, 0);
    layout->setSpacing(6);
    m_transport = new QWidget(bar);
    auto* buttons = new QHBoxLayout(m_transport);
    buttons->setContentsMargins(0, 0, 14, 0);
    buttons->setSpacing(6);
    for (QAction* action : {m_controller->playAction(), m_controller->stepAction(), m_controller->stopAction(),
                            m_controller->resetAction(), m_controller->saveAction()})
        buttons->addWidget(actionButton(action, m_transport));
    layout->addWidget(m_transport);
    m_readouts = new RunReadouts(m_feed, m_moment, m_selection, m_clock, m_theme, bar);
    layout->addWidget(m_readouts, 1);
    RunPricing& pricing = RunPricing::of(m_feed);
    connect(&pricing, &RunPricing::changed, this, [this, &pricing] { m_series.price(pricing.hourPrices()); });
    return bar;
}

QWidget* MainWindow::buildProbeRow()
{
    auto* row = new QWidget(this);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(4, 0, 4, 0);
    layout->setSpacing(kGap);
    layout->addWidget(new ProbeEdit(
                          m_feed, m_theme, [this](Command c) { m_controller->post(std::move(c)); }, row),
                      1);
    auto* what = mutedLabel({}, row);
    what->setObjectName(QStringLiteral("runName"));
    connect(&m_feed, &RunFeed::runStarted, what, [this, what] {
        const event::RunStarted& run = *m_feed.run();
        const QString texts = QString::fromStdString(run.data.empty() ? std::string() : run.data.front());
        what->setText(QStringLiteral("%1 · %2").arg(QString::fromStdString(run.model).section(QLatin1Char('/'), -1),
                                                    texts.section(QLatin1Char('/'), -1)));
        what->setToolTip(QString::fromStdString(run.run_folder));
    });
    layout->addSpacing(kGap);
    layout->addWidget(what);
    layout->addSpacing(kGap);
    layout->addWidget(m_newRun);
    return row;
}

void MainWindow::buildPanels()
{
    for (const PanelInfo& info : panelCatalog()) {
        auto* card = new Card(m_theme, info.accent);
        m_arrangement->add(info, card, buildPanel(info, *card));
    }
    for (const auto& [place, of] : {std::pair{PanelPlace::LeftWing, StepNoteOf::Loads},
                                    {PanelPlace::Centre, StepNoteOf::Probe},
                                    {PanelPlace::RightWing, StepNoteOf::Probe}})
        m_arrangement->setCaption(place, new StepNote(m_feed, m_history, m_theme, of));
    m_arrangement->setCaption(PanelPlace::Below, buildLastEvent());
    buildScrubber();
    m_arrangement->settle();
    m_arrangement->setWindowSetup([this](QWidget& window) {
        for (const CatalogAction& known : m_actions.actions())
            if (known.scope.isEmpty()) window.addAction(known.action);
        if (!window.findChild<FocusRing*>()) new FocusRing(m_theme, window);
        m_drops->add(window);
    });
    m_caption->setWordWrap(true);
    m_caption->setAlignment(Qt::AlignCenter);
    m_caption->setObjectName(QStringLiteral("presenterCaption"));
    QFont large = m_caption->font();
    large.setPointSizeF(large.pointSizeF() + 2);
    m_caption->setFont(large);
    m_caption->setContentsMargins(kGap, kGap, kGap, kGap);
}

Panel* MainWindow::buildPanel(const PanelInfo& info, Card& card)
{
    const PanelContext context{m_feed,   m_selection, m_theme, [this](Command c) { m_controller->post(std::move(c)); },
                               m_moment, m_series,    m_clock, &m_runs};
    const QString id = QString::fromLatin1(info.id);
    const bool table = m_hands[id] && m_hands[id]->isTable();
    delete std::exchange(m_hands[id], nullptr); // of the panel before
    auto* before = qobject_cast<Panel*>(card.content());
    Panel* panel = info.create(context, &card);
    panel->setObjectName(id);
    if (auto* cards = dynamic_cast<MetricCards*>(panel))
        cards->edited = [this, id](const QString& what, const QVariantMap& was, const QVariantMap& is) {
            if (m_layouts) m_layouts->noteEdit(id, what, was, is);
        };
    card.setTitle(panelTitle(info));
    if (before) {
        panel->restoreState(before->saveState());
        panel->succeed(*before);
        keepSights(*before, *panel);
    }
    card.setContent(panel);
    if (QWidget* controls = panel->headerWidget()) card.addHeaderWidget(controls);
    m_hands[id] = new CardHands(info, context, card, *panel);
    m_hands[id]->showTable(table);
    m_watch.add(panel);
    return panel;
}

void MainWindow::buildScrubber()
{
    auto* scrubber = new Scrubber(m_feed, m_moment, m_history, m_theme);
    for (QAction* action : scrubber->actions()) m_actions.add(tr("Time"), action);
    m_arrangement->setBetween(scrubber);
}

void MainWindow::buildChooser()
{
    m_chooser = new RunChooser(this);
    m_newRunSheet = new Popover(m_newRun, m_chooser, this);
    m_newRun->setText(tr("New run ▾"));
    m_newRun->setToolTip(tr("Chooses model, data and balancing, and trains them (Ctrl+N)"));
    connect(m_chooser, &RunChooser::startRequested, this, &MainWindow::startChosen);
}

QWidget* MainWindow::buildLastEvent()
{
    auto* line = new ElidedLabel;
    line->setObjectName(QStringLiteral("lastEvent"));
    const auto mute = [this, line] { line->setColor(m_theme.colors().muted); };
    connect(&m_theme, &Theme::changed, line, mute);
    mute();
    connect(&m_feed, &RunFeed::logged, line, [this] { tellWaiting({}); });
    return line;
}

bool MainWindow::event(QEvent* event)
{
    return keepSpaceForButton(event) || QMainWindow::event(event);
}

void MainWindow::showEvent(QShowEvent* event)
{
    QMainWindow::showEvent(event);
    if (!std::exchange(m_foldChosen, true)) {
        m_arrangement->fold(height() < kLow ? Fold::TabsOnly : Fold::Open);
        m_layouts->history().clear(); // nobody's step
    }
    m_watch.lookSoon();
}

void MainWindow::hideEvent(QHideEvent* event)
{
    QMainWindow::hideEvent(event);
    m_watch.lookSoon();
}

void MainWindow::changeEvent(QEvent* event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::WindowStateChange) m_watch.lookSoon();
    if (event->type() == QEvent::LanguageChange) m_speakAnew.start();
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    m_text.setWidth(width());
}

void MainWindow::showPanel(const QString& id)
{
    m_arrangement->raise(id);
    if (Panel* shown = panel(id)) shown->setFocus(Qt::OtherFocusReason);
}

bool MainWindow::showLayout(const QString& name)
{
    if (!m_layouts->names().contains(name)) return false;
    if (name == LayoutKeeper::presenterName()) {
        m_presenter->enter();
        return true;
    }
    m_presenter->leave();
    return m_layouts->choose(name);
}

void MainWindow::showView(const ViewLink& link)
{
    if (!link.layout.isEmpty()) {
        m_foldChosen = true;
        showLayout(link.layout);
    }
    showSelection(link);
    if (!m_feed.run()) m_wanted = link;
}

void MainWindow::showSelection(const ViewLink& link)
{
    if (link.layer && link.expert)
        m_selection.setExpertOfLayer(*link.layer, *link.expert);
    else if (link.layer)
        m_selection.setLayer(*link.layer);
    if (link.head) m_selection.setHead(*link.head);
    if (link.token) m_selection.setToken(*link.token);
    if (link.step) m_moment.show(*link.step);
    if (Panel* curves = panel(QStringLiteral("predella")); curves && link.curves != CurveLink())
        curves->restoreState(stateOf(link.curves));
}

ViewLink MainWindow::viewNow() const
{
    const auto chosen = [](std::int64_t value) { return value < 0 ? std::nullopt : std::optional(value); };
    ViewLink link;
    link.step = m_moment.step();
    link.layer = chosen(m_selection.layer());
    if (link.layer) link.expert = chosen(m_selection.expert());
    link.head = chosen(m_selection.head());
    link.token = chosen(m_selection.token());
    link.layout = m_presenter->isOn() ? LayoutKeeper::presenterName() : m_layouts->currentName();
    if (const Panel* curves = panel(QStringLiteral("predella"))) link.curves = curveLinkOf(curves->saveState());
    return link;
}

QString MainWindow::linkText() const
{
    QString line = QStringLiteral("triptych-studio");
    if (m_feed.run() && !m_feed.run()->run_folder.empty()) {
        QString folder = QDir(QString::fromStdString(m_feed.run()->run_folder)).absolutePath();
        folder.replace(QLatin1Char('\''), QStringLiteral("'\\''"));
        line += QStringLiteral(" --run '%1'").arg(folder);
    }
    return line + QStringLiteral(" --view \"%1\"").arg(toText(viewNow()));
}

void MainWindow::startDemo()
{
    RunRequest request;
    request.settings = {"eval_every=50"};
    m_controller->start(request);
}

void MainWindow::startCollapseDemo()
{
    RunRequest request;
    request.settings = {"eval_every=50", "router=none"};
    m_controller->start(request);
}

void MainWindow::startChosen()
{
    m_newRunSheet->fold();
    m_controller->start(m_chooser->request());
}

void MainWindow::chooseRunToOpen()
{
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Folder of a run"), RunController::runsFolder());
    if (!folder.isEmpty()) openRun(folder);
}

void MainWindow::openRun(const QString& path)
{
    m_recorded.open(path);
    tellWaiting(tr("reading %1 …").arg(path));
}

/// Beside the tabs at the bottom, until the run is there: a slow disk is not taken for a run without anything. Nothing
/// to wait for: the newest line of the log.
void MainWindow::tellWaiting(const QString& what)
{
    auto* line = findChild<ElidedLabel*>(QStringLiteral("lastEvent"));
    if (!line) return;
    if (!what.isEmpty() || m_feed.log().empty()) return line->setText(what);
    line->setText(logLine(m_feed.log().back()));
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
    case SessionState::Idle:
        state = !m_feed.trainedBy().isEmpty() ? tr("trained by %1", "a process").arg(m_feed.trainedBy())
                : run                         ? tr("stopped")
                                              : QString();
        break;
    }
    setWindowTitle(run ? tr("%1 on %2, %3 – Triptych")
                             .arg(QString::fromStdString(run->model),
                                  QString::fromStdString(run->data.empty() ? std::string() : run->data.front()), state)
                       : tr("Triptych"));
}

void MainWindow::restoreLayout(const QSettings& settings)
{
    restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray());
    m_foldChosen =
        settings.contains(QStringLiteral("window/layout")) || settings.contains(QStringLiteral("window/folded"));
    if (const Status restored = m_layouts->restore(settings); !restored)
        showMessage(QString::fromStdString(restored.error().what), QString::fromStdString(restored.error().hint));
    const double scale = settings.value(QStringLiteral("window/textScale")).toDouble();
    m_text.fix(scale > 0 ? std::optional(scale) : std::nullopt);
    (void)ShownCurrency::get().choose(settings.value(QStringLiteral("money/currency")).toString()).ok();
    AssumptionBook::of(m_feed).restore(settings.value(QStringLiteral("money/assumptions")).toMap());
    m_motion.choose(motionFromId(settings.value(QStringLiteral("window/motion")).toString()));
}

void MainWindow::saveLayout(QSettings& settings)
{
    settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    settings.setValue(QStringLiteral("window/motion"), motionId(m_motion.choice()));
    settings.setValue(QStringLiteral("window/textScale"), m_text.fixed().value_or(0));
    settings.setValue(QStringLiteral("money/currency"), ShownCurrency::get().text());
    settings.setValue(QStringLiteral("money/assumptions"), AssumptionBook::of(m_feed).save());
    m_layouts->store(settings);
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (m_report) m_report->close();
    const bool live = m_feed.isLive() || m_feed.state() == SessionState::Preparing;
    if (!live) {
        m_arrangement->hideWindows();
        return event->accept();
    }
    // The run is saved first; the window stays, and says so, until that is done.
    event->ignore();
    if (std::exchange(m_closing, true)) return;
    setWindowTitle(tr("Saving the run – Triptych"));
    setEnabled(false);
    m_controller->finish();
}

} // namespace triptych
