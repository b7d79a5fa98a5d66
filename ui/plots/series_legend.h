// Above a plot: what it shows, a note on the right, and below that each curve with its value, in places that never
// move.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/plot_frame.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <optional>
#include <vector>

namespace triptych {

struct LegendItem {
    QString name;
    QString widest; ///< a value as wide as any that will come
    QString tip;
    QColor ThemeColors::*color = &ThemeColors::text;
    std::optional<CurveStyle> style;  ///< nothing: a number without a curve
    bool nameCanGo = false;           ///< the first to give way where there is no room
    std::optional<int> runColor = {}; ///< instead of the role's colour: Theme::runColor()
    bool isRun = false;               ///< its name tells it from other runs: its value gives way first
};

class SeriesLegend : public QWidget {
    Q_OBJECT

public:
    explicit SeriesLegend(const Theme& theme, QWidget* parent = nullptr);

    void setTitle(const QString& title, const QString& unit, const QString& tip = {});
    void setItems(std::vector<LegendItem> items);
    /// Of each item; fewer or more are ignored.
    void setValues(const QStringList& values);
    const QStringList& values() const { return m_values; }
    /// Muted, at the right end of the first line.
    void setNote(const QString& note, const QString& tip = {});
    const QString& note() const { return m_note; }

    /// As it looks, in another place and size.
    void paintInto(QPainter& painter, const QRect& place) const;
    /// Names as they are drawn: cut in their middle where there is no room, empty where there is none at all. Those of
    /// runs lose first what they begin with all.
    QStringList drawnNames() const;
    /// Values as they are drawn: empty where they gave way to the names of runs.
    QStringList drawnValues() const;
    /// The tooltip of a place; with the whole name where that is cut.
    QString tipAt(const QPoint& at) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Place {
        int left = 0;
        int nameWidth = 0;
        int valueWidth = 0;
        bool valueGone = false; ///< to the tooltip
    };
    int lineHeight() const;
    void dropValues(std::vector<Place>& places, int letter) const;
    int sharedStart() const;
    static int widestName(const std::vector<Place>& places, int room);
    std::vector<Place> places() const;
    void paint(QPainter& painter) const;
    void paintTitle(QPainter& painter) const;
    void paintItem(QPainter& painter, std::size_t i, const Place& place) const;
    QString drawnName(std::size_t i, const Place& place) const;
    QString drawnValue(std::size_t i, const Place& place) const;

    const Theme& m_theme;
    QString m_title;
    QString m_unit;
    QString m_titleTip;
    QString m_note;
    QString m_noteTip;
    std::vector<LegendItem> m_items;
    QStringList m_values;
};

} // namespace triptych
