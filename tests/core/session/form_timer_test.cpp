// A measurement beside the thread that asked for it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/form_timer.h"
#include "tests/support/tiny_config.h"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

namespace triptych::test {
namespace {

FormTimer::Progress finished(const FormTimer& timer)
{
    while (timer.progress().running) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return timer.progress();
}

TEST(FormTimer, MeasuresOnAThreadOfItsOwnAndForgetsThatWithTheNextStart)
{
    FormTimer timer;
    EXPECT_FALSE(timer.progress().running);
    timer.start(tiny_config(), 1);
    EXPECT_TRUE(timer.progress().running || !timer.progress().times.empty());
    timer.start(tiny_config(), 1); // one at a time
    const auto done = finished(timer);
    EXPECT_EQ(done.times.size(), std::size(kTimedContexts));
    EXPECT_FALSE(done.error);
    timer.start(tiny_config(), 1);
    timer.stop();
    EXPECT_LT(finished(timer).times.size(), std::size(kTimedContexts));
}

TEST(FormTimer, TellsWhatWentWrong)
{
    ModelConfig huge = tiny_config();
    huge.hidden_size = 1 << 20;
    huge.num_attention_heads = 1 << 12;
    huge.num_hidden_layers = 1000;
    FormTimer timer;
    timer.start(huge, 1);
    const auto done = finished(timer);
    ASSERT_TRUE(done.error);
    EXPECT_TRUE(done.times.empty());
}

TEST(FormTimer, CanBeGivenUpInTheMiddle)
{
    FormTimer timer;
    timer.start(tiny_config(), 1);
} // joins

} // namespace
} // namespace triptych::test
