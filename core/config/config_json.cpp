// Between configurations and their JSON, row by row; what Hugging Face files do differently is settled here.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/config_json.h"

#include "core/config/model_config_fields.h"
#include "core/util/atomic_file.h"
#include "core/util/json_text.h"
#include "core/util/quote.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <limits>

namespace triptych {

namespace {

using Json = nlohmann::json;

constexpr std::size_t kMaxConfigBytes = 1 << 24;

/// Without these no model can be built, and a default would be that of a 671B model.
constexpr std::array kRequired = {"vocab_size",          "hidden_size",      "intermediate_size", "num_hidden_layers",
                                  "num_attention_heads", "n_routed_experts", "kv_lora_rank",      "qk_nope_head_dim",
                                  "qk_rope_head_dim",    "v_head_dim",       "q_lora_rank"};
/// These too when there are experts.
constexpr std::array kRequiredOfExperts = {"moe_intermediate_size", "num_experts_per_tok"};
/// A null here means none, or that the default holds.
constexpr std::array kNullable = {"n_routed_experts",
                                  "n_shared_experts",
                                  "q_lora_rank",
                                  "n_group",
                                  "topk_group",
                                  "bos_token_id",
                                  "eos_token_id",
                                  "num_experts_per_tok",
                                  "moe_intermediate_size",
                                  "num_nextn_predict_layers"};

template <std::size_t N>
bool contains(const std::array<const char*, N>& keys, std::string_view key)
{
    return std::any_of(keys.begin(), keys.end(), [&](const char* k) { return key == k; });
}

Error prefixed(const std::string& name, const Error& error)
{
    return Error{fmt::format("{}: {}", name, error.what), error.hint};
}

/// A JSON value as short text for a message.
std::string shown(const Json& value)
{
    const std::string text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
    return text.size() <= 60 ? text : text.substr(0, 57) + "...";
}

Result<FieldValue> field_value(std::string_view key, const Json& value, const FieldValue& like)
{
    const auto wrong = [&](const char* expected) {
        return Error{fmt::format("{} is {}, expected {}", key, shown(value), expected),
                     fmt::format("Correct the value of {}.", key)};
    };
    if (std::holds_alternative<std::int64_t>(like)) {
        if (!value.is_number_integer()) return wrong("a whole number");
        if (value.is_number_unsigned() && value.get<std::uint64_t>() > std::numeric_limits<std::int64_t>::max())
            return wrong("a smaller number");
        return FieldValue(value.get<std::int64_t>());
    }
    if (std::holds_alternative<double>(like)) {
        if (!value.is_number()) return wrong("a number");
        return FieldValue(value.get<double>());
    }
    if (std::holds_alternative<bool>(like)) {
        if (!value.is_boolean()) return wrong("true or false");
        return FieldValue(value.get<bool>());
    }
    if (!value.is_string()) return wrong("text");
    return FieldValue(value.get<std::string>());
}

template <class Config>
Status read_field(const Field<Config>& field, const Json& value, Config& config)
{
    Result<FieldValue> parsed = field_value(field.key, value, get(field, config));
    if (!parsed) return parsed.error();
    return set(field, config, *parsed);
}

/// What holds for keys that are not in the file: the defaults of transformers' configuration classes.
ModelConfig defaults_of(std::string_view model_type)
{
    ModelConfig c;
    c.n_shared_experts = 1;
    c.n_group = 8;
    c.topk_group = 4;
    c.first_k_dense_replace = 3;
    c.routed_scaling_factor = 2.5;
    c.max_position_embeddings = 4096;
    c.num_nextn_predict_layers = 0; // older transformers save no such key, and no MTP module either
    if (model_type != "deepseek_v2") return c;
    c.n_shared_experts = 2;
    c.n_group = 1;
    c.topk_group = 1;
    c.first_k_dense_replace = 0;
    c.routed_scaling_factor = 1;
    c.norm_topk_prob = false;
    c.topk_method = "greedy";
    c.scoring_func = "softmax";
    c.max_position_embeddings = 2048;
    c.eos_token_id = 1;
    return c;
}

Status set_null(std::string_view key, ModelConfig& config)
{
    if (!contains(kNullable, key)) {
        return Error{fmt::format("{} is null, expected a value", key), fmt::format("Give {} a value.", key)};
    }
    if (key == "n_routed_experts") config.n_routed_experts = 0;
    if (key == "n_shared_experts") config.n_shared_experts = 0;
    if (key == "q_lora_rank") config.q_lora_rank = 0;
    if (key == "num_nextn_predict_layers") config.num_nextn_predict_layers = 0;
    if (key == "n_group") config.n_group = 1;
    if (key == "topk_group") config.topk_group = 1;
    return {};
}

Status read_members(const Json& root, ModelConfig& config)
{
    for (const auto& field : model_config_fields()) {
        const std::string_view key = field.key;
        const auto found = root.find(key);
        if (found == root.end() || key == "rope_theta") continue;
        if (found->is_null()) {
            if (Status status = set_null(key, config); !status) return status;
            continue;
        }
        // Chat models list several end tokens; the first ends a document.
        const bool listed = key == "eos_token_id" && found->is_array() && !found->empty();
        if (Status status = read_field(field, listed ? found->front() : *found, config); !status) return status;
    }
    return {};
}

Status require_keys(const Json& root)
{
    const auto missing = [&](const char* key) { return !root.contains(key); };
    const auto error = [](const char* key) {
        return Error{fmt::format("the key {} is missing", key),
                     fmt::format("Add {} to the file; without it the shape of the model is not known.", key)};
    };
    for (const char* key : kRequired)
        if (missing(key)) return error(key);
    const Json& experts = root["n_routed_experts"];
    const bool dense = experts.is_null() || experts == 0;
    for (const char* key : kRequiredOfExperts)
        if (!dense && (missing(key) || root[key].is_null())) return error(key);
    return {};
}

/// Keys with one value that we compute; any other would give other numbers silently.
Status refuse_other_mathematics(const Json& root, const ModelConfig& config)
{
    const auto demand = [&](const char* key, const Json& only, const char* why) -> Status {
        const auto found = root.find(key);
        if (found == root.end() || found->is_null() || *found == only) return {};
        return Error{fmt::format("{} is {}, and Triptych computes only {}", key, shown(*found), shown(only)), why};
    };
    if (Status s = demand("hidden_act", "silu", "Choose a model with SwiGLU layers (hidden_act \"silu\")."); !s)
        return s;
    if (Status s = demand("attention_bias", false, "Choose a model without attention biases."); !s) return s;
    if (Status s = demand("mlp_bias", false, "Choose a model without biases."); !s) return s;
    if (Status s = demand("rope_interleave", true, "Choose a model that rotates adjacent pairs, as DeepSeek's do."); !s)
        return s;
    if (Status s = demand("partial_rotary_factor", 1.0, "Remove the key; qk_rope_head_dim says what is rotated."); !s)
        return s;
    return demand("num_key_value_heads", config.num_attention_heads,
                  "With latent attention it equals num_attention_heads; correct one of the two.");
}

/// The object that holds rope_theta and the scaling, in whichever spelling; null when there is none.
Json rotary_settings(const Json& root)
{
    if (const auto found = root.find("rope_parameters"); found != root.end() && !found->is_null()) return *found;
    if (const auto found = root.find("rope_scaling"); found != root.end()) return *found;
    return nullptr;
}

/// Where mscale_all_dim is not given transformers scales by the factor alone, which is mscale 1 over 0.
Status read_scales(const Json& rope, YarnConfig& yarn)
{
    const auto given = [&](const char* key) { return rope.contains(key) && !rope[key].is_null() && rope[key] != 0; };
    if (given("mscale_all_dim") && !given("mscale"))
        return Error{"rope_scaling has mscale_all_dim but no mscale", "Give both; DeepSeek-V3 has 1.0 and 1.0."};
    if (given("mscale_all_dim")) return {};
    yarn.mscale = 1;
    yarn.mscale_all_dim = 0;
    return {};
}

Status read_yarn(const Json& root, const Json& rope, ModelConfig& config)
{
    YarnConfig yarn;
    yarn.original_max_position_embeddings = config.max_position_embeddings;
    const auto* original_field = find_field(yarn_config_fields(), "original_max_position_embeddings");
    if (root.contains(original_field->key))
        if (Status status = read_field(*original_field, root[original_field->key], yarn); !status) return status;
    for (const auto& field : yarn_config_fields()) {
        const auto found = rope.find(field.key);
        if (found == rope.end() || found->is_null()) continue;
        if (*found == 0 && std::string_view(field.key).starts_with("mscale")) continue;
        if (Status status = read_field(field, *found, yarn); !status)
            return Error{"rope_scaling: " + status.error().what, status.error().hint};
    }
    if (!rope.contains("factor") || rope["factor"].is_null())
        yarn.factor = static_cast<double>(config.max_position_embeddings) /
                      static_cast<double>(yarn.original_max_position_embeddings);
    for (const char* key : {"attention_factor", "truncate"}) {
        const auto found = rope.find(key);
        if (found != rope.end() && !found->is_null() && *found != true)
            return Error{fmt::format("rope_scaling: {} is {}, which Triptych does not compute", key, shown(*found)),
                         fmt::format("Remove {}; the DeepSeek models have none.", key)};
    }
    if (Status status = read_scales(rope, yarn); !status) return status;
    config.rope_scaling = yarn;
    return {};
}

Status read_rotary(const Json& root, ModelConfig& config)
{
    const Json rope = rotary_settings(root);
    if (!rope.is_null() && !rope.is_object())
        return Error{fmt::format("rope_scaling is {}, expected an object or null", shown(rope)),
                     "Write null for no scaling."};
    const auto* theta = find_field(model_config_fields(), "rope_theta");
    const Json& holder = rope.is_object() && rope.contains("rope_theta") ? rope : root;
    if (holder.contains("rope_theta") && !holder["rope_theta"].is_null())
        if (Status status = read_field(*theta, holder["rope_theta"], config); !status) return status;
    config.rope_scaling.reset();
    if (rope.is_null()) return {};
    const Json type = rope.contains("rope_type") ? rope["rope_type"] : rope.value("type", Json("default"));
    if (type == "default") return {};
    if (type != "yarn")
        return Error{fmt::format("rope_scaling is of type {}, and Triptych computes yarn or none", shown(type)),
                     "Choose a model with yarn, or set rope_scaling to null."};
    return read_yarn(root, rope, config);
}

Status check_model_type(const Json& root)
{
    const auto found = root.find("model_type");
    if (found == root.end())
        return Error{"the key model_type is missing",
                     "Choose the config.json of a deepseek_v3 model, or add \"model_type\": \"deepseek_v3\"."};
    if (*found == "deepseek_v3" || *found == "deepseek_v2" || *found == "kimi_k2") return {};
    return Error{fmt::format("this is a model of type {}, expected \"deepseek_v3\"", shown(*found)),
                 "Triptych reads models of the DeepSeek-V3 kind (deepseek_v3, deepseek_v2 without groups, kimi_k2)."};
}

Result<ModelConfig> model_from(const Json& root)
{
    if (Status status = check_model_type(root); !status) return status.error();
    if (Status status = require_keys(root); !status) return status.error();
    ModelConfig config = defaults_of(root["model_type"].get<std::string>());
    if (Status status = read_members(root, config); !status) return status.error();
    // transformers saves neither, and has one group of all experts where both say so.
    if (config.topk_method == "group_limited_greedy" && config.n_group == 1) config.topk_method = "greedy";
    if (Status status = read_rotary(root, config); !status) return status.error();
    if (Status status = refuse_other_mathematics(root, config); !status) return status.error();
    if (Status status = validate(config); !status) return status.error();
    return config;
}

} // namespace

Result<ModelConfig> parse_model_config(std::string_view text, const std::string& name)
{
    if (Status status = check_json_object(text, name); !status) return status.error();
    Result<ModelConfig> config = model_from(Json::parse(text.begin(), text.end()));
    if (!config) return prefixed(name, config.error());
    return config;
}

Result<ModelConfig> read_model_config(const std::filesystem::path& file)
{
    Result<std::string> text = read_whole_file(file, kMaxConfigBytes);
    if (!text) return text.error();
    return parse_model_config(*text, file.string());
}

Result<TrainConfig> parse_train_config(std::string_view text, const std::string& name)
{
    if (Status status = check_json_object(text, name); !status) return status.error();
    TrainConfig config;
    const Json root = Json::parse(text.begin(), text.end());
    for (const auto& [key, value] : root.items()) {
        const auto* field = find_field(train_config_fields(), key);
        if (!field)
            return Error{fmt::format("{}: {} is no setting of a training", name, in_quotes(key)),
                         "Correct or remove this key; perhaps a newer Triptych wrote the file."};
        if (Status status = read_field(*field, value, config); !status) return prefixed(name, status.error());
    }
    if (Status status = validate(config); !status) return prefixed(name, status.error());
    return config;
}

} // namespace triptych
