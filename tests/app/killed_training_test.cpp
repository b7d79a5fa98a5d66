// Trainings that are killed and gone on with: device time and what it costs are neither lost nor counted twice, and
// the account of time claims no second that did not pass.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/run_meter.h"
#include "core/run/run_store.h"
#include "core/run/time_account.h"
#include "tests/app/program_fixture.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <csignal>
#include <thread>

namespace triptych::test {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

class KilledTraining : public ProgramTest {
protected:
    /// Trains on, with a checkpoint every third step, until stdout holds the text and a while longer, and kills it.
    /// Returns the first step that was told, 0 where none was.
    std::int64_t train_and_kill(const std::string& until, std::chrono::milliseconds longer)
    {
        Arguments arguments = m_sessions++ == 0 ? train("run", {}) : Arguments{"train", "--resume", path("run")};
        for (const char* more : {"--steps", "1000000", "--checkpoint-every", "3", "--json"}) arguments.push_back(more);
        const auto began = fs::file_time_type::clock::now();
        const auto steady = std::chrono::steady_clock::now();
        Program training(arguments);
        EXPECT_TRUE(training.wait_for(until));
        std::this_thread::sleep_for(longer);
        training.send(SIGKILL);
        const Outcome killed = training.wait();
        EXPECT_EQ(killed.signal, SIGKILL) << killed.err;
        m_wall += std::chrono::duration<double>(std::chrono::steady_clock::now() - steady).count();
        std::error_code missing;
        const auto written = fs::last_write_time(path("run/time.json"), missing);
        if (!missing) m_written += std::max(0.0, std::chrono::duration<double>(written - began).count());
        const auto at = killed.out.find("{\"event\":\"step\"");
        if (at == std::string::npos) return 0;
        return Json::parse(killed.out.substr(at, killed.out.find('\n', at) - at))["step"];
    }

    std::vector<SeriesPoint> series(Metric metric) const
    {
        const auto reader = RunReader::open(path("run/metrics.sqlite"));
        EXPECT_TRUE(reader.ok());
        return reader ? reader->series(metric).take() : std::vector<SeriesPoint>();
    }

    /// Each step's device time is that of the one before and its own; both meters follow from it.
    void expect_one_clock() const
    {
        const auto seconds = series(Metric::TrainSeconds);
        const auto own = series(Metric::StepSeconds);
        const auto headline = series(Metric::HeadlineUsd);
        const auto full = series(Metric::TcoUsd);
        ASSERT_FALSE(seconds.empty());
        ASSERT_EQ(own.size(), seconds.size());
        ASSERT_EQ(headline.size(), seconds.size());
        ASSERT_EQ(full.size(), seconds.size());
        const RunMeter meter(RunPrices::this_machine(1));
        double before = 0;
        for (std::size_t i = 0; i < seconds.size(); ++i) {
            ASSERT_EQ(seconds[i].step, static_cast<std::int64_t>(i) + 1);
            EXPECT_NEAR(seconds[i].value - before, own[i].value, 1e-9 * seconds[i].value) << "step " << i + 1;
            before = seconds[i].value;
            EXPECT_DOUBLE_EQ(headline[i].value, meter.headline_usd(before));
            EXPECT_DOUBLE_EQ(full[i].value, meter.tco_usd(before));
            EXPECT_GE(headline[i].value, i > 0 ? headline[i - 1].value : 0);
            EXPECT_GE(full[i].value, i > 0 ? full[i - 1].value : 0);
        }
    }

    TimeAccount account() const
    {
        const auto read = read_time_account(path("run"));
        EXPECT_TRUE(read.ok() && read->has_value());
        return read && *read ? **read : TimeAccount();
    }

    /// No more than went by, and no less than half of what went by until it was last written: the start of a process is
    /// not in it. One of three sessions that was forgotten or counted twice would show.
    void expect_time_that_passed() const
    {
        const TimeAccount now = account();
        EXPECT_LE(now.total(), m_wall);
        EXPECT_GE(now.total(), 0.5 * m_written);
    }

    double m_wall = 0;    ///< of all processes
    double m_written = 0; ///< of it, until the account was last written
    int m_sessions = 0;
};

TEST_F(KilledTraining, KeepsItsDeviceSecondsThroughThreeKillsInARow)
{
    using namespace std::chrono_literals;
    double worked = 0;
    double lost = 0;
    for (const auto& [until, longer] : {std::pair{"\"step\":7,", 0ms},
                                        {"{\"event\":\"checkpoint\"", 5ms},
                                        {"{\"event\":\"step\"", 17ms},
                                        {"{\"event\":\"checkpoint\"", 130ms}}) {
        const std::int64_t first = train_and_kill(until, longer);
        ASSERT_GT(first, 0);
        expect_one_clock();
        expect_time_that_passed();
        const auto seconds = series(Metric::TrainSeconds);
        ASSERT_GE(seconds.back().step, first - 1);
        // What the session before had done beyond the checkpoint it was gone on from.
        if (first > 1) lost += worked - seconds[static_cast<std::size_t>(first) - 2].value;
        EXPECT_NEAR(account().seconds(TimeUse::Lost), lost, 1e-6 + 1e-9 * worked);
        worked = std::max(seconds.back().value, account().seconds(TimeUse::Productive));
    }
    const Outcome rest = run_program({"train", "--resume", path("run"), "--minutes", "0.001", "--json"});
    EXPECT_EQ(rest.exit_code, 0) << rest.err;
    expect_one_clock();
    EXPECT_NEAR(account().seconds(TimeUse::Productive), series(Metric::TrainSeconds).back().value, 1e-6);
}

TEST_F(KilledTraining, KeepsThemWhenItIsKilledBeforeItsFirstStep)
{
    using namespace std::chrono_literals;
    ASSERT_EQ(train_and_kill("\"step\":8,", 3ms), 1);
    const double worked = series(Metric::TrainSeconds).back().value;
    for (const auto longer : {0ms, 2ms, 9ms}) {
        train_and_kill("{\"event\":\"start\"", longer);
        expect_one_clock();
        expect_time_that_passed();
    }
    const std::int64_t first = train_and_kill("{\"event\":\"step\"", 0ms);
    ASSERT_GT(first, 1);
    expect_one_clock();
    expect_time_that_passed();
    // Whatever was lost was lost once, by each of the processes at the most.
    EXPECT_LE(account().seconds(TimeUse::Lost) + account().seconds(TimeUse::Productive), m_wall);
    EXPECT_GT(series(Metric::TrainSeconds).back().value, 0.1 * worked);
}

} // namespace
} // namespace triptych::test
