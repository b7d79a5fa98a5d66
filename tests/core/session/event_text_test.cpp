// Events in words and, for settings, back.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/event_text.h"

#include <gtest/gtest.h>

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

} // namespace
} // namespace triptych
