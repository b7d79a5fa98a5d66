// A training run driven step by step, as the command line does: what it refuses before anything is written, what it
// tells.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/config_json.h"
#include "core/session/training_run.h"
#include "tests/support/file_size_limit.h"
#include "tests/support/temp_folder.h"
#include "tests/support/tiny_config.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace triptych::test {
namespace {

/// Keeps every event.
class Recorder : public RunObserver {
public:
    void on_event(Event event) override { m_events.push_back(std::move(event)); }
    void on_step(const StepReport&, const std::vector<Sample>&) override {}
    void on_loads(std::shared_ptr<const LoadFrame>) override {}
    void on_probe(std::shared_ptr<const ProbeFrame>) override {}

    template <class T>
    std::vector<T> all() const
    {
        std::vector<T> found;
        for (const Event& event : m_events)
            if (const T* e = std::get_if<T>(&event)) found.push_back(*e);
        return found;
    }

private:
    std::vector<Event> m_events;
};

class TrainingRunTest : public testing::Test {
protected:
    TrainingRunTest()
    {
        ModelConfig config = tiny_config();
        config.vocab_size = 264;
        m_folder.write("config.json", model_config_json(config));
        m_folder.write("text.txt", std::string(4000, 'a') + std::string(4000, 'b'));
    }

    RunRequest request() const
    {
        RunRequest r;
        r.model = (m_folder / "config.json").string();
        r.data = {(m_folder / "text.txt").string()};
        r.settings = {"sequence_length=32", "batch_size=2", "threads=1", "eval_every=0"};
        r.run_folder = (m_folder / "run").string();
        return r;
    }
    static void run(const RunRequest& request, Recorder& recorder, int steps)
    {
        auto run = TrainingRun::open(request, recorder);
        ASSERT_TRUE(run.ok()) << run.error().what;
        for (int i = 0; i < steps; ++i) (*run)->step();
        (*run)->finish("stopped");
    }

    TempFolder m_folder;
    Recorder m_recorder;
};

TEST_F(TrainingRunTest, TellsItsPrecision)
{
    run(request(), m_recorder, 1);
    ASSERT_EQ(m_recorder.all<event::RunStarted>().size(), 1U);
    EXPECT_EQ(m_recorder.all<event::RunStarted>()[0].precision, "f32");
}

TEST_F(TrainingRunTest, IsNotResumedOnOtherData)
{
    run(request(), m_recorder, 2);
    RunRequest again;
    again.resume = request().run_folder;
    run(again, m_recorder, 1); // the same data
    m_folder.write("text.txt", std::string(8000, 'c'));
    const auto refused = TrainingRun::open(again, m_recorder);
    ASSERT_FALSE(refused.ok());
    EXPECT_NE(refused.error().what.find("text.txt have changed since the run began"), std::string::npos)
        << refused.error().what;
}

TEST_F(TrainingRunTest, IsRefusedBeforeAnythingIsWrittenWhenMemoryIsTooSmall)
{
    RunRequest large = request();
    large.settings.push_back("batch_size=1048576");
    large.settings.push_back("sequence_length=64");
    const auto refused = TrainingRun::open(large, m_recorder);
    ASSERT_FALSE(refused.ok());
    EXPECT_NE(refused.error().what.find("with batches of 1048576 x 64 tokens takes"), std::string::npos)
        << refused.error().what;
    EXPECT_FALSE(std::filesystem::exists(large.run_folder));
    EXPECT_TRUE(m_recorder.all<event::RunStarted>().empty());
}

TEST_F(TrainingRunTest, TellsThatTheLastSamplesAndTheCheckpointCouldNotBeWritten)
{
    auto opened = TrainingRun::open(request(), m_recorder);
    ASSERT_TRUE(opened.ok()) << opened.error().what;
    {
        const FileSizeLimit full_disk(1 << 15);
        (*opened)->step();
        (*opened)->finish("stopped");
    }
    std::vector<std::string> kinds;
    for (const auto& health : m_recorder.all<event::Health>()) kinds.push_back(health.kind);
    EXPECT_NE(std::find(kinds.begin(), kinds.end(), "checkpoint"), kinds.end());
    EXPECT_NE(std::find(kinds.begin(), kinds.end(), "store"), kinds.end());
    EXPECT_TRUE(m_recorder.all<event::CheckpointSaved>().empty());
    // No half-written checkpoint is left, visible or not.
    EXPECT_TRUE(std::filesystem::is_empty(m_folder / "run/checkpoints"));
}

} // namespace
} // namespace triptych::test
