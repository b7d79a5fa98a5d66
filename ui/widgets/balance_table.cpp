// Filling the table.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/balance_table.h"

#include "ui/widgets/card.h"
#include "ui/widgets/number_text.h"

#include <QGridLayout>
#include <QLabel>

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

constexpr std::array kQuantiles = {0.5, 0.75, 0.9, 0.95};

enum Row { Head = 0, MaxVioRow, MinVioRow, CvRow, EntropyRow, DeadRow, MicroRow };

/// Of each layer of the frame, the mean of 20 steps.
std::vector<double> calmOfLayers(const RunFeed& feed, const LoadFrame& frame, Metric metric)
{
    std::vector<double> values;
    for (const LayerLoad& load : frame.layers) values.push_back(feed.calm({metric, load.layer}));
    return values;
}

} // namespace

double quantile(std::vector<double> values, double q)
{
    std::erase_if(values, [](double v) { return std::isnan(v); });
    if (values.empty()) return std::nan("");
    std::sort(values.begin(), values.end());
    const double place = std::clamp(q, 0.0, 1.0) * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, values.size() - 1);
    return values[below] + (place - static_cast<double>(below)) * (values[above] - values[below]);
}

double normalisedEntropy(double diversity, std::int64_t experts)
{
    if (experts < 2 || !(diversity > 0)) return std::nan("");
    return std::clamp(1 + std::log(diversity) / std::log(static_cast<double>(experts)), 0.0, 1.0);
}

BalanceTable::BalanceTable(QWidget* parent) : QWidget(parent)
{
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(0);
    const std::array titles = {QString(),     tr("MaxVio"), tr("MinVio"),       tr("CV"),
                               tr("entropy"), tr("dead"),   tr("MaxVio, micro")};
    const std::array help = {
        QString(),
        tr("max load / mean load − 1 (arXiv 2408.15664, eq. 4): how much too much the busiest expert gets."),
        tr("1 − min load / mean load: how much too little the idlest expert gets; 1: nothing."),
        tr("Standard deviation of the loads over their mean."),
        tr("Entropy of the loads over that of even loads: 1 is even, 0 is all tokens in one expert. Low is uneven."),
        tr("Share of the experts without a token in the step."),
        tr("MaxVio of each micro-batch by itself, mean over those of the newest step. It is above that of the whole "
           "step: loads of small batches scatter more.")};
    const std::array columns = {QString(), QString(), tr("p50"), tr("p75"), tr("p90"), tr("p95")};
    QFont small = font();
    small.setPointSizeF(std::max(7.0, small.pointSizeF() - 1));
    for (int row = 0; row < kRows; ++row)
        for (int column = 0; column < kColumns; ++column) {
            const bool isTitle = row == 0 || column == 0;
            QLabel* label = isTitle ? mutedLabel({}, this) : new QLabel(noNumber(), this);
            m_cells[static_cast<std::size_t>(row * kColumns + column)] = label;
            label->setFont(small);
            label->setAlignment((column == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
            if (column == 0)
                label->setText(titles[static_cast<std::size_t>(row)]);
            else if (row == 0)
                label->setText(columns[static_cast<std::size_t>(column)]);
            QString text = help[static_cast<std::size_t>(row)];
            if (row > 0 && row < MicroRow) text += QLatin1Char('\n') + tr("Mean of the last 20 steps.");
            if (column > 1)
                text += QLatin1Char('\n') + tr("%1: so much or less in %2 % of the layers.")
                                                .arg(columns[static_cast<std::size_t>(column)],
                                                     columns[static_cast<std::size_t>(column)].mid(1));
            label->setToolTip(text.trimmed());
            grid->addWidget(label, row, column);
        }
    for (int column = 1; column < kColumns; ++column) {
        grid->setColumnStretch(column, 1);
        grid->setColumnMinimumWidth(column, QFontMetrics(small).horizontalAdvance(QStringLiteral("100.0 %")));
    }
}

void BalanceTable::fill(int row, const std::vector<double>& values, std::size_t chosen, int decimals)
{
    const auto text = [decimals](double v) { return decimals == 0 ? percentText(v) : fixedText(v, decimals); };
    at(row, 1)->setText(chosen < values.size() ? text(values[chosen]) : noNumber());
    for (std::size_t i = 0; i < kQuantiles.size(); ++i)
        at(row, static_cast<int>(i) + 2)->setText(text(quantile(values, kQuantiles[i])));
}

void BalanceTable::setFrame(const RunFeed& feed, const LoadFrame& frame, std::size_t row, const QString& title)
{
    at(Head, 1)->setText(title);
    fill(MaxVioRow, calmOfLayers(feed, frame, Metric::LayerMaxVio), row, 2);
    fill(MinVioRow, calmOfLayers(feed, frame, Metric::LayerMinVio), row, 2);
    fill(CvRow, calmOfLayers(feed, frame, Metric::LayerLoadCv), row, 2);
    std::vector<double> entropy = calmOfLayers(feed, frame, Metric::LayerDiversity);
    for (double& value : entropy) value = normalisedEntropy(value, frame.experts);
    fill(EntropyRow, entropy, row, 3);
    fill(DeadRow, calmOfLayers(feed, frame, Metric::LayerDeadFraction), row, 0);
    fill(MicroRow, frame.micro_max_vio, row, 2);
    for (int column = 0; column < kColumns; ++column) at(MicroRow, column)->setVisible(!frame.micro_max_vio.empty());
}

QString BalanceTable::cell(int row, int column) const
{
    return at(row, column)->isHidden() ? QString() : at(row, column)->text();
}

} // namespace triptych
