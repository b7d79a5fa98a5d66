// Events in words, every kind by a name of its own with its numbers; and, for settings, back.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/memory.h"
#include "core/session/event_text.h"

#include <gtest/gtest.h>

#include <set>

namespace triptych {
namespace {

TEST(EventText, ASettingIsReadBackAsItWas)
{
    for (const event::SettingChanged& setting :
         {event::SettingChanged{120, "learning_rate", 0.1 + 0.2}, event::SettingChanged{0, "mtp_loss_weight", 1e-17},
          event::SettingChanged{7, "bias_update_speed", 0}}) {
        const EventText text = to_text(setting);
        EXPECT_EQ(text.kind, "setting");
        const auto read = setting_from_text(text.message);
        ASSERT_TRUE(read) << text.message;
        EXPECT_EQ(read->step, setting.step);
        EXPECT_EQ(read->key, setting.key);
        EXPECT_EQ(read->value, setting.value);
    }
}

TEST(EventText, WhatIsNoSettingIsNotReadAsOne)
{
    for (const char* text : {"", "step", "step 3: ", "step 3: learning_rate", "step 3: learning_rate = ",
                             "step x: learning_rate = 1", "step 3: learning_rate = 1 more", "step 3:  = 1"})
        EXPECT_FALSE(setting_from_text(text)) << text;
}

TEST(EventText, NamesTheKindAndSaysWhatHappened)
{
    const auto expect = [](const Event& event, const std::string& kind, const std::string& message) {
        EXPECT_EQ(to_text(event).kind, kind);
        EXPECT_EQ(to_text(event).message, message);
    };
    expect(event::StateChanged{SessionState::Finished, "max steps reached"}, "state", "finished: max steps reached");
    expect(event::StateChanged{SessionState::Paused, ""}, "state", "paused");
    expect(event::Validation{100, 1.23456, 1.7811, 0.123}, "validation",
           "step 100: validation loss 1.2346 nats per token, 1.781 bits per byte, MaxVio 0.12");
    expect(event::SampleText{7, "To be, or\nnot"}, "sample", "To be, or\nnot");
    expect(event::CheckpointSaved{5, "run/checkpoints/step-000005"}, "checkpoint",
           "step 5: saved run/checkpoints/step-000005");
    expect(event::Health{9, "dead_experts", "step 9: two experts sleep."}, "health.dead_experts",
           "step 9: two experts sleep.");
    expect(event::Schedule{1000, 1000, 2000, 1e-4, 1e-3}, "schedule",
           "step 1000: the learning rate is planned over 2000 steps instead of 1000, and goes from 0.0001 to 0.001");
    expect(event::Schedule{1200, 1000, 1000, 1e-4, 1e-4}, "schedule",
           "step 1200: the learning rate was planned over 1000 steps and stays at 0.0001 beyond them");
    expect(event::SettingChanged{3, "learning_rate", 0.002}, "setting", "step 3: learning_rate = 0.002");
    RoutingControl control;
    control.turn(3, 9, ExpertSwitch::Off);
    expect(event::RoutingChanged{12, control, "layer 3, expert 9 is off"}, "routing",
           "step 12: layer 3, expert 9 is off");
    expect(event::Refused{{"it cannot be", "Ask for less."}, 4}, "refused", "it cannot be. Ask for less.");
    const auto rows = std::make_shared<std::vector<PlanEntry>>(3);
    expect(event::MemoryPlanned{rows, 1'500'000'000}, "memory", "3 buffers are planned, 1.5 GB of memory are held");
    expect(event::MemoryPlanned{}, "memory", "0 buffers are planned, " + bytes_text(0) + " of memory are held");
    expect(event::Failed{{"it broke", "Mend it."}}, "error", "it broke. Mend it.");
    event::RunStarted started;
    started.model = "tiny";
    started.data = {"builtin:mixed", "a.txt"};
    started.device = "CPU, 2 threads, f32";
    started.parameters = 1'697'152;
    started.active_parameters = 812'416;
    started.tokens_per_step = 2048;
    expect(started, "start",
           "tiny on builtin:mixed, a.txt: 1.70M parameters, 0.81M active, CPU, 2 threads, f32; 2048 tokens a step");
}

TEST(EventText, EveryStateHasAName)
{
    std::set<std::string_view> names;
    for (const auto state : {SessionState::Idle, SessionState::Preparing, SessionState::Running, SessionState::Paused,
                             SessionState::Finished, SessionState::Failed}) {
        EXPECT_FALSE(name_of(state).empty());
        EXPECT_TRUE(names.insert(name_of(state)).second) << name_of(state);
    }
}

} // namespace
} // namespace triptych
