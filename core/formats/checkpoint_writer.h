// Writes a checkpoint folder in the Hugging Face layout that appears whole or not at all.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/model_config.h"
#include "core/formats/safetensors_writer.h"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace triptych {

/// What to do with a checkpoint that is there already.
enum class IfExists : std::uint8_t { Refuse = 1, Replace };

/// Builds the folder under a hidden name beside its place and moves it there in commit(). Until then, and if anything
/// fails or the process dies, what was at the place stays as it was; the next writer of the same place removes the
/// remains.
class CheckpointWriter {
public:
    /// Creates the folders on the way. A folder that holds anything but a checkpoint is never replaced. Errors: a file
    /// in the way, a folder of other things, no permission, another process that writes the same checkpoint.
    static Result<CheckpointWriter> begin(const std::filesystem::path& folder, IfExists if_exists);

    CheckpointWriter(CheckpointWriter&& other) noexcept;
    CheckpointWriter& operator=(CheckpointWriter&&) = delete;
    CheckpointWriter(const CheckpointWriter&) = delete;
    CheckpointWriter& operator=(const CheckpointWriter&) = delete;
    ~CheckpointWriter();

    /// Where it is built, for those who write files of their own into it.
    const std::filesystem::path& building_folder() const { return m_site; }

    /// config.json, generation_config.json and the weights: model.safetensors, or shards of at most so many bytes with
    /// an index.
    Status write_model(const ModelConfig& config, std::span<const TensorToWrite> tensors,
                       std::uint64_t max_shard_bytes = 5'000'000'000);
    /// "tokenizer.json", or below a folder: "triptych/train_state.json".
    Status write_text(const std::string& file, std::string_view contents);
    /// "triptych/optimizer.safetensors".
    Status write_tensors(const std::string& file, std::span<const TensorToWrite> tensors,
                         const SafetensorsMetadata& metadata = {});
    /// Makes all of it durable and puts it in place. Call once, last.
    Status commit();

private:
    CheckpointWriter() = default;
    Status claim_building_site();
    Status write_shards(std::span<const TensorToWrite> tensors, std::uint64_t max_shard_bytes);

    std::filesystem::path m_folder; ///< absolute
    std::filesystem::path m_site;   ///< where it is built
    int m_lock = -1;                ///< keeps other processes away from m_site
};

} // namespace triptych
