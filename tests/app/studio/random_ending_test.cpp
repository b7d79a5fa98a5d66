// The studio ended at random moments, by every way there is: whatever it was doing, each run folder that it leaves
// opens, has all that was stored, and can be gone on with from its checkpoints.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/hf_checkpoint.h"
#include "core/run/checkpoint.h"
#include "core/run/session_file.h"
#include "core/session/recorded_run.h"
#include "core/session/training_run.h"
#include "tests/app/studio/studio_process.h"
#include "tests/support/small_run.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <random>

namespace triptych::test {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::milliseconds;

constexpr int kEndings = 20;
constexpr int kLongestWait = 1500; // ms

enum class By : std::uint8_t { Kill, Terminate, HangUp, Display, KillAmidSaving };
constexpr std::array kWays = {By::Kill, By::Terminate, By::HangUp, By::Display, By::KillAmidSaving};

const char* name_of(By by)
{
    constexpr std::array kNames = {"SIGKILL", "SIGTERM", "SIGHUP", "the display killed", "SIGTERM, then SIGKILL"};
    return kNames[static_cast<std::size_t>(by)];
}

/// Another one each time; TRIPTYCH_SEED=N repeats the moments of one, as far as the machine is as fast.
std::uint32_t seed()
{
    const char* given = std::getenv("TRIPTYCH_SEED");
    return given ? static_cast<std::uint32_t>(std::strtoul(given, nullptr, 10)) : std::random_device{}();
}

struct Ending {
    By by = By::Kill;
    bool trains = false;        ///< the wait begins with the first step that is stored, else with the process
    Milliseconds wait{0};       ///< before the end
    Milliseconds after_term{0}; ///< of KillAmidSaving

    std::string words() const
    {
        return std::string(name_of(by)) + ' ' + std::to_string(wait.count()) + " ms after the " +
               (trains ? "first step" : "start") +
               (by == By::KillAmidSaving ? ", " + std::to_string(after_term.count()) + " ms apart" : "");
    }
};

/// Each way four times, twice while it trains and twice wherever it is.
std::vector<Ending> endings(std::uint32_t seed)
{
    std::mt19937 random(seed);
    std::vector<Ending> all;
    for (int i = 0; i < kEndings; ++i)
        all.push_back({kWays[static_cast<std::size_t>(i) % kWays.size()], i % 2 == 1,
                       Milliseconds(random() % kLongestWait), Milliseconds(random() % 60)});
    return all;
}

class StudioEndedAtRandom : public StudioProcess {
protected:
    fs::path newest() const
    {
        const auto all = runs();
        return all.size() > m_known ? all.back() : fs::path();
    }
    /// Looks at what is stored until the moment has come.
    void wait_until(Clock::time_point moment)
    {
        while (Clock::now() < moment) {
            m_seen = std::max(m_seen, stored_steps(newest()));
            std::this_thread::sleep_for(Milliseconds(5));
        }
    }
    /// False where it takes a display to be killed and there is none to be had.
    bool can_be(const Ending& ending) { return ending.by != By::Display || startDisplay(); }
    void end_by(const Ending& ending)
    {
        m_known = runs().size();
        m_seen = 0;
        const auto began = Clock::now();
        launch();
        if (ending.trains) {
            ASSERT_TRUE(waits([&] { return stored_steps(newest()) > 0; })) << slurp(m_folder / "log");
            wait_until(Clock::now() + ending.wait);
        } else {
            wait_until(began + ending.wait);
        }
        switch (ending.by) {
        case By::Kill: ::kill(m_studio, SIGKILL); break;
        case By::Terminate: ::kill(m_studio, SIGTERM); break;
        case By::HangUp: ::kill(m_studio, SIGHUP); break;
        case By::Display: stop(m_display); break;
        case By::KillAmidSaving:
            ::kill(m_studio, SIGTERM);
            std::this_thread::sleep_for(ending.after_term);
            ::kill(m_studio, SIGKILL);
            break;
        }
        expect_ended(ending);
        m_screen.clear();
    }
    /// A studio that was asked to end, and had begun, does so by itself.
    void expect_ended(const Ending& ending)
    {
        const int status = end();
        const bool asked = ending.by == By::Terminate || ending.by == By::HangUp;
        const bool saves = (asked || ending.by == By::Display) && ending.trains;
        if (!saves) return;
        EXPECT_TRUE(WIFEXITED(status)) << status;
        if (asked) {
            EXPECT_EQ(WEXITSTATUS(status), 0);
        }
        const auto last = latest_checkpoint(newest());
        ASSERT_TRUE(last);
        EXPECT_EQ(*last, checkpoint_path(newest(), stored_steps(newest()))) << "with its last step";
    }

    std::size_t m_known = 0; ///< runs that were there before
    std::int64_t m_seen = 0; ///< steps that were stored before the end
};

/// It is no run yet, or one that opens without a word of damage and whose checkpoints are whole.
void expect_whole(const fs::path& run)
{
    const auto read = read_recorded_run(run, "The old house");
    if (!fs::exists(run / "run.json")) {
        EXPECT_FALSE(read);
        EXPECT_FALSE(fs::exists(run / "metrics.sqlite")) << "numbers of a run that nobody can open";
        return;
    }
    if (!read && stored_steps(run) == 0) { // it was ended before its first word
        EXPECT_FALSE(read.error().hint.empty()) << read.error().what;
        return;
    }
    ASSERT_TRUE(read) << read.error().what;
    for (const std::string& note : read->notes) EXPECT_EQ(note.find("damaged"), std::string::npos) << note;
    ASSERT_TRUE(read->session);
    EXPECT_NE(read->session->state, RunState::Running) << "nobody trains it";
    const auto losses = read->series.find(Metric::Loss);
    const std::int64_t last = stored_steps(run);
    ASSERT_EQ(losses == read->series.end() ? 0 : losses->second.size(), static_cast<std::size_t>(last));
    for (std::int64_t step = 1; step <= last; ++step)
        ASSERT_EQ(losses->second[static_cast<std::size_t>(step) - 1].step, step) << "a step is missing";
    for (const StoredCheckpoint& stored : list_checkpoints(run)) {
        EXPECT_LE(stored.step, last) << "numbers reach as far as what is gone on from";
        const auto opened = HfCheckpoint::open(stored.path);
        ASSERT_TRUE(opened) << opened.error().what;
        const auto state = read_train_state(*opened);
        ASSERT_TRUE(state) << state.error().what;
        EXPECT_EQ(state->progress.step, stored.step);
    }
}

/// From its newest checkpoint, which reads all weights and moments; and not where there is none.
void expect_resumable(const fs::path& run)
{
    if (!fs::exists(run / "run.json")) return;
    const auto checkpoint = latest_checkpoint(run);
    RunRequest request;
    request.resume = run.string();
    RecordingObserver observer;
    auto resumed = TrainingRun::open(request, observer);
    ASSERT_EQ(resumed.ok(), checkpoint.has_value()) << (resumed ? "without a checkpoint" : resumed.error().what);
    if (!resumed) {
        EXPECT_FALSE(resumed.error().hint.empty());
        return;
    }
    (*resumed)->step();
    ASSERT_EQ(observer.reports.size(), 1U);
    EXPECT_EQ(checkpoint_path(run, observer.reports[0].step - 1), *checkpoint);
    (*resumed)->finish("stopped");
}

TEST_F(StudioEndedAtRandom, LeavesRunsThatOpenWithAllThatWasStored)
{
    const std::uint32_t chosen = seed();
    std::printf("TRIPTYCH_SEED=%u\n", chosen);
    RecordProperty("seed", std::to_string(chosen));
    int left_out = 0;
    for (const Ending& ending : endings(chosen)) {
        if (!can_be(ending)) {
            ++left_out;
            continue;
        }
        SCOPED_TRACE("TRIPTYCH_SEED=" + std::to_string(chosen) + ": " + ending.words());
        end_by(ending);
        if (HasFatalFailure()) return;
        const fs::path run = newest();
        std::printf("%s: %lld steps\n", ending.words().c_str(), static_cast<long long>(stored_steps(run)));
        EXPECT_GE(stored_steps(run), m_seen) << "a step was stored and is gone";
        if (!run.empty()) expect_whole(run);
        if (!run.empty()) expect_resumable(run);
        if (HasFatalFailure()) return;
    }
    for (const fs::path& run : runs()) {
        SCOPED_TRACE(run.string());
        expect_whole(run); // those that were gone on with, too
    }
    if (left_out > 0) GTEST_SKIP() << "all others were whole; there is no Xvfb for " << left_out << " endings";
}

} // namespace
} // namespace triptych::test
