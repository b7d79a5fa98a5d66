// Painting the line of time, and hands on it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/alert_chips.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/scrubber.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

constexpr double kMargin = 9;   // px left and right of the line: half of the knob and its ring
constexpr double kKnob = 6;     // px, radius
constexpr double kThick = 4;    // px of the line
constexpr double kNearMark = 5; // px: a press so near to a mark means its step
constexpr double kAtEnd = 4;    // px: a drag so near to the end is live again
constexpr int kNotch = 120;     // eighths of a degree of a wheel
constexpr int kMany = 10;       // frames, of a page key or with Shift

/// A slider of steps: its value in words, and to be set in numbers.
class TimeLineAccess : public QAccessibleWidget, public QAccessibleValueInterface {
public:
    explicit TimeLineAccess(TimeLine* line) : QAccessibleWidget(line, QAccessible::Slider), m_line(*line) {}

    void* interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::ValueInterface) return static_cast<QAccessibleValueInterface*>(this);
        return QAccessibleWidget::interface_cast(type);
    }
    QString text(QAccessible::Text what) const override
    {
        return what == QAccessible::Value ? m_line.valueText() : QAccessibleWidget::text(what);
    }
    QVariant currentValue() const override { return QVariant::fromValue<qlonglong>(m_line.step()); }
    void setCurrentValue(const QVariant& value) override { m_line.goTo(value.toLongLong()); }
    QVariant maximumValue() const override { return QVariant::fromValue<qlonglong>(m_line.lastStep()); }
    QVariant minimumValue() const override { return QVariant::fromValue<qlonglong>(m_line.firstStep()); }
    QVariant minimumStepSize() const override { return 1; }

private:
    TimeLine& m_line;
};

QAccessibleInterface* accessOf(const QString&, QObject* object)
{
    auto* line = qobject_cast<TimeLine*>(object);
    return line ? new TimeLineAccess(line) : nullptr;
}

} // namespace

TimeLine::TimeLine(const RunFeed& feed, Moment& moment, const HistoryFeed& history, const Theme& theme, QWidget* parent)
    : QWidget(parent), m_feed(feed), m_moment(moment), m_history(history), m_theme(theme)
{
    [[maybe_unused]] static const bool installed = (QAccessible::installFactory(accessOf), true);
    setObjectName(QStringLiteral("timeLine"));
    setAccessibleName(tr("Step that is shown"));
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&feed, &RunFeed::runStarted, this, &TimeLine::collectMarks);
    connect(&feed, &RunFeed::settingChanged, this, &TimeLine::collectMarks);
    connect(&feed, &RunFeed::alertsChanged, this, &TimeLine::collectMarks);
    connect(&feed, &RunFeed::checkpointsChanged, this, &TimeLine::collectMarks);
    // Curves tell more often than numbers, and a line of a thousand pixels need not know of each step.
    connect(&feed, &RunFeed::numbersChanged, this, qOverload<>(&QWidget::update));
    connect(&feed, &RunFeed::stateChanged, this, qOverload<>(&QWidget::update));
    connect(&moment, &Moment::changed, this, &TimeLine::tell);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    collectMarks();
    tell();
}

std::int64_t TimeLine::firstStep() const
{
    return m_feed.firstStep();
}

std::int64_t TimeLine::lastStep() const
{
    return m_feed.series().latestStep();
}

std::int64_t TimeLine::step() const
{
    return m_moment.step().value_or(lastStep());
}

QString TimeLine::valueText() const
{
    if (!m_feed.run()) return tr("no run yet");
    if (!m_moment.isLive()) return tr("step %1 of %2").arg(countText(step()), countText(lastStep()));
    return m_feed.isLive() ? tr("live, step %1").arg(countText(lastStep()))
                           : tr("newest step, %1").arg(countText(lastStep()));
}

double TimeLine::xOf(std::int64_t step) const
{
    if (!hasRange()) return width() - kMargin;
    const double share = static_cast<double>(step - firstStep()) / static_cast<double>(lastStep() - firstStep());
    return kMargin + std::clamp(share, 0.0, 1.0) * (width() - 2 * kMargin);
}

std::int64_t TimeLine::stepAt(double x) const
{
    const double room = std::max(width() - 2 * kMargin, 1.0);
    const double share = std::clamp((x - kMargin) / room, 0.0, 1.0);
    return firstStep() + std::llround(share * static_cast<double>(lastStep() - firstStep()));
}

void TimeLine::goTo(std::int64_t step)
{
    if (!hasRange()) return;
    if (step >= lastStep())
        m_moment.goLive();
    else
        m_moment.show(std::max(step, firstStep()));
}

void TimeLine::tell()
{
    setAccessibleDescription(valueText());
    QAccessibleValueChangeEvent changed(this, valueText());
    QAccessible::updateAccessibility(&changed);
    update();
}

void TimeLine::collectMarks()
{
    m_marks.clear();
    for (const SettingMark& mark : m_feed.marks())
        m_marks.push_back({mark.step, TimeMark::Kind::Setting,
                           tr("step %1: %2 became %3").arg(countText(mark.step), mark.key).arg(mark.value)});
    for (const std::int64_t step : m_feed.checkpoints())
        m_marks.push_back({step, TimeMark::Kind::Checkpoint, tr("step %1: checkpoint").arg(countText(step))});
    for (const RunAlert& alert : m_feed.alerts())
        m_marks.push_back(
            {alert.step, TimeMark::Kind::Alert, tr("step %1: %2").arg(countText(alert.step), alertWords(alert))});
    std::stable_sort(m_marks.begin(), m_marks.end(),
                     [](const TimeMark& a, const TimeMark& b) { return a.step < b.step; });
    update();
}

const TimeMark* TimeLine::markAt(double x) const
{
    const TimeMark* nearest = nullptr;
    double distance = kNearMark;
    for (const TimeMark& mark : m_marks) {
        const double away = std::abs(xOf(mark.step) - x);
        if (away > distance) continue;
        distance = away;
        nearest = &mark;
    }
    return nearest;
}

QString TimeLine::explanationAt(double x) const
{
    if (!m_feed.run()) return tr("The steps of a run, to look back at, appear here.");
    QStringList lines;
    for (const TimeMark& mark : m_marks)
        if (std::abs(xOf(mark.step) - x) <= kNearMark && lines.size() < 5) lines << mark.text;
    if (lines.isEmpty())
        lines << tr("step %1 of %2. Drag the knob to look back; [ and ] go by frames, \\ comes back.")
                     .arg(countText(stepAt(x)), countText(lastStep()));
    if (m_history.source() == HistorySource::Memory)
        lines
            << tr("Frames are kept in memory alone, %1 of loads and %2 of the probe text at most, evenly over the run: "
                  "it has no history in a folder.")
                   .arg(HistoryFeed::kMostLoads)
                   .arg(HistoryFeed::kMostProbes);
    if (const auto& trouble = m_history.trouble())
        lines << QString::fromStdString(trouble->what) << QString::fromStdString(trouble->hint);
    return lines.join(QLatin1Char('\n'));
}

bool TimeLine::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    QToolTip::showText(help->globalPos(), explanationAt(help->pos().x()), this);
    return true;
}

void TimeLine::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton) return;
    const double x = event->position().x();
    if (const TimeMark* mark = markAt(x))
        goTo(mark->step);
    else
        mouseMoveEvent(event);
}

void TimeLine::mouseMoveEvent(QMouseEvent* event)
{
    if (!(event->buttons() & Qt::LeftButton)) return;
    const double x = event->position().x();
    goTo(x >= width() - kMargin - kAtEnd ? lastStep() : stepAt(x));
}

void TimeLine::wheelEvent(QWheelEvent* event)
{
    // Shift turns some wheels sideways.
    const QPoint turned = event->angleDelta();
    m_wheel += turned.y() != 0 ? turned.y() : turned.x();
    const int notches = m_wheel / kNotch;
    m_wheel -= notches * kNotch;
    if (notches != 0) m_moment.move(event->modifiers() & Qt::ShiftModifier ? notches * kMany : notches);
    event->accept();
}

void TimeLine::keyPressEvent(QKeyEvent* event)
{
    const int frames = event->modifiers() & Qt::ShiftModifier ? kMany : 1;
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Down: m_moment.move(-frames); break;
    case Qt::Key_Right:
    case Qt::Key_Up: m_moment.move(frames); break;
    case Qt::Key_PageUp: m_moment.move(kMany); break;
    case Qt::Key_PageDown: m_moment.move(-kMany); break;
    case Qt::Key_Home: goTo(firstStep()); break;
    case Qt::Key_End: m_moment.goLive(); break;
    default: QWidget::keyPressEvent(event);
    }
}

void TimeLine::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

void TimeLine::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

void TimeLine::paintMark(QPainter& painter, const TimeMark& mark) const
{
    const ThemeColors& colors = m_theme.colors();
    const double x = xOf(mark.step);
    const double y = height() / 2.0;
    painter.setPen(Qt::NoPen);
    switch (mark.kind) {
    case TimeMark::Kind::Setting: // a wedge that points at the line from above
        painter.setBrush(colors.text);
        painter.drawPolygon(QPolygonF({{x - 4, y - 11}, {x + 4, y - 11}, {x, y - 4}}));
        break;
    case TimeMark::Kind::Alert: { // an exclamation mark above the line
        painter.setBrush(colors.warning);
        painter.drawRoundedRect(QRectF(x - 1.25, y - 13, 2.5, 6.5), 1, 1);
        painter.drawEllipse(QPointF(x, y - 4.5), 1.4, 1.4);
        break;
    }
    case TimeMark::Kind::Checkpoint: { // a star below it
        painter.setPen(QPen(colors.muted, 1.3));
        for (int i = 0; i < 3; ++i) {
            const double angle = i * 3.14159265 / 3 + 0.5236;
            const QPointF arm(3.4 * std::cos(angle), 3.4 * std::sin(angle));
            const QPointF centre(x, y + 9);
            painter.drawLine(centre - arm, centre + arm);
        }
        break;
    }
    }
}

void TimeLine::paintEvent(QPaintEvent*)
{
    const ThemeColors& colors = m_theme.colors();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double y = height() / 2.0;
    const QRectF line(kMargin, y - kThick / 2, width() - 2 * kMargin, kThick);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.border);
    painter.drawRoundedRect(line, kThick / 2, kThick / 2);
    if (!m_feed.run()) return;

    const bool held = !m_moment.isLive();
    const double knob = xOf(step());
    QRectF past = line;
    past.setRight(knob);
    painter.setBrush(held ? colors.mla : colors.muted);
    painter.drawRoundedRect(past, kThick / 2, kThick / 2);
    for (const auto kind : {TimeMark::Kind::Checkpoint, TimeMark::Kind::Setting, TimeMark::Kind::Alert}) {
        double last = -kNearMark; // a run of marks is drawn as thinly as can be told apart
        for (const TimeMark& mark : m_marks) {
            const double x = xOf(mark.step);
            if (mark.kind != kind || x - last < 3) continue;
            last = x;
            paintMark(painter, mark);
        }
    }
    painter.setPen(QPen(held ? colors.mla : colors.text, 2));
    painter.setBrush(held ? colors.card : colors.text);
    painter.drawEllipse(QPointF(knob, y), kKnob - 1, kKnob - 1);
    if (!hasFocus()) return;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colors.mla, 1.5));
    painter.drawEllipse(QPointF(knob, y), kKnob + 2, kKnob + 2);
}

} // namespace triptych
