// What a plot of series does when it is touched, and what it says to those who cannot see it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/shown_currency.h"
#include "ui/plots/plot_canvas.h"
#include "ui/plots/series_legend.h"
#include "ui/plots/time_series_plot.h"
#include "ui/widgets/number_text.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QMenu>

#include <cmath>
#include <map>

namespace triptych {

namespace {

constexpr double kKeyZoom = 0.8;
/// Shift + arrow goes this share of the picture.
constexpr double kFar = 0.05;
/// Boxes lower than this, in pixels, choose steps alone.
constexpr double kLowBox = 24;
/// The text of a mark is told so many pixels beside it.
constexpr double kNearMark = 5;
/// Rising or falling: over this part of the run, by this part of the picture's height.
constexpr double kTrendPart = 0.1;
constexpr double kTrendHeight = 0.01;
/// Points of a series that are copied as text.
constexpr std::size_t kMostCopied = 100'000;

/// As the files of a run call it.
QString columnName(const PlotSeries& series)
{
    QString name = QString::fromStdString(metric_name(series.metric));
    if (name.endsWith(QLatin1String("_usd"))) // in the money that is shown
        name.replace(name.size() - 3, 3, ShownCurrency::get().code().toLower());
    if (series.members.empty()) return name;
    const qsizetype dot = name.indexOf(QLatin1Char('.'));
    return name.left(dot) + QStringLiteral(".*") + name.mid(name.indexOf(QLatin1Char('.'), dot + 1)) +
           QStringLiteral(" median");
}

} // namespace

void TimeSeriesPlot::connectGestures()
{
    connect(m_gestures, &PlotGestures::pointed, this, &TimeSeriesPlot::point);
    connect(m_gestures, &PlotGestures::left, this, [this] {
        m_mouse.reset();
        view().clearCursor();
        emit pointed();
    });
    connect(m_gestures, &PlotGestures::boxed, this, &TimeSeriesPlot::zoomBox);
    connect(m_gestures, &PlotGestures::dragged, this, [this](const QPointF& by) {
        m_clock->interact();
        view().pan(-by.x() * (view().upper() - view().lower()) / std::max(1, plotArea().width()));
    });
    connect(m_gestures, &PlotGestures::zoomed, this, [this](double factor, const QPointF& at, WheelAxis axis) {
        if (axis == WheelAxis::Steps)
            view().zoom(factor, m_canvas->stepAt(at.x()));
        else
            zoomValues(factor, m_canvas->valueAt(at.y()));
    });
    connect(m_gestures, &PlotGestures::doubleClicked, this, [this] { obey(PlotCommand::ShowAll); });
    connect(m_gestures, &PlotGestures::commanded, this, &TimeSeriesPlot::obey);
    surface()->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(surface(), &QWidget::customContextMenuRequested, this,
            [this](const QPoint& at) { openMenu(surface()->mapToGlobal(at)); });
}

void TimeSeriesPlot::point(const QPointF& at)
{
    const bool inside = plotArea().contains(at.toPoint());
    m_mouse = inside ? std::optional(at) : std::nullopt;
    const auto place = inside ? nearestPlace(m_canvas->stepAt(at.x())) : std::nullopt;
    place ? view().setCursor(*place) : view().clearCursor();
    showMarkTip(at.x());
    emit pointed();
}

void TimeSeriesPlot::showMarkTip(double x)
{
    QStringList near;
    for (const PlotMark& mark : m_frame.marks)
        if (std::abs(m_canvas->xOf(mark.step) - x) < kNearMark) near << mark.tip;
    const QString tip = near.join(QLatin1Char('\n'));
    if (surface()->toolTip() != tip) surface()->setToolTip(tip);
}

std::vector<PlotReading> TimeSeriesPlot::readings() const
{
    std::vector<PlotReading> all;
    const std::optional<double> place = m_axis->view().cursor();
    for (const Voice& voice : m_curves.voices()) {
        if (voice.style == CurveStyle::FaintLine) continue;
        const PlotSeries& s = m_curves.series()[voice.series];
        PlotReading reading{s.name,      m_hub.traits(s.run).name, textOf(voice), colorOf(s, m_theme), voice.style,
                            std::nan("")};
        const auto point = m_mouse && voice.style ? pointOf(voice, place) : std::nullopt;
        if (point) reading.distance = std::abs(m_canvas->yOf(point->value) - m_mouse->y());
        all.push_back(std::move(reading));
    }
    return all;
}

/// Of the step nearest to a place that was recorded; nothing where none is there, or not read yet.
std::optional<double> TimeSeriesPlot::nearestPlace(double x) const
{
    const SeriesSource* series = m_curves.leading();
    if (!series) return std::nullopt;
    const StepMap& map = m_axis->map(m_curves.leadingRun());
    const auto point = series->nearest(map.toStep(x));
    return point ? std::optional(map.toX(static_cast<double>(point->step))) : std::nullopt;
}

void TimeSeriesPlot::takeValues(const TimeSeriesPlot& other)
{
    m_heldValues = other.m_heldValues;
    schedule();
}

void TimeSeriesPlot::zoomBox(const QRectF& box)
{
    const bool low = box.height() < kLowBox;
    if (!low) m_heldValues = ValueRange{m_canvas->valueAt(box.bottom()), m_canvas->valueAt(box.top())};
    view().setRange(m_canvas->stepAt(box.left()), m_canvas->stepAt(box.right()));
    schedule();
}

void TimeSeriesPlot::zoomValues(double factor, double around)
{
    const bool log = m_scale == ValueScale::Logarithmic;
    const auto moved = [&](double edge) {
        return log ? around * std::pow(edge / around, factor) : around + (edge - around) * factor;
    };
    // Several notches come between two frames: each goes on from the one before, not from what was drawn.
    const ValueRange from = m_heldValues.value_or(m_frame.values);
    m_heldValues = ValueRange{moved(from.lower), moved(from.upper)};
    view().stopFollowing();
    schedule();
}

void TimeSeriesPlot::obey(PlotCommand command)
{
    const double middle = (view().lower() + view().upper()) / 2;
    switch (command) {
    case PlotCommand::ZoomIn: view().zoom(kKeyZoom, view().cursor().value_or(middle)); break;
    case PlotCommand::ZoomOut: view().zoom(1 / kKeyZoom, view().cursor().value_or(middle)); break;
    case PlotCommand::ShowAll:
        m_heldValues.reset();
        m_sticky.forget();
        view().showAll();
        schedule();
        break;
    case PlotCommand::ToggleFollow: view().isFollowing() ? view().stopFollowing() : view().follow(); break;
    case PlotCommand::ToggleScale:
        setValueScale(m_scale == ValueScale::Linear ? ValueScale::Logarithmic : ValueScale::Linear);
        break;
    case PlotCommand::TogglePin: view().isPinned() ? view().unpinCursor() : view().pinCursor(); break;
    case PlotCommand::PointNowhere:
        view().unpinCursor();
        view().clearCursor();
        break;
    default: moveCrosshair(command);
    }
}

void TimeSeriesPlot::moveCrosshair(PlotCommand command)
{
    const SeriesSource* series = m_curves.leading();
    const auto extent = series ? series->extent() : std::nullopt;
    if (!extent) return;
    const StepMap& map = m_axis->map(m_curves.leadingRun());
    const double place = view().cursor().value_or(view().upper());
    const double far = kFar * (view().upper() - view().lower());
    const auto here = series->nearest(map.toStep(place));
    if (!here) return; // it comes with the next key
    const auto at = static_cast<double>(here->step);
    std::optional<SeriesPoint> next;
    switch (command) {
    case PlotCommand::PreviousPoint: next = view().cursor() ? series->neighbour(at, -1) : here; break;
    case PlotCommand::NextPoint: next = view().cursor() ? series->neighbour(at, 1) : here; break;
    case PlotCommand::FarBack:
        next = series->neighbour(at, -1);
        if (const auto further = series->at(map.toStep(place - far)); further && next && further->step < next->step)
            next = further;
        break;
    case PlotCommand::FarAhead:
        next = series->neighbour(at, 1);
        if (const auto further = series->at(map.toStep(place + far)); further && next && further->step > next->step)
            next = further;
        break;
    case PlotCommand::FirstPoint: next = series->nearest(static_cast<double>(extent->first)); break;
    default: next = series->nearest(static_cast<double>(extent->last)); break;
    }
    const double x = map.toX(static_cast<double>(next ? next->step : here->step));
    view().moveCursor(x);
    // The picture goes where the crosshair goes.
    if (x < view().lower()) view().pan(x - view().lower());
    if (x > view().upper()) view().pan(x - view().upper());
    describe();
}

void TimeSeriesPlot::paintInto(QPainter& painter, const QRect& place)
{
    const int above = std::min(m_legend->sizeHint().height(), place.height());
    m_legend->paintInto(painter, QRect(place.topLeft(), QSize(place.width(), above)));
    m_canvas->paintInto(painter, place.adjusted(0, above, 0, 0));
}

void TimeSeriesPlot::openMenu(const QPoint& at)
{
    QMenu menu(surface());
    fillMenu(menu);
    menu.exec(at);
}

void TimeSeriesPlot::fillMenu(QMenu& menu)
{
    QAction* log = menu.addAction(tr("Logarithmic values\tL"), this, [this] { obey(PlotCommand::ToggleScale); });
    log->setCheckable(true);
    log->setChecked(m_scale == ValueScale::Logarithmic);
    QAction* follow =
        menu.addAction(tr("Follow the newest step\tF"), this, [this] { obey(PlotCommand::ToggleFollow); });
    follow->setCheckable(true);
    follow->setChecked(view().isFollowing());
    menu.addAction(tr("Show the whole run\tR"), this, [this] { obey(PlotCommand::ShowAll); });
    QAction* pin = menu.addAction(tr("Pin the crosshair\tP"), this, [this] { obey(PlotCommand::TogglePin); });
    pin->setCheckable(true);
    pin->setChecked(view().isPinned());
    pin->setEnabled(view().cursor().has_value());
    if (m_menuMaker) m_menuMaker(menu);
    menu.addSeparator();
    menu.addAction(tr("Copy the picture"), this, [this] { QApplication::clipboard()->setPixmap(grab()); });
    menu.addAction(tr("Copy the values"), this, [this] { QApplication::clipboard()->setText(valuesAsText()); });
}

/// Where the axis does not count steps a column for each run says where on it they are; what is smoothed has a column
/// behind that of its values.
PlotTable TimeSeriesPlot::values() const
{
    const StepView& shown = m_axis->view();
    const auto& all = m_curves.series();
    const XAxisInfo axis = xAxisInfo(m_axis->shown());
    const QString axisName = axis.axis == XAxis::Usd ? ShownCurrency::get().code().toLower() : axis.id;
    PlotTable table;
    std::map<SeriesHub::RunId, std::size_t> places; // the column of each run
    struct Column {
        const PlotSeries& of;
        const SeriesSource* points; ///< null: there are none
        bool smoothed;
        std::size_t number;
    };
    std::vector<Column> columns;
    const auto name = [&](const SeriesHub::RunId& run, const QString& text, const QString& unit) {
        table.names << (run.isEmpty() ? text : m_hub.traits(run).name + QLatin1Char(' ') + text);
        table.units << unit;
        return static_cast<std::size_t>(table.names.size() - 1);
    };
    if (axis.axis != XAxis::Step)
        for (const PlotSeries& s : all)
            if (places.count(s.run) == 0 && m_axis->map(s.run).isKnown())
                places[s.run] = name(s.run, axisName, axis.label.section(QStringLiteral(", "), 1));
    for (std::size_t i = 0; i < all.size(); ++i) {
        const PlotSeries& s = all[i];
        const QString unit = s.style ? m_unit : QString(); // others are told as numbers, in units of their own
        columns.push_back({s, m_curves.points({i, false, {}}), false, name(s.run, columnName(s), unit)});
        if (const SeriesSource* smooth = m_curves.points({i, true, {}}))
            columns.push_back({s, smooth, true, name(s.run, columnName(s) + QStringLiteral(" smoothed"), unit)});
    }
    using Row = std::vector<std::optional<double>>;
    std::map<std::int64_t, Row> rows;
    for (const Column& column : columns) {
        if (!column.points) continue;
        const StepMap& map = m_axis->map(column.of.run);
        const double first = map.toStep(shown.lower());
        const double last = map.toStep(shown.upper());
        const Envelope envelope = column.points->envelope(first, last, kMostCopied / 4);
        table.thinned |= envelope.thinned;
        table.loading |= column.points->loading();
        if (!column.smoothed) {
            table.shown += std::min(envelope.steps.size(), envelope.of);
            table.of += envelope.of;
        }
        const auto place = places.find(column.of.run);
        for (std::size_t k = 0; k < envelope.steps.size(); ++k) {
            if (envelope.steps[k] < first || envelope.steps[k] > last) continue;
            Row& row = rows.try_emplace(std::llround(envelope.steps[k]), table.names.size()).first->second;
            row[column.number] = envelope.values[k];
            if (place != places.end()) row[place->second] = map.toX(envelope.steps[k]);
        }
    }
    table.columns.resize(static_cast<std::size_t>(table.names.size()));
    for (const auto& [step, row] : rows) {
        table.steps.push_back(step);
        for (std::size_t i = 0; i < row.size(); ++i) table.columns[i].push_back(row[i]);
    }
    return table;
}

QString TimeSeriesPlot::valuesAsText() const
{
    const PlotTable table = values();
    QString text = QStringLiteral("step\t") + table.names.join(QLatin1Char('\t')) + QLatin1Char('\n');
    for (std::size_t row = 0; row < table.steps.size(); ++row) {
        text += QString::number(table.steps[row]);
        // As programs read numbers, whatever the language: all digits, a point.
        for (const auto& column : table.columns)
            text += QLatin1Char('\t') + (column[row] ? QString::number(*column[row], 'g', 17) : QString());
        text += QLatin1Char('\n');
    }
    return text;
}

QString TimeSeriesPlot::trend() const
{
    if (m_curves.voices().empty() || m_axis->view().cursor()) return {};
    // The last voice of the first series is its smoothed one, where there is one.
    Voice voice = m_curves.voices().front();
    for (const Voice& other : m_curves.voices())
        if (other.series == voice.series) voice = other;
    const SeriesSource* points = m_curves.points(voice);
    const auto extent = points ? points->extent() : std::nullopt;
    if (!extent) return {};
    const auto last = static_cast<double>(extent->last);
    const auto now = pointAt(voice, last);
    const auto before = pointAt(voice, last - kTrendPart * (last - static_cast<double>(extent->first)));
    const double height = m_frame.values.upper - m_frame.values.lower;
    if (!now || !before || !std::isfinite(now->value - before->value)) return {};
    if (std::abs(now->value - before->value) < kTrendHeight * height) return tr(", steady");
    return now->value > before->value ? tr(", rising") : tr(", falling");
}

void TimeSeriesPlot::describe()
{
    const SeriesSource* leading = m_curves.leading();
    if (!leading) return surface()->setAccessibleDescription(m_empty->text());
    QStringList parts;
    const auto& voices = m_curves.voices();
    const QStringList& values = m_legend->values();
    for (std::size_t i = 0; i < std::min(voices.size(), static_cast<std::size_t>(values.size())); ++i) {
        const PlotSeries& s = m_curves.series()[voices[i].series];
        const bool second = voices[i].smoothed && s.smoothing == Smoothing::WithRawBehind;
        if (values[static_cast<qsizetype>(i)].isEmpty()) continue;
        parts << (second ? tr("smoothed") : s.name) + QLatin1Char(' ') + values[static_cast<qsizetype>(i)];
    }
    const StepMap& map = m_axis->map(m_curves.leadingRun());
    const double place = view().cursor().value_or(map.toX(static_cast<double>(leading->extent()->last)));
    const QString where = xText(m_axis->shown(), place);
    surface()->setAccessibleDescription((m_axis->shown() == XAxis::Step
                                             ? tr("%1 at step %2%3", "values, step, trend")
                                             : tr("%1 at %2%3", "values, place on the axis, trend"))
                                            .arg(parts.join(QStringLiteral(", ")), where, trend()));
}

} // namespace triptych
