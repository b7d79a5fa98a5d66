// Saving and loading what a training is.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/checkpoint.h"

#include "core/config/config_json.h"
#include "core/config/parameter_count.h"
#include "core/data/byte_tokenizer.h"
#include "core/formats/checkpoint_writer.h"
#include "core/formats/tokenizer_json.h"
#include "core/util/json_text.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <tuple>

namespace triptych {

namespace {

using Json = nlohmann::json;

constexpr const char* kOptimizerFile = "triptych/optimizer.safetensors";
constexpr const char* kStateFile = "triptych/train_state.json";
constexpr const char* kDamagedHint = "Resume from an earlier checkpoint of the run: remove or rename this one.";
constexpr int kStateFormat = 1;
constexpr const char* kLearned = "learned";
constexpr const char* kForced = "forced";
constexpr std::int64_t kMaxSteps = 1'000'000'000'000; // as many as a schedule may have

std::vector<TensorToWrite> to_write(const std::vector<NamedTensor>& tensors)
{
    std::vector<TensorToWrite> result;
    for (const NamedTensor& t : tensors)
        result.push_back({.name = t.name, .shape = t.shape, .data = t.data, .dtype = t.dtype, .stored = t.dtype});
    return result;
}

std::vector<NamedTensor> moment_tensors(const ParamStore& params)
{
    auto tensors = trained_tensors(params, params.first_moments(), "first_moment.");
    const auto second = trained_tensors(params, params.second_moments(), "second_moment.");
    tensors.insert(tensors.end(), second.begin(), second.end());
    return tensors;
}

Status write_model_files(CheckpointWriter& writer, const ModelConfig& config, const ParamStore& params)
{
    auto tensors = weight_tensors(params);
    const auto copies = mtp_copies(config, tensors);
    tensors.insert(tensors.end(), copies.begin(), copies.end());
    if (const Status written = writer.write_model(config, to_write(tensors)); !written) return written;
    if (config.vocab_size < ByteTokenizer().vocab_size()) return {}; // made for token ids alone
    for (const NamedText& file : byte_tokenizer_files(config.max_position_embeddings))
        if (const Status written = writer.write_text(file.name, file.contents); !written) return written;
    return {};
}

Error damaged_state(const std::string& where, const std::string& what)
{
    return {where + " is damaged: " + what, kDamagedHint};
}

/// "3": [9, 12]
Result<std::vector<std::int32_t>> parse_experts(const Json& value)
{
    std::vector<std::int32_t> experts;
    if (!value.is_array()) return Error{"no list", ""};
    for (const Json& expert : value) {
        if (!expert.is_number_unsigned() || expert.get<std::uint64_t>() > INT32_MAX) return Error{"no expert", ""};
        experts.push_back(expert.get<std::int32_t>());
    }
    return experts;
}

/// The keys of the control, which older checkpoints do not have.
Result<RoutingControl> parse_control(const Json& state, const ModelConfig& model, const std::string& where)
{
    RoutingControl control;
    if (const auto found = state.find("balancing"); found != state.end()) {
        if (*found != kLearned && *found != kForced)
            return damaged_state(where, "balancing is " + found->dump() + ", expected \"learned\" or \"forced\"");
        if (*found == kForced) control.balancing = Balancing::Forced;
    }
    if (const auto found = state.find(kActiveExperts); found != state.end()) {
        const bool whole = found->is_number_unsigned() && found->get<std::uint64_t>() <= INT32_MAX;
        if (!whole)
            return damaged_state(where, fmt::format("{} is {}, expected a count", kActiveExperts, found->dump()));
        control.active = found->get<std::int64_t>();
        if (const Status possible = check_active(model, control.active); !possible)
            return damaged_state(where, possible.error().what);
    }
    const Json off = state.contains("routing_off") ? state["routing_off"] : Json::object();
    if (!off.is_object()) return damaged_state(where, "routing_off is no object of layers");
    for (const auto& [key, value] : off.items()) {
        std::int64_t layer = -1;
        const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), layer);
        auto experts = parse_experts(value);
        if (error != std::errc() || end != key.data() + key.size() || !experts)
            return damaged_state(where, "routing_off has \"" + key + "\": " + value.dump() +
                                            ", expected the number of a layer and a list of its experts");
        control.off[layer] = experts.take();
    }
    if (const Status possible = check_control(model, control); !possible)
        return damaged_state(where, "routing_off asks for what cannot be, " + possible.error().what);
    return control;
}

/// Checkpoints that are older than the count of FLOPs have them counted with the configured number of experts.
Result<double> parse_flops(const Json& state, const ModelConfig& model, const TrainConfig& train,
                           const std::string& where)
{
    const auto found = state.find("flops");
    if (found == state.end())
        return state["tokens"].get<double>() *
               training_flops_per_token(model, train.sequence_length, CountMask::Causal, CountMtp::Yes);
    if (!found->is_number() || !(found->get<double>() >= 0))
        return damaged_state(where, fmt::format("flops is {}, expected a number from 0 up", found->dump()));
    return found->get<double>();
}

std::string state_json(const Trainer& trainer)
{
    const TrainProgress& progress = trainer.progress();
    Json state;
    state["format"] = kStateFormat;
    state["step"] = progress.step;
    state["tokens"] = progress.tokens;
    state["device_seconds"] = progress.device_seconds;
    state["flops"] = progress.flops;
    state["train"] = Json::parse(train_config_json(trainer.config()));
    state["balancing"] = trainer.control().balancing == Balancing::Forced ? kForced : kLearned;
    state["routing_off"] = Json::object();
    for (const auto& [layer, experts] : trainer.control().off) state["routing_off"][std::to_string(layer)] = experts;
    if (trainer.control().active > 0) state[kActiveExperts] = trainer.control().active;
    return state.dump(2) + "\n";
}

} // namespace

std::vector<NamedTensor> mtp_copies(const ModelConfig& config, const std::vector<NamedTensor>& weights)
{
    std::vector<NamedTensor> copies;
    const auto copy = [&](const std::string& source, const std::string& name) {
        const auto found =
            std::find_if(weights.begin(), weights.end(), [&](const auto& t) { return t.name == source; });
        if (found == weights.end()) return;
        copies.push_back(*found);
        copies.back().name = name;
    };
    for (std::int64_t k = 0; k < config.num_nextn_predict_layers; ++k) {
        const std::string prefix = fmt::format("model.layers.{}.", config.num_hidden_layers + k);
        copy("model.embed_tokens.weight", prefix + "embed_tokens.weight");
        copy(config.tie_word_embeddings ? "model.embed_tokens.weight" : "lm_head.weight",
             prefix + "shared_head.head.weight");
    }
    return copies;
}

Status save_model(const std::filesystem::path& folder, const ModelConfig& config, const ParamStore& params)
{
    auto writer = CheckpointWriter::begin(folder, IfExists::Refuse);
    if (!writer) return writer.error();
    if (const Status written = write_model_files(*writer, config, params); !written) return written;
    return writer->commit();
}

Status save_checkpoint(const std::filesystem::path& folder, const Trainer& trainer)
{
    auto writer = CheckpointWriter::begin(folder, IfExists::Replace);
    if (!writer) return writer.error();
    if (const Status written = write_model_files(*writer, trainer.model_config(), trainer.params()); !written)
        return written;
    if (const Status written = writer->write_tensors(kOptimizerFile, to_write(moment_tensors(trainer.params())));
        !written)
        return written;
    if (const Status written = writer->write_text(kStateFile, state_json(trainer)); !written) return written;
    return writer->commit();
}

ModelConfig held_config(const HfCheckpoint& checkpoint)
{
    ModelConfig config = checkpoint.config();
    if (!checkpoint.find(fmt::format("model.layers.{}.eh_proj.weight", config.num_hidden_layers)))
        config.num_nextn_predict_layers = 0;
    return config;
}

Status load_weights(const HfCheckpoint& checkpoint, const ParamStore& params)
{
    const auto tensors = weight_tensors(params);
    std::vector<ExpectedTensor> expected;
    for (const NamedTensor& t : tensors) expected.push_back({t.name, t.shape});
    if (const Status complete = checkpoint.check(expected); !complete) return complete;
    for (const NamedTensor& t : tensors)
        if (const Status read = checkpoint.read_into(t.name, t.shape, t.data, t.dtype); !read) return read;
    return {};
}

Result<TrainState> read_train_state(const HfCheckpoint& checkpoint)
{
    const std::string where = (checkpoint.folder() / kStateFile).string();
    const auto text = checkpoint.read_text(kStateFile);
    if (!text)
        return Error{checkpoint.folder().string() + " holds a model without the state of its training (" + kStateFile +
                         ")",
                     "Start a new run from its weights, or resume a folder that triptych train wrote."};
    if (const Status json = check_json_object(*text, where); !json) return Error{json.error().what, kDamagedHint};
    const Json state = Json::parse(*text);
    if (state.contains("format") && state["format"].is_number_integer() && state["format"] > kStateFormat)
        return Error{where + " was written by a newer version of Triptych",
                     "Open it with that version or a later one."};
    const Error damaged{where + " is damaged: step, tokens, device_seconds and train were expected", kDamagedHint};
    const auto count = [&](const char* key) { return state.contains(key) && state[key].is_number_unsigned(); };
    if (!count("step") || !count("tokens") || !state.contains("device_seconds") ||
        !state["device_seconds"].is_number() || !state.contains("train") || !state["train"].is_object())
        return damaged;
    auto config = parse_train_config(state["train"].dump(), where);
    if (!config) return config.error();
    auto control = parse_control(state, checkpoint.config(), where);
    if (!control) return control.error();
    TrainState result;
    result.config = config.take();
    result.control = control.take();
    const auto flops = parse_flops(state, checkpoint.config(), result.config, where);
    if (!flops) return flops.error();
    result.progress = {
        .step = state["step"], .tokens = state["tokens"], .device_seconds = state["device_seconds"], .flops = *flops};
    const bool possible = result.progress.step >= 0 && result.progress.step <= kMaxSteps &&
                          result.progress.tokens >= 0 && result.progress.device_seconds >= 0;
    if (!possible) return damaged;
    return result;
}

Result<RoutingControl> read_control(const HfCheckpoint& checkpoint)
{
    if (!checkpoint.read_text(kStateFile)) return RoutingControl{};
    auto state = read_train_state(checkpoint);
    if (!state) return state.error();
    const ModelConfig held = held_config(checkpoint);
    std::erase_if(state->control.off, [layers = held.num_hidden_layers + held.num_nextn_predict_layers](
                                          const auto& row) { return row.first >= layers; });
    return std::move(state->control);
}

Status load_checkpoint(const HfCheckpoint& checkpoint, Trainer& trainer)
{
    const auto state = read_train_state(checkpoint);
    if (!state) return state.error();
    if (const Status read = load_weights(checkpoint, trainer.params()); !read) return read;
    const auto optimizer = SafetensorsFile::open(checkpoint.folder() / kOptimizerFile);
    if (!optimizer) return optimizer.error();
    for (const NamedTensor& t : moment_tensors(trainer.params()))
        if (const Status read = optimizer->read_into(t.name, t.shape, t.data, t.dtype); !read) return read;
    if (const Status possible = trainer.set_control(state->control); !possible) return possible;
    trainer.restore(state->progress);
    return {};
}

std::filesystem::path checkpoint_path(const std::filesystem::path& run_folder, std::int64_t step)
{
    return run_folder / "checkpoints" / fmt::format("step-{:06}", step);
}

std::vector<StoredCheckpoint> list_checkpoints(const std::filesystem::path& run_folder)
{
    std::vector<StoredCheckpoint> found;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(run_folder / "checkpoints", ignored)) {
        const std::string name = entry.path().filename().string();
        long long step = 0;
        if (std::sscanf(name.c_str(), "step-%lld", &step) == 1 && entry.is_directory(ignored))
            found.push_back({step, entry.path()});
    }
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
        return std::tie(a.step, a.path) > std::tie(b.step, b.path);
    });
    return found;
}

std::optional<std::filesystem::path> latest_checkpoint(const std::filesystem::path& run_folder)
{
    for (const auto& [step, path] : list_checkpoints(run_folder))
        if (HfCheckpoint::open(path)) return path;
    return std::nullopt;
}

Result<std::filesystem::path> find_checkpoint(const std::string& path)
{
    std::error_code ignored;
    const std::filesystem::path folder = path;
    if (!std::filesystem::exists(folder / "run.json", ignored)) return folder;
    if (const auto latest = latest_checkpoint(folder)) return *latest;
    return Error{"the run " + path + " has no checkpoint", "Train it further: a run saves when it ends or is stopped."};
}

} // namespace triptych
