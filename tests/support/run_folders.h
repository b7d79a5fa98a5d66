// Folders of runs that were never trained, for tables of them.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/curve_writer.h"
#include "core/run/manifest.h"
#include "core/run/run_store.h"
#include "tests/support/temp_folder.h"
#include "tests/support/tiny_config.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

namespace triptych::test {

inline Manifest made_up_manifest(double learning_rate = 1e-3)
{
    Manifest manifest;
    manifest.model_name = "tiny";
    manifest.model = tiny_config();
    manifest.train.learning_rate = learning_rate;
    manifest.data = {{"builtin:mixed", "0123456789abcdef", 0, 0}};
    manifest.created = "2025-03-01T12:00:00Z";
    return manifest;
}

/// Main loss 10 / step, 64 tokens a step, a tenth of a cent each.
inline std::vector<Sample> made_up_samples(std::int64_t step)
{
    const auto s = static_cast<double>(step);
    return {{Metric::MainLoss, step, 10 / s}, {Metric::Tokens, step, 64 * s}, {Metric::HeadlineUsd, step, s / 1000}};
}

/// As the other files of a run may not have them yet.
inline void write_run_curves(const std::filesystem::path& folder, std::int64_t first, std::int64_t last)
{
    const std::vector<MetricId> columns = {Metric::MainLoss, Metric::Tokens, Metric::HeadlineUsd};
    std::filesystem::create_directories(folder);
    auto writer = first == 1 ? CurveWriter::create(folder, columns, 1) : CurveWriter::resume(folder, first - 1);
    ASSERT_TRUE(writer.ok()) << writer.error().what;
    for (std::int64_t step = first; step <= last; ++step) {
        std::vector<double> row;
        for (const Sample& sample : made_up_samples(step)) row.push_back(sample.value);
        ASSERT_TRUE(writer->append(step, row).ok());
    }
    ASSERT_TRUE(writer->commit().ok());
}

/// Manifest, database, curves, and a folder that looks like a checkpoint.
inline void make_run(const std::filesystem::path& folder, std::int64_t steps = 10,
                     const Manifest& manifest = made_up_manifest())
{
    std::filesystem::create_directories(folder / "checkpoints" / "step-000010");
    ASSERT_TRUE(write_manifest(folder, manifest).ok());
    const auto store = RunStore::open(folder / "metrics.sqlite", 0);
    ASSERT_TRUE(store.ok());
    for (std::int64_t step = 1; step <= steps; ++step) (*store)->record(made_up_samples(step));
}

} // namespace triptych::test
