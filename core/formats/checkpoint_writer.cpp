// Builds a checkpoint beside its place and swaps it in.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/checkpoint_writer.h"

#include "core/config/config_json.h"
#include "core/util/io_error.h"
#include "core/util/quote.h"
#include "core/util/replace_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <map>
#include <utility>

namespace triptych {

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::ordered_json;

constexpr std::array kCheckpointFiles = {"config.json",
                                         "generation_config.json",
                                         "model.safetensors.index.json",
                                         "tokenizer.json",
                                         "tokenizer_config.json",
                                         "special_tokens_map.json",
                                         "added_tokens.json",
                                         "vocab.json",
                                         "merges.txt",
                                         "tokenizer.model",
                                         "chat_template.jinja",
                                         "triptych"};

bool is_part_of_a_checkpoint(const std::string& name)
{
    if (name.starts_with("model") && name.ends_with(".safetensors")) return true;
    return std::any_of(kCheckpointFiles.begin(), kCheckpointFiles.end(),
                       [&](const char* known) { return name == known; });
}

/// Refuses a place where replacing would destroy something that is no checkpoint.
Status check_place(const fs::path& folder, IfExists if_exists)
{
    std::error_code error;
    const fs::file_status status = fs::status(folder, error);
    if (!fs::exists(status)) return {};
    if (!fs::is_directory(status))
        return Error{fmt::format("cannot write the checkpoint {}: there is a file of this name", folder.string()),
                     "Choose another name, or remove the file."};
    std::string stranger;
    bool has_config = false;
    bool empty = true;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        const std::string name = it->path().filename().string();
        empty = false;
        has_config = has_config || name == "config.json";
        if (!is_part_of_a_checkpoint(name)) stranger = name;
    }
    if (error) return io_error("read folder", folder.string(), error.value());
    if (empty) return {};
    if (if_exists == IfExists::Refuse)
        return Error{fmt::format("cannot write the checkpoint {}: it already exists", folder.string()),
                     "Choose another name, or remove the old one."};
    if (!stranger.empty() || !has_config)
        return Error{fmt::format("cannot replace {}: it holds {} and may not be a checkpoint", folder.string(),
                                 stranger.empty() ? "no config.json" : in_quotes(stranger)),
                     "Choose another folder, or move these files away."};
    return {};
}

/// The folder as an absolute path without "..", links resolved as far as it exists: a link to a checkpoint is kept as a
/// link.
Result<fs::path> place_of(const fs::path& folder)
{
    std::error_code error;
    fs::path place = fs::weakly_canonical(fs::absolute(folder, error), error);
    if (!place.has_filename()) place = place.parent_path();
    if (error) return io_error("write the checkpoint", folder.string(), error.value());
    if (folder.empty() || !place.has_filename())
        return Error{fmt::format("\"{}\" is no place for a checkpoint", folder.string()), "Give the name of a folder."};
    return place;
}

Status remove_contents(const fs::path& folder)
{
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        fs::remove_all(it->path(), error);
        if (error) break;
    }
    return error ? Status(io_error("clear folder", folder.string(), error.value())) : Status();
}

/// PyTorch's name of the type that most bytes of the weights have.
std::string_view torch_dtype(std::span<const TensorToWrite> tensors)
{
    std::map<DType, std::uint64_t> bytes;
    for (const TensorToWrite& tensor : tensors)
        bytes[tensor.stored] +=
            static_cast<std::uint64_t>(element_count(tensor.shape).value_or(0)) * size_of(tensor.stored);
    const auto most =
        std::max_element(bytes.begin(), bytes.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    if (most == bytes.end()) return "float32";
    switch (most->first) {
    case DType::BF16: return "bfloat16";
    case DType::F16: return "float16";
    case DType::F64: return "float64";
    default: return "float32";
    }
}

std::string generation_config(const ModelConfig& config)
{
    const Json json = {
        {"_from_model_config", true}, {"bos_token_id", config.bos_token_id}, {"eos_token_id", config.eos_token_id}};
    return json.dump(2) + "\n";
}

} // namespace

Result<CheckpointWriter> CheckpointWriter::begin(const fs::path& folder, IfExists if_exists)
{
    Result<fs::path> place = place_of(folder);
    if (!place) return place.error();
    if (Status status = check_place(*place, if_exists); !status) return status.error();
    std::error_code error;
    fs::create_directories(place->parent_path(), error);
    if (error) return io_error("create folder", place->parent_path().string(), error.value());
    CheckpointWriter writer;
    writer.m_folder = place.take();
    writer.m_site = hidden_neighbour(writer.m_folder, "building");
    if (Status status = writer.claim_building_site(); !status) return status.error();
    return writer;
}

Status CheckpointWriter::claim_building_site()
{
    const Error busy{fmt::format("another process is writing the checkpoint {}", m_folder.string()),
                     "Wait until it has finished, or choose another name."};
    for (int attempt = 0; attempt < 100; ++attempt) {
        if (::mkdir(m_site.c_str(), 0777) < 0 && errno != EEXIST)
            return io_error("write the checkpoint", m_folder.string(), errno);
        const int descriptor = ::open(m_site.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (descriptor < 0 && errno == ENOENT) continue; // another writer has just moved it into place
        if (descriptor < 0) return io_error("write the checkpoint", m_folder.string(), errno);
        const bool locked = ::flock(descriptor, LOCK_EX | LOCK_NB) == 0;
        const bool taken =
            !locked && errno == EWOULDBLOCK; // file systems without locks give another code, and we go on
        struct stat held {};
        struct stat there {};
        const bool same =
            ::fstat(descriptor, &held) == 0 && ::stat(m_site.c_str(), &there) == 0 && held.st_ino == there.st_ino;
        if (taken || !same) {
            ::close(descriptor);
            if (taken) return busy;
            continue;
        }
        m_lock = descriptor;
        return remove_contents(m_site); // left by a process that died
    }
    return busy;
}

CheckpointWriter::CheckpointWriter(CheckpointWriter&& other) noexcept
    : m_folder(std::move(other.m_folder)), m_site(std::move(other.m_site)), m_lock(std::exchange(other.m_lock, -1))
{}

CheckpointWriter::~CheckpointWriter()
{
    if (m_lock < 0) return;
    std::error_code ignored;
    fs::remove_all(m_site, ignored);
    ::close(m_lock);
}

Status CheckpointWriter::write_model(const ModelConfig& config, std::span<const TensorToWrite> tensors,
                                     std::uint64_t max_shard_bytes)
{
    if (Status status = write_text("config.json", model_config_json(config, torch_dtype(tensors))); !status)
        return status;
    if (Status status = write_text("generation_config.json", generation_config(config)); !status) return status;
    return write_shards(tensors, max_shard_bytes);
}

Status CheckpointWriter::write_shards(std::span<const TensorToWrite> tensors, std::uint64_t max_shard_bytes)
{
    const SafetensorsMetadata metadata = {{"format", "pt"}}; // transformers asks for it
    std::vector<std::size_t> starts = {0};
    std::uint64_t total = 0;
    std::uint64_t in_shard = 0;
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        const std::uint64_t bytes =
            static_cast<std::uint64_t>(element_count(tensors[i].shape).value_or(0)) * size_of(tensors[i].stored);
        if (in_shard > 0 && in_shard + bytes > max_shard_bytes) {
            starts.push_back(i);
            in_shard = 0;
        }
        in_shard += bytes;
        total += bytes;
    }
    if (starts.size() == 1) return write_tensors("model.safetensors", tensors, metadata);
    Json weight_map = Json::object();
    for (std::size_t s = 0; s < starts.size(); ++s) {
        const std::size_t end = s + 1 < starts.size() ? starts[s + 1] : tensors.size();
        const std::string file = fmt::format("model-{:05}-of-{:05}.safetensors", s + 1, starts.size());
        if (Status status = write_tensors(file, tensors.subspan(starts[s], end - starts[s]), metadata); !status)
            return status;
        for (std::size_t i = starts[s]; i < end; ++i) weight_map[tensors[i].name] = file;
    }
    const Json index = {{"metadata", {{"total_size", total}}}, {"weight_map", std::move(weight_map)}};
    return write_text("model.safetensors.index.json", index.dump(2) + "\n");
}

Status CheckpointWriter::write_text(const std::string& file, std::string_view contents)
{
    std::error_code error;
    fs::create_directories((m_site / file).parent_path(), error);
    if (error) return io_error("write", (m_folder / file).string(), error.value());
    return write_file_atomically(m_site / file, contents);
}

Status CheckpointWriter::write_tensors(const std::string& file, std::span<const TensorToWrite> tensors,
                                       const SafetensorsMetadata& metadata)
{
    std::error_code error;
    fs::create_directories((m_site / file).parent_path(), error);
    if (error) return io_error("write", (m_folder / file).string(), error.value());
    return write_safetensors(m_site / file, tensors, metadata);
}

Status CheckpointWriter::commit()
{
    if (Status status = sync_folder(m_site); !status) return status;
    if (Status status = replace_folder(m_site, m_folder); !status) return status;
    ::close(std::exchange(m_lock, -1));
    return {};
}

} // namespace triptych
