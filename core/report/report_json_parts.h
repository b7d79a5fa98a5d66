// The larger parts of the JSON of a report, as texts: headers know no JSON.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/run_report.h"

#include <string>
#include <utility>
#include <vector>

namespace triptych {

/// Key and JSON of each part, in order; "null" for one that is not there.
using JsonParts = std::vector<std::pair<std::string, std::string>>;

/// Curves, experts, probe text, drafts. report_json_experiment.cpp
JsonParts experiment_parts(const RunReport& run);
/// Speed, memory, time, money. report_json_machine.cpp
JsonParts machine_parts(const RunReport& run);
std::string context_json(const CostContext& context);

} // namespace triptych
