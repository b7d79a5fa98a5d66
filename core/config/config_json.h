// Reads and writes config.json in the Hugging Face form of deepseek_v3, and the training settings of run.json.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/train_config.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace triptych {

/// A model from the text of a config.json; valid by validate(). model_type may be deepseek_v3, deepseek_v2 (without
/// groups) or kimi_k2. Both spellings of rotary settings are read (rope_theta with rope_scaling, and rope_parameters).
/// The dimensions must be there; other keys have the defaults of transformers. Keys that describe something else than a
/// shape are passed over; those that would change the mathematics in a way we do not compute are refused. Every error
/// begins with name.
Result<ModelConfig> parse_model_config(std::string_view text, const std::string& name = "config.json");

/// The same from a file.
Result<ModelConfig> read_model_config(const std::filesystem::path& file);

/// A config.json that transformers opens: deepseek_v3, or deepseek_v2 for softmax scores. dtype is that of the weights
/// beside it, in PyTorch's words: "float32", "bfloat16". parse_model_config() of it gives the configuration back.
std::string model_config_json(const ModelConfig& config, std::string_view dtype = "float32");

/// One JSON object with every key of TrainConfig.
std::string train_config_json(const TrainConfig& config);

/// From such an object; missing keys keep their defaults, unknown ones are errors. Valid by validate().
Result<TrainConfig> parse_train_config(std::string_view text, const std::string& name = "run.json");

} // namespace triptych
