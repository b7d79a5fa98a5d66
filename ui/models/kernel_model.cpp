// Rows of ops.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/kernel_model.h"

#include "ui/widgets/bar_delegate.h"
#include "ui/widgets/number_text.h"

#include <algorithm>

namespace triptych {

namespace {

constexpr double kMilli = 1e-3;
constexpr double kGiga = 1e9;

/// Where an op does too little of it for a rate to say anything.
QString rate(double amount, double seconds)
{
    return seconds > 0 && amount > 0 ? fixedText(amount / seconds / kGiga, 1) : noNumber();
}

} // namespace

void KernelModel::show(std::shared_ptr<const KernelFrame> frame)
{
    const auto size = [](const std::shared_ptr<const KernelFrame>& f) { return f ? rows(*f) : 0; };
    if (size(frame) == size(m_frame) && frame) {
        m_frame = std::move(frame);
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_frame = std::move(frame);
    endResetModel();
}

int KernelModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_frame ? 0 : rows(*m_frame);
}

int KernelModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

int KernelModel::rows(const KernelFrame& frame)
{
    return static_cast<int>(frame.ops.size()) + 1;
}

KernelFrame::Row KernelModel::row(const KernelFrame& frame, int index)
{
    if (static_cast<std::size_t>(index) < frame.ops.size()) return frame.ops[static_cast<std::size_t>(index)];
    return {.name = tr("between the ops").toStdString(), .seconds = frame.outside_seconds};
}

QString KernelModel::text(const KernelFrame::Row& op, int column) const
{
    switch (column) {
    case NameColumn: return QString::fromStdString(op.name);
    case TimeColumn: return fixedText(op.seconds / kMilli, 2);
    case ShareColumn:
    case BarColumn: return percentText(op.seconds / std::max(m_frame->seconds, 1e-12));
    case FlopsColumn: return rate(op.flops, op.seconds);
    case PeakColumn:
        return op.flops > 0 && op.seconds > 0 && m_frame->peak_flops > 0
                   ? percentText(op.flops / op.seconds / m_frame->peak_flops)
                   : noNumber();
    case BytesColumn: return rate(op.bytes, op.seconds);
    case CallsColumn: return op.calls > 0 ? countText(static_cast<std::int64_t>(op.calls + 0.5)) : noNumber();
    default: return {};
    }
}

QVariant KernelModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const KernelFrame::Row op = row(*m_frame, index.row());
    switch (role) {
    case Qt::DisplayRole: return text(op, index.column());
    case Qt::ToolTipRole:
        if (static_cast<std::size_t>(index.row()) == m_frame->ops.size())
            return tr("What a step spends outside of ops: taking the next texts, bookkeeping of blocks, waiting.");
        return tr("%1: %2 calls a step, %3 ms together.\nFLOPs and bytes are those that the op declares for its "
                  "shapes;\nbytes may come from a cache, so their rate may exceed that of the memory (%4 GB/s).")
            .arg(text(op, NameColumn), text(op, CallsColumn), text(op, TimeColumn),
                 rate(m_frame->peak_bytes_per_second, 1));
    case Qt::TextAlignmentRole:
        return static_cast<int>((index.column() == NameColumn ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    case BarDelegate::kSpanRole: {
        if (index.column() != BarColumn) return {};
        const double longest = std::max(row(*m_frame, 0).seconds, m_frame->outside_seconds);
        return QVariant::fromValue(BarSpan{0, op.seconds / std::max(longest, 1e-12)});
    }
    default: return {};
    }
}

QVariant KernelModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>((section == NameColumn || section == BarColumn ? Qt::AlignLeft : Qt::AlignRight) |
                                Qt::AlignVCenter);
    if (role == Qt::ToolTipRole) {
        if (section == PeakColumn)
            return tr("Rate over the best matrix product that this machine reached, measured while the run trains");
        return section == BytesColumn ? tr("Bytes that the op must read and write, over its time") : QVariant();
    }
    if (role != Qt::DisplayRole) return {};
    switch (section) {
    case NameColumn: return tr("op");
    case TimeColumn: return tr("ms / step");
    case ShareColumn: return tr("share");
    case BarColumn: return QString();
    case FlopsColumn: return tr("GFLOP/s");
    case PeakColumn: return tr("of peak");
    case BytesColumn: return tr("GB/s");
    case CallsColumn: return tr("calls");
    default: return {};
    }
}

} // namespace triptych
