// Sharing the room.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/run_table.h"

#include "ui/models/run_table_model.h"
#include "ui/widgets/type_follower.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QStyle>

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

constexpr int kRowPadding = 6;

bool isOwn(const QKeyEvent& event)
{
    const bool plain = (event.modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    return plain && (event.key() == Qt::Key_Space || event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter);
}

} // namespace

void RunTable::growWithType()
{
    followType(static_cast<QWidget&>(*this), [this](double grown) {
        verticalHeader()->setDefaultSectionSize(fontMetrics().height() + kRowPadding);
        const auto larger = [grown](int width) { return static_cast<int>(std::lround(grown * width)); };
        for (auto& wanted : m_wanted) wanted.second = {larger(wanted.second.first), larger(wanted.second.second)};
        m_fitting = true;
        growColumns(*this, grown);
        m_fitting = false;
        fitHeaders();
    });
}

void RunTable::showHeadersWhole()
{
    connect(model(), &QAbstractItemModel::headerDataChanged, this, &RunTable::fitHeaders);
    connect(horizontalHeader(), &QHeaderView::sortIndicatorChanged, this, &RunTable::fitHeaders);
    fitHeaders();
}

void RunTable::setGivingWay(std::vector<std::pair<int, std::pair<int, int>>> columns)
{
    m_wanted = std::move(columns);
    connect(horizontalHeader(), &QHeaderView::sectionResized, this, [this](int column, int before, int now) {
        if (m_fitting) return;
        if (before == 0 || now == 0) return fitHeaders(); // a column was hidden, or is seen again
        m_pulled.insert(column);
        for (const auto& wanted : m_wanted) m_byHand = m_byHand || wanted.first == column;
    });
    giveWay();
}

bool RunTable::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride && isOwn(*static_cast<QKeyEvent*>(event))) event->accept();
    return QTableView::event(event);
}

void RunTable::keyPressEvent(QKeyEvent* event)
{
    // Enter at the end of a note comes here, too.
    if (!isOwn(*event) || state() == EditingState) return QTableView::keyPressEvent(event);
    if (event->key() == Qt::Key_Space)
        emit toggled();
    else
        emit entered();
}

void RunTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    giveWay();
}

void RunTable::showEvent(QShowEvent* event)
{
    QTableView::showEvent(event);
    fitHeaders(); // by the style that they are shown in
}

void RunTable::fitHeaders()
{
    const bool outer = std::exchange(m_fitting, true);
    const QHeaderView& header = *horizontalHeader();
    // A style sheet leaves no room for the mark of the column that sorts.
    const int mark = style()->pixelMetric(QStyle::PM_HeaderMarkSize, nullptr, &header) +
                     2 * style()->pixelMetric(QStyle::PM_HeaderMargin, nullptr, &header);
    for (int column = RunTableModel::StepsColumn; column <= RunTableModel::MoneyColumn; ++column) {
        if (isColumnHidden(column) || m_pulled.contains(column)) continue;
        const int least = header.sectionSizeHint(column) + (column == header.sortIndicatorSection() ? mark : 0);
        if (columnWidth(column) < least) setColumnWidth(column, least);
    }
    m_fitting = outer;
    giveWay();
}

/// In a narrow table state and name do, so that the numbers beside them are seen whole.
void RunTable::giveWay()
{
    if (m_wanted.empty() || m_byHand) return;
    m_fitting = true;
    int room = viewport()->width();
    for (int column = RunTableModel::StepsColumn; column <= RunTableModel::MoneyColumn; ++column)
        room -= isColumnHidden(column) ? 0 : columnWidth(column);
    for (const auto& [column, width] : m_wanted) room -= isColumnHidden(column) ? 0 : width.first;
    for (const auto& [column, width] : m_wanted) {
        const int less = std::clamp(-room, 0, width.first - width.second);
        setColumnWidth(column, width.first - less);
        room += isColumnHidden(column) ? 0 : less;
    }
    m_fitting = false;
}

} // namespace triptych
