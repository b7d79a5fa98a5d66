// Filling the readouts from a feed.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/run_readouts.h"

#include "ui/widgets/number_text.h"
#include "ui/widgets/price_text.h"
#include "ui/widgets/readout.h"

#include <QHBoxLayout>

namespace triptych {

namespace {

/// Behind the explanation: what the step alone has.
QString withStep(const QString& explanation, std::int64_t step, const QString& value)
{
    return RunReadouts::tr("%1\nMean of the last 20 steps; in step %2 alone: %3.")
        .arg(explanation, countText(step), value);
}

} // namespace

RunReadouts::RunReadouts(const RunFeed& feed, QWidget* parent)
    : QWidget(parent), m_feed(feed),
      m_step(new Readout(
          tr("step"), {}, QStringLiteral("000,000 / 000,000"),
          tr("Optimizer steps done, and how many are planned. One step trains on batch × sequence length tokens."),
          this)),
      m_loss(new Readout(tr("loss"), tr("nats"), QStringLiteral("0.000"), {}, this)),
      m_speed(new Readout(tr("throughput"), tr("tok/s"), QStringLiteral("00,000"), {}, this)),
      m_mfu(new Readout(tr("share of peak"), {}, QStringLiteral("00.0 %"), {}, this)),
      m_maxVio(new Readout(tr("MaxVio"), {}, QStringLiteral("00.00"), {}, this)),
      m_headline(new Readout(tr("headline"), {}, QStringLiteral("$0.000000"), {}, this)),
      m_fullCost(new Readout(tr("full cost"), {}, QStringLiteral("$0.000000"), {}, this))
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(18);
    for (Readout* r : {m_step, m_loss, m_speed, m_mfu, m_maxVio}) layout->addWidget(r);
    layout->addStretch(1);
    for (Readout* r : {m_headline, m_fullCost}) layout->addWidget(r);
    m_step->setObjectName(QStringLiteral("barStep"));
    m_loss->setObjectName(QStringLiteral("barLoss"));
    m_speed->setObjectName(QStringLiteral("barThroughput"));
    m_mfu->setObjectName(QStringLiteral("barShareOfPeak"));
    m_maxVio->setObjectName(QStringLiteral("barMaxVio"));
    connect(&feed, &RunFeed::numbersChanged, this, &RunReadouts::refresh);
    connect(&feed, &RunFeed::runStarted, this, &RunReadouts::explainPrices);
    connect(&feed, &RunFeed::runStarted, this, &RunReadouts::refresh);
    explainPrices();
    refresh();
}

void RunReadouts::refresh()
{
    const event::RunStarted* run = m_feed.run();
    const std::int64_t step = m_feed.shownStep();
    const QString done = run ? countText(step) : noNumber();
    m_step->setValue(run && run->max_steps >= step && step > 0
                         ? tr("%1 / %2", "steps done, planned").arg(done, countText(run->max_steps))
                         : done);
    m_loss->setValue(fixedText(m_feed.calm(Metric::MainLoss), 3));
    m_loss->setExplanation(
        withStep(tr("Cross entropy of the main model on the tokens it trains on, in nats per token. What is minimised "
                    "adds λ/D × sum of the MTP losses and the balance loss (DeepSeek-V3 report, eq. 17, 24 and 25): "
                    "%1.")
                     .arg(fixedText(m_feed.calm(Metric::Loss), 3)),
                 step, fixedText(m_feed.value(Metric::MainLoss), 3)));
    m_speed->setValue(fixedText(m_feed.calm(Metric::TokensPerSecond), 0));
    m_speed->setExplanation(withStep(tr("Tokens of a step over its wall time."), step,
                                     fixedText(m_feed.value(Metric::TokensPerSecond), 0)));
    m_mfu->setValue(percentText(m_feed.calm(Metric::Mfu)));
    m_mfu->setExplanation(
        withStep(tr("Model FLOPs utilisation: 3 × forward FLOPs per token (causal, MTP included) × tokens/s, divided "
                    "by the rate of f32 matrix products measured on this machine when the run began."),
                 step, percentText(m_feed.value(Metric::Mfu))));
    m_maxVio->setValue(fixedText(m_feed.calm(Metric::MaxVio), 2));
    m_maxVio->setExplanation(
        withStep(tr("How far the busiest expert is above the mean load: max load / mean load − 1, mean over the layers "
                    "(arXiv 2408.15664, eq. 4). 0 is perfectly even."),
                 step, fixedText(m_feed.value(Metric::MaxVio), 2)));
    m_headline->setValue(usdText(m_feed.value(Metric::HeadlineUsd)));
    m_fullCost->setValue(usdText(m_feed.value(Metric::TcoUsd)));
}

void RunReadouts::explainPrices()
{
    const RunPrices prices = m_feed.run() ? m_feed.run()->prices : RunPrices::this_machine(1);
    m_headline->setExplanation(headlineExplanation(prices));
    m_fullCost->setExplanation(fullCostExplanation(prices));
}

} // namespace triptych
