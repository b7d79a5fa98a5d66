// Measuring again with another font.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/type_follower.h"

#include <QEvent>
#include <QFontMetricsF>
#include <QHeaderView>
#include <QTableView>

#include <cmath>
#include <utility>

namespace triptych {

namespace {

class TypeFollower : public QObject {
public:
    TypeFollower(QWidget& widget, std::function<void(double)> measure)
        : QObject(&widget), m_widget(widget), m_measure(std::move(measure)), m_letter(letter())
    {
        m_widget.installEventFilter(this);
        m_measure(1);
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::FontChange) {
            const double before = std::exchange(m_letter, letter());
            m_measure(m_letter / before);
        }
        return QObject::eventFilter(watched, event);
    }

private:
    double letter() const { return QFontMetricsF(m_widget.font()).horizontalAdvance(QLatin1Char('0')); }

    QWidget& m_widget;
    std::function<void(double)> m_measure;
    double m_letter;
};

} // namespace

void followType(QWidget& widget, std::function<void(double)> measure)
{
    new TypeFollower(widget, std::move(measure));
}

void followType(QTableView& table, int padding)
{
    followType(static_cast<QWidget&>(table), [&table, padding](double grown) {
        table.verticalHeader()->setDefaultSectionSize(table.fontMetrics().height() + padding);
        growColumns(table, grown);
    });
}

void growColumns(QTableView& table, double grown)
{
    QHeaderView& header = *table.horizontalHeader();
    if (grown == 1) return;
    for (int column = 0; column < header.count(); ++column) {
        const QHeaderView::ResizeMode mode = header.sectionResizeMode(column);
        if (header.isSectionHidden(column) || mode == QHeaderView::Stretch || mode == QHeaderView::ResizeToContents)
            continue;
        header.resizeSection(column, static_cast<int>(std::lround(grown * header.sectionSize(column))));
    }
}

} // namespace triptych
