// The strip below the wings: cards of curves over one axis, and the settings of the training in reach.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/language/event_texts.h"
#include "ui/models/plot_twin.h"
#include "ui/panels/curve_hands.h"
#include "ui/panels/metric_cards.h"
#include "ui/panels/panel.h"
#include "ui/plots/follow_chip.h"
#include "ui/plots/x_axis.h"
#include "ui/widgets/curve_cards.h"
#include "ui/widgets/curve_readout.h"
#include "ui/widgets/price_text.h"
#include "ui/widgets/series_chooser.h"
#include "ui/widgets/settings_button.h"
#include "ui/widgets/smoothing_bar.h"

#include <QAction>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QScopedValueRollback>
#include <QToolButton>

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

namespace triptych {

namespace {

constexpr double kDefaultSmoothing = 0.9;
constexpr int kFilterWidth = 150; // px
/// The newest marks; a run that is steered by a program may have any number of them.
constexpr std::ptrdiff_t kMostMarks = 200;

/// Short, for beside a line.
QString markText(const SettingMark& mark)
{
    const QString value = QLocale().toString(mark.value, 'g', 3);
    if (mark.key == QLatin1String("learning_rate")) return QStringLiteral("lr ") + value;
    if (mark.key == QLatin1String("bias_update_speed")) return QStringLiteral("γ ") + value;
    if (mark.key == QLatin1String("mtp_loss_weight")) return QStringLiteral("λ ") + value;
    if (mark.key == QLatin1String("balance_loss_alpha")) return QStringLiteral("α ") + value;
    if (mark.key == QLatin1String(kActiveExperts)) return QStringLiteral("K′ ") + value;
    return QString(mark.key).replace(QLatin1Char('_'), QLatin1Char(' ')) + QLatin1Char(' ') + value;
}

class PredellaPanel final : public Panel, public MetricCards, public CurveHands {
    Q_OBJECT

public:
    PredellaPanel(const PanelContext& context, QWidget* parent);
    /// The axis is a member, and goes before children do; those that look at it go first.
    ~PredellaPanel() override
    {
        delete m_readout;
        delete m_cards;
    }

    QWidget* headerWidget() override { return m_controls; }
    QList<QAction*> panelActions() override { return actions(); }
    std::vector<Twin> twins() override;
    bool tablesLoading() override;
    QString pricedBy() const override;
    void takeOver(Panel& other) override;
    void succeed(Panel& before) override;
    void showMetric(MetricId metric) override;
    bool hear(int key) override;
    QSize exportSize() const override { return {1120, 448}; } // three legends with their names
    QVariantMap saveState() const override;
    void restoreState(const QVariantMap& state) override;

private:
    void restoreZoom(const QVariantList& ends);
    void lookAtWanted();
    void noteCards();
    void buildControls();
    void buildAxes(QHBoxLayout& row);
    void buildButtons(QHBoxLayout& row);
    QToolButton* button(const char* name, const QString& text, const QString& tip);
    void buildMenu(QMenu& menu);
    void buildActions();
    void act(const char* name, const QString& text, const QKeySequence& key, std::function<void()> what);
    void startRun();
    void showRuns();
    void showState();
    void refresh();
    void showMarks();
    void choose();
    void addCards(const std::vector<CardSpec>& cards);
    void find();
    void closeFilter();
    void setLogarithmic(ValueScale scale);
    void toggleScale();
    void showScale();
    void togglePin();
    bool eventFilter(QObject* watched, QEvent* event) override;

    PanelContext m_context;
    SharedAxis m_axis;
    StepView& m_view = m_axis.view();
    CurveContext m_curves;
    QWidget* m_controls;
    CurveCards* m_cards;
    CurveReadout* m_readout;
    SmoothingBar* m_smoothing;
    SeriesChooser* m_chooser;
    QComboBox* m_axes;
    QLineEdit* m_filter;
    QToolButton* m_log;
    QToolButton* m_values;
    QToolButton* m_add;
    std::optional<std::pair<double, double>> m_wantedZoom; ///< until there are curves
    std::vector<CardSpec> m_known;                         ///< the cards as they were told last
    bool m_restoring = false;
};

PredellaPanel::PredellaPanel(const PanelContext& context, QWidget* parent)
    : Panel(parent), m_context(context), m_axis(context.series), m_curves{context.feed,   context.series, context.theme,
                                                                          context.moment, context.clock,  m_axis},
      m_controls(new QWidget(this)), m_cards(new CurveCards(m_curves, this)),
      m_readout(new CurveReadout(m_curves, *m_cards, this)), m_smoothing(new SmoothingBar(this)),
      m_chooser(new SeriesChooser(SeriesCatalog(context.feed, context.series), this)), m_axes(new QComboBox(this)),
      m_filter(new QLineEdit(this)), m_log(nullptr), m_values(nullptr), m_add(nullptr)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_controls);
    buildControls();
    auto* row = new QHBoxLayout;
    row->setSpacing(16);
    row->addWidget(m_cards, 1);
    row->addWidget(m_readout);
    layout->addLayout(row, 1);
    m_readout->hide();

    connect(&context.feed, &RunFeed::seriesChanged, this, &PredellaPanel::refresh);
    connect(&context.series, &SeriesHub::loaded, this, &PredellaPanel::refresh);
    connect(&context.series, &SeriesHub::changed, this, &PredellaPanel::showRuns);
    connect(&context.feed, &RunFeed::runStarted, this, &PredellaPanel::startRun);
    connect(&context.feed, &RunFeed::settingChanged, this, &PredellaPanel::showMarks);
    connect(&context.feed, &RunFeed::logged, this, [this] {
        if (m_context.feed.log().back().kind == QLatin1String("routing")) showMarks();
    });
    connect(&context.feed, &RunFeed::stateChanged, this, [this] { showState(); });
    connect(m_smoothing, &SmoothingBar::changed, m_cards, &CurveCards::setSmoothing);
    connect(m_cards, &CurveCards::changed, this, &PredellaPanel::showScale);
    connect(m_cards, &CurveCards::changed, this, &PredellaPanel::noteCards);
    connect(m_cards, &CurveCards::exportRequested, this, [this](const CurveCard& card) {
        const auto& all = m_cards->cards();
        const auto place = std::find(all.begin(), all.end(), &card) - all.begin();
        emit exportRequested({{QStringLiteral("alone"), static_cast<int>(place)}});
    });
    connect(m_chooser, &SeriesChooser::chosen, this, &PredellaPanel::addCards);
    buildActions();
    m_smoothing->setWeight(kDefaultSmoothing);
    m_cards->setSpecs(firstCards());
    startRun();
}

void PredellaPanel::buildControls()
{
    auto* row = new QHBoxLayout(m_controls);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(new SettingsButton(m_context.feed, m_context.theme, m_context.post, m_controls));
    row->addStretch(1);
    m_filter->setObjectName(QStringLiteral("cardFilter"));
    m_filter->setPlaceholderText(tr("Cards with…"));
    m_filter->setAccessibleName(tr("Show only cards whose metrics have these words"));
    m_filter->setToolTip(tr("Shows only cards whose metrics have all of these words. Esc shows all again."));
    m_filter->setFixedWidth(kFilterWidth);
    m_filter->setClearButtonEnabled(true);
    m_filter->installEventFilter(this);
    m_filter->hide();
    row->addWidget(m_filter);
    connect(m_filter, &QLineEdit::textChanged, m_cards, &CurveCards::setFilter);
    buildAxes(*row);
    row->addWidget(m_smoothing);
    buildButtons(*row);
    row->addWidget(new FollowChip(m_context.theme, m_axis.view(), m_controls));
}

void PredellaPanel::buildAxes(QHBoxLayout& row)
{
    auto* caption = new QLabel(tr("Over"), this);
    caption->setBuddy(m_axes);
    m_axes->setObjectName(QStringLiteral("axis"));
    m_axes->setAccessibleName(tr("What the curves stand over"));
    m_axes->setToolTip(tr("What the curves stand over. What is in sight stays in sight."));
    for (const XAxis axis : allXAxes()) {
        const XAxisInfo info = xAxisInfo(axis);
        m_axes->addItem(info.name, info.id);
        m_axes->setItemData(m_axes->count() - 1, info.tip, Qt::ToolTipRole);
    }
    row.addWidget(caption);
    row.addWidget(m_axes);
    connect(m_axes, &QComboBox::currentIndexChanged, this,
            [this](int index) { m_axis.choose(allXAxes()[static_cast<std::size_t>(std::max(index, 0))]); });
}

QToolButton* PredellaPanel::button(const char* name, const QString& text, const QString& tip)
{
    auto* button = new QToolButton(this);
    button->setText(text);
    button->setObjectName(QLatin1String(name));
    button->setToolTip(tip);
    button->setAccessibleName(tip.section(QLatin1Char('.'), 0, 0));
    return button;
}

void PredellaPanel::buildButtons(QHBoxLayout& row)
{
    m_log = button("logarithmic", tr("Log"), tr("Logarithmic values. L switches the card that has the focus alone."));
    m_log->setCheckable(true);
    connect(m_log, &QToolButton::clicked, this,
            [this](bool log) { setLogarithmic(log ? ValueScale::Logarithmic : ValueScale::Linear); });
    m_add = button("addSeries", tr("+ Series"), tr("Adds cards of any metric of the runs in view."));
    connect(m_add, &QToolButton::clicked, this, &PredellaPanel::choose);
    m_values =
        button("values", tr("Values"), tr("Values of all curves at the crosshair. The nearest to the mouse first."));
    m_values->setCheckable(true);
    connect(m_values, &QToolButton::toggled, m_readout, &QWidget::setVisible);
    QToolButton* more = button("more", QStringLiteral("⋮"), tr("More about the cards."));
    more->setStyleSheet(
        QStringLiteral("QToolButton { padding: 4px 6px; } QToolButton::menu-indicator { image: none; }"));
    more->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(more);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { buildMenu(*menu); });
    more->setMenu(menu);
    for (QToolButton* each : {m_log, m_add, m_values, more}) row.addWidget(each);
}

void PredellaPanel::buildMenu(QMenu& menu)
{
    menu.clear();
    menu.addAction(tr("Filter the cards…\tCtrl+F"), this, &PredellaPanel::find);
    QAction* grouped = menu.addAction(tr("Group by run, layers, MTP, domains"), this, [this](bool on) {
        m_cards->setGroups(on ? CardGroups::ByKind : CardGroups::None);
    });
    grouped->setCheckable(true);
    grouped->setChecked(m_cards->groups() == CardGroups::ByKind);
    QAction* all = menu.addAction(tr("All cards again"), this, [this] { m_cards->showAlone(nullptr); });
    all->setEnabled(m_cards->alone() != nullptr);
    menu.addSeparator();
    menu.addAction(tr("Loss, throughput and money alone"), this, [this] { m_cards->setSpecs(firstCards()); });
}

void PredellaPanel::act(const char* name, const QString& text, const QKeySequence& key, std::function<void()> what)
{
    auto* action = new QAction(text, this);
    action->setObjectName(QLatin1String(name));
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, std::move(what));
    addAction(action);
    m_controls->addAction(action); // a card takes these out of the panel
}

/// Keys that the curves themselves do not take: those of a panel whose buttons have the focus. Fields keep theirs.
void PredellaPanel::buildActions()
{
    act("curvesAdd", tr("Add curves of a metric"), Qt::Key_Insert, [this] { choose(); });
    act("curvesFind", tr("Filter the cards of curves"), QKeySequence::Find, [this] { find(); });
    act("curvesSmooth", tr("Smoothing of the curves"), Qt::Key_S, [this] {
        m_smoothing->field()->setFocus();
        m_smoothing->field()->selectAll();
    });
    act("curvesLog", tr("Logarithmic curves"), Qt::Key_L, [this] { toggleScale(); });
    act("curvesAll", tr("Curves of the whole run"), Qt::Key_R, [this] {
        for (CurveCard* card : m_cards->cards()) card->plot().obey(PlotCommand::ShowAll); // each has values zoomed
    });
    act("curvesFollow", tr("Let curves follow the newest step"), Qt::Key_F,
        [this] { m_axis.view().isFollowing() ? m_axis.view().stopFollowing() : m_axis.view().follow(); });
    act("curvesPin", tr("Pin the crosshair, with the table of values"), Qt::Key_P, [this] { togglePin(); });
    connect(&m_axis.view(), &StepView::pinnedChanged, this, [this] {
        if (m_axis.view().isPinned()) m_values->setChecked(true);
    });
}

bool PredellaPanel::hear(int key)
{
    const QList<QAction*> all = actions();
    const auto wanted = std::find_if(all.begin(), all.end(),
                                     [key](const QAction* action) { return action->shortcut() == QKeySequence(key); });
    if (wanted == all.end()) return false;
    (*wanted)->trigger();
    return true;
}

void PredellaPanel::togglePin()
{
    StepView& view = m_axis.view();
    view.isPinned() ? view.unpinCursor() : view.pinCursor();
}

void PredellaPanel::choose()
{
    m_chooser->openAt(m_add->mapToGlobal(QPoint(0, m_add->height() + 2)));
}

void PredellaPanel::addCards(const std::vector<CardSpec>& cards)
{
    closeFilter();
    for (const CardSpec& card : cards)
        if (CurveCard* added = m_cards->add(card)) added->plot().setFocus();
    refresh();
}

void PredellaPanel::showMetric(MetricId metric)
{
    const CardSpec wanted{{SeriesKey{metric}}};
    for (CurveCard* card : m_cards->cards()) {
        if (card->spec().series != wanted.series) continue;
        closeFilter();
        return card->plot().setFocus();
    }
    addCards({wanted});
}

void PredellaPanel::find()
{
    m_filter->show();
    m_filter->setFocus();
    m_filter->selectAll();
}

void PredellaPanel::closeFilter()
{
    m_filter->clear();
    m_filter->hide();
}

bool PredellaPanel::eventFilter(QObject* watched, QEvent* event)
{
    const auto isEscape = [event] { return static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape; };
    if (watched == m_filter && event->type() == QEvent::ShortcutOverride && isEscape()) event->accept();
    if (watched == m_filter && event->type() == QEvent::KeyPress && isEscape()) {
        closeFilter();
        if (const auto shown = m_cards->shown(); !shown.empty()) shown.front()->plot().setFocus();
        return true;
    }
    return Panel::eventFilter(watched, event);
}

void PredellaPanel::showRuns()
{
    for (CurveCard* card : m_cards->cards()) card->showSeries();
    if (m_chooser->isVisible()) m_chooser->fill();
    refresh();
}

void PredellaPanel::startRun()
{
    m_wantedZoom.reset();
    showRuns(); // the prices are the run's: each run explains its own
    m_axis.view().unpinCursor();
    m_axis.view().clearCursor();
    m_axis.view().showAll();
    showMarks();
    showState();
}

void PredellaPanel::showState()
{
    const SessionState state = m_context.feed.state();
    m_axis.view().setGrowing(m_context.feed.isGrowing() || state == SessionState::Preparing || !m_context.feed.run());
}

void PredellaPanel::refresh()
{
    m_axis.update();
    for (CurveCard* card : m_cards->cards()) card->plot().refresh();
    m_readout->refresh();
    lookAtWanted();
}

/// Settings, and what hands did to the election of experts.
void PredellaPanel::showMarks()
{
    std::vector<PlotMark> marks;
    for (const LogEntry& line : m_context.feed.routingMarks())
        marks.push_back({static_cast<double>(line.step), QStringLiteral("⇄"), eventText(line.text)});
    for (const SettingMark& mark : m_context.feed.marks())
        marks.push_back({static_cast<double>(mark.step), markText(mark),
                         tr("step %1: %2 became %3")
                             .arg(QLocale().toString(static_cast<qlonglong>(mark.step)), mark.key,
                                  QLocale().toString(mark.value, 'g', 6))});
    std::stable_sort(marks.begin(), marks.end(),
                     [](const PlotMark& one, const PlotMark& other) { return one.step < other.step; });
    if (std::ssize(marks) > kMostMarks) marks.erase(marks.begin(), marks.end() - kMostMarks);
    m_cards->setMarks(std::move(marks));
}

/// What stands over nothing by its nature keeps its scale: a speed.
void PredellaPanel::setLogarithmic(ValueScale scale)
{
    for (CurveCard* card : m_cards->cards())
        if (card->spec().series.front().metric.metric != Metric::TokensPerSecond) card->setScale(scale);
    showScale();
}

void PredellaPanel::toggleScale()
{
    setLogarithmic(m_log->isChecked() ? ValueScale::Linear : ValueScale::Logarithmic);
}

void PredellaPanel::showScale()
{
    const auto& cards = m_cards->cards();
    const auto isLinear = [](const CurveCard* card) {
        return card->spec().series.front().metric.metric != Metric::TokensPerSecond &&
               card->spec().scale == ValueScale::Linear;
    };
    m_log->setChecked(!cards.empty() && std::none_of(cards.begin(), cards.end(), isLinear));
}

QVariantList toVariants(const std::vector<CardSpec>& specs)
{
    QVariantList cards;
    for (const CardSpec& spec : specs) cards.append(toVariant(spec));
    return cards;
}

/// Which cards there are, and their order; scale and smoothing are no matter of layout.
void PredellaPanel::noteCards()
{
    const std::vector<CardSpec> before = std::exchange(m_known, m_cards->specs());
    const auto same = [](const CardSpec& one, const CardSpec& other) { return one.series == other.series; };
    if (m_restoring || !edited || std::equal(before.begin(), before.end(), m_known.begin(), m_known.end(), same))
        return;
    const QString key = QStringLiteral("cards");
    edited(tr("Cards"), {{key, toVariants(before)}}, {{key, toVariants(m_known)}});
}

QVariantMap PredellaPanel::saveState() const
{
    const QVariantList cards = toVariants(m_cards->specs());
    QVariantMap state = {{QStringLiteral("smoothing"), m_smoothing->weight()},
                         {QStringLiteral("smoothing_kind"), smoothingId(m_smoothing->kind())},
                         {QStringLiteral("axis"), m_axes->currentData()},
                         {QStringLiteral("cards"), cards},
                         {QStringLiteral("grouped"), m_cards->groups() == CardGroups::ByKind},
                         {QStringLiteral("folded"), QVariant(m_cards->folded()).toList()},
                         {QStringLiteral("values"), m_values->isChecked()}};
    if (!m_view.isFollowing())
        state.insert(QStringLiteral("zoom"), QVariantList{m_view.lower(), m_view.upper()}); // in units of the axis
    return state;
}

void PredellaPanel::restoreState(const QVariantMap& state)
{
    const QScopedValueRollback restoring(m_restoring, true);
    bool isNumber = false;
    const double weight = state.value(QStringLiteral("smoothing")).toDouble(&isNumber);
    if (isNumber) m_smoothing->setWeight(weight);
    if (const QVariant kind = state.value(QStringLiteral("smoothing_kind")); kind.isValid())
        m_smoothing->setKind(smoothingFromId(kind.toString()));
    const int axis = m_axes->findData(state.value(QStringLiteral("axis")));
    if (axis >= 0) m_axes->setCurrentIndex(axis);
    std::vector<CardSpec> cards;
    for (const QVariant& saved : state.value(QStringLiteral("cards")).toList())
        if (const auto spec = cardSpecOf(saved)) cards.push_back(*spec);
    if (!cards.empty()) m_cards->setSpecs(cards);
    if (const QVariant log = state.value(QStringLiteral("logarithmic")); log.isValid()) // as older versions saved it
        setLogarithmic(log.toBool() ? ValueScale::Logarithmic : ValueScale::Linear);
    if (const QVariant grouped = state.value(QStringLiteral("grouped")); grouped.isValid())
        m_cards->setGroups(grouped.toBool() ? CardGroups::ByKind : CardGroups::None);
    if (const QVariant folded = state.value(QStringLiteral("folded")); folded.isValid())
        m_cards->setFolded(folded.toStringList());
    bool isPlace = false;
    const int alone = state.value(QStringLiteral("alone")).toInt(&isPlace);
    if (isPlace && alone >= 0 && alone < std::ssize(m_cards->cards()))
        m_cards->showAlone(m_cards->cards()[static_cast<std::size_t>(alone)]);
    if (const QVariant values = state.value(QStringLiteral("values")); values.isValid())
        m_values->setChecked(values.toBool());
    refresh();
    restoreZoom(state.value(QStringLiteral("zoom")).toList());
}

/// As soon as there are curves to look into; a run that starts meanwhile is another one.
void PredellaPanel::restoreZoom(const QVariantList& ends)
{
    bool isLower = false;
    bool isUpper = false;
    const double lower = ends.value(0).toDouble(&isLower);
    const double upper = ends.value(1).toDouble(&isUpper);
    if (!isLower || !isUpper || !(lower < upper)) return;
    m_wantedZoom = {lower, upper};
    lookAtWanted();
}

void PredellaPanel::lookAtWanted()
{
    if (!m_wantedZoom || !m_context.series.extent({})) return;
    const auto [lower, upper] = *std::exchange(m_wantedZoom, {});
    m_axis.update();
    m_view.setRange(lower, upper);
}

void PredellaPanel::takeOver(Panel& other)
{
    auto* panel = dynamic_cast<PredellaPanel*>(&other);
    if (!panel) return;
    m_axis.update();
    m_axis.view().takeOver(panel->m_axis.view());
    m_filter->setText(panel->m_filter->text());
    m_filter->setVisible(!panel->m_filter->isHidden());
    const std::vector<CurveCard*> theirs = panel->m_cards->cards();
    const std::vector<CurveCard*> ours = m_cards->cards();
    if (theirs.size() != ours.size()) return;
    for (std::size_t i = 0; i < ours.size(); ++i) {
        ours[i]->plot().takeValues(theirs[i]->plot());
        if (theirs[i] == panel->m_cards->alone()) m_cards->showAlone(ours[i]);
    }
}

void PredellaPanel::succeed(Panel& before)
{
    takeOver(before);
    auto* panel = dynamic_cast<PredellaPanel*>(&before);
    if (!panel || !panel->m_axis.view().isPinned()) return;
    m_axis.view().moveCursor(*panel->m_axis.view().cursor());
    m_axis.view().pinCursor();
}

std::vector<Twin> PredellaPanel::twins()
{
    if (!m_context.series.extent({})) return {};
    std::vector<Twin> all;
    for (CurveCard* card : m_cards->cards())
        if (!m_cards->alone() || card == m_cards->alone())
            all.push_back(plotTwin(*this, qPrintable(card->plot().objectName()), card->plot()));
    return all;
}

QString PredellaPanel::pricedBy() const
{
    const auto shown = m_cards->shown();
    const bool money = std::any_of(shown.begin(), shown.end(), [](const CurveCard* card) {
        const auto& all = card->spec().series;
        return std::any_of(all.begin(), all.end(),
                           [](const SeriesKey& key) { return metric_info(key.metric.metric).unit == "USD"; });
    });
    return money || m_axis.shown() == XAxis::Usd ? pricesText(m_context.feed) : QString();
}

bool PredellaPanel::tablesLoading()
{
    const auto all = m_cards->cards();
    return std::any_of(all.begin(), all.end(), [](CurveCard* card) { return card->plot().values().loading; });
}

} // namespace

Panel* createPredellaPanel(const PanelContext& context, QWidget* parent)
{
    return new PredellaPanel(context, parent);
}

} // namespace triptych

#include "predella_panel.moc"
