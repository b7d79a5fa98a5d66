// When and what a plot of series draws.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/time_series_plot.h"

#include "ui/plots/follow_chip.h"
#include "ui/plots/plot_canvas.h"
#include "ui/plots/series_legend.h"
#include "ui/widgets/card.h"
#include "ui/widgets/number_text.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

constexpr int kDescribeInterval = 1000; // ms between two descriptions for screen readers

} // namespace

TimeSeriesPlot::TimeSeriesPlot(const Theme& theme, const SeriesHub& hub, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_hub(hub), m_curves(hub), m_ownAxis(hub), m_axis(&m_ownAxis),
      m_legend(new SeriesLegend(theme, this)), m_canvas(new PlotCanvas(theme, this)),
      m_gestures(new PlotGestures(*m_canvas->surface())), m_empty(mutedLabel({}, m_canvas)),
      m_chip(new FollowChip(theme, m_ownAxis.view(), m_canvas)), m_clock(&m_ownClock), m_head(new QHBoxLayout)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    m_head->setSpacing(4);
    m_head->addWidget(m_legend, 1);
    layout->addLayout(m_head);
    layout->addWidget(m_canvas, 1);
    setFocusProxy(m_canvas);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_describeTimer.setSingleShot(true);
    m_clock->add(*this, [this] { draw(); });
    connect(&m_describeTimer, &QTimer::timeout, this, &TimeSeriesPlot::describe);
    connect(m_canvas, &PlotCanvas::resized, this, [this] {
        placeOverlays();
        schedule();
    });
    connect(&theme, &Theme::changed, this, [this] { schedule(); });
    connect(&hub, &SeriesHub::changed, this, [this] {
        m_curves.findSources();
        refresh();
    });
    connect(&hub, &SeriesHub::runStarted, this, [this] { m_sticky.forget(); });
    connect(&hub, &SeriesHub::loaded, this, &TimeSeriesPlot::refresh);
    connectGestures();
    connectAxis();
}

TimeSeriesPlot::~TimeSeriesPlot() = default;

void TimeSeriesPlot::setTitle(const QString& title, const QString& unit, const QString& tip)
{
    m_title = title;
    m_legend->setTitle(title, unit, tip);
    surface()->setWhatsThis(tip); // for those who have no mouse to wait with
    m_unit = unit;
    showAxis();
}

void TimeSeriesPlot::showAxis()
{
    const XAxisInfo axis = xAxisInfo(m_axis->shown());
    m_canvas->setXAxis(axis);
    surface()->setAccessibleName(axis.axis == XAxis::Step ? tr("%1 over steps, %2").arg(m_title, m_unit)
                                                          : tr("%1 over %3, %2").arg(m_title, m_unit, axis.label));
}

void TimeSeriesPlot::setSeries(std::vector<PlotSeries> series)
{
    const auto is = [](const PlotSeries& a, const PlotSeries& b) { return a.run == b.run && a.metric == b.metric; };
    const auto& old = m_curves.series();
    if (!std::equal(old.begin(), old.end(), series.begin(), series.end(), is)) m_sticky.forget();
    m_curves.setSeries(std::move(series));
    setSmoothing(m_curves.weight(), m_curves.kind());
}

void TimeSeriesPlot::setSmoothing(double weight, SmoothingKind kind)
{
    m_curves.setSmoothing(weight, kind);
    const auto& all = m_curves.series();
    const bool runs = std::any_of(all.begin(), all.end(), [](const PlotSeries& s) { return !s.run.isEmpty(); });
    std::vector<LegendItem> items;
    for (const Voice& voice : m_curves.voices()) {
        const PlotSeries& s = m_curves.series()[voice.series];
        const bool second = voice.smoothed && s.smoothing == Smoothing::WithRawBehind;
        items.push_back({second ? tr("smoothed") : s.name, s.widest, s.tip, s.color, voice.style, second, s.runColor,
                         runs && !second});
    }
    m_legend->setItems(std::move(items));
    schedule();
}

void TimeSeriesPlot::addTitleWidget(QWidget* widget)
{
    m_head->addWidget(widget, 0, Qt::AlignTop);
}

void TimeSeriesPlot::setEmptyText(const QString& text)
{
    m_empty->setText(text);
}

void TimeSeriesPlot::setTickPrefix(const QString& prefix)
{
    m_canvas->setTickPrefix(prefix);
}

void TimeSeriesPlot::setValueBase(ValueBase base)
{
    m_base = base;
    schedule();
}

void TimeSeriesPlot::setValueScale(ValueScale scale)
{
    if (scale == m_scale) return;
    m_scale = scale;
    m_heldValues.reset();
    schedule();
    emit valueScaleChanged();
}

void TimeSeriesPlot::setMarks(std::vector<PlotMark> marks)
{
    m_marks = std::move(marks);
    schedule();
}

void TimeSeriesPlot::shareAxis(SharedAxis& axis)
{
    disconnect(&view(), nullptr, this, nullptr);
    disconnect(m_axis, nullptr, this, nullptr);
    m_axis = &axis;
    m_chip->hide();
    connectAxis();
    showAxis();
    schedule();
}

void TimeSeriesPlot::followMoment(const Moment& moment)
{
    m_moment = &moment;
    connect(&moment, &Moment::changed, this, &TimeSeriesPlot::showMoment);
    showMoment();
}

void TimeSeriesPlot::connectAxis()
{
    connect(m_axis, &SharedAxis::changed, this, [this] {
        m_sticky.forget();
        showAxis();
        schedule();
    });
    connect(&view(), &StepView::rangeChanged, this, [this] {
        if (m_drawing) return;
        // What the run moves is drawn in its time, what a hand moves at once.
        if (view().isFollowing()) return refresh();
        m_sticky.forget();
        schedule();
    });
    connect(&view(), &StepView::followingChanged, this, [this] {
        m_sticky.forget();
        if (view().isFollowing()) m_heldValues.reset();
        schedule();
    });
    connect(&view(), &StepView::cursorChanged, this, [this] {
        showCrosshair();
        tell();
    });
}

void TimeSeriesPlot::shareClock(FrameClock& clock)
{
    m_clock->remove(*this);
    m_clock = &clock;
    m_clock->add(*this, [this] { draw(); });
    schedule();
}

void TimeSeriesPlot::setNumbers(std::function<double(MetricId)> numbers)
{
    m_numbers = std::move(numbers);
    tell();
}

void TimeSeriesPlot::schedule()
{
    m_clock->hurry(*this);
}

void TimeSeriesPlot::refresh()
{
    m_clock->ask(*this);
}

void TimeSeriesPlot::refreshNow()
{
    m_clock->drawNow(*this);
}

void TimeSeriesPlot::draw()
{
    m_drawing = true;
    drawFrame();
    m_drawing = false;
    showCrosshair();
    showMoment();
    tell();
    tellHonesty();
    const bool empty = m_curves.empty();
    if (m_empty->isHidden() == empty) m_empty->setVisible(empty);
    if (!m_describeTimer.isActive()) m_describeTimer.start(kDescribeInterval);
}

void TimeSeriesPlot::drawFrame()
{
    m_axis == &m_ownAxis ? m_axis->update() : m_axis->prepare();
    m_honesty = {};
    PlotFrame frame;
    frame.firstStep = view().lower();
    frame.lastStep = view().upper();
    frame.scale = m_scale;
    frame.marks = m_marks; // of the feed's run
    for (PlotMark& mark : frame.marks) mark.step = m_axis->map({}).toX(mark.step);
    frame.curves = m_curves.curves(*m_axis, frame.firstStep, frame.lastStep, plotArea().width(), m_theme, m_honesty);
    std::vector<double> inside;
    for (const Curve& curve : frame.curves)
        for (std::size_t i = 0; i < curve.steps.size(); ++i)
            if (curve.steps[i] >= frame.firstStep && curve.steps[i] <= frame.lastStep) {
                inside.push_back(curve.values[i]);
                if (!curve.lower.empty()) inside.push_back(curve.lower[i]);
            }
    frame.values = m_heldValues ? *m_heldValues : m_sticky.update(rangeOf(inside, m_scale), m_scale, m_base);
    // The reach of an empty axis is no measure for the values that come.
    if (std::none_of(inside.begin(), inside.end(),
                     [this](double v) { return std::isfinite(v) && (m_scale == ValueScale::Linear || v > 0); }))
        m_sticky.forget();
    markWhatIsNotShown(frame, m_honesty);
    m_frame = std::move(frame);
    m_canvas->draw(m_frame);
}

std::optional<SeriesPoint> TimeSeriesPlot::pointAt(const Voice& voice, double step) const
{
    const SeriesSource* points = m_curves.points(voice);
    return points ? points->at(step) : std::nullopt;
}

/// The last at or before a place of the axis; the newest of all without one.
std::optional<SeriesPoint> TimeSeriesPlot::pointOf(const Voice& voice, std::optional<double> place) const
{
    constexpr double kInexact = 1e-3; // steps, where a place was worked out from one and back
    const StepMap& map = m_axis->map(m_curves.series()[voice.series].run);
    if (place) return pointAt(voice, map.isKnown() ? map.toStep(*place) + kInexact : *place);
    const SeriesSource* points = m_curves.points(voice);
    const auto extent = points ? points->extent() : std::nullopt;
    return extent ? pointAt(voice, static_cast<double>(extent->last)) : std::nullopt;
}

void TimeSeriesPlot::tell()
{
    QStringList values;
    for (const Voice& voice : m_curves.voices()) values << textOf(voice);
    m_legend->setValues(values);
}

QString TimeSeriesPlot::textOf(const Voice& voice) const
{
    const PlotSeries& s = m_curves.series()[voice.series];
    const std::optional<double> cursor = m_axis->view().cursor();
    if (m_numbers && s.run.isEmpty() && !cursor) {
        // One quantity, one number, beside the line that is looked at: the other has its own at a step pointed at.
        if (!voice.smoothed && s.smoothing == Smoothing::WithRawBehind && m_curves.weight() > 0) return {};
        if (!s.text) return noNumber();
        if (s.members.empty()) return s.text(m_numbers(s.metric));
        std::vector<double> all;
        for (const MetricId member : s.members) all.push_back(m_numbers(member));
        return s.text(medianOf(all));
    }
    const std::optional<SeriesPoint> point = pointOf(voice, cursor);
    return point && s.text ? s.text(point->value) : noNumber();
}

void TimeSeriesPlot::tellHonesty()
{
    QStringList notes;
    if (!m_axis->note().isEmpty()) notes << m_axis->note();
    const auto count = [](std::size_t n) { return countText(static_cast<std::int64_t>(n)); };
    if (m_honesty.beyond > 0)
        notes << tr("%1 beyond, to %2", "points outside the axis")
                     .arg(count(m_honesty.beyond), largeText(m_honesty.farthest));
    if (m_honesty.gaps > 0) notes << tr("%1 not a number").arg(count(m_honesty.gaps));
    if (m_honesty.notPositive > 0) notes << tr("%1 not above 0").arg(count(m_honesty.notPositive));
    if (m_honesty.thinned) notes << tr("%1 of %2 points").arg(count(m_honesty.shown), count(m_honesty.of));
    m_legend->setNote(
        notes.join(QStringLiteral(" · ")),
        tr("Where a pixel stands for several points, the first, smallest, largest and last of them are drawn: no "
           "spike is lost. Zoom in for every single one. Triangles: beyond the axis. Crosses: no finite number."));
}

void TimeSeriesPlot::showCrosshair()
{
    std::vector<PlotDot> dots;
    const std::optional<double> place = view().cursor();
    for (const Voice& voice : m_curves.voices()) {
        if (!place || !voice.style || voice.style == CurveStyle::FaintLine) continue;
        const std::optional<SeriesPoint> point = pointOf(voice, place);
        const bool drawable =
            point && std::isfinite(point->value) && (m_scale == ValueScale::Linear || point->value > 0);
        if (!drawable) continue;
        const PlotSeries& series = m_curves.series()[voice.series];
        const double x = m_axis->map(series.run).toX(static_cast<double>(point->step));
        dots.push_back({x, point->value, colorOf(series, m_theme)});
    }
    m_canvas->setCrosshair(place, dots);
}

void TimeSeriesPlot::showMoment()
{
    const auto extent = m_hub.extent({});
    if (!m_moment || !extent) return m_canvas->setMoment(std::nullopt);
    const std::int64_t step = m_moment->step().value_or(extent->last);
    m_canvas->setMoment(PlotMoment{m_axis->map({}).toX(static_cast<double>(step)), m_moment->isLive()});
}

QWidget* TimeSeriesPlot::surface() const
{
    return m_canvas->surface();
}

QRect TimeSeriesPlot::plotArea() const
{
    return m_canvas->plotArea();
}

QPointF TimeSeriesPlot::placeOf(double step, double value) const
{
    return {m_canvas->xOf(step), m_canvas->yOf(value)};
}

void TimeSeriesPlot::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    placeOverlays();
    schedule();
}

void TimeSeriesPlot::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    placeOverlays();
}

void TimeSeriesPlot::placeOverlays()
{
    const QRect area = plotArea();
    m_empty->setGeometry(area.adjusted(8, 0, -8, 0));
    m_chip->adjustSize();
    m_chip->move(area.right() - m_chip->width() - 4, area.top() + 4);
}

} // namespace triptych
