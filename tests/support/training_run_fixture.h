// Runs of the small model in a folder of their own, and what they left there.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run_store.h"
#include "tests/support/small_run.h"

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

namespace triptych::test {

class TrainingRunTest : public testing::Test {
protected:
    TrainingRunTest() { std::filesystem::permissions(m_small.path(), std::filesystem::perms(0755)); }

    RunRequest request(std::int64_t steps, const std::string& folder = {}) const
    {
        RunRequest r = m_small.request();
        r.settings[2] = "threads=2";
        r.settings.push_back("schedule_steps=20");
        r.max_steps = steps;
        if (!folder.empty()) r.run_folder = (m_small / folder).string();
        return r;
    }
    RunRequest resumed(std::int64_t steps, const std::string& folder) const
    {
        RunRequest r;
        r.resume = (m_small / folder).string();
        r.max_steps = steps;
        return r;
    }
    static std::string refusal(const RunRequest& request)
    {
        RecordingObserver observer;
        const auto run = TrainingRun::open(request, observer);
        if (run) return {};
        EXPECT_FALSE(run.error().hint.empty()) << run.error().what;
        EXPECT_TRUE(observer.events.empty()) << "a run that was not begun was announced";
        return run.error().what;
    }
    std::vector<SeriesPoint> series(const std::string& folder, MetricId metric) const
    {
        return RunReader::open(m_small / folder / "metrics.sqlite").take().series(metric).value();
    }
    std::vector<std::string> names() const
    {
        std::vector<std::string> found;
        for (const auto& entry : std::filesystem::directory_iterator(m_small.path()))
            found.push_back(entry.path().filename().string());
        std::sort(found.begin(), found.end());
        return found;
    }

    static std::string lines(int count)
    {
        std::string text;
        for (int i = 0; i < count; ++i) text += "Line number " + std::to_string(i) + ".\n";
        return text;
    }

    SmallRun m_small;
};

} // namespace triptych::test
