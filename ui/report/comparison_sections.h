// The chapters of a report of several runs: what differs first, then numbers and curves side by side.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/run_report.h"
#include "ui/report/report_document.h"

#include <functional>

namespace triptych {

/// What the runs are called, each once: those with the name of one before them get a number.
QStringList comparedNames(const ReportSet& set);
/// For what one run has and several have.
std::vector<const RunReport*> runsOf(const ReportSet& set);
std::vector<ReportSection> comparisonSections(const ReportSet& set, const QStringList& names);

/// Quantities by runs. A few runs are columns; more are rows, and the quantities as many tables as they need.
struct SideBySide {
    QString title;
    QString note = {};
    struct Quantity {
        QString name;
        QStringList values; ///< [runs]
    };
    std::vector<Quantity> quantities = {};
    ReportAlign align = ReportAlign::Number;
};
std::vector<ReportTable> tablesOf(const SideBySide& compared, const QStringList& names);
void addTables(ReportSection& section, const SideBySide& compared, const QStringList& names);
/// A row of it: what a function says of each run.
SideBySide::Quantity quantityOf(const ReportSet& set, const QString& name,
                                const std::function<QString(const RunReport&)>& value);

/// How the runs used their experts.
SideBySide comparedExperts(const ReportSet& set);
/// The chapter of costs.
ReportSection comparedCosts(const ReportSet& set, const QStringList& names);

} // namespace triptych
