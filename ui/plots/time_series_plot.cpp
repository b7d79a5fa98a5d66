// When and what a plot of series draws.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/time_series_plot.h"

#include "ui/plots/follow_chip.h"
#include "ui/plots/plot_canvas.h"
#include "ui/plots/series_legend.h"
#include "ui/widgets/card.h"
#include "ui/widgets/number_text.h"

#include <QLabel>
#include <QVBoxLayout>

#include <cmath>

namespace triptych {

namespace {

constexpr int kDescribeInterval = 1000; // ms between two descriptions for screen readers

} // namespace

TimeSeriesPlot::TimeSeriesPlot(const Theme& theme, const SeriesCache& cache, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_curves(cache), m_view(&m_ownView), m_legend(new SeriesLegend(theme, this)),
      m_canvas(new PlotCanvas(theme, this)), m_gestures(new PlotGestures(*m_canvas->surface())),
      m_empty(mutedLabel({}, m_canvas)), m_chip(new FollowChip(theme, m_ownView, m_canvas)), m_clock(&m_ownClock)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(m_legend);
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
    connectGestures();
    connectView();
}

TimeSeriesPlot::~TimeSeriesPlot() = default;

void TimeSeriesPlot::setTitle(const QString& title, const QString& unit, const QString& tip)
{
    m_title = title;
    m_legend->setTitle(title, unit, tip);
    surface()->setWhatsThis(tip); // for those who have no mouse to wait with
    surface()->setAccessibleName(tr("%1 over steps, %2").arg(title, unit));
}

void TimeSeriesPlot::setSeries(std::vector<PlotSeries> series)
{
    m_curves.setSeries(std::move(series));
    setSmoothing(m_curves.weight());
}

void TimeSeriesPlot::setSmoothing(double weight)
{
    m_curves.setWeight(weight);
    std::vector<LegendItem> items;
    for (const Voice& voice : m_curves.voices()) {
        const PlotSeries& s = m_curves.series()[voice.series];
        const bool second = voice.smoothed && s.smoothing == Smoothing::WithRawBehind;
        items.push_back({second ? tr("smoothed") : s.name, s.widest, s.tip, s.color, voice.style, second});
    }
    m_legend->setItems(std::move(items));
    schedule();
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

void TimeSeriesPlot::shareView(StepView& view)
{
    disconnect(m_view, nullptr, this, nullptr);
    m_view = &view;
    m_chip->hide();
    connectView();
    schedule();
}

void TimeSeriesPlot::connectView()
{
    connect(m_view, &StepView::rangeChanged, this, [this] {
        if (m_drawing) return;
        // What the run moves is drawn in its time, what a hand moves at once.
        if (m_view->isFollowing()) return refresh();
        m_sticky.forget();
        schedule();
    });
    connect(m_view, &StepView::followingChanged, this, [this] {
        m_sticky.forget();
        if (m_view->isFollowing()) m_heldValues.reset();
        schedule();
    });
    connect(m_view, &StepView::cursorChanged, this, [this] {
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
    tell();
    tellHonesty();
    const bool empty = m_curves.empty();
    if (m_empty->isHidden() == empty) m_empty->setVisible(empty);
    if (!m_describeTimer.isActive()) m_describeTimer.start(kDescribeInterval);
}

void TimeSeriesPlot::drawFrame()
{
    if (const auto extent = m_curves.extent(); extent && m_view == &m_ownView)
        m_view->setExtent(extent->first, extent->second);
    m_honesty = {};
    PlotFrame frame;
    frame.firstStep = m_view->lower();
    frame.lastStep = m_view->upper();
    frame.scale = m_scale;
    frame.marks = m_marks;
    frame.curves = m_curves.curves(frame.firstStep, frame.lastStep, plotArea().width(), m_theme.colors(), m_honesty);
    std::vector<double> inside;
    for (const Curve& curve : frame.curves)
        for (std::size_t i = 0; i < curve.steps.size(); ++i)
            if (curve.steps[i] >= frame.firstStep && curve.steps[i] <= frame.lastStep)
                inside.push_back(curve.values[i]);
    frame.values = m_heldValues ? *m_heldValues : m_sticky.update(rangeOf(inside, m_scale), m_scale, m_base);
    markWhatIsNotShown(frame, m_honesty);
    m_frame = std::move(frame);
    m_canvas->draw(m_frame);
}

std::optional<double> TimeSeriesPlot::valueOf(const Voice& voice, std::optional<double> step)
{
    const IndexedSeries& points = m_curves.points(voice);
    if (points.empty()) return std::nullopt;
    if (!step) return points.series().values.back();
    const auto index = points.indexAt(*step);
    return index ? std::optional(points.series().values[*index]) : std::nullopt;
}

void TimeSeriesPlot::tell()
{
    QStringList values;
    for (const Voice& voice : m_curves.voices()) values << textOf(voice);
    m_legend->setValues(values);
}

QString TimeSeriesPlot::textOf(const Voice& voice)
{
    const PlotSeries& s = m_curves.series()[voice.series];
    if (m_numbers && !m_view->cursor()) {
        // One quantity, one number, beside the line that is looked at: the other has its own at a step pointed at.
        if (!voice.smoothed && s.smoothing == Smoothing::WithRawBehind && m_curves.weight() > 0) return {};
        return s.text ? s.text(m_numbers(s.metric)) : noNumber();
    }
    const std::optional<double> value = valueOf(voice, m_view->cursor());
    return value && s.text ? s.text(*value) : noNumber();
}

void TimeSeriesPlot::tellHonesty()
{
    QStringList notes;
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
    const std::optional<double> step = m_view->cursor();
    for (const Voice& voice : m_curves.voices()) {
        if (!step || !voice.style || voice.style == CurveStyle::FaintLine) continue;
        const std::optional<double> value = valueOf(voice, step);
        const bool drawable = value && std::isfinite(*value) && (m_scale == ValueScale::Linear || *value > 0);
        if (!drawable) continue;
        const auto index = m_curves.points(voice).indexAt(*step);
        const auto at = static_cast<double>(m_curves.points(voice).series().steps[*index]);
        dots.push_back({at, *value, m_theme.colors().*m_curves.series()[voice.series].color});
    }
    m_canvas->setCrosshair(step, dots);
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
