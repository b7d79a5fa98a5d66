// Lists of pairs.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/pair_lists.h"

#include "core/session/history_shape.h"
#include "ui/widgets/bar_rows.h"
#include "ui/widgets/card.h"
#include "ui/widgets/number_text.h"

#include <QCoreApplication>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace triptych {

namespace {

constexpr std::size_t kMostRows = 40; // more than a screen has room for

BarRow rowOf(const ExpertPair& pair, const QString& name)
{
    return {.name = name,
            .value = pair.lift,
            .number = liftText(pair.lift),
            .explanation = QCoreApplication::translate(
                               "PairLists", "Experts %1 and %2 are chosen for the same token %3 as often as by chance.")
                               .arg(countText(pair.first), countText(pair.second), liftText(pair.lift))};
}

/// Bars begin at 0, the line is at 1: as by chance.
void fill(BarRows& bars, std::vector<BarRow> rows)
{
    double top = 2;
    for (const BarRow& r : rows) top = std::max(top, std::min(r.value, kHighestLift));
    bars.setRows(std::move(rows), top, 1);
}

} // namespace

QString liftText(double lift)
{
    if (lift >= kHighestLift) return PairLists::tr("≥ %1 ×").arg(countText(static_cast<std::int64_t>(kHighestLift)));
    return PairLists::tr("%1 ×").arg(fixedText(lift, lift < 10 ? 2 : 1));
}

std::vector<ExpertPair> strongestPairs(const std::vector<std::vector<LoadFrame::Partner>>& partners, std::size_t most)
{
    std::vector<ExpertPair> pairs;
    for (std::size_t e = 0; e < partners.size(); ++e)
        for (const LoadFrame::Partner& p : partners[e]) {
            const auto expert = static_cast<std::int64_t>(e);
            pairs.push_back({std::min<std::int64_t>(expert, p.expert), std::max<std::int64_t>(expert, p.expert),
                             static_cast<double>(p.lift)});
        }
    std::sort(pairs.begin(), pairs.end(), [](const ExpertPair& a, const ExpertPair& b) {
        if (a.lift != b.lift) return a.lift > b.lift;
        return a.first != b.first ? a.first < b.first : a.second < b.second;
    });
    const auto same = [](const ExpertPair& a, const ExpertPair& b) {
        return a.first == b.first && a.second == b.second;
    };
    pairs.erase(std::unique(pairs.begin(), pairs.end(), same), pairs.end());
    if (pairs.size() > most) pairs.resize(most);
    return pairs;
}

PairLists::PairLists(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_layout(new QBoxLayout(QBoxLayout::TopToBottom, this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(12);
    m_expertRows = addList(tr("Strongest partners of the chosen expert"), &m_expertCaption);
    m_layerRows = addList(tr("Strongest pairs of the layer"), &m_layerCaption);
    m_expertRows->setObjectName(QStringLiteral("partnersOfExpert"));
    m_layerRows->setObjectName(QStringLiteral("pairsOfLayer"));
    m_expertRows->setEmptyText(tr("No partner stands out yet."));
    m_layerRows->setEmptyText(tr("No pair stands out yet."));
    m_layerCaption->setText(tr("Strongest pairs of the layer"));
    connect(m_expertRows, &BarRows::chosen, this, [this](int row) {
        const ExpertPair& pair = m_ofExpert[static_cast<std::size_t>(row)];
        emit partnerChosen(pair.first, pair.second);
    });
    connect(m_layerRows, &BarRows::chosen, this, [this](int row) {
        m_layerRows->setSelected(row);
        const ExpertPair& pair = m_ofLayer[static_cast<std::size_t>(row)];
        emit pairChosen(pair.first, pair.second);
    });
}

BarRows* PairLists::addList(const QString& name, QLabel** caption)
{
    auto* column = new QVBoxLayout;
    column->setSpacing(4);
    *caption = mutedLabel({}, this);
    (*caption)->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* rows = new BarRows(m_theme, &ThemeColors::moe, this);
    rows->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);
    rows->setChoosable(true);
    rows->setAccessibleName(name);
    rows->setToolTip(tr("Lift: how often two experts are chosen for the same token, over how often chance would have "
                        "it given how often each is chosen.\nThe line is at 1."));
    column->addWidget(*caption);
    column->addWidget(rows, 1);
    m_layout->addLayout(column, 1);
    return rows;
}

void PairLists::setOrientation(Qt::Orientation orientation)
{
    const bool beside = orientation == Qt::Horizontal;
    m_layout->setDirection(beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    // The list of the layer is the longer one; that of an expert keeps its place also where it has few rows.
    m_layout->setStretch(0, beside ? 1 : 0);
    const int all = m_expertRows->rowHeight() * static_cast<int>(kKeptPartners);
    m_expertRows->setMinimumHeight(beside ? 0 : all);
    m_expertRows->setMaximumHeight(beside ? QWIDGETSIZE_MAX : all);
}

void PairLists::show(const std::vector<std::vector<LoadFrame::Partner>>& partners, std::int64_t expert)
{
    m_ofExpert.clear();
    std::vector<BarRow> rows;
    const bool known = expert >= 0 && expert < static_cast<std::int64_t>(partners.size());
    if (known)
        for (const LoadFrame::Partner& p : partners[static_cast<std::size_t>(expert)]) {
            m_ofExpert.push_back({expert, p.expert, static_cast<double>(p.lift)});
            rows.push_back(rowOf(m_ofExpert.back(), tr("expert %1").arg(countText(p.expert))));
        }
    m_expertCaption->setText(known ? tr("With expert %1").arg(countText(expert)) : tr("With the chosen expert"));
    m_expertRows->setEmptyText(known ? tr("No partner stands out yet.") : tr("Choose an expert to see its partners."));
    fill(*m_expertRows, std::move(rows));
    m_ofLayer = strongestPairs(partners, kMostRows);
    std::vector<BarRow> layer;
    for (const ExpertPair& pair : m_ofLayer)
        layer.push_back(rowOf(pair, tr("%1 and %2").arg(countText(pair.first), countText(pair.second))));
    fill(*m_layerRows, std::move(layer));
}

} // namespace triptych
