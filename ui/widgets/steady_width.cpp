// Measuring again with another font.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/steady_width.h"

#include <QEvent>
#include <QWidget>

#include <utility>

namespace triptych {

namespace {

class WidthKeeper : public QObject {
public:
    WidthKeeper(QWidget& widget, QString widest, int edges)
        : QObject(&widget), m_widget(widget), m_widest(std::move(widest)), m_edges(edges)
    {
        m_widget.installEventFilter(this);
        measure();
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::FontChange) measure();
        return QObject::eventFilter(watched, event);
    }

private:
    void measure() { m_widget.setFixedWidth(m_widget.fontMetrics().horizontalAdvance(m_widest) + m_edges); }

    QWidget& m_widget;
    QString m_widest;
    int m_edges;
};

} // namespace

void keepWidth(QWidget& widget, const QString& widest, int edges)
{
    new WidthKeeper(widget, widest, edges);
}

} // namespace triptych
