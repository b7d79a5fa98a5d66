// Figures of curves: recorded series over steps, with the band of what was thinned away and a name at their end.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/report_curve.h"
#include "ui/plots/plot_frame.h"
#include "ui/report/report_document.h"

#include <QColor>

#include <vector>

namespace triptych {

struct FigureCurve {
    QString name; ///< written at its right end, in its colour; may be empty
    QColor color;
    CurveStyle style = CurveStyle::Line;
    std::vector<double> steps;
    std::vector<double> values;
    std::vector<double> low; ///< of what each value stands for; empty: they stand for themselves
    std::vector<double> high;
};
/// A series as it was recorded, its means joined, in the band between its extremes.
FigureCurve figureCurve(const ReportCurve& curve, const QString& name, const QColor& color,
                        CurveStyle style = CurveStyle::Line);

/// One pair of axes.
struct CurvePlot {
    QString title;       ///< above it: what and in which unit
    QString prefix = {}; ///< of the numbers: "$"
    QString across = {}; ///< what is across; empty: steps
    ValueScale scale = ValueScale::Linear;
    ValueBase base = ValueBase::Data;
    std::vector<FigureCurve> curves;
};

/// One above the other or in two columns, each so many pixels high with its title. Plots without a point are left out.
ReportFigure curveFigure(std::vector<CurvePlot> plots, int columns, int height);

/// Puts texts of so much height, each wanted at a place, below one another without overlap and within the range, in the
/// order of their places. Returns where each has to be.
std::vector<double> spreadLabels(const std::vector<double>& wanted, double height, double top, double bottom);

} // namespace triptych
