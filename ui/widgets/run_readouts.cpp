// Filling the readouts from a feed.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/run_readouts.h"

#include "ui/bridge/run_pricing.h"
#include "ui/bridge/shown_currency.h"
#include "ui/widgets/alert_chips.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/price_text.h"
#include "ui/widgets/readout.h"
#include "ui/widgets/window_cost_text.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QTimer>

#include <algorithm>
#include <array>
#include <cmath>

namespace triptych {

namespace {

/// Behind the explanation: what the step alone has.
QString withStep(const QString& explanation, std::int64_t step, const QString& value)
{
    return RunReadouts::tr("%1\nMean of the last 20 steps; in step %2 alone: %3.")
        .arg(explanation, countText(step), value);
}

constexpr int kGap = 16; // px between two numbers

} // namespace

QString durationText(double seconds)
{
    if (!std::isfinite(seconds)) return noNumber();
    const auto rounded = [](double value) { return QString::number(std::llround(value)); };
    if (seconds < 100) return RunReadouts::tr("%1 s").arg(rounded(std::ceil(seconds / 10) * 10));
    if (seconds < 100 * 60) return RunReadouts::tr("%1 min").arg(rounded(seconds / 60));
    if (seconds < 72 * 3600) return RunReadouts::tr("%1 h").arg(rounded(seconds / 3600));
    return RunReadouts::tr("%1 days").arg(countText(std::llround(std::min(seconds / 86400, 1e9))));
}

RunReadouts::RunReadouts(RunFeed& feed, Moment& moment, Selection& selection, const FrameClock& clock,
                         const Theme& theme, QWidget* parent)
    : QWidget(parent), m_feed(feed), m_pricing(RunPricing::of(feed)), m_moment(moment), m_theme(theme),
      m_step(new Readout(tr("step"), {}, QStringLiteral("000,000 / 000,000"), {}, this)),
      m_loss(new Readout(tr("loss"), tr("nats"), QStringLiteral("0.000"), {}, this)),
      m_speed(new Readout(tr("throughput"), tr("tok/s"), QStringLiteral("00,000"), {}, this)),
      m_mfu(new Readout(tr("share of peak"), {}, QStringLiteral("00.0 %"), {}, this)),
      m_maxVio(new Readout(tr("MaxVio"), {}, QStringLiteral("00.00"), {}, this)),
      m_headline(new Readout(tr("headline"), {}, currencySign() + QStringLiteral("0.000000"), {}, this)),
      m_fullCost(new Readout(tr("full cost"), {}, currencySign() + QStringLiteral("0.000000"), {}, this)),
      m_chips(new AlertChips(feed, moment, selection, clock, theme, this))
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 3, 8, 3); // for the edge while a step is held
    layout->setSpacing(kGap);
    setMinimumWidth(1); // what does not fit is left out
    for (Readout* r : {m_step, m_loss, m_speed, m_mfu, m_maxVio}) layout->addWidget(r);
    layout->addStretch(1);
    layout->addWidget(m_chips);
    for (Readout* r : {m_headline, m_fullCost}) layout->addWidget(r);
    m_step->setObjectName(QStringLiteral("barStep"));
    m_loss->setObjectName(QStringLiteral("barLoss"));
    m_speed->setObjectName(QStringLiteral("barThroughput"));
    m_mfu->setObjectName(QStringLiteral("barShareOfPeak"));
    m_maxVio->setObjectName(QStringLiteral("barMaxVio"));
    m_headline->setObjectName(QStringLiteral("barHeadline"));
    m_fullCost->setObjectName(QStringLiteral("barFullCost"));
    connect(&moment, &Moment::changed, this, &RunReadouts::showHeld);
    connect(&feed, &RunFeed::numbersChanged, this, &RunReadouts::refresh);
    connect(&feed, &RunFeed::stateChanged, this, &RunReadouts::refresh);
    connect(&feed, &RunFeed::runStarted, this, &RunReadouts::explainPrices);
    connect(&m_pricing, &RunPricing::changed, this, &RunReadouts::explainPrices);
    connect(&m_pricing, &RunPricing::changed, this, &RunReadouts::refresh);
    connect(&feed, &RunFeed::runStarted, this, &RunReadouts::refresh);
    // The newest step is told beside a held one; a second is soon enough.
    auto* now = new QTimer(this);
    now->setInterval(1000);
    connect(now, &QTimer::timeout, this, [this] {
        if (m_feed.isHeld()) showStep();
    });
    now->start();
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    explainPrices();
    refresh();
}

bool RunReadouts::event(QEvent* event)
{
    const bool taken = QWidget::event(event);
    if (event->type() == QEvent::LayoutRequest) showWhatFits();
    return taken;
}

void RunReadouts::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    showWhatFits();
}

/// In a narrow window the numbers that are elsewhere, too, go first.
void RunReadouts::showWhatFits()
{
    const std::array all = {m_step, m_loss, m_fullCost, m_headline, m_speed, m_maxVio, m_mfu};
    int room = width() - 16 - m_chips->minimumSizeHint().width() - kGap;
    for (Readout* readout : all) {
        room -= readout->minimumSizeHint().width() + kGap;
        const bool fits = room >= 0 || readout == m_step || readout == m_loss;
        if (fits == readout->isHidden()) readout->setVisible(fits);
    }
}

void RunReadouts::showStep()
{
    const event::RunStarted* run = m_feed.run();
    const std::int64_t step = m_feed.shownStep();
    const std::int64_t newest = m_feed.series().latestStep();
    const QString done = run ? countText(step) : noNumber();
    const bool planned = run && run->max_steps >= newest && newest > 0;
    const double left =
        planned ? static_cast<double>(run->max_steps - newest) * m_feed.calm(Metric::StepSeconds) : std::nan("");
    QString explanation =
        tr("Optimizer steps done, and how many are planned. One step trains on batch × sequence length "
           "tokens.");
    if (planned && m_feed.isTraining() && std::isfinite(left) && left > 0)
        explanation += QLatin1Char('\n') + tr("At this pace the plan is done in %1.").arg(durationText(left));
    m_step->setExplanation(explanation);
    m_step->setCaptionNote(m_feed.isTraining() && !m_feed.isHeld() && std::isfinite(left) && left > 0
                               ? tr("%1 left").arg(durationText(left))
                               : QString());
    m_step->setNote(m_feed.isHeld() ? tr("now %1").arg(countText(newest)) : QString());
    m_step->setValue(
        planned && !m_feed.isHeld() ? tr("%1 / %2", "steps done, planned").arg(done, countText(run->max_steps)) : done);
}

void RunReadouts::showHeld()
{
    const bool held = m_feed.isHeld() || !m_moment.isLive();
    for (Readout* r : {m_step, m_loss, m_speed, m_mfu, m_maxVio, m_headline, m_fullCost})
        r->setTone(held ? ReadoutTone::Muted : ReadoutTone::Plain);
    m_chips->setHeld(held);
    update();
}

void RunReadouts::paintEvent(QPaintEvent*)
{
    if (!m_feed.isHeld() && m_moment.isLive()) return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme.colors().mla, 1, Qt::DashLine));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
}

void RunReadouts::refresh()
{
    const std::int64_t step = m_feed.shownStep();
    showStep();
    showHeld();
    m_loss->setValue(fixedText(m_feed.calm(Metric::MainLoss), 3));
    m_loss->setExplanation(
        withStep(tr("Cross entropy of the main model on the tokens it trains on, in nats per token. What is minimised "
                    "adds λ/D × sum of the MTP losses and the balance loss (DeepSeek-V3 report, eq. 17, 24 and 25): "
                    "%1.")
                     .arg(fixedText(m_feed.calm(Metric::Loss), 3)),
                 step, fixedText(m_feed.value(Metric::MainLoss), 3)));
    m_speed->setValue(fixedText(m_feed.calm(Metric::TokensPerSecond), 0));
    QString speed =
        withStep(tr("Tokens of a step over its wall time."), step, fixedText(m_feed.value(Metric::TokensPerSecond), 0));
    if (m_feed.windowCost()) speed += QLatin1Char('\n') + windowCostText(m_feed.windowCost());
    m_speed->setExplanation(speed);
    m_mfu->setValue(percentText(m_feed.calm(Metric::Mfu)));
    m_mfu->setExplanation(
        withStep(tr("Model FLOPs utilisation: 3 × forward FLOPs per token (causal, MTP included) × tokens/s, divided "
                    "by the rate of %1 matrix products measured on this machine when the run began.")
                     .arg(QString::fromStdString(m_feed.run() ? m_feed.run()->precision : std::string("f32"))),
                 step, percentText(m_feed.value(Metric::Mfu))));
    m_maxVio->setValue(fixedText(m_feed.calm(Metric::MaxVio), 2));
    m_maxVio->setExplanation(
        withStep(tr("How far the busiest expert is above the mean load: max load / mean load − 1, mean over the layers "
                    "(arXiv 2408.15664, eq. 4). 0 is perfectly even."),
                 step, fixedText(m_feed.value(Metric::MaxVio), 2)));
    m_headline->setValue(usdText(m_pricing.usd(m_feed, CostMeter::Headline)));
    m_fullCost->setValue(usdText(m_pricing.usd(m_feed, CostMeter::FullCost)));
}

void RunReadouts::explainPrices()
{
    const RunPrices prices = m_feed.run() ? m_feed.run()->prices : RunPrices::this_machine(1);
    if (m_pricing.isRecorded() || !m_pricing.sheet()) {
        m_headline->setExplanation(headlineExplanation(prices));
        m_fullCost->setExplanation(fullCostExplanation(prices));
        return;
    }
    m_headline->setExplanation(lensExplanation(m_pricing.sheet()->preset(), 0));
    m_fullCost->setExplanation(lensExplanation(m_pricing.sheet()->preset(), 1));
}

} // namespace triptych
