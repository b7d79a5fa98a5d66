// Forks: a new run from a checkpoint of another one, which stays as it is.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/checkpoint.h"
#include "core/run/curve_reader.h"
#include "core/session/run_setup.h"
#include "tests/support/training_run_fixture.h"

#include <fstream>
#include <map>

namespace triptych::test {
namespace {

namespace fs = std::filesystem;

class RunForkTest : public TrainingRunTest {
protected:
    /// Six steps of a run named "parent", with checkpoints after 2, 4 and 6.
    RunForkTest()
    {
        RunRequest r = request(6, "parent");
        r.checkpoint_every = 2;
        RecordingObserver observer;
        train(r, observer);
    }

    RunRequest fork_of_parent(std::int64_t step, const std::string& folder,
                              const std::vector<std::string>& settings = {}) const
    {
        RunRequest r;
        r.fork = (m_small / "parent").string();
        r.fork_step = step;
        r.settings = settings;
        r.run_folder = (m_small / folder).string();
        r.max_steps = 6;
        return r;
    }
    /// Of the fork after step 4: its last losses, and "" or the file in which its last checkpoint differs.
    std::string trained_difference(const RunRequest& request, const std::string& folder) const
    {
        RecordingObserver observer;
        train(request, observer);
        for (const char* file : {"model.safetensors", "triptych/optimizer.safetensors"})
            if (slurp(checkpoint_path(m_small / folder, 6) / file) !=
                slurp(checkpoint_path(m_small / "parent", 6) / file))
                return file;
        return {};
    }
    std::map<std::string, std::string> parent_files() const
    {
        std::map<std::string, std::string> files;
        for (const auto& entry : fs::recursive_directory_iterator(m_small / "parent"))
            if (entry.is_regular_file()) files[entry.path().string()] = slurp(entry.path());
        return files;
    }
    std::string fork_refusal(std::int64_t step, const std::vector<std::string>& settings) const
    {
        const std::string what = refusal(fork_of_parent(step, "fork", settings));
        EXPECT_FALSE(fs::exists(m_small / "fork")) << "something is left of a fork that was refused";
        return what;
    }
};

TEST_F(RunForkTest, WithoutAChangeItRepeatsTheOtherRunBitForBit)
{
    EXPECT_EQ(trained_difference(fork_of_parent(2, "fork"), "fork"), "");
    const auto parent = series("parent", Metric::Loss);
    const auto fork = series("fork", Metric::Loss);
    ASSERT_EQ(parent.size(), 6U);
    ASSERT_EQ(fork.size(), 4U) << "its steps count on from the checkpoint";
    for (std::size_t i = 0; i < fork.size(); ++i) {
        EXPECT_EQ(fork[i].step, parent[i + 2].step);
        EXPECT_EQ(fork[i].value, parent[i + 2].value);
    }
    const auto curves = CurveReader::open(m_small / "fork/curves");
    ASSERT_TRUE(curves.ok());
    EXPECT_EQ(curves->first_step(), 3);
    EXPECT_EQ(series("fork", Metric::Tokens).back().value, series("parent", Metric::Tokens).back().value);
}

TEST_F(RunForkTest, WithAnotherRateItDiffersAndTheOtherRunStaysAsItIs)
{
    const auto before = parent_files();
    EXPECT_NE(trained_difference(fork_of_parent(4, "fork", {"learning_rate=0.01"}), "fork"), "");
    EXPECT_EQ(parent_files(), before);
    EXPECT_EQ(series("fork", Metric::Loss).front().value, series("parent", Metric::Loss)[4].value)
        << "the first loss is that of the weights they share";
    EXPECT_NE(series("fork", Metric::Loss).back().value, series("parent", Metric::Loss).back().value);
}

TEST_F(RunForkTest, SaysWhereItComesFrom)
{
    RecordingObserver observer;
    train(fork_of_parent(4, "fork", {"learning_rate=0.01", "seed=1"}), observer);
    const auto manifest = read_manifest(m_small / "fork");
    ASSERT_TRUE(manifest.ok());
    ASSERT_TRUE(manifest->forked_from);
    EXPECT_EQ(manifest->forked_from->run, (m_small / "parent").string());
    EXPECT_EQ(manifest->forked_from->step, 4);
    EXPECT_EQ(manifest->forked_from->changed, std::vector<std::string>{"learning_rate=0.01"}) << "the seed is the same";
    EXPECT_EQ(manifest->train.learning_rate, 0.01);
    EXPECT_FALSE(read_manifest(m_small / "parent")->forked_from);
}

TEST_F(RunForkTest, HoldsItsCheckpointFromTheFirstMomentAndCanBeGoneOnWith)
{
    {
        RecordingObserver observer;
        auto run = TrainingRun::open(fork_of_parent(4, "fork"), observer);
        ASSERT_TRUE(run.ok()) << run.error().what;
    } // gone before its first step, as if it had been killed
    EXPECT_TRUE(fs::exists(checkpoint_path(m_small / "fork", 4)));
    EXPECT_EQ(trained_difference(resumed(6, "fork"), "fork"), "");
}

TEST_F(RunForkTest, TakesTheLatestCheckpointWhereNoneIsNamed)
{
    RunRequest r = fork_of_parent(-1, "fork");
    EXPECT_NE(refusal(r).find("would end at step 6"), std::string::npos);
    r.max_steps = 8;
    RecordingObserver observer;
    train(r, observer);
    EXPECT_EQ(series("fork", Metric::Loss).size(), 2U);
}

TEST_F(RunForkTest, RefusesWhatWouldChangeTheModelOrWhatIsHeldOut)
{
    EXPECT_NE(fork_refusal(4, {"num_hidden_layers=3"}).find("belongs to the model"), std::string::npos);
    EXPECT_NE(fork_refusal(4, {"rope_scaling.factor=40"}).find("belongs to the model"), std::string::npos);
    EXPECT_NE(fork_refusal(4, {"router=softmax_aux"}).find("belongs to the model"), std::string::npos);
    EXPECT_NE(fork_refusal(4, {"validation_fraction=0.5"}).find("held out"), std::string::npos);
    EXPECT_NE(fork_refusal(4, {"learning_rat=1"}).find("no setting named"), std::string::npos);
    EXPECT_NE(fork_refusal(4, {"learning_rate=-1"}).find("learning_rate"), std::string::npos);
}

TEST_F(RunForkTest, SaysWhichCheckpointsThereAre)
{
    RecordingObserver observer;
    const auto run = TrainingRun::open(fork_of_parent(3, "fork"), observer);
    ASSERT_FALSE(run.ok());
    EXPECT_NE(run.error().what.find("no checkpoint of step 3"), std::string::npos);
    EXPECT_NE(run.error().hint.find("6, 4, 2"), std::string::npos) << run.error().hint;
    EXPECT_NE(refusal(fork_of_parent(4, "parent")).find("holds a run already"), std::string::npos);
}

TEST(ReadForkTest, TakesARunWithAStepOrWithout)
{
    RunRequest r;
    EXPECT_TRUE(read_fork("runs/a@12", r).ok());
    EXPECT_EQ(r.fork, "runs/a");
    EXPECT_EQ(r.fork_step, 12);
    EXPECT_TRUE(read_fork("runs/a", r).ok());
    EXPECT_EQ(r.fork_step, -1);
    EXPECT_FALSE(read_fork("runs/a@x", r).ok());
    EXPECT_FALSE(read_fork("runs/a@", r).ok());
    EXPECT_FALSE(read_fork("runs/a@-3", r).ok());
}

} // namespace
} // namespace triptych::test
