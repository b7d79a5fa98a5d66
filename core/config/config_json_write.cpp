// Configurations as JSON text, in the key order of DeepSeek's own files.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/config_json.h"
#include "core/config/model_config_fields.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace triptych {

namespace {

using Json = nlohmann::ordered_json;

template <class Config>
void write_fields(Json& json, const std::vector<Field<Config>>& fields, const Config& config)
{
    for (const auto& field : fields)
        std::visit([&](const auto& value) { json[field.key] = value; }, get(field, config));
}

Json yarn_json(const YarnConfig& yarn)
{
    Json json = {{"type", "yarn"}, {"rope_type", "yarn"}};
    write_fields(json, yarn_config_fields(), yarn);
    if (yarn.mscale_all_dim == 0) json.erase("mscale_all_dim"); // transformers takes a zero for a missing key
    return json;
}

} // namespace

std::string model_config_json(const ModelConfig& config, std::string_view dtype)
{
    const bool softmax = config.scoring_func == "softmax"; // the model type fixes the scores in transformers
    ModelConfig c = config;
    // Without experts transformers wants every layer to be one of the first dense ones.
    if (c.n_routed_experts == 0) c.first_k_dense_replace = c.num_hidden_layers;
    Json json;
    json["architectures"] = {softmax ? "DeepseekV2ForCausalLM" : "DeepseekV3ForCausalLM"};
    json["model_type"] = softmax ? "deepseek_v2" : "deepseek_v3";
    write_fields(json, model_config_fields(), c);
    if (c.q_lora_rank == 0) json["q_lora_rank"] = nullptr;
    json["rope_scaling"] = c.rope_scaling ? yarn_json(*c.rope_scaling) : Json();
    json["num_key_value_heads"] = c.num_attention_heads;
    json["head_dim"] = c.qk_rope_head_dim; // what transformers rotates
    json["qk_head_dim"] = c.qk_head_dim();
    json["rope_interleave"] = true;
    json["hidden_act"] = "silu";
    json["attention_bias"] = false;
    json["attention_dropout"] = 0.0;
    json["aux_loss_alpha"] = 0.001;
    json["seq_aux"] = true;
    json["ep_size"] = 1;
    json["pretraining_tp"] = 1;
    json["use_cache"] = true;
    json["torch_dtype"] = dtype;
    return json.dump(2) + "\n";
}

std::string train_config_json(const TrainConfig& config)
{
    Json json = Json::object();
    write_fields(json, train_config_fields(), config);
    return json.dump(2) + "\n";
}

} // namespace triptych
