// --set key=value: every key of both configurations can be reached, and mistakes are answered with what was meant.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/model_config_fields.h"
#include "core/config/settings.h"

#include <gtest/gtest.h>

#include <cmath>

namespace triptych {
namespace {

class Settings : public testing::Test {
protected:
    std::string refusal(std::string_view setting)
    {
        const Status status = apply_setting(model, train, setting);
        return status ? "" : status.error().what + " | " + status.error().hint;
    }
    ModelConfig model;
    TrainConfig train;
};

TEST_F(Settings, EveryKeyTakesItsOwnPrintedValue)
{
    const auto apply_all = [&](const auto& fields, const auto& config, const std::string& prefix) {
        for (const auto& field : fields) {
            const std::string setting = prefix + field.key + "=" + to_string(get(field, config));
            EXPECT_EQ(refusal(setting), "") << setting;
        }
    };
    apply_all(model_config_fields(), model, "");
    apply_all(train_config_fields(), train, "");
    EXPECT_EQ(model, ModelConfig{});
    EXPECT_EQ(train, TrainConfig{});
    apply_all(yarn_config_fields(), YarnConfig{}, "rope_scaling.");
    EXPECT_EQ(model.rope_scaling, YarnConfig{});
}

TEST_F(Settings, ReadsEachKindOfValue)
{
    EXPECT_EQ(refusal("hidden_size=256"), "");
    EXPECT_EQ(refusal("learning_rate=2.2e-4"), "");
    EXPECT_EQ(refusal("norm_topk_prob=false"), "");
    EXPECT_EQ(refusal("router=none"), "");
    EXPECT_EQ(refusal("q_lora_rank=null"), "");
    EXPECT_EQ(model.hidden_size, 256);
    EXPECT_EQ(train.learning_rate, 2.2e-4);
    EXPECT_FALSE(model.norm_topk_prob);
    EXPECT_EQ(train.router, "none");
    EXPECT_EQ(model.q_lora_rank, 0);
}

TEST_F(Settings, YarnIsTurnedOnByAPartAndOffByNull)
{
    EXPECT_EQ(refusal("rope_scaling.factor=8"), "");
    ASSERT_TRUE(model.rope_scaling.has_value());
    EXPECT_EQ(model.rope_scaling->factor, 8);
    EXPECT_EQ(refusal("rope_scaling=null"), "");
    EXPECT_FALSE(model.rope_scaling.has_value());
    EXPECT_NE(refusal("rope_scaling=yarn"), "");
    EXPECT_NE(refusal("rope_scaling.speed=8").find("no setting"), std::string::npos);
}

TEST_F(Settings, AMistypedKeyIsAnsweredWithTheNearOnes)
{
    EXPECT_NE(refusal("learing_rate=1").find("Did you mean learning_rate"), std::string::npos);
    EXPECT_NE(refusal("hiden_size=1").find("Did you mean hidden_size"), std::string::npos);
    EXPECT_NE(refusal("n_experts=1").find("n_routed_experts"), std::string::npos) << refusal("n_experts=1");
    EXPECT_NE(refusal("zzzzzz=1").find("keys are those"), std::string::npos);
}

TEST_F(Settings, RefusesWhatCannotBeReadOrIsOutOfRange)
{
    EXPECT_NE(refusal("hidden_size").find("key=value"), std::string::npos);
    EXPECT_NE(refusal("=3").find("key=value"), std::string::npos);
    EXPECT_NE(refusal("").find("key=value"), std::string::npos);
    EXPECT_NE(refusal("hidden_size=").find("whole number"), std::string::npos);
    EXPECT_NE(refusal("hidden_size=12x").find("whole number"), std::string::npos);
    EXPECT_NE(refusal("hidden_size=1.5").find("whole number"), std::string::npos);
    EXPECT_NE(refusal("hidden_size=99999999999999999999").find("whole number"), std::string::npos);
    EXPECT_NE(refusal("learning_rate=nan").find("learning_rate is nan"), std::string::npos);
    EXPECT_NE(refusal("learning_rate=fast").find("a number"), std::string::npos);
    EXPECT_NE(refusal("norm_topk_prob=maybe").find("true or false"), std::string::npos);
    EXPECT_NE(refusal("precision=f8").find("one of auto, f32"), std::string::npos);
    EXPECT_EQ(model, ModelConfig{});
    EXPECT_EQ(train, TrainConfig{});
}

TEST_F(Settings, SeveralAreAppliedTogetherOrNotAtAll)
{
    const std::vector<std::string> good = {"n_group=4", "topk_group=2"};
    EXPECT_TRUE(apply_settings(model, train, good).ok());
    EXPECT_EQ(model.topk_group, 2);
    const std::vector<std::string> bad = {"batch_size=4", "n_group=3"};
    EXPECT_FALSE(apply_settings(model, train, bad).ok());
    EXPECT_EQ(train.batch_size, 8);
    EXPECT_EQ(model.n_group, 4);
}

TEST_F(Settings, OnlyMarkedRowsChangeWhileTraining)
{
    EXPECT_TRUE(change_while_training(train, "learning_rate", 5e-4).ok());
    EXPECT_EQ(train.learning_rate, 5e-4);
    EXPECT_TRUE(change_while_training(train, "eval_every", 20).ok());
    EXPECT_EQ(train.eval_every, 20);
    EXPECT_FALSE(change_while_training(train, "eval_every", 0.5).ok());
    EXPECT_FALSE(change_while_training(train, "eval_every", 1e300).ok());
    EXPECT_FALSE(change_while_training(train, "learning_rate", std::nan("")).ok());
    EXPECT_FALSE(change_while_training(train, "learning_rate", HUGE_VAL).ok());
    EXPECT_FALSE(change_while_training(train, "batch_size", 4).ok());
    EXPECT_FALSE(change_while_training(train, "router", 4).ok());
    EXPECT_FALSE(change_while_training(train, "hidden_size", 4).ok());
    EXPECT_EQ(train.learning_rate, 5e-4);
    EXPECT_EQ(train.eval_every, 20);
}

} // namespace
} // namespace triptych
