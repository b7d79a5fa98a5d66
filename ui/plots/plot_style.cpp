// The style of the plots.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/plot_style.h"

#include <QAccessible>
#include <QAccessibleWidget>

namespace triptych {

namespace {

void styleAxis(QCPAxis& axis, const ThemeColors& colors, const QFont& font)
{
    axis.setBasePen(QPen(colors.border, 0));
    axis.setTickPen(QPen(colors.border, 0));
    axis.setSubTickPen(QPen(colors.border, 0));
    axis.setTickLabelColor(colors.muted);
    axis.setLabelColor(colors.muted);
    axis.setTickLabelFont(font);
    axis.setLabelFont(font);
    axis.grid()->setPen(QPen(colors.grid, 0));
    axis.grid()->setZeroLinePen(QPen(colors.grid, 0));
    axis.grid()->setSubGridVisible(false);
}

/// The plot library says nothing of itself: screen readers would take a plot for an area without a meaning. Its name
/// and description are those of the widget.
QAccessibleInterface* chartAccess(const QString& name, QObject* object)
{
    auto* widget = name == QLatin1String("QCustomPlot") ? qobject_cast<QWidget*>(object) : nullptr;
    return widget ? new QAccessibleWidget(widget, QAccessible::Chart) : nullptr;
}

} // namespace

void preparePlot(QCustomPlot& plot)
{
    [[maybe_unused]] static const bool installed = (QAccessible::installFactory(chartAccess), true);
    plot.setPlottingHint(QCP::phFastPolylines, true);
    plot.setNotAntialiasedElements(QCP::aeAxes | QCP::aeGrid | QCP::aeSubGrid);
    plot.setFocusPolicy(Qt::StrongFocus);
    plot.setNoAntialiasingOnDrag(true);
    plot.setMinimumSize(24, 24); // QCustomPlot cannot paint on nothing
    plot.setLocale(QLocale());
    plot.setAutoAddPlottableToLegend(false); // none is shown, and one that is hidden is laid out all the same
    followScreen(plot);
}

void applyTheme(QCustomPlot& plot, const ThemeColors& colors)
{
    const QFont font = smallFont(plot.font());
    plot.setBackground(QBrush(colors.card));
    for (QCPAxisRect* rect : plot.axisRects()) {
        rect->setBackground(QBrush(colors.card));
        for (QCPAxis* axis : rect->axes()) styleAxis(*axis, colors, font);
    }
}

namespace {

constexpr auto kHeldRatio = "heldRatio"; // a property of plots

class ScreenFollower : public QObject {
public:
    explicit ScreenFollower(QCustomPlot& plot) : QObject(&plot), m_plot(plot) { plot.installEventFilter(this); }

    bool eventFilter(QObject*, QEvent* event) override
    {
        // Just before it paints: no other event tells in time whatever moved the window, in every version of Qt 6.
        if (event->type() != QEvent::Paint || m_plot.property(kHeldRatio).isValid()) return false;
        if (m_plot.bufferDevicePixelRatio() != m_plot.devicePixelRatioF()) {
            m_plot.setBufferDevicePixelRatio(m_plot.devicePixelRatioF());
            m_plot.replot(QCustomPlot::rpQueuedRefresh);
        }
        return false;
    }

private:
    QCustomPlot& m_plot;
};

} // namespace

void holdRatio(QCustomPlot& plot, double ratio)
{
    plot.setProperty(kHeldRatio, ratio > 0 ? QVariant(ratio) : QVariant());
}

void followScreen(QCustomPlot& plot)
{
    plot.setBufferDevicePixelRatio(plot.devicePixelRatioF());
    new ScreenFollower(plot);
}

} // namespace triptych
