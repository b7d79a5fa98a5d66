// Lying bars with names, each made of parts one after the other, with a band where a total is uncertain.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QStringList>
#include <QWidget>

#include <optional>
#include <utility>
#include <vector>

class QCustomPlot;

namespace triptych {

/// A part of all bars at the same place in the row: "energy".
struct BarPlotPart {
    QString name;
    QColor color;
};

struct BarPlotRow {
    QString label;
    std::vector<double> parts;                          ///< as many as there are BarParts, none negative
    std::optional<std::pair<double, double>> band = {}; ///< where the sum may lie
    QString text = {};                                  ///< at its end: the sum in words
};

class BarPlot : public QWidget {
    Q_OBJECT

public:
    explicit BarPlot(const Theme& theme, QWidget* parent = nullptr);

    /// The first row is on top. Everything from 0 to the largest sum or end of a band is seen.
    void setBars(std::vector<BarPlotPart> parts, std::vector<BarPlotRow> rows);
    /// Written before the numbers of the axis: "$".
    void setTickPrefix(const QString& prefix);
    /// Least room for the names on the left, in pixels.
    void setLabelWidth(int pixels);

private:
    void draw();

    const Theme& m_theme;
    QCustomPlot* m_plot;
    std::vector<BarPlotPart> m_parts;
    std::vector<BarPlotRow> m_rows;
    QString m_prefix;
};

} // namespace triptych
