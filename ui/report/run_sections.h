// The chapters of a report of one run. Each says what its figures show and how to read them, and what is missing.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/run_report.h"
#include "ui/report/report_document.h"

namespace triptych {

/// The first page: in plain words what was trained, how well, how fast, at what price.
ReportSection summarySection(const RunReport& run);
/// Loss of training and validation, of the MTP modules; what the model writes.
ReportSection lossSection(const RunReport& run);
/// Speed, learning rate, gradients, memory.
ReportSection speedSection(const RunReport& run);
/// Loads of the experts over the run, balance of each layer.
ReportSection expertsSection(const RunReport& run);
/// Which experts the domains of the data choose.
ReportSection domainsSection(const RunReport& run);
/// What heads look at.
ReportSection attentionSection(const RunReport& run);
/// How many drafts of the MTP modules are accepted.
ReportSection draftsSection(const RunReport& run);
/// Where the time went.
ReportSection timeSection(const RunReport& run);
/// Both ledgers with every assumption.
ReportSection costSection(const RunReport& run);
/// What the run's numbers would be at the size of DeepSeek-V3, and what others are said to have cost.
ReportSection scaleSection(const RunReport& run, const CostContext& context);
/// What happened: events, checkpoints, notes.
ReportSection historySection(const RunReport& run);
/// Settings, data, versions, and the command that does it again.
ReportSection setupSection(const RunReport& run);

/// Also of comparisons: data with their hashes, program and machine.
ReportTable dataTable(const RunReport& run);
/// A bar for each run: where its time went.
ReportFigure timeFigure(const std::vector<const RunReport*>& runs, const QStringList& names);
/// Two bars for each run: the headline, and all that the full cost is made of.
ReportFigure ledgerFigure(const std::vector<const RunReport*>& runs, const QStringList& names);
QString timeUseText(TimeUse use);

} // namespace triptych
