// Pipeline schedules as pictures: what each GPU of a pipeline does over one step, and where it waits.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/plan_worker.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <memory>
#include <optional>

namespace triptych {

/// A block for each schedule, one above the other to one scale of time; a row for each GPU, the first on top. Arrows go
/// from chunk to chunk and from row to row with the focus.
class StepTimelineView : public QWidget {
    Q_OBJECT

public:
    /// A chunk by its place.
    struct Place {
        std::size_t block = 0;
        std::size_t stage = 0;
        std::size_t chunk = 0;
        bool operator==(const Place&) const = default;
    };

    explicit StepTimelineView(const Theme& theme, QWidget* parent = nullptr);

    /// Null: the empty text.
    void show(std::shared_ptr<const PlanAnswer> answer);
    void setEmptyText(const QString& text);
    /// Where a chunk is drawn.
    QRectF chunkRect(const Place& place) const;
    /// Nothing: there is the bubble, or no row.
    std::optional<Place> placeAt(const QPointF& at) const;
    /// What somebody reads at a chunk.
    QString readingOf(const Place& place) const;
    /// Where the keys stand.
    std::optional<Place> cursor() const { return m_cursor; }
    /// Above a block: the schedule, its bubble, how much of the step is drawn.
    QString titleOf(std::size_t block) const;

    QSize sizeHint() const override { return {640, 240}; }
    QSize minimumSizeHint() const override { return {160, 80}; }

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    const std::vector<StepPicture>& steps() const { return m_answer->steps; }
    bool isEmpty() const { return !m_answer || m_answer->steps.empty(); }
    bool exists(const Place& place) const;
    double nameWidth() const;
    int lineHeight() const;
    QRectF blockRect(std::size_t block) const;
    QRectF rowsRect(std::size_t block) const;
    double rowHeight(std::size_t block) const;
    double seconds() const; ///< of the whole width
    void paintLegend(QPainter& painter) const;
    void paintBlock(QPainter& painter, std::size_t block) const;
    void paintRow(QPainter& painter, std::size_t block, std::size_t stage) const;
    void paintChunk(QPainter& painter, const StageChunk& chunk, const QRectF& place) const;
    void paintAxis(QPainter& painter) const;
    QColor colorOf(ChunkKind kind) const;
    Place nearestInRow(const Place& from, std::size_t block, std::size_t stage) const;
    std::optional<Place> moved(int key) const;
    void describe();

    const Theme& m_theme;
    QString m_empty;
    std::shared_ptr<const PlanAnswer> m_answer;
    std::optional<Place> m_cursor;
};

/// "DualPipe", "1F1B", "ZB1P".
QString scheduleTitle(PipelineSchedule schedule);

} // namespace triptych
