// What a plot of series does when it is touched, and what it says to those who cannot see it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/plot_canvas.h"
#include "ui/plots/series_legend.h"
#include "ui/plots/time_series_plot.h"
#include "ui/widgets/number_text.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QMenu>

#include <cmath>
#include <set>

namespace triptych {

namespace {

constexpr double kKeyZoom = 0.8;
/// Shift + arrow goes this share of the picture.
constexpr double kFar = 0.05;
/// Boxes lower than this, in pixels, choose steps alone.
constexpr double kLowBox = 24;
/// Rising or falling: over this part of the run, by this part of the picture's height.
constexpr double kTrendPart = 0.1;
constexpr double kTrendHeight = 0.01;

} // namespace

void TimeSeriesPlot::connectGestures()
{
    connect(m_gestures, &PlotGestures::pointed, this, [this](const QPointF& at) {
        const IndexedSeries* series = m_curves.leading();
        if (!series || !plotArea().contains(at.toPoint())) return m_view->clearCursor();
        // On the nearest step that was recorded.
        const double step = m_canvas->stepAt(at.x());
        const auto& steps = series->series().steps;
        const std::size_t before = series->indexAt(step).value_or(0);
        const std::size_t after = std::min(before + 1, steps.size() - 1);
        const bool ahead =
            std::abs(static_cast<double>(steps[after]) - step) < std::abs(static_cast<double>(steps[before]) - step);
        m_view->setCursor(static_cast<double>(steps[ahead ? after : before]));
    });
    connect(m_gestures, &PlotGestures::left, this, [this] { m_view->clearCursor(); });
    connect(m_gestures, &PlotGestures::boxed, this, &TimeSeriesPlot::zoomBox);
    connect(m_gestures, &PlotGestures::dragged, this, [this](const QPointF& by) {
        m_clock->interact();
        m_view->pan(-by.x() * (m_view->upper() - m_view->lower()) / std::max(1, plotArea().width()));
    });
    connect(m_gestures, &PlotGestures::zoomed, this, [this](double factor, const QPointF& at, WheelAxis axis) {
        if (axis == WheelAxis::Steps)
            m_view->zoom(factor, m_canvas->stepAt(at.x()));
        else
            zoomValues(factor, m_canvas->valueAt(at.y()));
    });
    connect(m_gestures, &PlotGestures::doubleClicked, this, [this] { obey(PlotCommand::ShowAll); });
    connect(m_gestures, &PlotGestures::commanded, this, &TimeSeriesPlot::obey);
    surface()->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(surface(), &QWidget::customContextMenuRequested, this, &TimeSeriesPlot::showMenu);
}

void TimeSeriesPlot::zoomBox(const QRectF& box)
{
    const bool low = box.height() < kLowBox;
    if (!low) m_heldValues = ValueRange{m_canvas->valueAt(box.bottom()), m_canvas->valueAt(box.top())};
    m_view->setRange(m_canvas->stepAt(box.left()), m_canvas->stepAt(box.right()));
    schedule();
}

void TimeSeriesPlot::zoomValues(double factor, double around)
{
    const bool log = m_scale == ValueScale::Logarithmic;
    const auto moved = [&](double edge) {
        return log ? around * std::pow(edge / around, factor) : around + (edge - around) * factor;
    };
    m_heldValues = ValueRange{moved(m_frame.values.lower), moved(m_frame.values.upper)};
    m_view->stopFollowing();
    schedule();
}

void TimeSeriesPlot::obey(PlotCommand command)
{
    const double middle = (m_view->lower() + m_view->upper()) / 2;
    switch (command) {
    case PlotCommand::ZoomIn: m_view->zoom(kKeyZoom, m_view->cursor().value_or(middle)); break;
    case PlotCommand::ZoomOut: m_view->zoom(1 / kKeyZoom, m_view->cursor().value_or(middle)); break;
    case PlotCommand::ShowAll:
        m_heldValues.reset();
        m_sticky.forget();
        m_view->showAll();
        schedule();
        break;
    case PlotCommand::ToggleFollow: m_view->isFollowing() ? m_view->stopFollowing() : m_view->follow(); break;
    case PlotCommand::ToggleScale:
        setValueScale(m_scale == ValueScale::Linear ? ValueScale::Logarithmic : ValueScale::Linear);
        break;
    case PlotCommand::PointNowhere: m_view->clearCursor(); break;
    default: moveCrosshair(command);
    }
}

void TimeSeriesPlot::moveCrosshair(PlotCommand command)
{
    const IndexedSeries* series = m_curves.leading();
    if (!series) return;
    const auto& steps = series->series().steps;
    const auto last = static_cast<std::ptrdiff_t>(steps.size()) - 1;
    const double at = m_view->cursor().value_or(m_view->upper());
    auto index = static_cast<std::ptrdiff_t>(series->indexAt(at).value_or(0));
    const double far = kFar * (m_view->upper() - m_view->lower());
    switch (command) {
    case PlotCommand::PreviousPoint: index -= m_view->cursor() ? 1 : 0; break;
    case PlotCommand::NextPoint: index += m_view->cursor() ? 1 : 0; break;
    case PlotCommand::FarBack:
        index = std::min<std::ptrdiff_t>(index - 1, static_cast<std::ptrdiff_t>(series->indexAt(at - far).value_or(0)));
        break;
    case PlotCommand::FarAhead:
        index = std::max<std::ptrdiff_t>(index + 1, static_cast<std::ptrdiff_t>(series->indexAt(at + far).value_or(0)));
        break;
    case PlotCommand::FirstPoint: index = 0; break;
    default: index = last; break;
    }
    const auto step = static_cast<double>(steps[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(index, 0, last))]);
    m_view->setCursor(step);
    // The picture goes where the crosshair goes.
    if (step < m_view->lower()) m_view->pan(step - m_view->lower());
    if (step > m_view->upper()) m_view->pan(step - m_view->upper());
    describe();
}

void TimeSeriesPlot::showMenu(const QPoint& at)
{
    QMenu menu(surface());
    QAction* log = menu.addAction(tr("Logarithmic values\tL"), this, [this] { obey(PlotCommand::ToggleScale); });
    log->setCheckable(true);
    log->setChecked(m_scale == ValueScale::Logarithmic);
    QAction* follow =
        menu.addAction(tr("Follow the newest step\tF"), this, [this] { obey(PlotCommand::ToggleFollow); });
    follow->setCheckable(true);
    follow->setChecked(m_view->isFollowing());
    menu.addAction(tr("Show the whole run\tR"), this, [this] { obey(PlotCommand::ShowAll); });
    menu.addSeparator();
    menu.addAction(tr("Copy the picture"), this, [this] { QApplication::clipboard()->setPixmap(grab()); });
    menu.addAction(tr("Copy the values"), this, [this] { QApplication::clipboard()->setText(valuesAsText()); });
    menu.exec(surface()->mapToGlobal(at));
}

QString TimeSeriesPlot::valuesAsText()
{
    QStringList lines;
    QStringList head = {QStringLiteral("step")};
    std::set<std::int64_t> steps;
    const auto& all = m_curves.series();
    for (std::size_t i = 0; i < all.size(); ++i) {
        head << QString::fromStdString(metric_name(all[i].metric));
        for (const std::int64_t step : m_curves.points({i, false, {}}).series().steps)
            if (const auto s = static_cast<double>(step); s >= m_view->lower() && s <= m_view->upper())
                steps.insert(step);
    }
    lines << head.join(QLatin1Char('\t'));
    for (const std::int64_t step : steps) {
        QStringList line = {QString::number(step)};
        for (std::size_t i = 0; i < all.size(); ++i) {
            const Series& points = m_curves.points({i, false, {}}).series();
            const auto found = std::lower_bound(points.steps.begin(), points.steps.end(), step);
            const bool there = found != points.steps.end() && *found == step;
            // As programs read numbers, whatever the language: all digits, a point.
            line << (there ? QString::number(points.values[static_cast<std::size_t>(found - points.steps.begin())], 'g',
                                             17)
                           : QString());
        }
        lines << line.join(QLatin1Char('\t'));
    }
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

QString TimeSeriesPlot::trend()
{
    const auto extent = m_curves.extent();
    if (!extent || m_curves.voices().empty() || m_view->cursor()) return {};
    // The last voice of the first series is its smoothed one, where there is one.
    Voice voice = m_curves.voices().front();
    for (const Voice& other : m_curves.voices())
        if (other.series == voice.series) voice = other;
    const auto now = valueOf(voice, std::nullopt);
    const auto before = valueOf(voice, extent->second - kTrendPart * (extent->second - extent->first));
    const double height = m_frame.values.upper - m_frame.values.lower;
    if (!now || !before || !std::isfinite(*now - *before)) return {};
    if (std::abs(*now - *before) < kTrendHeight * height) return tr(", steady");
    return *now > *before ? tr(", rising") : tr(", falling");
}

void TimeSeriesPlot::describe()
{
    const auto extent = m_curves.extent();
    if (!extent) return surface()->setAccessibleDescription(m_empty->text());
    QStringList parts;
    const auto& voices = m_curves.voices();
    const QStringList& values = m_legend->values();
    for (std::size_t i = 0; i < std::min(voices.size(), static_cast<std::size_t>(values.size())); ++i) {
        const PlotSeries& s = m_curves.series()[voices[i].series];
        const bool second = voices[i].smoothed && s.smoothing == Smoothing::WithRawBehind;
        if (values[static_cast<qsizetype>(i)].isEmpty()) continue;
        parts << (second ? tr("smoothed") : s.name) + QLatin1Char(' ') + values[static_cast<qsizetype>(i)];
    }
    const double step = m_view->cursor().value_or(extent->second);
    surface()->setAccessibleDescription(
        tr("%1 at step %2%3", "values, step, trend")
            .arg(parts.join(QStringLiteral(", ")), countText(std::llround(step)), trend()));
}

} // namespace triptych
