// Rows of one height below each other, of which those with room are painted: what lists of bars have in common.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

namespace triptych {

/// Says in their place why there are none. Each row has its tooltip; the widget's own where it has none.
class RowList : public QWidget {
    Q_OBJECT

public:
    /// What stands there instead of rows.
    void setEmptyText(const QString& text);
    /// Where a row is drawn.
    QRect row(int index) const;
    virtual int rowHeight() const = 0;

protected:
    static constexpr int kInset = 4; ///< px of texts from the edge: the frame of a chosen row does not touch them

    RowList(const Theme& theme, QWidget* parent);

    virtual int rowCount() const = 0;
    virtual QString rowTip(int index) const = 0;
    virtual void paintRow(QPainter& painter, int index) const = 0;
    /// Over all rows.
    virtual void paintOver(QPainter&) const {}
    /// Tells those who cannot see it.
    virtual void describe() = 0;

    int shownRows() const;
    int rowAt(const QPoint& position) const; ///< -1 beside all
    void paintFrame(QPainter& painter, int index, const QColor& color) const;
    const Theme& theme() const { return m_theme; }
    const QString& emptyText() const { return m_emptyText; }

    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& m_theme;
    QString m_emptyText;
};

} // namespace triptych
