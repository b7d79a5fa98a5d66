// A small run with everything that a report can say: experts, MTP, domains, validations, a probe text, checkpoints.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/report_reader.h"
#include "tests/support/small_run.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

namespace triptych::test {

/// Trained once for a whole suite; tests that change files take a copy.
class ReportedRunTest : public testing::Test {
protected:
    static constexpr std::int64_t kSteps = 12;

    static void SetUpTestSuite()
    {
        s_run = std::make_unique<SmallRun>();
        RunRequest request = s_run->request();
        request.settings.insert(request.settings.end(), {"probe_every=4", "learning_rate=0.002"});
        request.run_folder = folder().string();
        request.max_steps = kSteps;
        request.checkpoint_every = 6;
        RecordingObserver observer;
        ASSERT_TRUE(train(request, observer));
    }
    static void TearDownTestSuite() { s_run.reset(); }

    static std::filesystem::path folder() { return s_run->path() / "run"; }

    /// The run at another place.
    std::filesystem::path copied(const std::string& name = "run") const
    {
        std::filesystem::copy(folder(), m_other / name, std::filesystem::copy_options::recursive);
        return m_other / name;
    }
    static RunReport report_of(const std::filesystem::path& run_folder, const ReportOptions& options = {})
    {
        auto report = read_run_report(run_folder, options);
        EXPECT_TRUE(report.ok()) << (report.ok() ? "" : report.error().what);
        return report ? report.take() : RunReport();
    }
    /// Why a part is not there; empty: nothing was said.
    static std::string lack_of(const RunReport& report, ReportPart part)
    {
        for (const ReportLack& lack : report.lacks)
            if (lack.part == part) return lack.why;
        return {};
    }

    static inline std::unique_ptr<SmallRun> s_run;
    TempFolder m_other;
};

} // namespace triptych::test
