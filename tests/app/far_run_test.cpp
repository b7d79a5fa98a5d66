// inspect and cost of a run that another machine writes: what is there is told, and nothing is left with it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/training_run.h"
#include "tests/app/program.h"
#include "tests/support/far_copy.h"
#include "tests/support/small_run.h"

#include <nlohmann/json.hpp>

#include <set>
#include <thread>

namespace triptych::test {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

class FarRunProgram : public testing::Test {
protected:
    FarRunProgram()
    {
        RunRequest request = m_small.request();
        request.run_folder = (m_small / "near").string();
        m_run = TrainingRun::open(request, m_observer).take();
        fs::create_directories(m_small / "far");
        for (int i = 0; i < 7; ++i) m_run->step();
    }
    ~FarRunProgram() override { m_run->finish("stopped"); }

    std::string far() const { return (m_small / "far").string(); }
    /// The first answer with six steps or more, once the files that the trainer writes now and then have come.
    Json told(const Arguments& arguments, const std::function<std::int64_t(const Json&)>& steps) const
    {
        for (int i = 0; i < 300; ++i) {
            while (m_mount.pass()) {
            }
            const Outcome done = run_program(arguments);
            if (done.exit_code == 0)
                if (const Json json = Json::parse(done.out); steps(json) >= 6) return json;
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
        ADD_FAILURE() << run_program(arguments).err;
        return {};
    }
    std::set<std::string> files() const
    {
        std::set<std::string> names;
        for (const auto& entry : fs::directory_iterator(far())) names.insert(entry.path().filename().string());
        return names;
    }

    SmallRun m_small;
    RecordingObserver m_observer;
    std::unique_ptr<TrainingRun> m_run;
    FarCopy m_mount{m_small / "near", m_small / "far", "node7"};
};

TEST_F(FarRunProgram, InspectTellsHowFarItIsAndWhoTrainsIt)
{
    const Json run =
        told({"inspect", far(), "--json"}, [](const Json& json) { return json["steps"].get<std::int64_t>(); });
    ASSERT_FALSE(HasFailure());
    EXPECT_EQ(run["state"], "running");
    EXPECT_EQ(run["tokens"], run["steps"].get<std::int64_t>() * 64);
    EXPECT_GT(run["loss"], 1.0);
    EXPECT_GT(run["validation_loss"], 1.0) << "a rarer metric";
    EXPECT_GT(run["train_seconds"], 0.0);
    const Outcome text = run_program({"inspect", far()});
    EXPECT_NE(text.out.find("being trained by process"), std::string::npos) << text.out << text.err;
    EXPECT_NE(text.out.find("on node7"), std::string::npos) << text.out;
    EXPECT_FALSE(files().count("metrics.sqlite-shm")) << "nothing is put beside the other one's database";
}

TEST_F(FarRunProgram, CostPricesItsHoursSoFar)
{
    const Json cost = told({"cost", "--run", far(), "--json"}, [this](const Json&) {
        const Outcome run = run_program({"inspect", far(), "--json"});
        return run.exit_code == 0 ? Json::parse(run.out)["steps"].get<std::int64_t>() : 0;
    });
    ASSERT_FALSE(HasFailure());
    EXPECT_GT(cost["live"]["device_seconds"], 0.0);
    EXPECT_GT(cost["live"]["usd_per_mtoken"], 0.0);
    EXPECT_FALSE(files().count("metrics.sqlite-shm"));
}

TEST_F(FarRunProgram, WithoutCurvesItIsSaidWhatIsMissing)
{
    (void)told({"inspect", far(), "--json"}, [](const Json& json) { return json["steps"].get<std::int64_t>(); });
    fs::remove_all(m_small / "far/curves");
    const Outcome refused = run_program({"inspect", far()});
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_NE(refused.err.find("is being written by process"), std::string::npos) << refused.err;
    EXPECT_NE(refused.err.find("there are no curves"), std::string::npos) << refused.err;
}

} // namespace
} // namespace triptych::test
