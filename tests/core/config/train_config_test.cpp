// Ranges and rules of the training settings.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/model_config_fields.h"
#include "core/config/train_config.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace triptych {
namespace {

std::string refusal(const TrainConfig& config)
{
    const Status status = validate(config);
    return status ? "" : status.error().what;
}

TEST(TrainConfig, DefaultsAreValidAlsoWithTheDefaultModel)
{
    EXPECT_EQ(refusal(TrainConfig{}), "");
    EXPECT_TRUE(validate(TrainConfig{}, ModelConfig{}).ok());
}

TEST(TrainConfig, TheFinalLearningRateIsATenthUnlessGiven)
{
    TrainConfig config;
    config.learning_rate = 2.2e-4;
    EXPECT_DOUBLE_EQ(config.final_learning_rate(), 2.2e-5);
    config.min_learning_rate = 1e-6;
    EXPECT_DOUBLE_EQ(config.final_learning_rate(), 1e-6);
}

TEST(TrainConfig, RefusesEachBrokenRuleNamingTheKey)
{
    const auto broken = [](auto change) {
        TrainConfig config;
        change(config);
        return refusal(config);
    };
    EXPECT_NE(broken([](TrainConfig& c) { c.sequence_length = 1; }).find("sequence_length is 1"), std::string::npos);
    EXPECT_NE(broken([](TrainConfig& c) { c.batch_size = 0; }).find("batch_size is 0"), std::string::npos);
    EXPECT_NE(broken([](TrainConfig& c) { c.learning_rate = -1; }).find("learning_rate is -1"), std::string::npos);
    EXPECT_NE(broken([](TrainConfig& c) { c.learning_rate = std::nan(""); }).find("learning_rate is nan"),
              std::string::npos);
    EXPECT_NE(broken([](TrainConfig& c) { c.min_learning_rate = 1; }).find("min_learning_rate is 1"),
              std::string::npos);
    EXPECT_NE(broken([](TrainConfig& c) { c.beta1 = 1; }).find("beta1 is 1"), std::string::npos);
    EXPECT_NE(broken([](TrainConfig& c) { c.beta2 = 1; }).find("beta2 is 1"), std::string::npos);
    EXPECT_NE(broken([](TrainConfig& c) { c.constant_fraction = 0.9; }).find("decay_fraction"), std::string::npos);
    EXPECT_NE(broken([](TrainConfig& c) { c.validation_fraction = 1; }).find("validation_fraction is 1"),
              std::string::npos);
    EXPECT_NE(broken([](TrainConfig& c) { c.precision = "f16"; }).find("precision is \"f16\""), std::string::npos);
    EXPECT_NE(broken([](TrainConfig& c) { c.router = ""; }).find("router"), std::string::npos);
    EXPECT_NE(broken([](TrainConfig& c) {
                  c.sequence_length = 1 << 20;
                  c.batch_size = 1 << 20;
              }).find("tokens in one pass"),
              std::string::npos);
}

TEST(TrainConfig, ASequenceFitsTheModelAndItsMtpDepth)
{
    TrainConfig config;
    ModelConfig model;
    model.max_position_embeddings = 128;
    EXPECT_NE(validate(config, model).error().what.find("max_position_embeddings"), std::string::npos);
    config.sequence_length = 2;
    model.num_nextn_predict_layers = 2;
    EXPECT_NE(validate(config, model).error().what.find("MTP depth of 2"), std::string::npos);
}

TEST(TrainConfigFields, CoverEveryMemberAndShareNoKeyWithTheModel)
{
    std::set<std::string> keys;
    for (const auto& field : model_config_fields()) keys.insert(field.key);
    for (const auto& field : train_config_fields()) {
        EXPECT_TRUE(keys.insert(field.key).second) << field.key;
        EXPECT_STRNE(field.title, "") << field.key;
        EXPECT_STRNE(field.doc, "") << field.key;
    }
    EXPECT_EQ(train_config_fields().size(), 27u) << "a new member of TrainConfig needs a row";
}

} // namespace
} // namespace triptych
