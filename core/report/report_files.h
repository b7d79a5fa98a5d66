// Reports for scripts: one JSON document, or one table. Formats: docs/report_format.md.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/run_report.h"

#include <string>

namespace triptych {

inline constexpr int kReportSchema = 1; ///< of both; goes up when a reader of the one before would go wrong

/// All of it. The same set gives the same bytes.
std::string report_json(const ReportSet& set);

/// The curves as a long table, a line a point, after comment lines that say where they come from.
std::string report_csv(const ReportSet& set);

} // namespace triptych
