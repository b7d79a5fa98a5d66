// Opens checkpoint folders and hands out their tensors by name.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/hf_checkpoint.h"

#include "core/config/config_json.h"
#include "core/formats/number_formats.h"
#include "core/util/atomic_file.h"
#include "core/util/json_text.h"
#include "core/util/quote.h"
#include "core/util/replace_folder.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace triptych {

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::json;

constexpr const char* kSingleFile = "model.safetensors";
constexpr const char* kIndexFile = "model.safetensors.index.json";
constexpr std::string_view kScaleSuffix = "_scale_inv";

/// Which shard holds which tensor, sorted by shard.
using WeightMap = std::map<std::string, std::vector<std::string>>;

Result<std::optional<BlockSize>> quantization_of(const Json& config)
{
    const auto found = config.find("quantization_config");
    if (found == config.end() || found->is_null()) return std::optional<BlockSize>{};
    const Json method = found->is_object() ? found->value("quant_method", Json()) : Json();
    if (method != "fp8")
        return Error{
            fmt::format("the weights are compressed by {}, which Triptych does not read", in_quotes(method.dump())),
            "Choose a checkpoint in F32, BF16, F16, or FP8 with block scales."};
    const Json size = found->value("weight_block_size", Json::array({128, 128}));
    const auto valid = [](const Json& n) { return n.is_number_unsigned() && n >= 1 && n <= (1 << 20); };
    if (!size.is_array() || size.size() != 2 || !valid(size[0]) || !valid(size[1]))
        return Error{
            fmt::format("quantization_config: weight_block_size is {}, expected two sizes", in_quotes(size.dump())),
            "Choose a checkpoint with block scales, as DeepSeek publishes them."};
    return std::optional(BlockSize{size[0].get<std::int64_t>(), size[1].get<std::int64_t>()});
}

/// A shard lies in the folder itself: a path that leads elsewhere is an attack or a mistake.
bool is_plain_name(const std::string& name)
{
    return !name.empty() && name.find('/') == name.npos && name.find('\0') == name.npos && name != "." && name != "..";
}

Result<WeightMap> parse_index(const std::string& text, const std::string& name)
{
    if (Status status = check_json_object(text, name); !status) return status.error();
    const Json root = Json::parse(text);
    const auto map = root.find("weight_map");
    const char* hint = "The index is damaged: fetch the checkpoint again.";
    if (map == root.end() || !map->is_object())
        return Error{fmt::format("{}: there is no object weight_map", name), hint};
    WeightMap shards;
    for (const auto& [tensor, shard] : map->items()) {
        if (!shard.is_string() || !is_plain_name(shard.get<std::string>()))
            return Error{fmt::format("{}: tensor {} is said to lie in {}, which is no file name", name,
                                     in_quotes(tensor),
                                     in_quotes(shard.dump(-1, ' ', false, Json::error_handler_t::replace))),
                         hint};
        shards[shard.get<std::string>()].push_back(tensor);
    }
    return shards;
}

} // namespace

Result<HfCheckpoint> HfCheckpoint::open(const fs::path& folder)
{
    HfCheckpoint checkpoint;
    checkpoint.m_folder = surviving_folder(folder);
    std::error_code ignored;
    const fs::file_status status = fs::status(checkpoint.m_folder, ignored);
    if (!fs::exists(status))
        return Error{fmt::format("there is no checkpoint at {}", folder.string()),
                     "Check the path; a checkpoint is a folder."};
    if (!fs::is_directory(status))
        return Error{fmt::format("{} is a file, and a checkpoint is a folder", folder.string()),
                     "Give the folder that holds config.json and model.safetensors."};
    if (Status opened = checkpoint.open_config(); !opened) return opened.error();
    if (Status opened = checkpoint.open_weights(); !opened) return opened.error();
    return checkpoint;
}

Status HfCheckpoint::open_config()
{
    const fs::path path = m_folder / "config.json";
    std::error_code ignored;
    if (!fs::exists(path, ignored))
        return Error{fmt::format("{} holds no config.json, so it is no checkpoint", m_folder.string()),
                     "Give the folder that holds config.json and model.safetensors."};
    Result<ModelConfig> config = read_model_config(path);
    if (!config) return config.error();
    m_config = config.take();
    const Result<std::string> text = read_whole_file(path);
    if (!text) return text.error();
    const Json root = Json::parse(*text, nullptr, false);
    if (!root.is_object()) return Error{path.string() + ": the file changed while it was read", "Try again."};
    Result<std::optional<BlockSize>> quantization = quantization_of(root);
    if (!quantization) return Error{path.string() + ": " + quantization.error().what, quantization.error().hint};
    m_fp8_blocks = *quantization;
    return {};
}

Status HfCheckpoint::open_weights()
{
    std::error_code ignored;
    if (fs::exists(m_folder / kSingleFile, ignored)) return add_file(m_folder / kSingleFile);
    if (fs::exists(m_folder / kIndexFile, ignored)) return open_shards(m_folder / kIndexFile);
    const bool pickled = fs::exists(m_folder / "pytorch_model.bin", ignored);
    return Error{fmt::format("{} holds no {}", m_folder.string(), kSingleFile),
                 pickled ? "The weights are in PyTorch's own format: save the model with safe_serialization=True."
                         : "The checkpoint is incomplete: fetch or save it again."};
}

Status HfCheckpoint::open_shards(const fs::path& index)
{
    const Result<std::string> text = read_whole_file(index);
    if (!text) return text.error();
    const Result<WeightMap> shards = parse_index(*text, index.string());
    if (!shards) return shards.error();
    m_files.reserve(shards->size());
    for (const auto& [shard, tensors] : *shards) {
        std::error_code ignored;
        if (!fs::exists(m_folder / shard, ignored))
            return Error{fmt::format("{}: the shard {} is missing", m_folder.string(), in_quotes(shard)),
                         "The checkpoint is incomplete: fetch this file."};
        if (Status status = add_file(m_folder / shard); !status) return status;
        for (const std::string& tensor : tensors)
            if (!m_files.back().find(tensor)) return missing_tensor((m_folder / shard).string(), tensor);
    }
    return {};
}

Status HfCheckpoint::add_file(const fs::path& path)
{
    Result<SafetensorsFile> file = SafetensorsFile::open(path);
    if (!file) return file.error();
    m_files.push_back(file.take());
    for (const TensorEntry& entry : m_files.back().tensors()) {
        if (!m_index.emplace(entry.name, Place{m_files.size() - 1, &entry}).second)
            return Error{fmt::format("{}: tensor {} is in another shard, too", path.string(), in_quotes(entry.name)),
                         "Remove shards that belong to another checkpoint."};
        m_tensors.push_back(&entry);
    }
    return {};
}

const HfCheckpoint::Place* HfCheckpoint::place_of(std::string_view name) const
{
    const auto found = m_index.find(name);
    return found == m_index.end() ? nullptr : &found->second;
}

const TensorEntry* HfCheckpoint::find(std::string_view name) const
{
    const Place* place = place_of(name);
    return place ? place->entry : nullptr;
}

Status HfCheckpoint::check(std::span<const ExpectedTensor> expected) const
{
    std::size_t missing = 0;
    const std::string* first = nullptr;
    for (const ExpectedTensor& tensor : expected) {
        if (find(tensor.name)) continue;
        if (missing++ == 0) first = &tensor.name;
    }
    if (missing == 1) return missing_tensor(m_folder.string(), *first);
    if (missing > 1) {
        Error error = missing_tensor(m_folder.string(), *first);
        error.what +=
            fmt::format(", nor are {} others of the {} that config.json asks for", missing - 1, expected.size());
        return error;
    }
    for (const ExpectedTensor& tensor : expected)
        if (const Place* place = place_of(tensor.name); place->entry->shape != tensor.shape)
            return wrong_shape(m_files[place->file].path(), tensor.name, place->entry->shape, tensor.shape);
    return {};
}

Status HfCheckpoint::read_into(std::string_view name, std::span<const std::int64_t> shape, void* target,
                               DType dtype) const
{
    const Place* place = place_of(name);
    if (!place) return missing_tensor(m_folder.string(), name);
    const SafetensorsFile& file = m_files[place->file];
    const std::string scale_name = std::string(name) + std::string(kScaleSuffix);
    const Place* scales = m_fp8_blocks && place->entry->known_dtype() == DType::F8E4M3 ? place_of(scale_name) : nullptr;
    if (!m_fp8_blocks || place->entry->known_dtype() != DType::F8E4M3)
        return file.read_into(name, shape, target, dtype);
    if (!scales) return missing_tensor(m_folder.string(), scale_name);
    if (!std::equal(shape.begin(), shape.end(), place->entry->shape.begin(), place->entry->shape.end()))
        return wrong_shape(file.path(), name, place->entry->shape, shape);
    if (shape.size() != 2)
        return Error{fmt::format("{}: tensor {} is in 8 bits with the shape {}, and only matrices have block scales",
                                 file.path(), in_quotes(name), shape_text(place->entry->shape)),
                     "Choose a checkpoint as DeepSeek publishes them."};
    return read_scaled(*place, *scales, target, dtype);
}

Status HfCheckpoint::read_scaled(const Place& place, const Place& scales, void* target, DType dtype) const
{
    const std::vector<std::int64_t>& shape = place.entry->shape;
    if (!can_convert(DType::F32, dtype))
        return Error{fmt::format("{}: tensor {} cannot be read as {}", m_folder.string(), in_quotes(place.entry->name),
                                 name_of(dtype)),
                     "Read weights as F32, F64, BF16 or F16."};
    const std::vector<std::int64_t> blocks = {block_count(shape[0], m_fp8_blocks->rows),
                                              block_count(shape[1], m_fp8_blocks->columns)};
    std::vector<float> factors(static_cast<std::size_t>(blocks[0] * blocks[1]));
    if (Status s = m_files[scales.file].read_into(scales.entry->name, blocks, factors.data(), DType::F32); !s) return s;
    std::vector<float> weights(dtype == DType::F32 ? 0 : static_cast<std::size_t>(place.entry->count()));
    float* values = dtype == DType::F32 ? static_cast<float*>(target) : weights.data();
    if (Status s = m_files[place.file].read_into(place.entry->name, shape, values, DType::F32); !s) return s;
    multiply_block_scales(values, shape[0], shape[1], factors.data(), *m_fp8_blocks);
    if (dtype != DType::F32) convert(values, DType::F32, target, dtype, place.entry->count());
    return {};
}

Result<std::string> HfCheckpoint::read_text(const std::string& file) const
{
    return read_whole_file(m_folder / file);
}

} // namespace triptych
