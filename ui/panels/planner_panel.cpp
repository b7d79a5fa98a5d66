// The planner: what a training on a cluster would take, how its pipeline runs, which other layouts there are, and how
// far off such plans are.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/twin_table.h"
#include "ui/panels/plan_figures.h"
#include "ui/panels/plan_twins.h"
#include "ui/widgets/bar_rows.h"
#include "ui/widgets/card.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/plan_form.h"
#include "ui/widgets/step_timeline_view.h"
#include "ui/widgets/stepper.h"
#include "ui/widgets/type_follower.h"

#include <QGraphicsOpacityEffect>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QTableView>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace triptych {

Panel* createPlannerPanel(const PanelContext& context, QWidget* parent);

namespace {

constexpr int kMenu = 20;          // px that the card's menu takes of the line on top
constexpr int kTyping = 250;       // ms without a key before a plan is asked for
constexpr int kRoomForAll = 520;   // px of height: pictures stand below the plan
constexpr int kRoomForThird = 960; // px of width: a third column beside numbers and bars
constexpr double kFaint = 0.4;     // opacity of a plan that is not what the form asks for

enum class View : std::uint8_t { Plan = 0, Schedule, Layouts, Checks };

class PlannerPanel final : public Panel {
    Q_OBJECT

public:
    PlannerPanel(const PanelContext& context, QWidget* parent);

    WatchSet watches() const override { return {.probe = false}; }
    std::vector<Twin> twins() override;
    bool isLoading() const override { return m_worker->isBusy() || m_typing.isActive() || (isVisible() && !m_checks); }
    void takeOver(Panel& before) override;
    QSize exportSize() const override { return {1280, 800}; }
    QVariantMap saveState() const override
    {
        return {{QStringLiteral("input"), m_form->input().toMap()},
                {QStringLiteral("view"), m_view->index()},
                {QStringLiteral("axes"), m_axes->index()}};
    }
    void restoreState(const QVariantMap& state) override;

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeTop();
    QWidget* makePlan(const Theme& theme);
    QWidget* makePictures(const Theme& theme);
    QWidget* makeChecks();
    void arrange();
    void arrangePlan();
    void showOpenRun();
    /// After `delay` ms without another change; what is computed now is given up.
    void changed(int delay = kTyping);
    void ask();
    std::optional<PlanRequest> question();
    void completeNow();
    void showAnswer();
    void showSummary();
    void dim(bool dimmed);
    void showScatter();
    void showLegend();
    void showChecks();
    void choose(int point);
    TrainingErrors errors() const { return m_checks ? training_errors(*m_checks) : TrainingErrors{}; }
    View view() const { return static_cast<View>(m_view->index()); }

    RunFeed& m_feed;
    const Theme& m_theme;
    PlanPresets m_presets;
    PlanWorker* m_worker;
    QTimer m_typing;
    bool m_stale = true; ///< nothing was asked since the last change
    bool m_alone = true; ///< it stands for no other page
    std::optional<PlanInputFault> m_fault;
    std::shared_ptr<const PlanAnswer> m_answer;
    std::shared_ptr<const std::vector<PlanCheck>> m_checks;

    PlanForm* m_form;
    Stepper* m_view;
    Stepper* m_axes;
    ElidedLabel* m_summary;
    QScrollArea* m_planArea;
    QGridLayout* m_planGrid;
    FigureGrid* m_cells;
    QWidget* m_bars;
    StackedBar* m_memory;
    StackedBar* m_step;
    QWidget* m_exchange;
    BarRows* m_exchangeRows;
    QWidget* m_pictures;
    StepTimelineView* m_steps;
    QWidget* m_layouts;
    QLabel* m_legend;
    ScatterPlot* m_scatter;
    QWidget* m_checksPage;
    QLabel* m_checksNote;
    QTableView* m_checksTable;
};

PlannerPanel::PlannerPanel(const PanelContext& context, QWidget* parent)
    : Panel(parent), m_feed(context.feed), m_theme(context.theme), m_worker(new PlanWorker(this)),
      m_form(new PlanForm(context.theme, this))
{
    auto* right = new QVBoxLayout;
    right->setSpacing(8);
    right->addWidget(makeTop());
    right->addWidget(makePlan(context.theme), 1);
    right->addWidget(makePictures(context.theme), 1);
    right->addWidget(makeChecks(), 1);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(16);
    layout->addWidget(m_form);
    layout->addLayout(right, 1);
    m_typing.setSingleShot(true);
    connect(&m_typing, &QTimer::timeout, this, &PlannerPanel::ask);
    connect(m_form, &PlanForm::changed, this, [this] { changed(); });
    connect(m_view, &Stepper::chosen, this, &PlannerPanel::arrange);
    connect(m_axes, &Stepper::chosen, this, &PlannerPanel::showScatter);
    connect(m_scatter, &ScatterPlot::pointChosen, this, &PlannerPanel::choose);
    connect(&m_feed, &RunFeed::runStarted, this, &PlannerPanel::showOpenRun);
    connect(&m_theme, &Theme::changed, this, [this] {
        showSummary();
        showLegend();
    });
    connect(m_worker, &PlanWorker::answered, this, [this](const auto& answer) {
        m_answer = answer;
        showAnswer();
    });
    connect(m_worker, &PlanWorker::checked, this, [this](const auto& checks) {
        m_checks = checks;
        showChecks();
        showAnswer();
    });
    showOpenRun();
    showAnswer();
    arrange();
}

QWidget* PlannerPanel::makeTop()
{
    auto* top = new QWidget(this);
    m_view = new Stepper(tr("Page of the planner"), top);
    m_view->setObjectName(QStringLiteral("planView"));
    m_view->setItems({tr("Plan"), tr("Schedule"), tr("Layouts"), tr("Checks")});
    m_summary = new ElidedLabel(top);
    m_summary->setObjectName(QStringLiteral("planSummary"));
    auto* layout = new QHBoxLayout(top);
    layout->setContentsMargins(0, 0, kMenu, 0);
    layout->setSpacing(12);
    layout->addWidget(m_view);
    layout->addWidget(m_summary, 1);
    return top;
}

QWidget* PlannerPanel::makePlan(const Theme& theme)
{
    auto* page = new QWidget;
    m_cells = new FigureGrid(page);
    m_cells->setAccessibleName(tr("The plan in numbers"));
    m_bars = new QWidget(page);
    m_memory = new StackedBar(theme, m_bars);
    m_step = new StackedBar(theme, m_bars);
    auto* bars = new QVBoxLayout(m_bars);
    bars->setContentsMargins(0, 0, 0, 0);
    bars->setSpacing(8);
    bars->addWidget(m_memory);
    bars->addWidget(m_step);
    bars->addStretch(1);
    m_exchange = new QWidget(page);
    auto* caption = mutedLabel(tr("a token's way to its experts, per MoE layer"), m_exchange);
    caption->setToolTip(tr("Bytes that a token sends, and the time they take of what published kernels reach. "
                           "InfiniBand and NVLink\nwork at the same time; the slower one sets the pace. Node-limited "
                           "routing keeps a token's experts in few\ngroups, so that its row crosses to few nodes: "
                           "DeepSeek-V3 report, section 2.1.2."));
    m_exchangeRows = new BarRows(theme, &ThemeColors::moe, m_exchange);
    m_exchangeRows->setAccessibleName(tr("All-to-all of a token, with and without node-limited routing"));
    m_exchangeRows->setEmptyText(tr("No exchange: each GPU has all experts (EP 1)."));
    auto* exchange = new QVBoxLayout(m_exchange);
    exchange->setContentsMargins(0, 0, 0, 0);
    exchange->setSpacing(4);
    exchange->addWidget(caption);
    exchange->addWidget(m_exchangeRows);
    exchange->addStretch(1);
    m_planGrid = new QGridLayout(page);
    m_planGrid->setContentsMargins(0, 0, 0, 0);
    m_planGrid->setHorizontalSpacing(24);
    m_planGrid->setVerticalSpacing(8);
    m_planArea = new QScrollArea(this);
    m_planArea->setFrameShape(QFrame::NoFrame);
    m_planArea->setWidgetResizable(true);
    m_planArea->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_planArea->setFocusPolicy(Qt::NoFocus);
    m_planArea->viewport()->setAutoFillBackground(false);
    m_planArea->setWidget(page);
    page->setAutoFillBackground(false); // the card shows
    return m_planArea;
}

QWidget* PlannerPanel::makePictures(const Theme& theme)
{
    m_pictures = new QWidget(this);
    m_steps = new StepTimelineView(theme, m_pictures);
    m_steps->setToolTip(
        tr("Each row is a GPU of one pipeline. All stages are drawn alike, with the mean times of those "
           "that are waited for;\nsending activations takes no time. Half blue, half orange: a forward "
           "and a backward pass that overlap.\nA line below: micro-batches from the other end."));
    m_layouts = new QWidget(m_pictures);
    m_axes = new Stepper(tr("Axes"), m_layouts);
    m_axes->setObjectName(QStringLiteral("planAxes"));
    m_axes->setItems({tr("Memory and days"), tr("Money and days")});
    m_legend = new QLabel(m_layouts);
    m_legend->setObjectName(QStringLiteral("planLegend"));
    m_legend->setTextFormat(Qt::RichText);
    m_scatter = new ScatterPlot(theme, &ThemeColors::mla, m_layouts);
    m_scatter->setAccessibleName(tr("Layouts that the search went through"));
    m_scatter->setToolTip(tr("Each point is a layout of this cluster. A click, or Enter, takes it into the form."));
    auto* layouts = new QVBoxLayout(m_layouts);
    layouts->setContentsMargins(0, 0, 0, 0);
    layouts->setSpacing(4);
    auto* row = new QHBoxLayout;
    row->setSpacing(12);
    row->addWidget(m_axes);
    row->addWidget(m_legend, 1);
    layouts->addLayout(row);
    layouts->addWidget(m_scatter, 1);
    auto* layout = new QHBoxLayout(m_pictures);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(24);
    layout->addWidget(m_steps, 3);
    layout->addWidget(m_layouts, 2);
    return m_pictures;
}

QWidget* PlannerPanel::makeChecks()
{
    m_checksPage = new QWidget(this);
    m_checksNote = mutedLabel(tr("Comparing with published figures …"), m_checksPage);
    m_checksNote->setWordWrap(true);
    m_checksTable = new QTableView(m_checksPage);
    m_checksTable->setObjectName(QStringLiteral("planChecks"));
    m_checksTable->setAccessibleName(tr("The planner against published figures"));
    m_checksTable->setShowGrid(false);
    m_checksTable->setWordWrap(false);
    m_checksTable->setTabKeyNavigation(false);
    m_checksTable->setFrameShape(QFrame::NoFrame);
    m_checksTable->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_checksTable->setSelectionMode(QAbstractItemView::SingleSelection);
    m_checksTable->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_checksTable->verticalHeader()->hide();
    followType(*m_checksTable, 5);
    m_checksTable->horizontalHeader()->setHighlightSections(false);
    m_checksTable->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    auto* layout = new QVBoxLayout(m_checksPage);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_checksNote);
    layout->addWidget(m_checksTable, 1);
    return m_checksPage;
}

void PlannerPanel::arrange()
{
    const bool all = height() >= kRoomForAll && view() == View::Plan;
    m_planArea->setVisible(view() == View::Plan);
    m_pictures->setVisible(all || view() == View::Schedule || view() == View::Layouts);
    m_steps->setVisible(all || view() == View::Schedule);
    m_layouts->setVisible((all && m_answer) || view() == View::Layouts);
    m_checksPage->setVisible(view() == View::Checks);
    arrangePlan();
    // Less than none: nothing in it has a height that follows from the width yet.
    const int height = std::max(0, m_planGrid->totalHeightForWidth(m_planArea->width()));
    m_planArea->setMinimumHeight(all ? height : 0);
    m_planArea->setMaximumHeight(all ? height : QWIDGETSIZE_MAX);
}

/// Numbers, bars and exchange beside each other where there is room, else the exchange below.
void PlannerPanel::arrangePlan()
{
    const bool third = m_planArea->width() >= kRoomForThird;
    m_planGrid->addWidget(m_cells, 0, 0);
    m_planGrid->addWidget(m_bars, 0, 1);
    m_planGrid->addWidget(m_exchange, third ? 0 : 1, third ? 2 : 1);
    m_planGrid->setColumnStretch(0, third ? 4 : 5);
    m_planGrid->setColumnStretch(1, 3);
    m_planGrid->setColumnStretch(2, third ? 4 : 0);
    m_planGrid->setRowStretch(0, third ? 1 : 0);
    m_planGrid->setRowStretch(1, third ? 0 : 1);
}

void PlannerPanel::showEvent(QShowEvent* event)
{
    Panel::showEvent(event);
    // A figure that no window stands behind is complete at once, and the same whenever it is made.
    if (m_alone && window()->testAttribute(Qt::WA_DontShowOnScreen)) return completeNow();
    if (!m_checks) m_worker->askForChecks();
    if (m_stale) ask();
    arrange();
}

void PlannerPanel::completeNow()
{
    if (!m_checks) {
        auto found = plan_checks(); // none where presets are missing, which the page says
        m_checks = std::make_shared<const std::vector<PlanCheck>>(found ? found.take() : std::vector<PlanCheck>());
        showChecks();
    }
    if (const auto request = m_stale ? question() : std::nullopt)
        m_answer = std::make_shared<const PlanAnswer>(answerTo(*request));
    showAnswer();
}

void PlannerPanel::resizeEvent(QResizeEvent* event)
{
    Panel::resizeEvent(event);
    arrange();
}

void PlannerPanel::showOpenRun()
{
    const event::RunStarted* run = m_feed.run();
    m_form->setOpenModel(run ? QString::fromStdString(run->model) : QString());
    if (m_form->input()[PlanInputField::Model].isEmpty()) changed(0);
}

void PlannerPanel::changed(int delay)
{
    m_worker->cancel();
    m_stale = true;
    if (isVisible()) m_typing.start(delay);
}

void PlannerPanel::ask()
{
    m_typing.stop();
    if (const auto request = question()) m_worker->ask(*request);
    showSummary();
}

/// What the form asks for; its fault is shown.
std::optional<PlanRequest> PlannerPanel::question()
{
    m_stale = false;
    const event::RunStarted* run = m_feed.run();
    PlanQuestion asked = questionOf(m_form->input(), run ? &run->config : nullptr, m_presets);
    m_fault = asked.fault;
    m_form->setFault(m_fault);
    if (asked.request) m_form->showDefaults(*asked.request);
    return std::move(asked.request);
}

/// A plan of other words than those in the form is not to be taken for theirs.
void PlannerPanel::dim(bool dimmed)
{
    for (QWidget* part : {static_cast<QWidget*>(m_planArea), m_pictures}) {
        if (!part->graphicsEffect() && dimmed) {
            auto* faint = new QGraphicsOpacityEffect(part);
            faint->setOpacity(kFaint);
            part->setGraphicsEffect(faint);
        }
        if (part->graphicsEffect()) part->graphicsEffect()->setEnabled(dimmed);
    }
}

void PlannerPanel::showSummary()
{
    dim(m_fault.has_value());
    const ThemeColors& colors = m_theme.colors();
    const bool refused = m_fault || (m_answer && m_answer->refusal && !m_worker->isBusy());
    m_summary->setColor(refused ? colors.bad : m_worker->isBusy() || !m_answer ? colors.muted : colors.text);
    if (m_fault) {
        m_summary->setText(m_form->faultText());
        m_summary->setHint(m_answer ? tr("What is shown below is the last plan that could be made.") : QString());
    } else if (m_worker->isBusy() || !m_answer) {
        m_summary->setText(tr("Searching …"));
        m_summary->setHint({});
    } else {
        m_summary->setText(planSummary(*m_answer));
        const QString words = tr(
            "PP: stages of a pipeline; EP: GPUs that share the experts of a layer; DP: pipelines side by side. PP × DP "
            "is the number of GPUs.\nWhat the form leaves empty is the cheapest; of plans within 1 % of it the one "
            "with "
            "the smallest EP. How it is computed: docs/planner.md.");
        m_summary->setHint(m_answer->refusal ? QString::fromStdString(m_answer->refusal->what) + QLatin1Char('\n') +
                                                   adviceInWords(m_answer->refusal->hint)
                                             : words);
    }
}

void PlannerPanel::showAnswer()
{
    showSummary();
    m_steps->setEmptyText(tr("Here you will see one step of the pipeline, chunk by chunk."));
    m_steps->show(m_answer);
    showScatter();
    const bool any = m_answer && m_answer->plan;
    for (QWidget* part : {static_cast<QWidget*>(m_cells), m_bars, m_exchange}) part->setVisible(any);
    if (!any) return;
    const ClusterPlan& plan = *m_answer->plan;
    m_cells->setCells(planCells(*m_answer, errors()));
    m_memory->setBar(
        tr("memory per GPU"),
        tr("%1 of %2", "bytes of bytes").arg(bytesText(plan.memory.total()), bytesText(plan.memory_capacity)),
        memoryParts(plan), plan.memory_capacity);
    m_step->setBar(tr("time of a step"), tr("%1 s").arg(fixedText(plan.step_seconds, plan.step_seconds < 1 ? 4 : 2)),
                   stepParts(m_answer->request, plan));
    std::vector<BarRow> rows = exchangeRows(m_answer->request, plan);
    double most = 0;
    for (const BarRow& row : rows) most = std::max(most, row.value);
    m_exchangeRows->setRows(std::move(rows), most);
    arrange();
}

void PlannerPanel::showScatter()
{
    const auto axes = static_cast<PlanAxes>(m_axes->index());
    const bool memory = axes == PlanAxes::DaysAndMemory;
    m_scatter->setAxisTitles(tr("days"), memory ? tr("memory (GB)") : tr("money ($)"));
    showLegend();
    if (!m_answer) return m_scatter->setPoints({});
    ScatterLimits limits;
    if (m_answer->request.deadline_days) {
        limits.x = *m_answer->request.deadline_days;
        limits.xName = tr("deadline");
    }
    if (memory) {
        limits.y = m_answer->request.memory_limit.value_or(m_answer->request.gpu.memory_bytes) / 1e9;
        limits.yName = tr("memory of a GPU");
    }
    m_scatter->setPoints(layoutPoints(*m_answer, axes), limits);
}

void PlannerPanel::showLegend()
{
    const ThemeColors& colors = m_theme.colors();
    QString text;
    for (const auto& [sign, color, name] : {std::tuple(QChar(0x25cf), colors.mla, tr("fits")),
                                            {QChar(0x00d7), colors.muted, tr("too large or late")},
                                            {QChar(0x25cb), colors.text, tr("shown")},
                                            {QChar(0x25c6), colors.good, tr("cheapest")}})
        text += QStringLiteral("<span style='color:%1'>%2</span>&nbsp;<span style='color:%3'>%4</span>&nbsp;&nbsp; ")
                    .arg(color.name(), sign, colors.muted.name(), name.toHtmlEscaped());
    m_legend->setText(text);
}

void PlannerPanel::showChecks()
{
    const Twin twin = checksTwin(*this, m_checks);
    if (m_checksTable->model() != twin.model) m_checksTable->setModel(twin.model);
    const auto fitted = std::count_if(m_checks->begin(), m_checks->end(),
                                      [](const PlanCheck& c) { return c.use == CheckUse::Calibrated; });
    m_checksNote->setText(
        m_checks->empty()
            ? tr("The presets that the published figures are about cannot be read: see “triptych plan --checks”.")
            : tr("%1 published figures, the planner's answer and its error. %2 it was fitted to: their small errors "
                 "show the fit and nothing more. The others it has not seen.")
                  .arg(countText(static_cast<std::int64_t>(m_checks->size())),
                       countText(static_cast<std::int64_t>(fitted))));
    m_checksTable->resizeColumnsToContents();
    m_checksTable->horizontalHeader()->setStretchLastSection(true);
}

void PlannerPanel::choose(int point)
{
    if (!m_answer) return;
    PlanInput input = m_form->input();
    input.take(planOf(*m_answer, point).layout);
    m_form->setInput(input);
    changed(0);
}

void PlannerPanel::restoreState(const QVariantMap& state)
{
    const auto index = [&](const char* key, Stepper* stepper) {
        bool valid = false;
        const int wanted = state.value(QLatin1String(key)).toInt(&valid);
        if (valid && wanted >= 0 && wanted < stepper->count()) stepper->setIndex(wanted);
    };
    index("view", m_view);
    index("axes", m_axes);
    PlanInput input = m_form->input();
    input.takeMap(state.value(QStringLiteral("input")).toMap());
    if (!(input == m_form->input())) {
        m_form->setInput(input);
        changed(0);
    }
    showScatter();
    arrange();
}

void PlannerPanel::takeOver(Panel& before)
{
    const auto* other = dynamic_cast<PlannerPanel*>(&before);
    if (!other) return;
    m_alone = false;
    m_checks = other->m_checks;
    if (m_checks) showChecks();
    if (!(other->m_form->input() == m_form->input()) || other->m_stale || other->m_worker->isBusy()) return;
    m_answer = other->m_answer;
    m_fault = other->m_fault;
    m_stale = !m_answer && !m_fault;
    m_form->setFault(m_fault);
    if (m_answer) m_form->showDefaults(m_answer->request);
    showAnswer();
}

std::vector<Twin> PlannerPanel::twins()
{
    std::vector<Twin> all = planTwins(*this, m_answer);
    if (m_checks) all.push_back(checksTwin(*this, m_checks));
    return all;
}

} // namespace

Panel* createPlannerPanel(const PanelContext& context, QWidget* parent)
{
    return new PlannerPanel(context, parent);
}

} // namespace triptych

#include "planner_panel.moc"
