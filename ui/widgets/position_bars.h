// A share for each part of a sequence, as bars side by side; several depths behind one another.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

#include <cstdint>
#include <vector>

namespace triptych {

/// Part of a whole; nothing is drawn where the whole is 0.
struct PartOfWhole {
    std::int64_t part = 0;
    std::int64_t whole = 0;
};

class PositionBars : public QWidget {
    Q_OBJECT

public:
    PositionBars(const Theme& theme, QColor ThemeColors::*accent, QWidget* parent = nullptr);

    /// [depth][position], all depths of the same length; the first depth is the strongest colour.
    void setBars(std::vector<std::vector<PartOfWhole>> depths);
    const std::vector<std::vector<PartOfWhole>>& bars() const { return m_depths; }
    /// Where a bar stands, in pixels; empty outside.
    QRectF barRect(int depth, int position) const;

    QSize sizeHint() const override { return {320, 120}; }
    QSize minimumSizeHint() const override { return {120, 72}; }

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    QRectF area() const;
    int positions() const { return m_depths.empty() ? 0 : static_cast<int>(m_depths.front().size()); }
    QString explanation(int position) const;

    const Theme& m_theme;
    QColor ThemeColors::*m_accent;
    std::vector<std::vector<PartOfWhole>> m_depths;
};

} // namespace triptych
