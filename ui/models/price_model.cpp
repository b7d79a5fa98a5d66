// Rows of price inputs.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/price_model.h"

#include "ui/language/cost_texts.h"
#include "ui/widgets/cost_words.h"

#include <QFont>
#include <QLocale>

#include <algorithm>

namespace triptych {

namespace {

QString number(double value)
{
    return QLocale().toString(value, 'g', 6);
}

QString sourceText(const PriceInput& input)
{
    if (input.edited) return PriceModel::tr("set by you");
    return PriceModel::tr("%1: %2, %3", "basis of a price, source, date")
        .arg(basisText(input.basis), QString::fromStdString(input.source), QString::fromStdString(input.date));
}

} // namespace

PriceModel::PriceModel(RunPricing& pricing, QObject* parent) : QAbstractTableModel(parent), m_pricing(pricing)
{
    connect(&pricing, &RunPricing::changed, this, &PriceModel::refresh);
    refresh();
}

/// In place where the inputs are the same, so that what is chosen stays so.
void PriceModel::refresh()
{
    std::vector<CostInput> now;
    if (m_pricing.sheet())
        for (const CostInput& each : m_pricing.sheet()->preset().inputs)
            if (isPriceOfRun(each)) now.push_back(each);
    const bool same = std::equal(now.begin(), now.end(), m_inputs.begin(), m_inputs.end(),
                                 [](const CostInput& a, const CostInput& b) { return a.key == b.key; });
    if (!same) beginResetModel();
    m_inputs = std::move(now);
    if (!same)
        endResetModel();
    else
        retranslate();
}

void PriceModel::retranslate()
{
    if (!m_inputs.empty()) emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    emit headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
}

int PriceModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_inputs.size());
}

int PriceModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

const CostInput* PriceModel::input(int row) const
{
    return row >= 0 && row < rowCount() ? &m_inputs[static_cast<std::size_t>(row)] : nullptr;
}

QString PriceModel::key(const QModelIndex& index) const
{
    const CostInput* found = index.isValid() ? input(index.row()) : nullptr;
    return found ? QString::fromStdString(found->key) : QString();
}

/// What the source allows, also where a person has set something else.
QString PriceModel::rangeText(const CostInput& input) const
{
    for (const CostInput& each : m_pricing.sheet()->source().inputs)
        if (each.key == input.key && each.input.low < each.input.high)
            return tr("%1 – %2", "a range").arg(number(each.input.low), number(each.input.high));
    return {};
}

QVariant PriceModel::data(const QModelIndex& index, int role) const
{
    const CostInput* found = index.isValid() ? input(index.row()) : nullptr;
    if (!found) return {};
    const PriceInput& in = found->input;
    if (role == Qt::ToolTipRole)
        return costText(found->title) + QLatin1Char('\n') + sourceText(in) + QLatin1Char('\n') +
               (rangeText(*found).isEmpty() ? QString()
                                            : tr("Plausible range: %1").arg(rangeText(*found)) + QLatin1Char('\n')) +
               tr("Formulas call it %1.").arg(QString::fromStdString(found->key));
    if (role == Qt::FontRole && in.edited) {
        QFont bold;
        bold.setBold(true);
        return bold;
    }
    if (role == Qt::TextAlignmentRole && (index.column() == ValueColumn || index.column() == RangeColumn))
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::EditRole && index.column() == ValueColumn) return in.value;
    if (role != Qt::DisplayRole && role != Qt::EditRole) return {};
    switch (index.column()) {
    case NameColumn: return costText(found->title);
    case ValueColumn: return number(in.value);
    case UnitColumn: return QString::fromStdString(in.unit);
    case RangeColumn: return rangeText(*found);
    default: return sourceText(in);
    }
}

QVariant PriceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>((section == ValueColumn || section == RangeColumn ? Qt::AlignRight : Qt::AlignLeft) |
                                Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    switch (section) {
    case NameColumn: return tr("price or quantity");
    case ValueColumn: return tr("value");
    case UnitColumn: return tr("unit");
    case RangeColumn: return tr("plausible range");
    case SourceColumn: return tr("source and date");
    default: return {};
    }
}

Qt::ItemFlags PriceModel::flags(const QModelIndex& index) const
{
    const Qt::ItemFlags usual = QAbstractTableModel::flags(index);
    return index.isValid() && index.column() == ValueColumn ? usual | Qt::ItemIsEditable : usual;
}

bool PriceModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != Qt::EditRole || index.column() != ValueColumn || !input(index.row())) return false;
    bool read = false;
    double number = QLocale().toDouble(value.toString().trimmed(), &read);
    if (!read) number = value.toDouble(&read);
    if (!read) {
        emit refused(tr("\"%1\" is no number.").arg(value.toString()));
        return false;
    }
    const Status done = m_pricing.edit(key(index), number);
    if (!done) emit refused(QString::fromStdString(done.error().what));
    return done.ok();
}

} // namespace triptych
