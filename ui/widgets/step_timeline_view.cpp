// Painting pipeline schedules, and their hands.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/step_timeline_view.h"

#include "ui/plots/nice_numbers.h"
#include "ui/widgets/number_text.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

constexpr double kGap = 4;
constexpr double kBetween = 8;     // px between blocks
constexpr double kTallestRow = 40; // px
constexpr double kTextRow = 11;    // px: lower rows have no numbers in them

QString kindName(ChunkKind kind)
{
    switch (kind) {
    case ChunkKind::Forward: return StepTimelineView::tr("forward");
    case ChunkKind::Backward: return StepTimelineView::tr("backward");
    case ChunkKind::BackwardInputs: return StepTimelineView::tr("backward, inputs only");
    case ChunkKind::Weights: return StepTimelineView::tr("gradients of weights");
    case ChunkKind::Both: return StepTimelineView::tr("forward and backward at once");
    }
    return {};
}

QString nameOf(const MicroBatch& which)
{
    return QString::number(which.index) + QChar(which.direction == PipeDirection::Down ? 0x2193 : 0x2191);
}

} // namespace

QString scheduleTitle(PipelineSchedule schedule)
{
    switch (schedule) {
    case PipelineSchedule::OneForwardOneBackward: return QStringLiteral("1F1B");
    case PipelineSchedule::ZeroBubble: return QStringLiteral("ZB1P");
    case PipelineSchedule::DualPipe: return QStringLiteral("DualPipe");
    }
    return {};
}

StepTimelineView::StepTimelineView(const Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("One step of the pipeline, chunk by chunk"));
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void StepTimelineView::show(std::shared_ptr<const PlanAnswer> answer)
{
    m_answer = std::move(answer);
    if (m_cursor && !exists(*m_cursor)) m_cursor.reset();
    describe();
    update();
}

void StepTimelineView::setEmptyText(const QString& text)
{
    m_empty = text;
    update();
}

bool StepTimelineView::exists(const Place& place) const
{
    return !isEmpty() && place.block < steps().size() && place.stage < steps()[place.block].line.stages.size() &&
           place.chunk < steps()[place.block].line.stages[place.stage].size();
}

QString StepTimelineView::titleOf(std::size_t block) const
{
    const StepPicture& step = steps()[block];
    const QString name = scheduleTitle(step.plan.layout.schedule);
    if (step.error)
        return tr("%1: %2", "a schedule and why it cannot be used").arg(name, QString::fromStdString(step.error->what));
    return tr("%1: waits %2 s of %3 s, %4 · %5 of %6 micro-batches drawn")
        .arg(name, fixedText(step.plan.bubble_seconds, 2), fixedText(step.plan.step_seconds, 2),
             percentText(step.plan.bubble_seconds / step.plan.step_seconds), countText(step.drawn),
             countText(step.plan.micro_batches));
}

/// For the numbers of GPUs, and what they are, which stands below them.
double StepTimelineView::nameWidth() const
{
    return QFontMetricsF(smallFont(font())).horizontalAdvance(tr("GPU")) + 2 * kGap;
}

int StepTimelineView::lineHeight() const
{
    return QFontMetrics(smallFont(font())).height();
}

QRectF StepTimelineView::blockRect(std::size_t block) const
{
    const double top = lineHeight() + kGap;               // the legend
    const double bottom = height() - lineHeight() - kGap; // the axis
    // A schedule that cannot be used has a line that says why, and no more.
    double rows = 0;
    for (const StepPicture& step : steps()) rows += step.error ? 0 : 1;
    const double titles = static_cast<double>(steps().size()) * (lineHeight() + kGap + kBetween) - kBetween;
    const double each = rows > 0 ? std::max(0.0, bottom - top - titles) / rows : 0;
    double y = top;
    for (std::size_t i = 0; i < block; ++i) y += lineHeight() + kGap + kBetween + (steps()[i].error ? 0 : each);
    return {0, y, static_cast<double>(width()), lineHeight() + kGap + (steps()[block].error ? 0 : each)};
}

QRectF StepTimelineView::rowsRect(std::size_t block) const
{
    return blockRect(block).adjusted(nameWidth(), lineHeight() + kGap, -1, 0);
}

double StepTimelineView::rowHeight(std::size_t block) const
{
    const std::size_t stages = std::max<std::size_t>(1, steps()[block].line.stages.size());
    return std::min(kTallestRow, rowsRect(block).height() / static_cast<double>(stages));
}

double StepTimelineView::seconds() const
{
    double most = 1e-300;
    for (const StepPicture& step : steps()) most = std::max(most, step.line.length);
    return most;
}

QRectF StepTimelineView::chunkRect(const Place& place) const
{
    const StageChunk& chunk = steps()[place.block].line.stages[place.stage][place.chunk];
    const QRectF rows = rowsRect(place.block);
    const double perSecond = rows.width() / seconds();
    const double height = rowHeight(place.block);
    return {rows.left() + chunk.begin * perSecond, rows.top() + static_cast<double>(place.stage) * height,
            chunk.seconds() * perSecond, height};
}

QColor StepTimelineView::colorOf(ChunkKind kind) const
{
    const ThemeColors& colors = m_theme.colors();
    switch (kind) {
    case ChunkKind::Forward: return colors.mla;
    case ChunkKind::Backward:
    case ChunkKind::BackwardInputs: return colors.moe;
    case ChunkKind::Weights: return colors.mtp;
    case ChunkKind::Both: break;
    }
    return colors.muted;
}

void StepTimelineView::paintChunk(QPainter& painter, const StageChunk& chunk, const QRectF& place) const
{
    QRectF body = place.adjusted(0, 0, place.width() > 3 ? -1 : 0, place.height() > 4 ? -1 : 0);
    // Half of it goes there, half back.
    if (chunk.kind == ChunkKind::Both) {
        painter.fillRect(QRectF(body.left(), body.top(), body.width(), body.height() / 2), colorOf(ChunkKind::Forward));
        painter.fillRect(QRectF(body.left(), body.center().y(), body.width(), body.height() / 2),
                         colorOf(ChunkKind::Backward));
    } else {
        QColor color = colorOf(chunk.kind);
        if (chunk.kind == ChunkKind::BackwardInputs) color.setAlphaF(0.7F);
        painter.fillRect(body, color);
    }
    // What comes from the other end has a line below, as well as its arrow in the reading.
    if (chunk.micro_batch.direction == PipeDirection::Up && body.height() >= 8)
        painter.fillRect(QRectF(body.left(), body.bottom() - 2, body.width(), 1), m_theme.colors().card);
    if (place.height() < kTextRow) return;
    const QString number = chunk.kind == ChunkKind::Both
                               ? QStringLiteral("%1·%2").arg(chunk.micro_batch.index).arg(chunk.backward.index)
                               : QString::number(chunk.micro_batch.index);
    if (QFontMetricsF(painter.font()).horizontalAdvance(number) + 2 > body.width()) return;
    painter.setPen(m_theme.colors().card);
    painter.drawText(body, Qt::AlignCenter, number);
}

void StepTimelineView::paintRow(QPainter& painter, std::size_t block, std::size_t stage) const
{
    const StepTimeline& line = steps()[block].line;
    const QRectF rows = rowsRect(block);
    const double height = rowHeight(block);
    const QRectF row(rows.left(), rows.top() + static_cast<double>(stage) * height,
                     line.length / seconds() * rows.width(), height);
    QColor idle = m_theme.colors().muted;
    idle.setAlphaF(0.45F);
    painter.fillRect(row.adjusted(0, 0, 0, height > 4 ? -1 : 0), QBrush(idle, Qt::BDiagPattern));
    for (std::size_t i = 0; i < line.stages[stage].size(); ++i)
        paintChunk(painter, line.stages[stage][i], chunkRect({block, stage, i}));
    // As many names as do not touch.
    const auto every = static_cast<std::size_t>(std::max(1.0, std::ceil(lineHeight() / std::max(height, 0.5))));
    if (stage % every != 0) return;
    painter.setPen(m_theme.colors().muted);
    painter.drawText(QRectF(0, row.center().y() - lineHeight() / 2.0, nameWidth() - kGap, lineHeight()),
                     Qt::AlignRight | Qt::AlignVCenter, QString::number(stage));
}

void StepTimelineView::paintBlock(QPainter& painter, std::size_t block) const
{
    const ThemeColors& colors = m_theme.colors();
    const QRectF place = blockRect(block);
    painter.setPen(block == 0 ? colors.text : colors.muted);
    const QFontMetricsF metrics(painter.font());
    painter.drawText(QRectF(0, place.top(), width(), lineHeight()), Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(titleOf(block), Qt::ElideRight, width()));
    for (std::size_t s = 0; s < steps()[block].line.stages.size(); ++s) paintRow(painter, block, s);
}

void StepTimelineView::paintLegend(QPainter& painter) const
{
    const ThemeColors& colors = m_theme.colors();
    const QFontMetricsF metrics(painter.font());
    QColor inputs = colors.moe;
    inputs.setAlphaF(0.7F);
    const std::pair<QBrush, QString> entries[] = {{colors.mla, tr("forward")},
                                                  {colors.moe, tr("backward")},
                                                  {inputs, tr("backward of inputs")},
                                                  {colors.mtp, tr("of weights")},
                                                  {QBrush(colors.muted, Qt::BDiagPattern), tr("bubble")}};
    double x = 0;
    for (const auto& [brush, name] : entries) {
        const double wide = 9 + kGap + metrics.horizontalAdvance(name);
        if (x + wide > width()) break;
        painter.fillRect(QRectF(x, lineHeight() / 2.0 - 4, 9, 9), brush);
        painter.setPen(colors.muted);
        painter.drawText(QRectF(x + 9 + kGap, 0, wide, lineHeight()), Qt::AlignLeft | Qt::AlignVCenter, name);
        x += wide + 16;
    }
}

void StepTimelineView::paintAxis(QPainter& painter) const
{
    if (seconds() < 1e-12) return; // no schedule could be drawn
    const double top = height() - lineHeight();
    const double spacing = tickSpacing(seconds(), std::max(2, width() / 90));
    const double perSecond = (width() - nameWidth() - 1) / seconds();
    painter.setPen(m_theme.colors().muted);
    for (double t = 0; t <= seconds() * (1 + 1e-9); t += spacing) {
        const double x = nameWidth() + t * perSecond;
        const QString text = tr("%1 s", "seconds at an axis").arg(tickText(t, spacing));
        const double wide = QFontMetricsF(painter.font()).horizontalAdvance(text);
        if (t == 0)
            painter.drawText(QRectF(x, top, wide + 2, lineHeight()), Qt::AlignLeft | Qt::AlignVCenter, text);
        else if (x + wide / 2 <= width())
            painter.drawText(QRectF(x - wide / 2 - 1, top, wide + 2, lineHeight()), Qt::AlignCenter, text);
    }
    painter.drawText(QRectF(0, top, nameWidth() - kGap, lineHeight()), Qt::AlignRight | Qt::AlignVCenter, tr("GPU"));
}

void StepTimelineView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setFont(smallFont(font()));
    if (isEmpty()) {
        painter.setPen(m_theme.colors().muted);
        painter.drawText(rect().adjusted(8, 0, -8, 0), Qt::AlignCenter | Qt::TextWordWrap, m_empty);
        return;
    }
    paintLegend(painter);
    for (std::size_t b = 0; b < steps().size(); ++b) paintBlock(painter, b);
    paintAxis(painter);
    if (!hasFocus() || !m_cursor) return;
    painter.setPen(QPen(m_theme.colors().text, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(chunkRect(*m_cursor).adjusted(-1, -1, 0, 0));
}

std::optional<StepTimelineView::Place> StepTimelineView::placeAt(const QPointF& at) const
{
    if (isEmpty()) return std::nullopt;
    for (std::size_t b = 0; b < steps().size(); ++b) {
        const QRectF rows = rowsRect(b);
        const double row = (at.y() - rows.top()) / std::max(1e-9, rowHeight(b));
        const auto& stages = steps()[b].line.stages;
        if (row < 0 || row >= static_cast<double>(stages.size())) continue;
        const auto stage = static_cast<std::size_t>(row);
        const double time = (at.x() - rows.left()) / rows.width() * seconds();
        const auto next = std::upper_bound(stages[stage].begin(), stages[stage].end(), time,
                                           [](double t, const StageChunk& c) { return t < c.begin; });
        if (next == stages[stage].begin() || time > std::prev(next)->end) return std::nullopt;
        return Place{b, stage, static_cast<std::size_t>(std::prev(next) - stages[stage].begin())};
    }
    return std::nullopt;
}

QString StepTimelineView::readingOf(const Place& place) const
{
    const StageChunk& chunk = steps()[place.block].line.stages[place.stage][place.chunk];
    const QString which = chunk.kind == ChunkKind::Both
                              ? tr("micro-batches %1 and %2").arg(nameOf(chunk.micro_batch), nameOf(chunk.backward))
                              : tr("micro-batch %1").arg(nameOf(chunk.micro_batch));
    return tr("%1, GPU %2: %3 of %4, from %5 to %6 s")
        .arg(scheduleTitle(steps()[place.block].plan.layout.schedule), QString::number(place.stage),
             kindName(chunk.kind), which, fixedText(chunk.begin, 3), fixedText(chunk.end, 3));
}

void StepTimelineView::describe()
{
    if (isEmpty()) return setAccessibleDescription(m_empty);
    if (m_cursor) return setAccessibleDescription(readingOf(*m_cursor));
    QStringList titles;
    for (std::size_t b = 0; b < steps().size(); ++b) titles << titleOf(b);
    setAccessibleDescription(titles.join(QLatin1Char('\n')));
}

StepTimelineView::Place StepTimelineView::nearestInRow(const Place& from, std::size_t block, std::size_t stage) const
{
    const double time = steps()[from.block].line.stages[from.stage][from.chunk].begin;
    const auto& chunks = steps()[block].line.stages[stage];
    const auto at =
        std::lower_bound(chunks.begin(), chunks.end(), time, [](const StageChunk& c, double t) { return c.begin < t; });
    return {block, stage, static_cast<std::size_t>(std::min(at, std::prev(chunks.end())) - chunks.begin())};
}

/// Where a key leads; nothing: it is none of ours, or there is nothing further.
std::optional<StepTimelineView::Place> StepTimelineView::moved(int key) const
{
    const Place first{};
    if (!exists(first)) return std::nullopt;
    if (!m_cursor) return first;
    Place to = *m_cursor;
    const std::size_t last = steps()[to.block].line.stages[to.stage].size() - 1;
    const auto onlyThere = [&](std::size_t block, std::size_t stage) -> std::optional<Place> {
        if (!exists({block, stage, 0})) return std::nullopt;
        return nearestInRow(to, block, stage);
    };
    switch (key) {
    case Qt::Key_Left: to.chunk -= to.chunk > 0 ? 1 : 0; return to;
    case Qt::Key_Right: to.chunk = std::min(to.chunk + 1, last); return to;
    case Qt::Key_Home: to.chunk = 0; return to;
    case Qt::Key_End: to.chunk = last; return to;
    case Qt::Key_Up:
        if (to.stage > 0) return onlyThere(to.block, to.stage - 1);
        return to.block > 0 ? onlyThere(to.block - 1, steps()[to.block - 1].line.stages.size() - 1) : std::nullopt;
    case Qt::Key_Down:
        if (const auto below = onlyThere(to.block, to.stage + 1)) return below;
        return onlyThere(to.block + 1, 0);
    default: return std::nullopt;
    }
}

void StepTimelineView::keyPressEvent(QKeyEvent* event)
{
    constexpr int kOurs[] = {Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down, Qt::Key_Home, Qt::Key_End};
    if (std::find(std::begin(kOurs), std::end(kOurs), event->key()) == std::end(kOurs))
        return QWidget::keyPressEvent(event);
    const auto to = moved(event->key());
    if (!to) return;
    m_cursor = to;
    QToolTip::showText(mapToGlobal(chunkRect(*to).bottomLeft().toPoint()), readingOf(*to), this);
    describe();
    update();
}

bool StepTimelineView::event(QEvent* event)
{
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) update();
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const auto place = placeAt(help->pos());
    QToolTip::showText(help->globalPos(), place ? readingOf(*place) : toolTip(), this);
    return true;
}

} // namespace triptych
