// The rules of a model configuration: each one is broken once, and the message names the key and what would do.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/model_config.h"
#include "core/config/model_config_fields.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <set>

namespace triptych {
namespace {

struct BrokenRule {
    const char* name;
    std::function<void(ModelConfig&)> break_it;
    const char* named; ///< must occur in the message
};

const BrokenRule kBrokenRules[] = {
    {"GroupsThatDoNotDivide", [](ModelConfig& c) { c.n_group = 3; }, "n_group is 3"},
    {"GroupsOfOneExpert", [](ModelConfig& c) { c.n_group = 16; }, "one expert"},
    {"MoreGroupsChosenThanThereAre", [](ModelConfig& c) { c.topk_group = 2; }, "topk_group is 2"},
    {"NoGroupChosen", [](ModelConfig& c) { c.topk_group = 0; }, "topk_group is 0"},
    {"NoGroups", [](ModelConfig& c) { c.n_group = 0; }, "n_group is 0"},
    {"MoreExpertsChosenThanThereAre", [](ModelConfig& c) { c.num_experts_per_tok = 17; }, "only 16 experts"},
    {"MoreExpertsChosenThanTheGroupsHold",
     [](ModelConfig& c) {
         c.n_group = 4;
         c.topk_group = 1;
         c.num_experts_per_tok = 5;
     },
     "hold only 4 experts"},
    {"NoExpertChosen", [](ModelConfig& c) { c.num_experts_per_tok = 0; }, "num_experts_per_tok is 0"},
    {"GroupsWithoutBias",
     [](ModelConfig& c) {
         c.n_group = 2;
         c.topk_method = "greedy";
     },
     "topk_method"},
    {"OddRotaryWidth", [](ModelConfig& c) { c.qk_rope_head_dim = 15; }, "qk_rope_head_dim is 15"},
    {"NoRotaryWidth", [](ModelConfig& c) { c.qk_rope_head_dim = 0; }, "qk_rope_head_dim is 0"},
    {"NegativeHiddenSize", [](ModelConfig& c) { c.hidden_size = -128; }, "hidden_size is -128"},
    {"ZeroHeads", [](ModelConfig& c) { c.num_attention_heads = 0; }, "num_attention_heads is 0"},
    {"ZeroLayers", [](ModelConfig& c) { c.num_hidden_layers = 0; }, "num_hidden_layers is 0"},
    {"ZeroLatentRank", [](ModelConfig& c) { c.kv_lora_rank = 0; }, "kv_lora_rank is 0"},
    {"NegativeQueryRank", [](ModelConfig& c) { c.q_lora_rank = -1; }, "q_lora_rank is -1"},
    {"NegativeMtpDepth", [](ModelConfig& c) { c.num_nextn_predict_layers = -1; }, "num_nextn_predict_layers is -1"},
    {"MoreDenseLayersThanLayers", [](ModelConfig& c) { c.first_k_dense_replace = 5; }, "first_k_dense_replace is 5"},
    {"EmptyVocabulary", [](ModelConfig& c) { c.vocab_size = 0; }, "vocab_size is 0"},
    {"EndTokenOutsideTheVocabulary", [](ModelConfig& c) { c.eos_token_id = 512; }, "eos_token_id is 512"},
    {"AbsurdHiddenSize", [](ModelConfig& c) { c.hidden_size = std::int64_t{1} << 60; }, "hidden_size"},
    {"AbsurdHeads", [](ModelConfig& c) { c.num_attention_heads = std::numeric_limits<std::int64_t>::max(); },
     "num_attention_heads"},
    {"EveryWidthLargeAtOnce",
     [](ModelConfig& c) {
         c.hidden_size = 1 << 20;
         c.moe_intermediate_size = 1 << 20;
         c.n_routed_experts = 1 << 16;
         c.num_hidden_layers = 4096;
     },
     "parameters"},
    {"EpsilonThatIsNoNumber", [](ModelConfig& c) { c.rms_norm_eps = std::nan(""); }, "rms_norm_eps is nan"},
    {"InfiniteScale", [](ModelConfig& c) { c.routed_scaling_factor = HUGE_VAL; }, "routed_scaling_factor is inf"},
    {"ZeroRotaryBase", [](ModelConfig& c) { c.rope_theta = 0; }, "rope_theta is 0"},
    {"UnknownScores", [](ModelConfig& c) { c.scoring_func = "relu"; }, "scoring_func is \"relu\""},
    {"UnknownSelection", [](ModelConfig& c) { c.topk_method = "random"; }, "topk_method is \"random\""},
    {"YarnThatShrinks", [](ModelConfig& c) { c.rope_scaling = YarnConfig{.factor = 0.5}; },
     "rope_scaling: factor is 0.5"},
    {"YarnOfNoContext", [](ModelConfig& c) { c.rope_scaling = YarnConfig{.original_max_position_embeddings = 0}; },
     "original_max_position_embeddings is 0"},
    {"YarnWithSwappedBoundaries", [](ModelConfig& c) { c.rope_scaling = YarnConfig{.beta_fast = 1, .beta_slow = 32}; },
     "beta_slow (32)"},
};

class BrokenModelConfig : public testing::TestWithParam<BrokenRule> {};

TEST_P(BrokenModelConfig, IsRefusedWithTheKeyAndWhatToDo)
{
    ModelConfig config;
    ASSERT_TRUE(validate(config).ok());
    GetParam().break_it(config);
    const Status status = validate(config);
    ASSERT_FALSE(status.ok());
    EXPECT_NE(status.error().what.find(GetParam().named), std::string::npos) << status.error().what;
    EXPECT_FALSE(status.error().hint.empty());
}

INSTANTIATE_TEST_SUITE_P(Rules, BrokenModelConfig, testing::ValuesIn(kBrokenRules),
                         [](const auto& rule) { return std::string(rule.param.name); });

TEST(ModelConfig, DefaultsAreValid)
{
    EXPECT_TRUE(validate(ModelConfig{}).ok());
}

TEST(ModelConfig, WithoutExpertsTheRulesOfExpertsDoNotApply)
{
    ModelConfig config;
    config.n_routed_experts = 0;
    config.num_experts_per_tok = 8;
    EXPECT_TRUE(validate(config).ok());
}

TEST(ModelConfig, AllGroupsAllowedMayUseEveryExpert)
{
    ModelConfig config;
    config.n_group = 8;
    config.topk_group = 8;
    config.num_experts_per_tok = 16;
    EXPECT_TRUE(validate(config).ok());
}

TEST(ModelConfig, AGroupHintListsOnlyCountsThatWork)
{
    ModelConfig config;
    config.n_group = 5;
    EXPECT_EQ(validate(config).error().hint, "Choose n_group among 1, 2, 4, 8.");
}

TEST(ModelConfigFields, EachRowIsCompleteAndItsKeyIsUnique)
{
    std::set<std::string> keys;
    for (const auto& field : model_config_fields()) {
        EXPECT_TRUE(keys.insert(field.key).second) << field.key;
        EXPECT_STRNE(field.title, "") << field.key;
        EXPECT_STRNE(field.doc, "") << field.key;
        EXPECT_LE(field.min, field.max) << field.key;
    }
}

TEST(ModelConfigFields, CoverEveryMember)
{
    // A configuration rebuilt from its rows alone equals the original, so no member lacks a row.
    ModelConfig config;
    ModelConfig rebuilt;
    for (const auto& field : model_config_fields()) {
        FieldValue value = get(field, config);
        if (auto* whole = std::get_if<std::int64_t>(&value)) *whole += 1;
        if (auto* number = std::get_if<double>(&value)) *number *= 1.5;
        if (auto* flag = std::get_if<bool>(&value)) *flag = !*flag;
        if (auto* text = std::get_if<std::string>(&value)) *text = *text == "sigmoid" ? "softmax" : "greedy";
        ASSERT_TRUE(set(field, rebuilt, value).ok()) << field.key;
        EXPECT_EQ(get(field, rebuilt), value) << field.key;
        EXPECT_NE(get(field, rebuilt), get(field, config)) << field.key;
    }
    EXPECT_EQ(model_config_fields().size(), 30u) << "a new member of ModelConfig needs a row";
}

} // namespace
} // namespace triptych
