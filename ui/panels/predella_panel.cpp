// The strip below the wings: loss, throughput and money over the same steps, and the learning rate in reach.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/panel.h"
#include "ui/plots/follow_chip.h"
#include "ui/plots/time_series_plot.h"
#include "ui/plots/x_axis.h"
#include "ui/widgets/live_setting.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/price_text.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>

#include <cmath>

namespace triptych {

namespace {

constexpr double kDefaultSmoothing = 0.9;
constexpr double kMostSmoothing = 0.99;
constexpr int kHundred = 100; // steps of the slider from 0 to 1
constexpr int kSliderWidth = 110;
/// Series of the feed's run in a plot that compares it with others.
constexpr std::size_t kOwnAmongOthers = 2;

QString nats(double value)
{
    return fixedText(value, std::abs(value) < 9.9995 ? 3 : 2);
}

QString perSecond(double value)
{
    return std::isfinite(value) ? countText(std::llround(value)) : noNumber();
}

QString share(double value)
{
    return percentText(value);
}

/// Short, for beside a line.
QString markText(const SettingMark& mark)
{
    const QString value = QLocale().toString(mark.value, 'g', 3);
    if (mark.key == QLatin1String("learning_rate")) return QStringLiteral("lr ") + value;
    if (mark.key == QLatin1String("bias_update_speed")) return QStringLiteral("γ ") + value;
    if (mark.key == QLatin1String("mtp_loss_weight")) return QStringLiteral("λ ") + value;
    if (mark.key == QLatin1String("balance_loss_alpha")) return QStringLiteral("α ") + value;
    return QString(mark.key).replace(QLatin1Char('_'), QLatin1Char(' ')) + QLatin1Char(' ') + value;
}

class PredellaPanel final : public Panel {
    Q_OBJECT

public:
    PredellaPanel(const PanelContext& context, QWidget* parent);
    /// The axis is a member, and goes before children do; the plots look at it to their end.
    ~PredellaPanel() override { qDeleteAll(plots()); }

    QWidget* headerWidget() override { return m_controls; }
    QVariantMap saveState() const override;
    void restoreState(const QVariantMap& state) override;

private:
    void buildControls();
    void buildAxes(QHBoxLayout& row);
    void buildSmoothing(QHBoxLayout& row);
    void buildLoss();
    void buildThroughput();
    void buildMoney();
    void startRun();
    void showLoss();
    void showThroughput();
    void showMoney();
    void showRuns();
    void compare(TimeSeriesPlot& plot, std::vector<PlotSeries> own);
    void showState();
    void refresh();
    void setSmoothing(double weight);
    void setLogarithmic(bool logarithmic);
    void showScale();
    void showMarks();
    QList<TimeSeriesPlot*> plots() const { return {m_loss, m_throughput, m_money}; }

    PanelContext m_context;
    SharedAxis m_axis;
    QWidget* m_controls;
    QComboBox* m_axes;
    TimeSeriesPlot* m_loss;
    TimeSeriesPlot* m_throughput;
    TimeSeriesPlot* m_money;
    QSlider* m_slider;
    QDoubleSpinBox* m_weight;
    QToolButton* m_log;
};

PredellaPanel::PredellaPanel(const PanelContext& context, QWidget* parent)
    : Panel(parent), m_context(context), m_axis(context.series), m_controls(new QWidget(this)),
      m_axes(new QComboBox(this)), m_loss(new TimeSeriesPlot(context.theme, context.series, this)),
      m_throughput(new TimeSeriesPlot(context.theme, context.series, this)),
      m_money(new TimeSeriesPlot(context.theme, context.series, this)), m_slider(new QSlider(Qt::Horizontal, this)),
      m_weight(new QDoubleSpinBox(this)), m_log(new QToolButton(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_controls);
    buildControls();
    auto* row = new QHBoxLayout;
    row->setSpacing(20);
    layout->addLayout(row, 1);
    buildLoss();
    buildThroughput();
    buildMoney();
    for (TimeSeriesPlot* plot : plots()) {
        plot->shareAxis(m_axis);
        plot->followMoment(context.moment);
        plot->shareClock(context.clock);
        plot->setNumbers([&feed = context.feed](MetricId metric) { return feed.calm(metric); });
        connect(&context.feed, &RunFeed::numbersChanged, plot, &TimeSeriesPlot::refreshNumbers);
        row->addWidget(plot, 1);
        connect(plot, &TimeSeriesPlot::valueScaleChanged, this, &PredellaPanel::showScale);
    }
    // In the order in which they are seen.
    setTabOrder(m_loss, m_throughput);
    setTabOrder(m_throughput, m_money);

    connect(&context.feed, &RunFeed::seriesChanged, this, &PredellaPanel::refresh);
    connect(&context.series, &SeriesHub::loaded, this, &PredellaPanel::refresh);
    connect(&context.series, &SeriesHub::changed, this, &PredellaPanel::showRuns);
    connect(&context.feed, &RunFeed::runStarted, this, &PredellaPanel::startRun);
    connect(&context.feed, &RunFeed::settingChanged, this, &PredellaPanel::showMarks);
    connect(&context.feed, &RunFeed::stateChanged, this, [this] { showState(); });
    setSmoothing(kDefaultSmoothing);
    startRun();
}

void PredellaPanel::buildControls()
{
    auto* row = new QHBoxLayout(m_controls);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(new LiveSetting(m_context.feed, m_context.theme, m_context.post, "learning_rate", m_controls));
    row->addStretch(1);
    buildAxes(*row);
    row->addSpacing(8);
    buildSmoothing(*row);
    row->addSpacing(8);
    m_log->setText(tr("Log"));
    m_log->setCheckable(true);
    m_log->setObjectName(QStringLiteral("logarithmic"));
    m_log->setAccessibleName(tr("Logarithmic values"));
    m_log->setToolTip(tr("Loss and money on logarithmic axes. L switches the plot that has the focus alone."));
    connect(m_log, &QToolButton::clicked, this, &PredellaPanel::setLogarithmic);
    row->addWidget(m_log);
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

void PredellaPanel::buildSmoothing(QHBoxLayout& row)
{
    auto* caption = new QLabel(tr("Smoothing"), this);
    const QString help = tr("Weight a of what came before: s = Σ aⁿ v ÷ Σ aⁿ over the steps, n steps back, without the "
                            "usual bias towards the start. 0 shows the values as they are; they stay visible behind.");
    caption->setBuddy(m_weight);
    m_slider->setRange(0, static_cast<int>(kMostSmoothing * kHundred));
    m_slider->setFixedWidth(kSliderWidth);
    m_slider->setObjectName(QStringLiteral("smoothingSlider"));
    m_slider->setAccessibleName(tr("Smoothing"));
    m_weight->setRange(0, kMostSmoothing);
    m_weight->setDecimals(2);
    m_weight->setSingleStep(0.01);
    m_weight->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_weight->setAlignment(Qt::AlignRight);
    m_weight->setObjectName(QStringLiteral("smoothing"));
    m_weight->setAccessibleName(tr("Smoothing"));
    m_weight->setFixedWidth(fontMetrics().horizontalAdvance(QStringLiteral("0.00")) + 22);
    for (QWidget* widget :
         {static_cast<QWidget*>(caption), static_cast<QWidget*>(m_slider), static_cast<QWidget*>(m_weight)}) {
        widget->setToolTip(help);
        row.addWidget(widget);
    }
    connect(m_slider, &QSlider::valueChanged, this,
            [this](int hundredths) { setSmoothing(1.0 * hundredths / kHundred); });
    connect(m_weight, &QDoubleSpinBox::valueChanged, this, &PredellaPanel::setSmoothing);
}

void PredellaPanel::buildLoss()
{
    m_loss->setObjectName(QStringLiteral("lossPlot"));
    m_loss->setTitle(tr("Loss"), tr("nats/token"),
                     tr("Cross entropy: −ln of the probability that the model gave to the token that came, mean over "
                        "the tokens of a step."));
    m_loss->setEmptyText(
        tr("The loss of every step appears here when a training runs: it falls while the model learns."));
}

void PredellaPanel::buildThroughput()
{
    m_throughput->setObjectName(QStringLiteral("throughputPlot"));
    m_throughput->setTitle(tr("Throughput"), tr("tokens/s"), tr("Tokens of a step over its wall time."));
    m_throughput->setEmptyText(tr("The speed of the training appears here: tokens trained on per second."));
    m_throughput->setValueBase(ValueBase::Zero);
}

void PredellaPanel::buildMoney()
{
    m_money->setObjectName(QStringLiteral("moneyPlot"));
    m_money->setEmptyText(tr("What the training costs appears here step by step, in two views: rented, and in full."));
    m_money->setValueBase(ValueBase::Zero);
    m_money->setTickPrefix(QStringLiteral("$"));
}

void PredellaPanel::showLoss()
{
    const QString widest = QStringLiteral("0.000");
    compare(*m_loss,
            {
                {tr("train"), Metric::MainLoss, &ThemeColors::loss, CurveStyle::Line, Smoothing::WithRawBehind, nats,
                 widest,
                 tr("Cross entropy of the next token on the tokens trained on, in nats per token. What is minimised "
                    "adds the "
                    "weighted MTP and balance losses.")},
                {tr("validation"), Metric::ValLoss, &ThemeColors::validation, CurveStyle::Dots, Smoothing::Never, nats,
                 widest,
                 tr("The same on the part of the data that is held out, every eval_every steps: where it leaves the "
                    "training "
                    "loss, the model learns by heart.")},
                {tr("MTP"), Metric::MtpLoss, &ThemeColors::mtp, CurveStyle::Line, Smoothing::Alone, nats, widest,
                 tr("Cross entropy of the MTP modules, which predict one token further; their mean, unweighted "
                    "(DeepSeek-V3 report, eq. 24).")},
            });
}

void PredellaPanel::showThroughput()
{
    compare(*m_throughput, {
                               {tr("measured"), Metric::TokensPerSecond, &ThemeColors::throughput, CurveStyle::Line,
                                Smoothing::WithRawBehind, perSecond, QStringLiteral("000,000"),
                                tr("Tokens of a step over its wall time, in tokens per second.")},
                               {tr("of peak"), Metric::Mfu, &ThemeColors::muted, std::nullopt, Smoothing::Never, share,
                                QStringLiteral("00.0 %"),
                                tr("Model FLOPs utilisation: 3 × forward FLOPs per token (causal attention, MTP "
                                   "included) × tokens/s, over "
                                   "the "
                                   "rate of matrix products that was measured on this machine when the run began.")},
                           });
}

void PredellaPanel::showMoney()
{
    const RunPrices prices = m_context.feed.run() ? m_context.feed.run()->prices : RunPrices::this_machine(1);
    const QString widest = QStringLiteral("$0.000000");
    compare(*m_money, {
                          {tr("headline"), Metric::HeadlineUsd, &ThemeColors::headline, CurveStyle::Line,
                           Smoothing::Never, usdText, widest, headlineExplanation(prices)},
                          {tr("full cost"), Metric::TcoUsd, &ThemeColors::fullCost, CurveStyle::Dashes,
                           Smoothing::Never, usdText, widest, fullCostExplanation(prices)},
                      });
}

void PredellaPanel::showRuns()
{
    showLoss();
    showThroughput();
    showMoney();
    refresh();
}

/// The first series of a plot once more for each run beside that of the feed, which make room for their names.
void PredellaPanel::compare(TimeSeriesPlot& plot, std::vector<PlotSeries> own)
{
    const PlotSeries first = own.front();
    const std::vector<SeriesHub::RunId> runs = m_context.series.runs();
    if (!runs.empty()) {
        std::erase_if(own, [](const PlotSeries& each) { return !each.style; });
        if (own.size() > kOwnAmongOthers) own.resize(kOwnAmongOthers);
    }
    int index = 0;
    for (const SeriesHub::RunId& run : runs) {
        PlotSeries other = first;
        other.name = m_context.series.traits(run).name;
        other.run = run;
        other.runColor = ++index;
        other.style = styleOfRun(index + 1); // dashes are the full cost
        if (other.smoothing == Smoothing::WithRawBehind) other.smoothing = Smoothing::Alone;
        own.push_back(std::move(other));
    }
    plot.setSeries(std::move(own));
}

void PredellaPanel::startRun()
{
    // The prices are the run's: each run explains its own.
    const RunPrices prices = m_context.feed.run() ? m_context.feed.run()->prices : RunPrices::this_machine(1);
    m_money->setTitle(tr("Money"), tr("USD so far"), headlineExplanation(prices) + fullCostExplanation(prices));
    showRuns();
    m_axis.view().clearCursor();
    m_axis.view().showAll();
    showMarks();
    showState();
    refresh();
}

void PredellaPanel::showState()
{
    const SessionState state = m_context.feed.state();
    m_axis.view().setGrowing(m_context.feed.isLive() || state == SessionState::Preparing || !m_context.feed.run());
}

void PredellaPanel::refresh()
{
    m_axis.update();
    for (TimeSeriesPlot* plot : plots()) plot->refresh();
}

void PredellaPanel::showMarks()
{
    std::vector<PlotMark> marks;
    for (const SettingMark& mark : m_context.feed.marks())
        marks.push_back({static_cast<double>(mark.step), markText(mark)});
    for (TimeSeriesPlot* plot : plots()) plot->setMarks(marks);
}

void PredellaPanel::setSmoothing(double weight)
{
    weight = std::clamp(weight, 0.0, kMostSmoothing);
    const QSignalBlocker noSlider(m_slider);
    const QSignalBlocker noField(m_weight);
    m_slider->setValue(static_cast<int>(std::lround(weight * kHundred)));
    m_weight->setValue(weight);
    for (TimeSeriesPlot* plot : plots()) plot->setSmoothing(weight);
}

void PredellaPanel::setLogarithmic(bool logarithmic)
{
    for (TimeSeriesPlot* plot : {m_loss, m_money})
        plot->setValueScale(logarithmic ? ValueScale::Logarithmic : ValueScale::Linear);
    showScale();
}

void PredellaPanel::showScale()
{
    m_log->setChecked(m_loss->valueScale() == ValueScale::Logarithmic &&
                      m_money->valueScale() == ValueScale::Logarithmic);
}

QVariantMap PredellaPanel::saveState() const
{
    return {{QStringLiteral("smoothing"), m_weight->value()},
            {QStringLiteral("logarithmic"), m_log->isChecked()},
            {QStringLiteral("axis"), m_axes->currentData()}};
}

void PredellaPanel::restoreState(const QVariantMap& state)
{
    bool isNumber = false;
    const double weight = state.value(QStringLiteral("smoothing")).toDouble(&isNumber);
    if (isNumber && std::isfinite(weight)) setSmoothing(weight);
    const int axis = m_axes->findData(state.value(QStringLiteral("axis")));
    if (axis >= 0) m_axes->setCurrentIndex(axis);
    const QVariant logarithmic = state.value(QStringLiteral("logarithmic"));
    if (logarithmic.isValid()) setLogarithmic(logarithmic.toBool());
}

} // namespace

Panel* createPredellaPanel(const PanelContext& context, QWidget* parent)
{
    return new PredellaPanel(context, parent);
}

} // namespace triptych

#include "predella_panel.moc"
