// Filling the readouts from a feed.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/run_readouts.h"

#include "ui/widgets/number_text.h"
#include "ui/widgets/price_text.h"
#include "ui/widgets/readout.h"

#include <QHBoxLayout>
#include <QTimer>

namespace triptych {

namespace {

constexpr int kRefreshInterval = 150; // ms

} // namespace

RunReadouts::RunReadouts(const RunFeed& feed, QWidget* parent)
    : QWidget(parent), m_feed(feed),
      m_step(new Readout(tr("step"), {}, QStringLiteral("000,000"),
                         tr("Optimizer steps done. One step trains on batch × sequence length tokens."), this)),
      m_loss(new Readout(
          tr("loss"), tr("nats"), QStringLiteral("0.000"),
          tr("What is minimised, in nats per token: cross entropy of the main model + λ/D × sum of the MTP losses "
             "+ balance loss (DeepSeek-V3 report, eq. 17, 24 and 25)."),
          this)),
      m_speed(new Readout(tr("throughput"), tr("tok/s"), QStringLiteral("00,000"),
                          tr("Tokens trained on per second of the last step."), this)),
      m_mfu(new Readout(
          tr("share of peak"), {}, QStringLiteral("00.0 %"),
          tr("Model FLOPs utilisation: 3 × forward FLOPs per token (causal, MTP included) × tokens/s, divided by the "
             "rate of f32 matrix products measured on this machine when the run began."),
          this)),
      m_maxVio(new Readout(
          tr("MaxVio"), {}, QStringLiteral("00.00"),
          tr("How far the busiest expert is above the mean load: max load / mean load − 1, mean over the layers "
             "(arXiv 2408.15664, eq. 4). 0 is perfectly even."),
          this)),
      m_headline(new Readout(tr("headline"), {}, QStringLiteral("$0.000000"), {}, this)),
      m_fullCost(new Readout(tr("full cost"), {}, QStringLiteral("$0.000000"), {}, this))
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(18);
    for (Readout* r : {m_step, m_loss, m_speed, m_mfu, m_maxVio}) layout->addWidget(r);
    layout->addStretch(1);
    for (Readout* r : {m_headline, m_fullCost}) layout->addWidget(r);
    connect(&feed, &RunFeed::seriesChanged, this, [this] {
        if (std::exchange(m_waiting, true)) return;
        QTimer::singleShot(kRefreshInterval, this, &RunReadouts::refresh);
    });
    connect(&feed, &RunFeed::runStarted, this, &RunReadouts::explainPrices);
    explainPrices();
    refresh();
}

void RunReadouts::refresh()
{
    m_waiting = false;
    const SeriesCache& series = m_feed.series();
    m_step->setValue(m_feed.run() ? countText(series.latestStep()) : noNumber());
    m_loss->setValue(fixedText(series.latest(Metric::Loss), 3));
    m_speed->setValue(fixedText(series.latest(Metric::TokensPerSecond), 0));
    m_mfu->setValue(percentText(series.latest(Metric::Mfu)));
    m_maxVio->setValue(fixedText(series.latest(Metric::MaxVio), 2));
    m_headline->setValue(usdText(series.latest(Metric::HeadlineUsd)));
    m_fullCost->setValue(usdText(series.latest(Metric::TcoUsd)));
}

void RunReadouts::explainPrices()
{
    const RunPrices prices = m_feed.run() ? m_feed.run()->prices : RunPrices::this_machine(1);
    m_headline->setExplanation(headlineExplanation(prices));
    m_fullCost->setExplanation(fullCostExplanation(prices));
}

} // namespace triptych
