// Finds the row of a key, reads the value as the row's kind, stores it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/settings.h"

#include "core/config/model_config_fields.h"

#include <fmt/format.h>

#include <cmath>

namespace triptych {

namespace {

constexpr std::string_view kYarnPrefix = "rope_scaling.";

std::vector<std::string> all_keys()
{
    std::vector<std::string> keys;
    for (const auto& field : model_config_fields()) keys.emplace_back(field.key);
    for (const auto& field : train_config_fields()) keys.emplace_back(field.key);
    for (const auto& field : yarn_config_fields()) keys.push_back(std::string(kYarnPrefix) + field.key);
    keys.emplace_back("rope_scaling");
    return keys;
}

Error unknown_key(std::string_view key)
{
    const std::vector<std::string> near = near_matches(key, all_keys());
    return Error{fmt::format("there is no setting named \"{}\"", key),
                 near.empty() ? "The keys are those of config.json and of a training; see triptych train --help."
                              : fmt::format("Did you mean {}?", fmt::join(near, " or "))};
}

template <class Config>
Status parse_and_set(const Field<Config>& field, Config& config, std::string_view text)
{
    Result<FieldValue> value = parse_field_value(field.key, text, get(field, config));
    if (!value) return value.error();
    return set(field, config, *value);
}

Status set_yarn(ModelConfig& model, std::string_view key, std::string_view text)
{
    const auto* field = find_field(yarn_config_fields(), key.substr(kYarnPrefix.size()));
    if (!field) return unknown_key(key);
    YarnConfig yarn = model.rope_scaling.value_or(YarnConfig{});
    if (Status status = parse_and_set(*field, yarn, text); !status) return status;
    model.rope_scaling = yarn;
    return {};
}

} // namespace

Status apply_setting(ModelConfig& model, TrainConfig& train, std::string_view setting)
{
    const std::size_t equals = setting.find('=');
    if (equals == setting.npos || equals == 0)
        return Error{fmt::format("the setting \"{}\" is not of the form key=value", setting),
                     "Write it like learning_rate=0.001."};
    const std::string_view key = setting.substr(0, equals);
    const std::string_view text = setting.substr(equals + 1);
    if (const auto* field = find_field(model_config_fields(), key)) return parse_and_set(*field, model, text);
    if (const auto* field = find_field(train_config_fields(), key)) return parse_and_set(*field, train, text);
    if (key.starts_with(kYarnPrefix)) return set_yarn(model, key, text);
    if (key != "rope_scaling") return unknown_key(key);
    if (text != "null" && text != "none")
        return Error{fmt::format("rope_scaling is \"{}\", expected null", text),
                     "Set its parts instead: rope_scaling.factor=40 and so on."};
    model.rope_scaling.reset();
    return {};
}

Status apply_settings(ModelConfig& model, TrainConfig& train, std::span<const std::string> settings)
{
    ModelConfig new_model = model;
    TrainConfig new_train = train;
    for (const std::string& setting : settings)
        if (Status status = apply_setting(new_model, new_train, setting); !status) return status;
    if (Status status = validate(new_model); !status) return status;
    if (Status status = validate(new_train); !status) return status;
    if (Status status = validate(new_train, new_model); !status) return status;
    model = std::move(new_model);
    train = std::move(new_train);
    return {};
}

Status change_while_training(TrainConfig& train, std::string_view key, double value)
{
    const auto* field = find_field(train_config_fields(), key);
    if (!field) return unknown_key(key);
    if (field->change != Change::WhileTraining)
        return Error{fmt::format("{} cannot change while the training runs", key),
                     "Reset the run and set it before the start."};
    TrainConfig changed = train;
    const bool whole = std::holds_alternative<std::int64_t>(get(*field, train));
    if (whole && std::isfinite(value) && value != std::floor(value))
        return Error{fmt::format("{} is {}, expected a whole number", key, value), "Choose a whole number."};
    const bool fits = std::isfinite(value) && std::abs(value) < 9e15;
    const FieldValue given = whole && fits ? FieldValue(static_cast<std::int64_t>(value)) : FieldValue(value);
    if (Status status = set(*field, changed, given); !status) return status;
    if (Status status = validate(changed); !status) return status;
    train = std::move(changed);
    return {};
}

} // namespace triptych
