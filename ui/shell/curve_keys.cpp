// Finding the curves that a letter is for.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/curve_keys.h"

#include "ui/panels/curve_hands.h"
#include "ui/plots/time_series_plot.h"
#include "ui/shell/arrangement.h"
#include "ui/shell/floating_window.h"

#include <QApplication>
#include <QKeyEvent>

#include <optional>

namespace triptych {

namespace {

std::optional<PlotCommand> commandOf(int key)
{
    switch (key) {
    case Qt::Key_F: return PlotCommand::ToggleFollow;
    case Qt::Key_L: return PlotCommand::ToggleScale;
    case Qt::Key_R: return PlotCommand::ShowAll;
    case Qt::Key_P: return PlotCommand::TogglePin;
    default: return std::nullopt;
    }
}

bool hasCurves(Panel* page)
{
    return page && (dynamic_cast<CurveHands*>(page) || page->findChild<TimeSeriesPlot*>());
}

} // namespace

CurveKeys::CurveKeys(QWidget& window, Arrangement& pages) : QObject(&window), m_window(window), m_pages(pages)
{
    qApp->installEventFilter(this);
    // Told of widgets that are going as well: what the pages say of themselves is not asked here.
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) {
        for (QWidget* w = now; w; w = w->parentWidget())
            if (auto* page = qobject_cast<Panel*>(w); hasCurves(page)) m_last = page;
    });
}

bool CurveKeys::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress || !watched->isWidgetType()) return false;
    const auto* top = static_cast<QWidget*>(watched);
    const bool isPage =
        qobject_cast<const FloatingWindow*>(top) && top->parentWidget() && top->parentWidget()->window() == &m_window;
    if (top != &m_window && !isPage) return false;
    const auto* press = static_cast<QKeyEvent*>(event);
    return press->modifiers() == Qt::NoModifier && !press->isAutoRepeat() && hear(press->key());
}

bool CurveKeys::hear(int key)
{
    if (key != Qt::Key_S && !commandOf(key)) return false;
    for (Panel* page : {m_pages.panel(m_pages.focused()), m_last.data(), m_pages.panel(QStringLiteral("predella"))})
        if (give(page, key)) return true;
    return false;
}

bool CurveKeys::give(Panel* page, int key)
{
    if (!page || !page->isVisible()) return false;
    if (auto* hands = dynamic_cast<CurveHands*>(page)) return hands->hear(key);
    const auto command = commandOf(key);
    bool taken = false;
    if (!command) return false;
    for (TimeSeriesPlot* plot : page->findChildren<TimeSeriesPlot*>()) {
        // What follows, and where the pin is, is the same for all plots over one axis.
        if (!plot->isVisible() || (taken && command != PlotCommand::ToggleScale)) continue;
        plot->obey(*command);
        taken = true;
    }
    return taken;
}

} // namespace triptych
