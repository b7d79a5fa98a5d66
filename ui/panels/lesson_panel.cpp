// A lesson over live runs: what a router does that nothing balances, and what mends it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/run_list.h"
#include "ui/models/collapse_lesson.h"
#include "ui/models/plot_twin.h"
#include "ui/models/twin_table.h"
#include "ui/panels/lazy_panel.h"
#include "ui/plots/time_series_plot.h"
#include "ui/widgets/figure_rows.h"
#include "ui/widgets/focus_target.h"
#include "ui/widgets/menu_room.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/scroll_column.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

constexpr int kRoomForPlots = 760;  // px of width, with the text beside them
constexpr double kLeastScale = 0.5; // MaxVio that fills a bar, at least

class LessonPanel final : public LazyPanel {
    Q_OBJECT

public:
    LessonPanel(const PanelContext& context, QWidget* parent);
    /// The axis is a member, and goes before children do; the plots look at it to their end.
    ~LessonPanel() override
    {
        delete m_balance;
        delete m_loss;
    }

    std::vector<Twin> twins() override;
    void takeOver(Panel& other) override
    {
        if (const auto* panel = dynamic_cast<LessonPanel*>(&other)) m_lesson.takeOver(panel->m_lesson);
    }

protected:
    void refresh() override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeText();
    QWidget* makePlots();
    TimeSeriesPlot* makePlot(const QString& name, const QString& unit, const QString& tip);
    void showWords();
    void showTable();
    void drawCurves();
    void compareCurves();
    PlotSeries seriesOf(Metric metric, const SeriesHub::RunId& run) const;
    QString titleOf(LessonStage stage) const;
    QString words() const;
    QString found() const;
    QString buttonText() const;
    QString rowName(std::size_t outcome) const;

    const PanelContext m_context;
    CollapseLesson m_lesson;
    SharedAxis m_axis;
    QLabel* m_stage;
    QLabel* m_words;
    QLabel* m_found;
    QProgressBar* m_progress;
    QPushButton* m_button;
    FigureRows* m_rows;
    QWidget* m_plots;
    TimeSeriesPlot* m_balance = nullptr;
    TimeSeriesPlot* m_loss = nullptr;
};

LessonPanel::LessonPanel(const PanelContext& context, QWidget* parent)
    : LazyPanel(parent), m_context(context), m_lesson(context.feed,
                                                      {[runs = context.runs](const RunRequest& request) {
                                                           if (runs) runs->start(request);
                                                       },
                                                       context.post,
                                                       [runs = context.runs](const QString& folder) {
                                                           if (runs) runs->compare(RunList::tidy(folder), true);
                                                       }},
                                                      this),
      m_axis(context.series)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, kRoomForMenu, 0);
    row->setSpacing(24);
    row->addWidget(scrollColumn(makeText(), tr("Lesson"), this), 4);
    // Beside the text: it is compared with the curves.
    m_rows = new FigureRows(m_context.theme, &ThemeColors::moe, this);
    m_rows->setObjectName(QStringLiteral("outcomes"));
    m_rows->setAccessibleName(tr("What the lesson has shown so far"));
    m_rows->setTitles({}, {tr("MaxVio"), tr("dead"), tr("loss, nats")});
    row->addWidget(m_rows, 3, Qt::AlignTop);
    row->addWidget(makePlots(), 5);
    giveFocusTo(*this, *m_button);

    connect(&m_lesson, &CollapseLesson::changed, this, &LessonPanel::refreshSoon);
    connect(m_button, &QPushButton::clicked, &m_lesson, &CollapseLesson::goOn);
    connect(&context.feed, &RunFeed::runStarted, this, [this] { m_axis.view().showAll(); });
    connect(&context.feed, &RunFeed::seriesChanged, this, &LessonPanel::drawCurves);
    connect(&context.feed, &RunFeed::numbersChanged, this, [this] {
        for (TimeSeriesPlot* plot : {m_balance, m_loss}) plot->refreshNumbers();
    });
    connect(&context.series, &SeriesHub::loaded, this, &LessonPanel::drawCurves);
    connect(&context.series, &SeriesHub::changed, this, &LessonPanel::compareCurves);
    compareCurves();
    refresh();
}

QWidget* LessonPanel::makeText()
{
    auto* text = new QWidget;
    m_stage = new QLabel(text);
    m_stage->setObjectName(QStringLiteral("stage"));
    QFont bold = m_stage->font();
    bold.setWeight(QFont::DemiBold);
    m_stage->setFont(bold);
    m_words = new QLabel(text);
    m_words->setObjectName(QStringLiteral("words"));
    m_found = new QLabel(text);
    m_found->setObjectName(QStringLiteral("found"));
    for (QLabel* label : {m_stage, m_words, m_found}) label->setWordWrap(true);
    const QString help = tr("A router balances itself by a bias that is added to the scores where experts are chosen, "
                            "and moved by γ × sign(mean load − load) after every step: arXiv 2408.15664; DeepSeek-V3 "
                            "report, section 2.1.2. Both runs here have no balance loss (α = 0).");
    for (QLabel* label : {m_stage, m_words, m_found}) label->setToolTip(help);
    m_progress = new QProgressBar(text);
    m_progress->setObjectName(QStringLiteral("progress"));
    m_progress->setRange(0, 100);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(4);
    m_progress->setAccessibleName(tr("How far this part of the lesson is"));
    m_button = new QPushButton(text);
    m_button->setObjectName(QStringLiteral("goOn"));
    auto* buttons = new QHBoxLayout;
    buttons->setContentsMargins(0, 0, 0, 0);
    buttons->addWidget(m_button);
    buttons->addStretch(1);
    auto* layout = new QVBoxLayout(text);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_stage);
    layout->addWidget(m_words);
    layout->addWidget(m_progress);
    layout->addWidget(m_found);
    layout->addLayout(buttons);
    layout->addStretch(1);
    return text;
}

QWidget* LessonPanel::makePlots()
{
    m_plots = new QWidget(this);
    m_balance = makePlot(tr("MaxVio"), {},
                         tr("max load / mean load − 1, mean over the layers (arXiv 2408.15664, eq. 4): how much too "
                            "much the busiest expert gets. 0 is even."));
    m_balance->setObjectName(QStringLiteral("lessonBalance"));
    m_balance->setValueBase(ValueBase::Zero);
    m_loss = makePlot(tr("Loss"), tr("nats/token"),
                      tr("Cross entropy of the next token, in nats per token: it tells nothing of the experts."));
    m_loss->setObjectName(QStringLiteral("lessonLoss"));
    auto* layout = new QHBoxLayout(m_plots);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(16);
    layout->addWidget(m_balance);
    layout->addWidget(m_loss);
    return m_plots;
}

TimeSeriesPlot* LessonPanel::makePlot(const QString& name, const QString& unit, const QString& tip)
{
    auto* plot = new TimeSeriesPlot(m_context.theme, m_context.series, m_plots);
    plot->setTitle(name, unit, tip);
    plot->setEmptyText(tr("%1 of both runs appears here as they train.").arg(name));
    plot->shareAxis(m_axis);
    plot->followMoment(m_context.moment);
    plot->shareClock(m_context.clock);
    plot->setNumbers([&feed = m_context.feed](MetricId id) { return feed.calm(id); });
    plot->setSmoothing(0.9);
    return plot;
}

PlotSeries LessonPanel::seriesOf(Metric metric, const SeriesHub::RunId& run) const
{
    PlotSeries series;
    series.name = m_context.series.traits(run).name;
    series.metric = metric;
    series.color = metric == Metric::MaxVio ? &ThemeColors::moe : &ThemeColors::loss;
    series.smoothing = run.isEmpty() ? Smoothing::WithRawBehind : Smoothing::Quiet;
    series.text = [](double value) { return fixedText(value, 2); };
    series.widest = QStringLiteral("00.00");
    series.run = run;
    if (run.isEmpty()) return series;
    series.runColor = m_context.series.number(run);
    series.style = styleOfRun(*series.runColor + 1);
    return series;
}

/// The curves of all runs that are drawn beside the one that is shown: the balanced one, and what else a person chose.
void LessonPanel::compareCurves()
{
    for (const auto& [plot, metric] : {std::pair{m_balance, Metric::MaxVio}, std::pair{m_loss, Metric::MainLoss}}) {
        std::vector<PlotSeries> all = {seriesOf(metric, {})};
        if (m_context.series.runs().empty()) all.front().name = plot->title();
        for (const SeriesHub::RunId& run : m_context.series.runs()) all.push_back(seriesOf(metric, run));
        plot->setSeries(std::move(all));
    }
    drawCurves();
}

void LessonPanel::drawCurves()
{
    m_axis.update();
    for (TimeSeriesPlot* plot : {m_balance, m_loss}) plot->refresh();
}

QString LessonPanel::titleOf(LessonStage stage) const
{
    switch (stage) {
    case LessonStage::Begin: return tr("A router collapses");
    case LessonStage::Balanced: return tr("1 of 3: experts that are balanced");
    case LessonStage::Unbalanced: return tr("2 of 3: the same without balancing");
    case LessonStage::Mending: return tr("3 of 3: balancing turned on");
    case LessonStage::End: return tr("What was to be seen");
    }
    return {};
}

QString LessonPanel::words() const
{
    switch (m_lesson.stage()) {
    case LessonStage::Begin:
        return tr(
            "A router that nothing balances sends most tokens to a few experts, and the loss does not tell. This "
            "lesson trains the smallest model twice, a minute each: balanced, and not. Then it turns the balancing "
            "on while the second one trains.\nA run that goes on is saved and ended first.");
    case LessonStage::Balanced:
        return tr("After each step the bias of every expert moves by γ = %1: down where it got too many tokens, up "
                  "where too few. Watch the map in the MoE wing grow pale and MaxVio fall.")
            .arg(QLocale().toString(CollapseLesson::kSpeed));
    case LessonStage::Unbalanced:
        return tr("The same model, data and seed, but γ = 0: no bias moves. Experts that are chosen learn, so they are "
                  "chosen more. In the map some stay orange and others blue; the loss falls all the same.");
    case LessonStage::Mending:
        return tr("γ = %1 since step %2 of the same run. The biases of busy experts fall, step by step, until others "
                  "are chosen; look at the page History for the biases.")
            .arg(QLocale().toString(CollapseLesson::kSpeed),
                 m_lesson.mendedAt() ? countText(*m_lesson.mendedAt()) : noNumber());
    case LessonStage::End:
        return tr("Balance has to be watched by itself: MaxVio, dead experts and their alerts. The bias changes which "
                  "experts are chosen and not how their outputs are weighed, so it costs next to nothing in loss.");
    }
    return {};
}

/// What the stage has come to, as soon as it has.
QString LessonPanel::found() const
{
    const auto& [balanced, unbalanced, mended] = m_lesson.outcomes();
    if (!m_lesson.trouble().isEmpty()) return m_lesson.trouble();
    if (!m_lesson.isDone() || m_lesson.stage() == LessonStage::Begin) return {};
    const auto busiest = [](const LessonOutcome& o) { return fixedText(1 + o.maxVio, 1); };
    switch (m_lesson.stage()) {
    case LessonStage::Balanced:
        return balanced ? tr("After %1 steps the busiest expert gets %2 × its share.")
                              .arg(countText(balanced->step), busiest(*balanced))
                        : QString();
    case LessonStage::Unbalanced:
        return balanced && unbalanced
                   ? tr("After as many steps the busiest expert gets %1 × its share instead of %2; the loss is %3 "
                        "instead of %4 nats, %5 apart.")
                         .arg(busiest(*unbalanced), busiest(*balanced), fixedText(unbalanced->loss, 2),
                              fixedText(balanced->loss, 2),
                              percentText(std::abs(unbalanced->loss / balanced->loss - 1)))
                   : QString();
    case LessonStage::Mending:
    case LessonStage::End:
        return mended
                   ? tr("%1 steps later the busiest expert gets %2 × its share, %3 before; the loss went on falling.")
                         .arg(countText(mended->step - m_lesson.mendedAt().value_or(mended->step)), busiest(*mended),
                              fixedText(1 + m_lesson.maxVioBefore(), 1))
                   : QString();
    case LessonStage::Begin: break;
    }
    return {};
}

QString LessonPanel::buttonText() const
{
    switch (m_lesson.stage()) {
    case LessonStage::Begin: return tr("Start the lesson");
    case LessonStage::Balanced: return tr("Train again without balancing");
    case LessonStage::Unbalanced: return tr("Turn the balancing on");
    case LessonStage::Mending: return tr("Sum up");
    case LessonStage::End: return tr("Once more");
    }
    return {};
}

QString LessonPanel::rowName(std::size_t outcome) const
{
    switch (outcome) {
    case 0: return tr("balanced");
    case 1: return tr("not balanced");
    default: return tr("turned on");
    }
}

void LessonPanel::refresh()
{
    showWords();
    showTable();
    std::vector<PlotMark> marks;
    if (const auto step = m_lesson.mendedAt())
        marks.push_back({static_cast<double>(*step), QStringLiteral("γ %1").arg(CollapseLesson::kSpeed),
                         tr("The balancing was turned on after step %1.").arg(countText(*step))});
    for (TimeSeriesPlot* plot : {m_balance, m_loss}) plot->setMarks(marks);
}

void LessonPanel::showWords()
{
    m_stage->setText(titleOf(m_lesson.stage()));
    m_words->setText(words());
    const QString result = found();
    m_found->setText(result);
    m_found->setVisible(!result.isEmpty());
    m_button->setText(buttonText());
    m_button->setEnabled(m_lesson.isDone());
    m_button->setToolTip(m_lesson.isDone() ? QString() : tr("As soon as there is something to see"));
    const bool waits = !m_lesson.isDone();
    m_progress->setVisible(waits);
    m_progress->setValue(static_cast<int>(std::lround(100 * m_lesson.progress())));
}

void LessonPanel::showTable()
{
    double widest = kLeastScale;
    for (const auto& outcome : m_lesson.outcomes())
        if (outcome && std::isfinite(outcome->maxVio)) widest = std::max(widest, outcome->maxVio);
    std::vector<FigureRow> rows;
    for (std::size_t i = 0; i < m_lesson.outcomes().size(); ++i) {
        const auto& outcome = m_lesson.outcomes()[i];
        if (!outcome) continue;
        FigureRow row;
        row.name = rowName(i);
        row.shares = {outcome->maxVio / widest};
        row.numbers =
            QStringList{fixedText(outcome->maxVio, 2),
                        outcome->experts > 0 ? tr("%1 of %2").arg(countText(outcome->dead), countText(outcome->experts))
                                             : noNumber(), // no loads have come yet
                        fixedText(outcome->loss, 2)};
        row.explanation = tr("%1, at step %2: means of 20 steps; dead are experts without a token for as long.")
                              .arg(row.name, countText(outcome->step));
        rows.push_back(std::move(row));
    }
    m_rows->setVisible(!rows.empty());
    m_rows->setRows(std::move(rows));
}

void LessonPanel::resizeEvent(QResizeEvent* event)
{
    LazyPanel::resizeEvent(event);
    m_plots->setVisible(width() >= kRoomForPlots);
}

std::vector<Twin> LessonPanel::twins()
{
    std::vector<Twin> all;
    std::vector<std::pair<QString, LessonOutcome>> rows;
    for (std::size_t i = 0; i < m_lesson.outcomes().size(); ++i)
        if (m_lesson.outcomes()[i]) rows.emplace_back(rowName(i), *m_lesson.outcomes()[i]);
    const auto count = static_cast<int>(rows.size());
    const auto cell = [rows = std::move(rows)](int row, int column) -> QVariant {
        const auto& [name, outcome] = rows[static_cast<std::size_t>(row)];
        switch (column) {
        case 0: return name;
        case 1: return countCell(outcome.step);
        case 2: return outcome.maxVio;
        case 3: return outcome.experts > 0 ? countCell(outcome.dead) : QVariant();
        default: return outcome.loss;
        }
    };
    if (count > 0)
        all.push_back(twinTable(
            *this, "outcomes", tr("What the lesson has shown"),
            {tr("part"), tr("step"), tr("MaxVio (20 steps)"), tr("dead experts"), tr("loss (20 steps) [nats/token]")},
            count, cell));
    if (m_context.feed.series().latestStep() > 0) {
        all.push_back(plotTwin(*this, "balance", *m_balance));
        all.push_back(plotTwin(*this, "loss", *m_loss));
    }
    return all;
}

} // namespace

Panel* createLessonPanel(const PanelContext& context, QWidget* parent)
{
    return new LessonPanel(context, parent);
}

} // namespace triptych

#include "lesson_panel.moc"
