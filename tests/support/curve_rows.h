// Rows of numbers that a run could have recorded, some of them none, and what curves should say of them.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/curve_reader.h"
#include "core/run/curve_writer.h"
#include "kernels/base/rng.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace triptych::test {

inline std::vector<MetricId> curve_columns(std::size_t count)
{
    std::vector<MetricId> columns = {Metric::Loss, Metric::StepSeconds, Metric::GradNorm};
    for (std::size_t i = columns.size(); i < count; ++i)
        columns.push_back({Metric::LayerMaxVio, static_cast<std::int64_t>(i)});
    columns.resize(count);
    return columns;
}

/// A small whole number, so that smallest and largest are there often; one in eight is none, in four ways.
inline double curve_value(std::int64_t step, std::size_t column)
{
    const Philox random(column, static_cast<std::uint64_t>(step));
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    switch (random.below(0, 32)) {
    case 0: return std::numeric_limits<double>::quiet_NaN();
    case 1: return kInfinity;
    case 2: return -kInfinity;
    case 3: return curve::kMissing;
    default: return static_cast<double>(random.below(1, 5000)) - 2500;
    }
}

inline std::vector<double> curve_row(std::int64_t step, std::size_t columns)
{
    std::vector<double> row(columns);
    for (std::size_t c = 0; c < columns; ++c) row[c] = curve_value(step, c);
    return row;
}

/// Steps from `first` to `last`, with a sample of another metric every hundred, and a commit every `commit_every`.
inline void append_rows(CurveWriter& writer, std::int64_t first, std::int64_t last, std::int64_t commit_every = 97)
{
    for (std::int64_t step = first; step <= last; ++step) {
        const Status done = writer.append(step, curve_row(step, writer.columns().size()));
        ASSERT_TRUE(done.ok()) << done.error().what;
        if (step % 100 == 0) {
            ASSERT_TRUE(writer.append(Sample{Metric::ValLoss, step, static_cast<double>(step)}).ok());
        }
        if (step % 700 == 0) {
            ASSERT_TRUE(writer.append(Sample{Metric::ValMaxVio, step, 0.5}).ok());
        }
        if (step % commit_every == 0) {
            ASSERT_TRUE(writer.commit().ok());
        }
    }
    ASSERT_TRUE(writer.commit().ok());
}

inline CurveWriter new_curves(const std::filesystem::path& folder, std::size_t columns = 3, std::int64_t first_step = 1)
{
    auto writer = CurveWriter::create(folder, curve_columns(columns), first_step);
    EXPECT_TRUE(writer.ok()) << (writer.ok() ? "" : writer.error().what);
    return writer.take();
}

inline CurveReader open_reader(const std::filesystem::path& folder)
{
    auto reader = CurveReader::open(folder);
    EXPECT_TRUE(reader.ok()) << (reader.ok() ? "" : reader.error().what);
    return reader.take();
}

inline bool same_bits(double a, double b)
{
    return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

/// That every step there is has the value it was given.
inline void expect_rows(const CurveReader& reader)
{
    std::vector<double> values(static_cast<std::size_t>(reader.last_step() - reader.first_step() + 1));
    for (std::size_t c = 0; c < reader.columns().size(); ++c) {
        const Status read = reader.values(c, reader.first_step(), values);
        ASSERT_TRUE(read.ok()) << read.error().what;
        for (std::size_t i = 0; i < values.size(); ++i) {
            const std::int64_t step = reader.first_step() + static_cast<std::int64_t>(i);
            ASSERT_TRUE(same_bits(values[i], curve::stored(curve_value(step, c))) ||
                        (curve::is_missing(values[i]) && curve::is_missing(curve_value(step, c))))
                << "step " << step << ", column " << c << ": " << values[i];
        }
    }
}

/// Every file of a folder by name.
inline std::map<std::string, std::string> contents_of(const std::filesystem::path& folder)
{
    std::map<std::string, std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        files[entry.path().filename().string()] = slurp(entry.path());
    return files;
}

/// Compares without printing megabytes.
inline void expect_same_contents(const std::filesystem::path& a, const std::filesystem::path& b)
{
    const auto left = contents_of(a);
    const auto right = contents_of(b);
    ASSERT_EQ(left.size(), right.size());
    for (const auto& [name, bytes] : left) {
        ASSERT_TRUE(right.count(name)) << name;
        EXPECT_EQ(bytes.size(), right.at(name).size()) << name;
        EXPECT_TRUE(bytes == right.at(name)) << name << " differs";
    }
}

} // namespace triptych::test
