// One bar made of parts, with the name and number of each below: where the memory or the time goes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

#include <vector>

namespace triptych {

/// Hatched: what is not used, time or bytes.
enum class BarFill : std::uint8_t { Solid = 1, Hatched };

struct BarPart {
    QString name;
    double value = 0;
    QString number; ///< for people, with its unit
    QString explanation;
    QColor ThemeColors::*color = &ThemeColors::muted;
    BarFill fill = BarFill::Solid;
};

class StackedBar : public QWidget {
    Q_OBJECT

public:
    explicit StackedBar(const Theme& theme, QWidget* parent = nullptr);

    /// title: what the bar is; number: of all of it. limit: a mark beyond which there should be nothing; 0: none.
    void setBar(const QString& title, const QString& number, std::vector<BarPart> parts, double limit = 0);
    const std::vector<BarPart>& parts() const { return m_parts; }
    /// Where a part is drawn in the bar.
    QRectF partRect(int index) const;

    QSize sizeHint() const override { return {220, heightForWidth(220)}; }
    QSize minimumSizeHint() const override { return {140, barTop() + kBar + 2}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    static constexpr int kBar = 16;

    double scale() const; ///< value of the whole width
    int barTop() const;
    int entryWidth() const;
    int columnsIn(int width) const;
    QRect entryRect(int index) const;
    void paintPart(QPainter& painter, int index) const;
    void paintEntry(QPainter& painter, int index) const;
    QBrush brushOf(const BarPart& part) const;

    const Theme& m_theme;
    QString m_title;
    QString m_number;
    std::vector<BarPart> m_parts;
    double m_limit = 0;
};

} // namespace triptych
