// Filling the table.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/balance_table.h"

#include "core/session/balance_metrics.h"
#include "ui/widgets/card.h"
#include "ui/widgets/number_text.h"

#include <QGridLayout>
#include <QLabel>

#include <algorithm>
#include <cmath>
#include <utility>

namespace triptych {

namespace {

constexpr std::array kQuantiles = {0.5, 0.75, 0.9, 0.95};

enum Row { Head = 0, MaxVioRow, MinVioRow, CvRow, DiversityRow, DeadRow, MicroHead };
constexpr int kMeasures = static_cast<int>(kBalanceMetrics.size()); // the rows, which micro-batches repeat

/// The row of the step that says the same.
int stepRow(int row)
{
    return row > MicroHead ? row - MicroHead : row;
}
enum Column { TitleColumn = 0, LayerColumn, FirstQuantile };

QString numberText(int row, double value)
{
    row = stepRow(row);
    return row == DeadRow ? percentText(value) : fixedText(value, row == DiversityRow ? 3 : 2);
}

/// Of each layer of the frame, the mean of 20 steps.
std::vector<double> calmOfLayers(const RunFeed& feed, const LoadFrame& frame, Metric metric)
{
    std::vector<double> values;
    for (const LayerLoad& load : frame.layers) values.push_back(feed.calm({metric, load.layer}));
    return values;
}

/// The same of its micro-batches; of runs that recorded no metrics of them what the frame has of the step.
std::vector<double> microOfLayers(const RunFeed& feed, const LoadFrame& frame, const BalanceMetric& of)
{
    std::vector<double> values = calmOfLayers(feed, frame, of.of_micro_batches);
    for (std::size_t i = 0; i < std::min(values.size(), frame.micro_balance.size()); ++i)
        if (std::isnan(values[i])) values[i] = frame.micro_balance[i].*of.measure;
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

BalanceTable::BalanceTable(QWidget* parent) : QWidget(parent)
{
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(0);
    const std::array titles = {QString(), tr("MaxVio"), tr("MinVio"), tr("CV"), tr("diversity"), tr("dead")};
    const std::array columns = {QString(), QString(), tr("p50"), tr("p75"), tr("p90"), tr("p95")};
    QFont small = font();
    small.setPointSizeF(std::max(7.0, small.pointSizeF() - 1));
    const QFontMetrics metrics(small);
    const int widest = metrics.horizontalAdvance(percentText(1));
    for (int row = 0; row < kRows; ++row)
        for (int column = 0; column < kColumns; ++column) {
            const bool isTitle = row == Head || row == MicroHead || column == TitleColumn;
            QLabel* label = isTitle ? mutedLabel({}, this) : new QLabel(noNumber(), this);
            m_cells[static_cast<std::size_t>(row * kColumns + column)] = label;
            label->setFont(small);
            label->setAlignment((column == TitleColumn ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
            if (column == TitleColumn)
                label->setText(row == MicroHead ? tr("micro-batches") : titles[static_cast<std::size_t>(stepRow(row))]);
            else if (row == Head)
                label->setText(columns[static_cast<std::size_t>(column)]);
            label->setToolTip(explanation(row, column));
            // Of a fixed size, or every number that changes has the whole page laid out anew.
            if (!isTitle) label->setFixedSize(widest, metrics.height());
            grid->addWidget(label, row, column, isTitle ? Qt::Alignment() : Qt::AlignRight);
        }
    for (int column = LayerColumn; column < kColumns; ++column) {
        grid->setColumnStretch(column, 1);
        grid->setColumnMinimumWidth(column, widest);
    }
    showRows();
}

QString BalanceTable::explanation(int row, int column) const
{
    const std::array help = {
        QString(),
        tr("max load / mean load − 1 (arXiv 2408.15664, eq. 4): how much too much the busiest expert gets."),
        tr("1 − min load / mean load: how much too little the idlest expert gets; 1: nothing."),
        tr("Standard deviation of the loads over their mean."),
        tr("exp(H) / N, H = −Σ p ln p the entropy of the shares p of the N experts: as if so great a part of the "
           "experts "
           "shared the tokens evenly. 1 is even, 1/N is all tokens in one expert."),
        tr("Share of the experts without a token in the step.")};
    QStringList lines;
    if (row != MicroHead) lines << help[static_cast<std::size_t>(stepRow(row))];
    if (row > Head && row != MicroHead && stepRow(row) != DeadRow) lines << tr("Mean of the last 20 steps.");
    if (row >= MicroHead)
        lines << tr("Of each micro-batch by itself, mean over those of the step. They are less even than the whole "
                    "step: loads of small batches scatter more. Runs of older versions kept MaxVio alone, of one "
                    "step.");
    if (column >= FirstQuantile && row != MicroHead) {
        constexpr std::array kNames = {50, 75, 90, 95};
        const int percent = kNames[static_cast<std::size_t>(column - FirstQuantile)];
        lines << tr("p%1: so much or less in %1 % of the layers.").arg(percent);
    }
    lines.removeAll(QString());
    return lines.join(QLatin1Char('\n'));
}

void BalanceTable::fill(int row, const std::vector<double>& values, std::size_t chosen)
{
    at(row, LayerColumn)->setText(chosen < values.size() ? numberText(row, values[chosen]) : noNumber());
    for (std::size_t i = 0; i < kQuantiles.size(); ++i)
        at(row, static_cast<int>(i) + FirstQuantile)->setText(numberText(row, quantile(values, kQuantiles[i])));
}

void BalanceTable::setFrame(const RunFeed& feed, const LoadFrame& frame, std::size_t row, const QString& title)
{
    at(Head, LayerColumn)->setText(title);
    const bool had = std::exchange(m_hasMicro, false);
    for (int i = 0; i < kMeasures; ++i) {
        const BalanceMetric& of = kBalanceMetrics[static_cast<std::size_t>(i)];
        fill(MaxVioRow + i, calmOfLayers(feed, frame, of.of_step), row);
        const std::vector<double> micro = microOfLayers(feed, frame, of);
        fill(MicroHead + 1 + i, micro, row);
        const bool known = std::any_of(micro.begin(), micro.end(), [](double value) { return std::isfinite(value); });
        m_hasMicro = m_hasMicro || known;
        QString hint = explanation(MaxVioRow + i, LayerColumn);
        if (known) // where there is no room for those rows
            hint += QLatin1Char('\n') +
                    tr("Of each micro-batch by itself: %1.").arg(at(MicroHead + 1 + i, LayerColumn)->text());
        at(MaxVioRow + i, LayerColumn)->setToolTip(hint);
    }
    if (had != m_hasMicro) showRows();
}

int BalanceTable::stepHeight() const
{
    return MicroHead * at(MaxVioRow, LayerColumn)->height();
}

int BalanceTable::microHeight() const
{
    return m_hasMicro ? (kRows - MicroHead) * at(MaxVioRow, LayerColumn)->height() : 0;
}

void BalanceTable::showMicro(bool shown)
{
    m_microShown = shown;
    showRows();
}

void BalanceTable::showRows()
{
    for (int r = MicroHead; r < kRows; ++r)
        for (int column = 0; column < kColumns; ++column) at(r, column)->setVisible(m_hasMicro && m_microShown);
}

QString BalanceTable::cell(int row, int column) const
{
    return at(row, column)->isHidden() ? QString() : at(row, column)->text();
}

} // namespace triptych
