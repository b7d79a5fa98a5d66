// What a benchmark is asked for, and the training that this amounts to.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/run_setup.h"

#include <string>

namespace triptych {

/// Whether the products of a step are measured by themselves too (core/bench/product_floor.h): about as long as a step.
enum class MeasureFloor : std::uint8_t { No = 1, Yes };

/// What to measure; 0 takes the default.
struct BenchRequest {
    std::string model = "bench-s";  ///< preset name or path of a config.json
    std::string precision = "auto"; ///< as of a training
    std::int64_t sequence_length = 0;
    std::int64_t batch_size = 0;
    std::int64_t threads = 0;
    std::int64_t repetitions = 0;          ///< steps, texts or calls that are timed
    MeasureFloor floor = MeasureFloor::No; ///< of a training
};

/// Threads that a benchmark runs on: those asked for, or one for each core.
std::int64_t bench_threads(const BenchRequest& request);

/// Sequences and batches that nobody asked for: 512 x 8 for bench-m, 256 x 16 for the other bench presets, else 256 x
/// 8; sequences as long as the model has positions where these are fewer. Errors: those of resolve_setup().
Result<RunSetup> bench_setup(const BenchRequest& request);

} // namespace triptych
