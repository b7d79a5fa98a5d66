// Both forms are measured at every context, and a measurement ends when it is told to.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/infer/form_timing.h"
#include "tests/support/tiny_config.h"

#include <gtest/gtest.h>

#include <cmath>

namespace triptych::test {
namespace {

TEST(FormTiming, TellsBothFormsAtEveryContextInOrder)
{
    std::vector<FormTime> times;
    const Status done = time_forms(tiny_config(), 1, {}, [&](const FormTime& time) { times.push_back(time); });
    ASSERT_TRUE(done.ok()) << done.error().what;
    ASSERT_EQ(times.size(), std::size(kTimedContexts));
    for (std::size_t i = 0; i < times.size(); ++i) {
        EXPECT_EQ(times[i].context, kTimedContexts[i]);
        EXPECT_GT(times[i].absorbed, 0);
        EXPECT_TRUE(times[i].materialized > 0 || std::isnan(times[i].materialized));
    }
    EXPECT_GT(times.back().absorbed, times.front().absorbed) << "64 times the context";
}

TEST(FormTiming, EndsWhereItIsToldToWithoutAnError)
{
    std::stop_source source;
    int told = 0;
    const Status done = time_forms(tiny_config(), 1, source.get_token(), [&](const FormTime&) {
        ++told;
        source.request_stop();
    });
    EXPECT_TRUE(done.ok());
    EXPECT_EQ(told, 1);
}

TEST(FormTiming, RefusesWhatHasNoRoom)
{
    ModelConfig huge = tiny_config();
    huge.hidden_size = 1 << 20;
    huge.num_attention_heads = 1 << 12;
    huge.num_hidden_layers = 1000;
    const Status done = time_forms(huge, 1, {}, [](const FormTime&) { FAIL() << "nothing was measured"; });
    ASSERT_FALSE(done.ok());
    EXPECT_NE(done.error().what.find("are free"), std::string::npos) << done.error().what;
    EXPECT_FALSE(done.error().hint.empty());
}

} // namespace
} // namespace triptych::test
