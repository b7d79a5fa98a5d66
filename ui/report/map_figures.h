// Figures of maps: expert loads over the run, domains by experts, attention heads.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/run_report.h"
#include "ui/report/report_document.h"

#include <vector>

namespace triptych {

/// Layers by experts at each of the recorded steps, on one scale.
ReportFigure loadFigure(const ReportLoads& loads);
/// The newest step of each of these, under a name each; null ones are left out.
ReportFigure newestLoadsFigure(const std::vector<const ReportLoads*>& loads, const QStringList& names);
/// Domains by experts of the layer that tells domains apart best, as multiples of an even share.
ReportFigure specialisationFigure(const ReportSpecialisation& domains, std::int64_t mainLayers);
/// The layer that it shows: an index into layers.
std::size_t mostSpecialised(const ReportSpecialisation& domains);
/// What its examples' heads look at, keys across and queries down, with the words of the text on both edges.
ReportFigure attentionFigure(const ReportAttention& attention, std::int64_t mainLayers);

/// "self", "previous token", ...
QString habitText(Habit habit);

} // namespace triptych
