// The outcome of a benchmark as tables for people or as JSON.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bench/decode_bench.h"
#include "core/bench/op_bench.h"
#include "core/bench/train_bench.h"

#include <string>

namespace triptych {

// A unit stands in every heading; what has no FLOPs shows a dash.
std::string bench_text(const std::string& model, const TrainBench& bench);
std::string bench_text(const std::string& model, const DecodeBench& bench);
std::string bench_text(const OpBench& bench);

// One object in a line. The keys are a contract: docs/cli.md.
std::string bench_json(const std::string& model, const TrainBench& bench);
std::string bench_json(const std::string& model, const DecodeBench& bench);
std::string bench_json(const OpBench& bench);

} // namespace triptych
