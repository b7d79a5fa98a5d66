// Reads a checkpoint folder in the Hugging Face layout: config.json and the weights in one or many safetensors files.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/model_config.h"
#include "core/formats/fp8_blocks.h"
#include "core/formats/safetensors.h"

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace triptych {

/// What a reader expects to find.
struct ExpectedTensor {
    std::string name;
    std::vector<std::int64_t> shape;
};

/// An open folder. Reading is safe from several threads.
class HfCheckpoint {
public:
    /// Opens config.json and the headers of all weights. Errors: no folder, no or another kind of config.json, no
    /// weights, shards missing or lying, weights compressed in a way we do not read. Where a crash while saving left
    /// only the checkpoint before, that one is opened.
    static Result<HfCheckpoint> open(const std::filesystem::path& folder);
    HfCheckpoint(HfCheckpoint&&) = default;
    HfCheckpoint& operator=(HfCheckpoint&&) = default;

    const std::filesystem::path& folder() const { return m_folder; }
    const ModelConfig& config() const { return m_config; }
    /// All tensors, in the order of the files.
    const std::vector<const TensorEntry*>& tensors() const { return m_tensors; }
    /// Null when there is none of this name.
    const TensorEntry* find(std::string_view name) const;

    /// Whether every expected tensor is there in its shape. The error says how many are not, and names the first.
    Status check(std::span<const ExpectedTensor> expected) const;

    /// Reads a tensor of this shape as dtype, as SafetensorsFile does; F8_E4M3 weights with block scales come
    /// multiplied by them.
    Status read_into(std::string_view name, std::span<const std::int64_t> shape, void* target, DType dtype) const;

    /// Another file of the folder as text: "tokenizer.json", "triptych/train_state.json".
    Result<std::string> read_text(const std::string& file) const;

private:
    struct Place {
        std::size_t file;
        const TensorEntry* entry;
    };

    HfCheckpoint() = default;
    Status open_config();
    Status open_weights();
    Status open_shards(const std::filesystem::path& index);
    Status add_file(const std::filesystem::path& path);
    Status read_scaled(const Place& place, const Place& scales, void* target, DType dtype) const;
    const Place* place_of(std::string_view name) const;

    std::filesystem::path m_folder;
    ModelConfig m_config;
    std::optional<BlockSize> m_fp8_blocks; ///< when config.json says that weights are in 8 bits
    std::vector<SafetensorsFile> m_files;
    std::vector<const TensorEntry*> m_tensors;
    std::unordered_map<std::string_view, Place> m_index; ///< keys and entries live in m_files
};

} // namespace triptych
