// Regions and parts of the planned memory.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/memory_models.h"

#include "ui/widgets/bar_delegate.h"
#include "ui/widgets/number_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <numeric>

namespace triptych {

namespace {

using Region = PlanEntry::Region;

struct RegionText {
    Region region;
    const char* title;
    const char* hint;
};

constexpr std::array<RegionText, PlanEntry::kRegions> kTexts = {{
    {Region::Weights, QT_TRANSLATE_NOOP("Memory", "weights"),
     QT_TRANSLATE_NOOP("Memory", "The parameters that are trained, and the biases of experts. As long as the run.")},
    {Region::Gradients, QT_TRANSLATE_NOOP("Memory", "gradients"),
     QT_TRANSLATE_NOOP("Memory", "One value a parameter, written by the backward pass. As long as the run.")},
    {Region::Moments, QT_TRANSLATE_NOOP("Memory", "moments"),
     QT_TRANSLATE_NOOP("Memory",
                       "AdamW remembers a mean and a square of each gradient (arXiv 1711.05101). As long as the run.")},
    {Region::Packed, QT_TRANSLATE_NOOP("Memory", "packed weights"),
     QT_TRANSLATE_NOOP("Memory", "Copies of the matrices in bf16, laid out as the processor multiplies them: made anew "
                                 "once a step. As long as the run.")},
    {Region::Sums, QT_TRANSLATE_NOOP("Memory", "sums"),
     QT_TRANSLATE_NOOP("Memory", "Squares of experts' gradients, for the norm that gradients are clipped by.")},
    {Region::Kept, QT_TRANSLATE_NOOP("Memory", "activations"),
     QT_TRANSLATE_NOOP("Memory", "What the forward pass keeps for the backward pass. The setting recompute makes it "
                                 "smaller (DeepSeek-V3 report, section 3.2.3).")},
    {Region::Layer, QT_TRANSLATE_NOOP("Memory", "one layer"),
     QT_TRANSLATE_NOOP("Memory", "Activations that are computed again in the backward pass: all layers use this place "
                                 "in turn.")},
    {Region::Scratch, QT_TRANSLATE_NOOP("Memory", "scratch"),
     QT_TRANSLATE_NOOP("Memory", "What a block needs while it runs. Blocks use the same place in turn, which is why "
                                 "parts lie one upon the other.")},
}};

const RegionText& textOf(Region region)
{
    return kTexts[static_cast<std::size_t>(region) - 1];
}

QString shapeText(const PlanEntry& part)
{
    QStringList sizes;
    for (const std::int64_t size : part.shape) sizes << QString::number(size);
    return sizes.join(QStringLiteral("×")) + QLatin1Char(' ') + QString::fromStdString(part.dtype).toLower();
}

/// To the left, numbers to the right.
QVariant alignment(bool number)
{
    return static_cast<int>((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}

} // namespace

QString regionTitle(Region region)
{
    return QCoreApplication::translate("Memory", textOf(region).title);
}

QString regionHint(Region region)
{
    return QCoreApplication::translate("Memory", textOf(region).hint);
}

void RegionModel::show(const MemoryRows& rows)
{
    beginResetModel();
    m_rows.clear();
    m_total = 0;
    if (rows) {
        const auto bytes = region_bytes(*rows);
        for (std::size_t i = 0; i < bytes.size(); ++i)
            if (bytes[i] > 0) m_rows.push_back({static_cast<Region>(i + 1), bytes[i]});
        std::stable_sort(m_rows.begin(), m_rows.end(), [](const Row& a, const Row& b) { return a.bytes > b.bytes; });
        m_total = std::accumulate(bytes.begin(), bytes.end(), std::int64_t{0});
    }
    endResetModel();
}

int RegionModel::rowOf(Region region) const
{
    const auto row = std::find_if(m_rows.begin(), m_rows.end(), [&](const Row& r) { return r.region == region; });
    return row == m_rows.end() ? -1 : static_cast<int>(row - m_rows.begin());
}

int RegionModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int RegionModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RegionModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || static_cast<std::size_t>(index.row()) >= m_rows.size()) return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    const double share = static_cast<double>(row.bytes) / static_cast<double>(std::max<std::int64_t>(m_total, 1));
    switch (role) {
    case Qt::DisplayRole:
        if (index.column() == NameColumn) return regionTitle(row.region);
        return index.column() == BytesColumn ? bytesText(static_cast<double>(row.bytes)) : percentText(share);
    case Qt::ToolTipRole:
        return tr("%1\n%2 bytes, %3 of all").arg(regionHint(row.region), countText(row.bytes), percentText(share));
    case Qt::TextAlignmentRole: return alignment(index.column() != NameColumn);
    case BarDelegate::kSpanRole:
        if (index.column() != BarColumn) return {};
        return QVariant::fromValue(BarSpan{0, static_cast<double>(row.bytes) /
                                                  static_cast<double>(std::max<std::int64_t>(m_rows[0].bytes, 1))});
    default: return {};
    }
}

QVariant RegionModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) return alignment(section == BytesColumn);
    if (role != Qt::DisplayRole) return {};
    switch (section) {
    case NameColumn: return tr("memory");
    case BytesColumn: return tr("bytes");
    case BarColumn: return tr("share");
    default: return {};
    }
}

void PlanModel::show(MemoryRows rows, Region region)
{
    beginResetModel();
    m_plan = std::move(rows);
    m_shown.clear();
    m_bytes = 1;
    if (m_plan) {
        for (std::size_t i = 0; i < m_plan->size(); ++i)
            if ((*m_plan)[i].region == region) m_shown.push_back(i);
        m_bytes = std::max<std::int64_t>(1, region_bytes(*m_plan)[static_cast<std::size_t>(region) - 1]);
    }
    endResetModel();
}

int PlanModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int PlanModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant PlanModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || static_cast<std::size_t>(index.row()) >= m_shown.size()) return {};
    const PlanEntry& part = entry(index.row());
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case NameColumn: return QString::fromStdString(part.name);
        case ShapeColumn: return shapeText(part);
        case BytesColumn: return bytesText(static_cast<double>(part.bytes));
        default: return countText(part.offset); // for who cannot see the bar
        }
    case Qt::ToolTipRole:
        return QCoreApplication::translate("PlanModel", "%1\n%2 bytes from byte %3 of %4")
            .arg(QString::fromStdString(part.name), countText(part.bytes), countText(part.offset),
                 regionTitle(part.region));
    case Qt::TextAlignmentRole: return alignment(index.column() == BytesColumn);
    case BarDelegate::kSpanRole:
        if (index.column() != PlaceColumn) return {};
        return QVariant::fromValue(
            BarSpan{static_cast<double>(part.offset) / static_cast<double>(m_bytes),
                    static_cast<double>(part.offset + part.bytes) / static_cast<double>(m_bytes)});
    default: return {};
    }
}

QVariant PlanModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) return alignment(section == BytesColumn);
    if (role != Qt::DisplayRole) return {};
    switch (section) {
    case NameColumn: return QCoreApplication::translate("PlanModel", "part");
    case ShapeColumn: return QCoreApplication::translate("PlanModel", "shape and type");
    case BytesColumn: return QCoreApplication::translate("PlanModel", "bytes");
    case PlaceColumn: return QCoreApplication::translate("PlanModel", "place");
    default: return {};
    }
}

} // namespace triptych
