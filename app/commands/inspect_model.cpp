// A model's numbers: counts, cache, FLOPs, memory, tensors.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/inspection.h"
#include "app/console/json_line.h"
#include "core/config/parameter_count.h"
#include "core/config/preset.h"
#include "core/cost/memory.h"
#include "core/formats/hf_checkpoint.h"
#include "core/model/model_structure.h"
#include "core/routing/router_catalog.h"
#include "core/run/checkpoint.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <tuple>

namespace triptych {

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kLongContext = 4096; ///< of the published figures; less where a model has fewer positions

/// What follows from the configuration.
struct ModelNumbers {
    ParameterCount count;
    CacheBytes cache; ///< in bf16
    std::int64_t sequence_length = 0;
    double flops_per_token = 0;
    TrainConfig training; ///< the settings that the memory to train holds for
    ModelMemory to_train;
    ModelMemory to_run;
};

Result<ModelNumbers> numbers_of(const ModelConfig& config)
{
    ModelNumbers n;
    n.count = count_parameters(config);
    n.cache = cache_bytes_per_token(config);
    n.sequence_length = std::min(kLongContext, config.max_position_embeddings);
    n.flops_per_token = training_flops_per_token(config, n.sequence_length);
    n.training.sequence_length = std::min(n.training.sequence_length, config.max_position_embeddings);
    const auto to_train = training_memory(config, n.training);
    if (!to_train) return to_train.error();
    const auto to_run = decoding_memory(config, n.sequence_length);
    if (!to_run) return to_run.error();
    n.to_train = *to_train;
    n.to_run = *to_run;
    return n;
}

/// What init would write: rows, their parts, and the copies for other readers.
Result<std::vector<TensorDescription>> planned_tensors(const ModelConfig& config)
{
    const auto router = router_of(config);
    if (!router) return router.error();
    const auto structure = model_structure(config, **router, DType::F32);
    if (!structure) return structure.error();
    std::vector<NamedTensor> named;
    const ParamRows rows = (*structure)->declare();
    for (const ParamRow& row : rows.rows()) {
        if (row.parts.empty()) named.push_back({.name = row.name, .shape = row.shape});
        for (const ParamPart& part : row.parts) named.push_back({.name = part.name, .shape = part.shape});
    }
    const auto copies = mtp_copies(config, named);
    named.insert(named.end(), copies.begin(), copies.end());
    std::vector<TensorDescription> tensors;
    for (NamedTensor& t : named)
        tensors.push_back({std::move(t.name), std::string(name_of(DType::F32)), std::move(t.shape)});
    return tensors;
}

/// "model.layers.*.mlp.experts.*.up_proj.weight": numbers between dots become stars.
std::string pattern_of(const std::string& name)
{
    std::string pattern;
    for (std::size_t begin = 0; begin <= name.size();) {
        const std::size_t dot = std::min(name.find('.', begin), name.size());
        const std::string part = name.substr(begin, dot - begin);
        const bool number = !part.empty() && part.find_first_not_of("0123456789") == std::string::npos;
        pattern += (begin > 0 ? "." : "") + (number ? "*" : part);
        begin = dot + 1;
    }
    return pattern;
}

struct TensorGroup {
    const TensorDescription* first = nullptr;
    std::int64_t count = 0;
};

/// Tensors of one pattern, type and shape together, in the order of their first.
std::vector<std::pair<std::string, TensorGroup>> grouped(const std::vector<TensorDescription>& tensors)
{
    std::vector<std::pair<std::string, TensorGroup>> groups;
    std::map<std::tuple<std::string, std::string, std::vector<std::int64_t>>, std::size_t> known;
    for (const TensorDescription& t : tensors) {
        const std::string pattern = pattern_of(t.name);
        const auto [place, is_new] = known.try_emplace({pattern, t.dtype, t.shape}, groups.size());
        if (is_new) groups.push_back({pattern, {&t, 0}});
        ++groups[place->second].second.count;
    }
    return groups;
}

std::string shape_text_of(const TensorDescription& tensor)
{
    return fmt::format("[{}]", fmt::join(tensor.shape, ", "));
}

void print_tensors(const std::vector<TensorDescription>& tensors)
{
    print(fmt::format("tensors          {}\n", tensors.size()));
    const auto groups = grouped(tensors);
    std::size_t width = 0;
    for (const auto& [pattern, group] : groups) width = std::max(width, pattern.size());
    for (const auto& [pattern, group] : groups)
        print(fmt::format("  {:<{}}  {:<8} {:<20} {:>6} x\n", printable(pattern), width, printable(group.first->dtype),
                          shape_text_of(*group.first), group.count));
}

std::string experts_text(const ModelConfig& c)
{
    if (c.n_routed_experts == 0) return "none: every layer is dense";
    std::string text = fmt::format("{} routed, {} a token", c.n_routed_experts, c.num_experts_per_tok);
    if (c.n_group > 1) text += fmt::format(" from {} of {} groups", c.topk_group, c.n_group);
    return text +
           fmt::format(", {} shared; the first {} layers are dense", c.n_shared_experts, c.first_k_dense_replace);
}

void print_text(const ModelDescription& model, const ModelNumbers& n)
{
    const ModelConfig& c = model.config;
    const auto against = [&](std::int64_t bytes) {
        return fmt::format("{} B ({:.1f}x)", bytes, static_cast<double>(bytes) / static_cast<double>(n.cache.mla));
    };
    print(fmt::format("{}\n", model.title));
    print(fmt::format("parameters       {}, {} of them active for a token", parameters_text(n.count.total),
                      parameters_text(n.count.active)));
    if (n.count.mtp > 0)
        print(fmt::format("; beside them {} of MTP (depth {})", parameters_text(n.count.mtp),
                          c.num_nextn_predict_layers));
    print(fmt::format("\nshape            {} layers, hidden {}, {} heads, vocabulary {}, {} positions\n",
                      c.num_hidden_layers, c.hidden_size, c.num_attention_heads, c.vocab_size,
                      c.max_position_embeddings));
    print(fmt::format("experts          {}\n", experts_text(c)));
    print(fmt::format("cache per token  {} B in bf16; MHA would take {}, GQA with 8 groups {}, MQA {}\n", n.cache.mla,
                      against(n.cache.mha), against(n.cache.gqa8), against(n.cache.mqa)));
    print(fmt::format("training         {:.5g} GFLOP per token at {} tokens, causal, without MTP\n",
                      n.flops_per_token / 1e9, n.sequence_length));
    print(fmt::format("memory to train  {} here: f32, AdamW, batches of {} x {} tokens\n",
                      bytes_text(n.to_train.total()), n.training.batch_size, n.training.sequence_length));
    print(
        fmt::format("memory to run    {} here: f32, {} positions\n", bytes_text(n.to_run.total()), n.sequence_length));
    print_tensors(model.tensors);
}

nlohmann::ordered_json json_of(const ModelDescription& model, const ModelNumbers& n)
{
    auto tensors = nlohmann::ordered_json::array();
    for (const TensorDescription& t : model.tensors)
        tensors.push_back({{"name", t.name}, {"dtype", t.dtype}, {"shape", t.shape}});
    return {{"parameters", n.count.total},
            {"active_parameters", n.count.active},
            {"mtp_parameters", n.count.mtp},
            {"kv_bytes_per_token",
             {{"mla", n.cache.mla}, {"mha", n.cache.mha}, {"gqa8", n.cache.gqa8}, {"mqa", n.cache.mqa}}},
            {"flops_per_token_training", n.flops_per_token},
            {"sequence_length", n.sequence_length},
            {"memory_bytes", {{"train", n.to_train.total()}, {"run", n.to_run.total()}}},
            {"tensors", std::move(tensors)}};
}

} // namespace

Result<ModelDescription> describe_model(const std::string& path)
{
    const auto file = find_model(path);
    if (!file) return file.error();
    const fs::path folder = file->parent_path();
    std::error_code ignored;
    const bool weights =
        fs::is_directory(path, ignored) && (fs::exists(folder / "model.safetensors", ignored) ||
                                            fs::exists(folder / "model.safetensors.index.json", ignored));
    if (weights) {
        const auto checkpoint = HfCheckpoint::open(folder);
        if (!checkpoint) return checkpoint.error();
        ModelDescription model{"checkpoint " + path, held_config(*checkpoint), {}};
        for (const TensorEntry* t : checkpoint->tensors()) model.tensors.push_back({t->name, t->dtype, t->shape});
        return model;
    }
    auto config = load_model_config(path);
    if (!config) return config.error();
    auto tensors = planned_tensors(*config);
    if (!tensors) return tensors.error();
    return ModelDescription{file->string() == path ? path : path + " (" + file->string() + ")", config.take(),
                            tensors.take()};
}

ExitCode show_model(const ModelDescription& model, Format format)
{
    const auto numbers = numbers_of(model.config);
    if (!numbers) return report(numbers.error());
    if (format == Format::Json)
        print_json(json_of(model, *numbers));
    else
        print_text(model, *numbers);
    return ExitCode::Done;
}

std::string parameters_text(std::int64_t count)
{
    const auto value = static_cast<double>(count);
    if (count >= 1'000'000'000) return fmt::format("{:.2f}B", value / 1e9);
    if (count >= 1'000'000) return fmt::format("{:.2f}M", value / 1e6);
    return count >= 10'000 ? fmt::format("{:.1f}k", value / 1e3) : fmt::format("{}", count);
}

} // namespace triptych
