// A session as the window uses it: commands in, events and frames out, on its own thread.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/session.h"

#include "core/config/config_json.h"
#include "core/run/checkpoint.h"
#include "core/run/manifest.h"
#include "core/run/run_store.h"
#include "core/run/session_file.h"
#include "tests/support/tiny_config.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <thread>

#include <unistd.h>

namespace triptych::test {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

class SessionTest : public testing::Test {
protected:
    SessionTest() : m_folder(fs::temp_directory_path() / ("triptych-session-" + std::to_string(::getpid())))
    {
        fs::remove_all(m_folder);
        fs::create_directories(m_folder);
        ModelConfig config = tiny_config();
        config.vocab_size = 264;
        config.num_nextn_predict_layers = 1;
        std::ofstream(m_folder / "config.json") << model_config_json(config);
    }
    ~SessionTest() override { fs::remove_all(m_folder); }

    RunRequest request() const
    {
        RunRequest r;
        r.model = (m_folder / "config.json").string();
        r.settings = {"sequence_length=32", "batch_size=2", "threads=1", "eval_every=4", "eval_batches=1"};
        return r;
    }

    /// Collects events until one of this kind; fails after a generous while.
    template <class T> std::optional<T> wait_for(Session& session)
    {
        const auto end = std::chrono::steady_clock::now() + 120s;
        while (std::chrono::steady_clock::now() < end) {
            for (Event& e : session.take_events()) m_events.push_back(std::move(e));
            while (m_next < m_events.size())
                if (const T* found = std::get_if<T>(&m_events[m_next++])) return *found;
            std::this_thread::sleep_for(2ms);
        }
        ADD_FAILURE() << "the event did not come";
        return std::nullopt;
    }
    void wait_for_state(Session& session, SessionState state)
    {
        while (const auto changed = wait_for<event::StateChanged>(session))
            if (changed->state == state) return;
    }
    static std::int64_t last_step(Session& session)
    {
        std::vector<Sample> samples;
        session.metrics().drain(samples);
        return samples.empty() ? -1 : samples.back().step;
    }

    fs::path m_folder;
    std::vector<Event> m_events;
    std::size_t m_next = 0;
};

TEST_F(SessionTest, RunsToItsLimitAndLeavesARunThatCanBeRead)
{
    Session session;
    RunRequest r = request();
    r.max_steps = 6;
    r.run_folder = (m_folder / "run").string();
    r.checkpoint_every = 4;
    session.post(command::SetProbeEvery{2});
    session.post(command::SetProbeText{"12 + 30 = 42"});
    session.post(command::Start{r});
    const auto started = wait_for<event::RunStarted>(session);
    ASSERT_TRUE(started);
    EXPECT_EQ(started->experts, 8);
    EXPECT_EQ(started->tokens_per_step, 64);
    EXPECT_EQ(started->latent_values, 16);
    EXPECT_GT(started->planned_bytes, 0);
    EXPECT_FALSE(started->domains.empty());
    const auto validation = wait_for<event::Validation>(session);
    ASSERT_TRUE(validation);
    EXPECT_EQ(validation->step, 4);
    wait_for_state(session, SessionState::Finished);

    const auto probe = session.probe().get();
    ASSERT_TRUE(probe);
    EXPECT_EQ(probe->tokens.size(), 12U);
    EXPECT_EQ(probe->layers, 3);
    for (std::int64_t q = 0; q < 12; ++q) {
        float sum = 0;
        for (std::int64_t k = 0; k < 12; ++k) sum += probe->attention[attention_index(*probe, 1, 1, q, k)];
        EXPECT_NEAR(sum, 1, 1e-4) << "a row of attention";
    }
    EXPECT_EQ(probe->next[3].size(), 5U);
    EXPECT_TRUE(probe->routes[0].empty()) << "the first layer is dense";
    EXPECT_EQ(probe->routes[1][0].size(), 3U);
    EXPECT_TRUE(probe->after_next[0].back().empty()) << "the last position would have to read beyond the text";
    const auto loads = session.loads().get();
    ASSERT_TRUE(loads);
    EXPECT_TRUE(loads->control.empty());
    EXPECT_EQ(loads->lift.size(), loads->layers.size()) << "a run with a folder counts pairs for its history";
    // What is not measured is empty, and no zero.
    EXPECT_TRUE(loads->group_share.empty() && loads->micro_balance.empty());
    EXPECT_TRUE(probe->lens.empty());
    EXPECT_TRUE(probe->latent_rank.empty() || probe->latent_rank.size() == 3U) << "one picture in four has it";
    const auto times = session.kernels().get();
    ASSERT_TRUE(times);
    EXPECT_EQ(times->step, 5) << "observed for the history";
    EXPECT_EQ(times->peak_bytes_per_second, 0);
    const auto drafts = session.acceptance().get();
    ASSERT_TRUE(drafts);
    EXPECT_EQ(drafts->step, 4) << "of the one validation";
    EXPECT_EQ(drafts->by_position.size(), 1U);

    EXPECT_TRUE(read_manifest(m_folder / "run").ok());
    EXPECT_EQ(latest_checkpoint(m_folder / "run"), checkpoint_path(m_folder / "run", 6));
    const auto reader = RunReader::open(m_folder / "run" / "metrics.sqlite");
    ASSERT_TRUE(reader.ok());
    const auto losses = reader->series(Metric::Loss);
    ASSERT_TRUE(losses.ok());
    EXPECT_EQ(losses->size(), 6U);
    EXPECT_EQ(reader->series(Metric::ValLoss)->size(), 1U);
    EXPECT_EQ(reader->loads()->size(), 2U);
}

TEST_F(SessionTest, PausesStepsOnceAndObeysSettings)
{
    Session session;
    session.post(command::Start{request()});
    wait_for_state(session, SessionState::Running);
    session.post(command::Pause{});
    wait_for_state(session, SessionState::Paused);
    const std::int64_t before = std::max<std::int64_t>(0, last_step(session));
    session.post(command::Set{"learning_rate", 0.002, 7});
    const auto changed = wait_for<event::SettingChanged>(session);
    ASSERT_TRUE(changed);
    EXPECT_EQ(changed->key, "learning_rate");
    EXPECT_EQ(changed->ticket, 7U);
    session.post(command::StepOnce{});
    wait_for_state(session, SessionState::Paused);
    EXPECT_EQ(last_step(session), before + 1);
    session.post(command::Set{"sequence_length", 8, 8});
    const auto refused = wait_for<event::Refused>(session);
    ASSERT_TRUE(refused) << "a shape cannot change while it trains";
    EXPECT_NE(refused->error.what.find("sequence_length"), std::string::npos) << refused->error.what;
    EXPECT_EQ(refused->ticket, 8U);
    EXPECT_EQ(session.state(), SessionState::Paused) << "a refusal is no failure";
    session.post(command::Stop{});
    wait_for_state(session, SessionState::Idle);
}

TEST_F(SessionTest, CommandsOnRoutingAreObeyedInOrderAndAnsweredWithTheirTickets)
{
    Session session;
    session.post(command::Start{request()});
    wait_for_state(session, SessionState::Running);
    session.post(command::SwitchExpert{2, 5, ExpertSwitch::Off, 11});
    session.post(command::SwitchExpert{2, 7, ExpertSwitch::Off, 12});
    session.post(command::SwitchExpert{2, 5, ExpertSwitch::On, 13});
    session.post(command::SetExpertBias{1, 3, -0.5, 14});
    session.post(command::SetBalancing{Balancing::Forced, 15});
    session.post(command::Pause{});
    RoutingControl expected;
    std::int64_t step = 0;
    const auto expect_next = [&](Ticket ticket, const std::string& text) {
        const auto changed = wait_for<event::RoutingChanged>(session);
        ASSERT_TRUE(changed);
        EXPECT_EQ(changed->ticket, ticket);
        EXPECT_EQ(changed->text, text);
        EXPECT_EQ(changed->control, expected) << "all that is in force";
        EXPECT_GE(changed->step, step);
        EXPECT_EQ(changed->expert, ticket == 14 ? 3 : -1);
        EXPECT_EQ(changed->bias, ticket == 14 ? -0.5 : 0);
        step = changed->step;
    };
    expected.off[2] = {5};
    expect_next(11, "layer 2, expert 5 is off");
    expected.off[2] = {5, 7};
    expect_next(12, "layer 2, expert 7 is off");
    expected.off[2] = {7};
    expect_next(13, "layer 2, expert 5 is on");
    expect_next(14, "layer 1, expert 3 has a bias of -0.5");
    expected.balancing = Balancing::Forced;
    expect_next(15, "balancing is forced: experts are dealt out in turn");
    wait_for_state(session, SessionState::Paused);
    session.post(command::StepOnce{});
    wait_for_state(session, SessionState::Paused);
    session.post(command::ClearRouting{16});
    expected = {};
    expect_next(16, "all experts are on, balancing is learned");
}

TEST_F(SessionTest, CommandsOnRoutingThatCannotBeAreRefusedInWordsAndTheRunGoesOn)
{
    Session session;
    session.post(command::Start{request()});
    wait_for_state(session, SessionState::Running);
    for (std::int64_t e = 0; e < 6; ++e) session.post(command::SwitchExpert{1, e, ExpertSwitch::Off, 20});
    session.post(command::SwitchExpert{0, 5, ExpertSwitch::Off, 21});
    session.post(command::SwitchExpert{1, 8, ExpertSwitch::Off, 22});
    session.post(command::SetExpertBias{1, 3, 1e9, 23});
    session.post(command::SetExpertBias{7, 3, 0, 24});
    for (const auto& [ticket, what] : std::vector<std::pair<Ticket, std::string>>{
             {20, "layer 1 would keep 2 of its 8 experts, and routing needs 3 there"},
             {21, "layer 0 has no experts, it is a dense one"},
             {22, "layer 1 has no expert 8"},
             {23, "a bias of 1000000000 was asked for"},
             {24, "there is no layer 7: layers are 0 to 2, with MTP blocks"}}) {
        const auto refused = wait_for<event::Refused>(session);
        ASSERT_TRUE(refused);
        EXPECT_EQ(refused->ticket, ticket);
        EXPECT_EQ(refused->error.what, what);
        EXPECT_FALSE(refused->error.hint.empty());
    }
    session.post(command::SetExpertBias{1, 3, 0.25, 25});
    const auto changed = wait_for<event::RoutingChanged>(session);
    ASSERT_TRUE(changed);
    EXPECT_EQ(changed->control.off.at(1).size(), 5U) << "the sixth stayed on";
    EXPECT_EQ(session.state(), SessionState::Running);
}

TEST_F(SessionTest, ActiveExpertsMoveWithinWhatMemoryIsPlannedForAndStayWhenTheRestIsTakenBack)
{
    Session session;
    session.post(command::Start{request()});
    wait_for_state(session, SessionState::Running);
    session.post(command::Set{"active_experts", 2, 31});
    const auto changed = wait_for<event::SettingChanged>(session);
    ASSERT_TRUE(changed);
    EXPECT_EQ(changed->key, "active_experts");
    EXPECT_EQ(changed->value, 2);
    EXPECT_EQ(changed->ticket, 31U);
    for (const auto& [value, what] :
         std::vector<std::pair<double, std::string>>{{4, "active_experts is 4, expected 1 to 3"},
                                                     {0, "active_experts is 0, expected 1 to 3"},
                                                     {1.5, "active_experts is 1.5, expected a whole number"},
                                                     {std::nan(""), "active_experts is nan, expected a whole number"},
                                                     {1e300, "active_experts is 1e+300, expected a whole number"}}) {
        session.post(command::Set{"active_experts", value, 32});
        const auto refused = wait_for<event::Refused>(session);
        ASSERT_TRUE(refused);
        EXPECT_EQ(refused->ticket, 32U);
        EXPECT_EQ(refused->error.what, what);
        EXPECT_FALSE(refused->error.hint.empty());
    }
    // Six off leave two of eight, as many as a token chooses now.
    for (std::int64_t e = 0; e < 6; ++e) session.post(command::SwitchExpert{1, e, ExpertSwitch::Off, 33});
    session.post(command::Set{"active_experts", 3, 34});
    const auto refused = wait_for<event::Refused>(session);
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->ticket, 34U);
    EXPECT_EQ(refused->error.what,
              "active_experts cannot be 3: layer 1 would keep 2 of its 8 experts, and routing needs 3 there");
    session.post(command::ClearRouting{35});
    std::optional<event::RoutingChanged> cleared;
    do cleared = wait_for<event::RoutingChanged>(session);
    while (cleared && cleared->ticket != 35);
    ASSERT_TRUE(cleared);
    EXPECT_EQ(cleared->text, "all experts are on, balancing is learned");
    EXPECT_EQ(cleared->control.active, 2) << "a setting of its own";
    session.post(command::Set{"active_experts", 3, 36});
    const auto back = wait_for<event::SettingChanged>(session);
    ASSERT_TRUE(back);
    EXPECT_EQ(back->ticket, 36U);
    EXPECT_EQ(session.state(), SessionState::Running);
}

TEST_F(SessionTest, ChangesWithoutATrainingAreRefusedNotForgotten)
{
    Session session;
    session.post(command::Set{"learning_rate", 0.002, 1});
    session.post(command::SwitchExpert{.ticket = 2});
    session.post(command::SetExpertBias{.ticket = 3});
    session.post(command::SetBalancing{.ticket = 4});
    session.post(command::ClearRouting{5});
    for (const Ticket ticket : {1U, 2U, 3U, 4U, 5U}) {
        const auto refused = wait_for<event::Refused>(session);
        ASSERT_TRUE(refused);
        EXPECT_EQ(refused->ticket, ticket);
        EXPECT_EQ(refused->error.what, "there is no training to change");
    }
    EXPECT_EQ(session.state(), SessionState::Idle);
}

TEST_F(SessionTest, TheProbeTextIsReadOnlyWhileSomebodyWatches)
{
    Session session;
    session.post(command::Watch{{.probe = false}});
    session.post(command::SetProbeText{"12 + 30 = 42"});
    session.post(command::SetProbeEvery{1});
    session.post(command::Start{request()});
    wait_for_state(session, SessionState::Running);
    ASSERT_TRUE(wait_for<event::Validation>(session)); // four steps later
    session.post(command::Pause{});
    wait_for_state(session, SessionState::Paused);
    EXPECT_FALSE(session.probe().get());
    // At once, not after the next step.
    session.post(command::Watch{});
    session.post(command::Set{"learning_rate", 0.002, 1});
    ASSERT_TRUE(wait_for<event::SettingChanged>(session));
    const auto probe = session.probe().get();
    ASSERT_TRUE(probe);
    EXPECT_EQ(probe->tokens.size(), 12U);
    // Another wish about something else does not read it again.
    session.post(command::Watch{{.pairs = true}});
    session.post(command::SetProbeFocus{3});
    session.post(command::Set{"learning_rate", 0.003, 2});
    ASSERT_TRUE(wait_for<event::SettingChanged>(session));
    EXPECT_EQ(session.probe().get(), probe);
    EXPECT_TRUE(probe->lens.empty());
    // The lens is read at once as well, and of a small vocabulary for every token, whatever the focus.
    session.post(command::Watch{{.lens = true}});
    session.post(command::Set{"learning_rate", 0.004, 3});
    ASSERT_TRUE(wait_for<event::SettingChanged>(session));
    const auto read = session.probe().get();
    ASSERT_EQ(read->lens.size(), 3U);
    ASSERT_EQ(read->lens[0].size(), 12U);
    EXPECT_EQ(read->lens[0][7].size(), 3U);
    session.post(command::SetProbeFocus{4});
    session.post(command::Set{"learning_rate", 0.003, 4});
    ASSERT_TRUE(wait_for<event::SettingChanged>(session));
    EXPECT_EQ(session.probe().get(), read);
}

TEST_F(SessionTest, PairsOfExpertsAreCountedOnlyWhileSomebodyWatches)
{
    const auto frame_of = [&](const WatchSet& watch) {
        m_next = m_events.size(); // what an earlier session told is not this one's
        Session session;
        session.post(command::Watch{watch});
        session.post(command::Start{request()});
        EXPECT_TRUE(wait_for<event::Validation>(session)); // four steps later
        return session.loads().get();
    };
    const auto unseen = frame_of({});
    ASSERT_TRUE(unseen);
    EXPECT_TRUE(unseen->lift.empty());
    EXPECT_TRUE(unseen->partners.empty());
    const auto seen = frame_of({.pairs = true});
    ASSERT_TRUE(seen);
    EXPECT_EQ(seen->lift.size(), seen->layers.size());
    EXPECT_EQ(seen->partners.size(), seen->layers.size());
}

TEST_F(SessionTest, SaysWhatIsWrongWithARequestAndTakesTheNextOne)
{
    Session session;
    RunRequest bad = request();
    bad.settings.push_back("n_group=3");
    session.post(command::Start{bad});
    const auto failed = wait_for<event::Failed>(session);
    ASSERT_TRUE(failed);
    EXPECT_NE(failed->error.what.find("n_group"), std::string::npos);
    EXPECT_FALSE(failed->error.hint.empty());
    EXPECT_EQ(session.state(), SessionState::Failed);
    session.post(command::Start{request()});
    EXPECT_TRUE(wait_for<event::RunStarted>(session));
}

TEST_F(SessionTest, AResumedRunRepeatsTheLossesOfOneThatWasNeverStopped)
{
    const auto run = [&](std::int64_t steps, const std::string& folder, const std::string& resume) {
        Session session;
        RunRequest r = resume.empty() ? request() : RunRequest{};
        r.max_steps = steps;
        if (resume.empty()) {
            r.settings.push_back("schedule_steps=8");
            r.run_folder = folder;
        }
        r.resume = resume;
        session.post(command::Start{r});
        m_events.clear();
        m_next = 0;
        wait_for_state(session, SessionState::Finished);
    };
    const std::string whole = (m_folder / "whole").string();
    const std::string parts = (m_folder / "parts").string();
    run(8, whole, "");
    run(5, parts, "");
    run(8, "", parts);
    const auto a = RunReader::open(whole + "/metrics.sqlite").take().series(Metric::Loss).value();
    const auto b = RunReader::open(parts + "/metrics.sqlite").take().series(Metric::Loss).value();
    ASSERT_EQ(a.size(), 8U);
    ASSERT_EQ(b.size(), 8U);
    for (std::size_t i = 0; i < 8; ++i) EXPECT_EQ(a[i].value, b[i].value) << "step " << i + 1;
}

TEST_F(SessionTest, DataThatVanishWhileItTrainsEndTheRunWithItsRecord)
{
    const fs::path text = m_folder / "text.txt";
    {
        std::ofstream out(text);
        for (int i = 0; i < 400; ++i) out << "Line number " << i << ".\n";
    }
    Session session;
    RunRequest r = request();
    r.data = {text.string()};
    r.run_folder = (m_folder / "run").string();
    session.post(command::Start{r});
    wait_for_state(session, SessionState::Running);
    fs::resize_file(text, 10);
    const auto failed = wait_for<event::Failed>(session);
    ASSERT_TRUE(failed);
    EXPECT_NE(failed->error.what.find("text.txt has changed"), std::string::npos) << failed->error.what;
    EXPECT_EQ(session.state(), SessionState::Failed);
    const auto record = read_session(m_folder / "run");
    ASSERT_TRUE(record);
    EXPECT_EQ(record->state, RunState::Failed);
    EXPECT_EQ(record->reason, failed->error.what);
    EXPECT_TRUE(latest_checkpoint(m_folder / "run").has_value());
}

TEST_F(SessionTest, IsJoinedWhileItTrains)
{
    Session session;
    RunRequest r = request();
    r.run_folder = (m_folder / "run").string();
    session.post(command::Start{r});
    wait_for_state(session, SessionState::Running);
    // The destructor stops the run and saves it; the fixture then removes the folder.
}

} // namespace
} // namespace triptych::test
