// Reading and writing config.json: both spellings, defaults, and each way a file can be wrong.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/config_json.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <functional>

namespace triptych {
namespace {

using Json = nlohmann::json;

/// A complete file of the smallest kind, as a start for changes.
Json complete()
{
    return Json::parse(model_config_json(ModelConfig{}));
}

ModelConfig unusual()
{
    ModelConfig c;
    c.vocab_size = 1000;
    c.n_group = 4;
    c.topk_group = 2;
    c.q_lora_rank = 48;
    c.routed_scaling_factor = 2.446;
    c.norm_topk_prob = false;
    c.rms_norm_eps = 1e-5;
    c.rope_theta = 50000;
    c.tie_word_embeddings = true;
    c.initializer_range = 0.006;
    c.rope_scaling =
        YarnConfig{.factor = 4, .original_max_position_embeddings = 128, .mscale = 0.707, .mscale_all_dim = 0.707};
    return c;
}

struct BrokenFile {
    const char* name;
    std::function<std::string()> text;
    const char* named; ///< must occur in the message
};

BrokenFile with(const char* name, const char* key, Json value, const char* named)
{
    return {name,
            [key, value] {
                Json json = complete();
                json[key] = value;
                return json.dump();
            },
            named};
}

BrokenFile without(const char* name, const char* key, const char* named)
{
    return {name,
            [key] {
                Json json = complete();
                json.erase(key);
                return json.dump();
            },
            named};
}

BrokenFile plain(const char* name, const char* text, const char* named)
{
    return {name, [text] { return std::string(text); }, named};
}

const BrokenFile kBrokenFiles[] = {
    plain("Empty", "", "not valid JSON"),
    plain("NoObject", "[1, 2]", "not a JSON object"),
    plain("BareNumber", "7", "not a JSON object"),
    plain("Truncated", "{\"hidden_size\": 12", "line 1"),
    plain("SyntaxErrorOnTheThirdLine", "{\n  \"a\": 1,\n  \"b\" 2\n}", "line 3, column 7"),
    plain("DuplicateKey", "{\"hidden_size\": 1, \"hidden_size\": 2}", "\"hidden_size\" occurs twice"),
    plain("DuplicateKeyInside", "{\"a\": [{\"b\": 1, \"b\": 2}]}", "\"b\" occurs twice"),
    plain("NotUtf8", "{\"a\": \"\xff\xfe\"}", "not valid JSON"),
    plain("NanLiteral", "{\"rms_norm_eps\": NaN}", "not valid JSON"),
    plain("NumberBeyondDouble", "{\"rms_norm_eps\": 1e999}", "too large"),
    plain("TrailingText", "{} {}", "not valid JSON"),
    {"DeepNesting", [] { return "{\"a\": " + std::string(100000, '['); }, "nested too deeply"},
    plain("EmptyObject", "{}", "model_type is missing"),
    with("AnotherArchitecture", "model_type", "llama", "\"llama\""),
    with("ModelTypeThatIsNoText", "model_type", 3, "type 3"),
    without("MissingHiddenSize", "hidden_size", "hidden_size is missing"),
    without("MissingExperts", "n_routed_experts", "n_routed_experts is missing"),
    without("MissingTopK", "num_experts_per_tok", "num_experts_per_tok is missing"),
    without("MissingQueryRank", "q_lora_rank", "q_lora_rank is missing"),
    with("TextForANumber", "hidden_size", "128", "hidden_size is \"128\""),
    with("FractionForACount", "num_hidden_layers", 4.5, "num_hidden_layers is 4.5"),
    with("ListForANumber", "rms_norm_eps", Json::array({1}), "rms_norm_eps is [1]"),
    with("NumberForAFlag", "norm_topk_prob", 1, "norm_topk_prob is 1"),
    with("NullForADimension", "hidden_size", nullptr, "hidden_size is null"),
    with("Negative", "kv_lora_rank", -64, "kv_lora_rank is -64"),
    with("BeyondInt64", "hidden_size", 18446744073709551615ull, "hidden_size is 18446744073709551615"),
    with("Absurd", "hidden_size", std::int64_t{1} << 60, "hidden_size is 1152921504606846976"),
    with("GroupsThatDoNotDivide", "n_group", 3, "n_group is 3"),
    with("AnotherActivation", "hidden_act", "gelu", "hidden_act"),
    with("AttentionBias", "attention_bias", true, "attention_bias"),
    with("HalfRotation", "rope_interleave", false, "rope_interleave"),
    with("GroupedKeys", "num_key_value_heads", 1, "num_key_value_heads is 1"),
    with("LinearScaling", "rope_scaling", Json{{"type", "linear"}, {"factor", 2.0}}, "type \"linear\""),
    with("ScalingThatIsNoObject", "rope_scaling", 4, "rope_scaling is 4"),
    with("YarnFactorOfText", "rope_scaling", Json{{"type", "yarn"}, {"factor", "forty"}}, "factor is \"forty\""),
    with("YarnAttentionFactor", "rope_scaling", Json{{"type", "yarn"}, {"factor", 4.0}, {"attention_factor", 1.2}},
         "attention_factor"),
    with("YarnHalfOfTheScales", "rope_scaling", Json{{"type", "yarn"}, {"factor", 4.0}, {"mscale_all_dim", 1.0}},
         "mscale"),
};

class BrokenConfigFile : public testing::TestWithParam<BrokenFile> {};

TEST_P(BrokenConfigFile, IsRefusedNamingFileAndPlace)
{
    const Result<ModelConfig> config = parse_model_config(GetParam().text(), "model/config.json");
    ASSERT_FALSE(config.ok());
    const Error& error = config.error();
    EXPECT_EQ(error.what.rfind("model/config.json: ", 0), 0u) << error.what;
    EXPECT_NE(error.what.find(GetParam().named), std::string::npos) << error.what;
    EXPECT_EQ(error.what.find('\n'), std::string::npos) << error.what;
    EXPECT_LT(error.what.size(), 300u);
    EXPECT_FALSE(error.hint.empty());
}

INSTANTIATE_TEST_SUITE_P(Files, BrokenConfigFile, testing::ValuesIn(kBrokenFiles),
                         [](const auto& file) { return std::string(file.param.name); });

TEST(ConfigJson, WhatIsWrittenIsReadBackTheSame)
{
    for (const ModelConfig& config : {ModelConfig{}, unusual()}) {
        const Result<ModelConfig> back = parse_model_config(model_config_json(config));
        ASSERT_TRUE(back.ok()) << back.error().what;
        EXPECT_EQ(*back, config);
    }
}

TEST(ConfigJson, SoftmaxScoresAreWrittenAsDeepseekV2)
{
    ModelConfig config;
    config.scoring_func = "softmax";
    config.topk_method = "greedy";
    const std::string text = model_config_json(config);
    EXPECT_EQ(Json::parse(text)["model_type"], "deepseek_v2");
    EXPECT_EQ(parse_model_config(text).value(), config);
}

TEST(ConfigJson, AModelWithoutExpertsIsWrittenAsDenseLayersThroughout)
{
    ModelConfig config;
    config.n_routed_experts = 0;
    const std::string text = model_config_json(config);
    EXPECT_EQ(Json::parse(text)["first_k_dense_replace"], 4);
    const ModelConfig back = parse_model_config(text).value();
    for (std::int64_t layer = 0; layer < 6; ++layer) EXPECT_FALSE(back.is_moe_layer(layer));
}

TEST(ConfigJson, WritesTheKeysThatTransformersReads)
{
    const Json json = Json::parse(model_config_json(ModelConfig{}));
    EXPECT_EQ(json["architectures"], Json::array({"DeepseekV3ForCausalLM"}));
    EXPECT_EQ(json["num_key_value_heads"], 4);
    EXPECT_EQ(json["head_dim"], 16);
    EXPECT_TRUE(json["q_lora_rank"].is_null());
    EXPECT_TRUE(json["rope_scaling"].is_null());
    EXPECT_EQ(json["torch_dtype"], "float32");
    EXPECT_TRUE(json["rope_theta"].is_number_float()) << "transformers checks the kind of each number";
    EXPECT_TRUE(json["routed_scaling_factor"].is_number_float());
}

TEST(ConfigJson, ReadsTheSpellingOfTransformersFive)
{
    Json json = Json::parse(model_config_json(unusual()));
    json["rope_parameters"] = json["rope_scaling"];
    json["rope_parameters"]["rope_theta"] = json["rope_theta"];
    json["rope_parameters"].erase("type");
    json.erase("rope_scaling");
    json.erase("rope_theta");
    json["dtype"] = "float32";
    json.erase("torch_dtype");
    const Result<ModelConfig> config = parse_model_config(json.dump());
    ASSERT_TRUE(config.ok()) << config.error().what;
    EXPECT_EQ(*config, unusual());
}

TEST(ConfigJson, RotaryParametersOfTheDefaultTypeScaleNothing)
{
    Json json = complete();
    json.erase("rope_theta");
    json.erase("rope_scaling");
    json["rope_parameters"] = {{"rope_type", "default"}, {"rope_theta", 20000.0}};
    const ModelConfig config = parse_model_config(json.dump()).value();
    EXPECT_EQ(config.rope_theta, 20000);
    EXPECT_FALSE(config.rope_scaling.has_value());
}

TEST(ConfigJson, MissingOptionalKeysHaveTheDefaultsOfTransformers)
{
    Json json = complete();
    json["num_experts_per_tok"] = 4;
    for (const char* key :
         {"n_group", "topk_group", "routed_scaling_factor", "norm_topk_prob", "topk_method", "scoring_func",
          "rope_theta", "rope_scaling", "rms_norm_eps", "first_k_dense_replace", "moe_layer_freq",
          "num_nextn_predict_layers", "n_shared_experts", "max_position_embeddings", "initializer_range"})
        json.erase(key);
    const ModelConfig config = parse_model_config(json.dump()).value();
    EXPECT_EQ(config.n_group, 8);
    EXPECT_EQ(config.topk_group, 4);
    EXPECT_EQ(config.routed_scaling_factor, 2.5);
    EXPECT_TRUE(config.norm_topk_prob);
    EXPECT_EQ(config.topk_method, "noaux_tc");
    EXPECT_EQ(config.scoring_func, "sigmoid");
    EXPECT_EQ(config.rope_theta, 10000);
    EXPECT_EQ(config.first_k_dense_replace, 3);
    EXPECT_EQ(config.num_nextn_predict_layers, 0);
}

TEST(ConfigJson, YarnWithoutScalesIsScaledByTheFactorAloneAsInTransformers)
{
    Json json = complete();
    json["rope_scaling"] = {{"type", "yarn"}, {"factor", 4.0}, {"original_max_position_embeddings", 128}};
    const YarnConfig yarn = parse_model_config(json.dump()).value().rope_scaling.value();
    EXPECT_EQ(yarn.mscale, 1);
    EXPECT_EQ(yarn.mscale_all_dim, 0);
    EXPECT_EQ(yarn.beta_fast, 32);
    const ModelConfig config = parse_model_config(json.dump()).value();
    EXPECT_EQ(parse_model_config(model_config_json(config)).value(), config);
}

TEST(ConfigJson, YarnWithoutAFactorExtendsToTheLongestContext)
{
    Json json = complete();
    json["max_position_embeddings"] = 1024;
    json["rope_scaling"] = {{"type", "yarn"}, {"original_max_position_embeddings", 128}};
    EXPECT_EQ(parse_model_config(json.dump()).value().rope_scaling->factor, 8);
}

TEST(ConfigJson, UnknownKeysAndListsOfEndTokensDoNoHarm)
{
    Json json = complete();
    json["eos_token_id"] = {5, 6};
    json["some_future_key"] = {{"a", Json::array({1, 2, 3})}};
    json["quantization_config"] = {{"quant_method", "fp8"}};
    json["num_nextn_predict_layers"] = nullptr;
    const ModelConfig config = parse_model_config(json.dump()).value();
    EXPECT_EQ(config.eos_token_id, 5);
    EXPECT_EQ(config.num_nextn_predict_layers, 0);
}

TEST(ConfigJson, AMissingFileIsAnErrorWithItsName)
{
    const Result<ModelConfig> config = read_model_config("/nonexistent/config.json");
    ASSERT_FALSE(config.ok());
    EXPECT_NE(config.error().what.find("/nonexistent/config.json"), std::string::npos);
}

TEST(TrainConfigJson, WhatIsWrittenIsReadBackTheSame)
{
    TrainConfig config;
    config.learning_rate = 2.2e-4;
    config.router = "softmax_aux";
    config.seed = 123456789012345;
    EXPECT_EQ(parse_train_config(train_config_json(config)).value(), config);
}

TEST(TrainConfigJson, RefusesUnknownKeysWrongKindsAndBrokenRules)
{
    EXPECT_NE(parse_train_config("{\"learing_rate\": 1}").error().what.find("learing_rate"), std::string::npos);
    EXPECT_NE(parse_train_config("{\"batch_size\": \"8\"}").error().what.find("batch_size"), std::string::npos);
    EXPECT_NE(parse_train_config("{\"batch_size\": 0}").error().what.find("batch_size is 0"), std::string::npos);
    EXPECT_NE(parse_train_config("{\"batch_size\": ").error().what.find("line 1"), std::string::npos);
}

} // namespace
} // namespace triptych
