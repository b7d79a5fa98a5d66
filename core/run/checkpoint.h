// Checkpoints of a training: the model as a Hugging Face folder, and beside it in triptych/ what only training needs.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/hf_checkpoint.h"
#include "core/tensor/named_tensors.h"
#include "core/train/trainer.h"
#include "core/util/result.h"

#include <filesystem>
#include <memory>
#include <optional>

namespace triptych {

/// Tensors that a folder holds for other readers though they are copies: embedding and head in every MTP block (V3's
/// README_WEIGHTS). Written on saving, not read back.
std::vector<NamedTensor> mtp_copies(const ModelConfig& config, const std::vector<NamedTensor>& weights);

/// A model alone: config.json, weights in the precision of the store, the byte tokenizer where the vocabulary has room for it.
Status save_model(const std::filesystem::path& folder, const ModelConfig& config, const ParamStore& params);

/// The model and the state of its training (moments, progress, settings); replaces a checkpoint of the same name.
Status save_checkpoint(const std::filesystem::path& folder, const Trainer& trainer);

/// The configuration of what the files hold: without MTP modules where config.json announces some and there is none.
/// transformers leaves them out when it saves.
ModelConfig held_config(const HfCheckpoint& checkpoint);

/// Weights of a folder into a store of the same configuration; names what is missing or has another shape.
Status load_weights(const HfCheckpoint& checkpoint, const ParamStore& params);

/// What a training goes on from, beside the weights.
struct TrainState {
    TrainProgress progress;
    TrainConfig config;
    RoutingControl control; ///< what hands did; that of a checkpoint from before there was any is empty
};

/// Error where the folder holds a model without training state.
Result<TrainState> read_train_state(const HfCheckpoint& checkpoint);

/// What inference obeys of a checkpoint: experts that its training has switched off stay off, and balancing that is
/// forced stays so. Without layers that the files do not hold (held_config()), and empty for a model that was not
/// trained here.
Result<RoutingControl> read_control(const HfCheckpoint& checkpoint);

/// Weights, moments, progress and the control of routing, so that the next step is the one that would have followed.
Status load_checkpoint(const HfCheckpoint& checkpoint, Trainer& trainer);

/// A folder of a run's checkpoints.
struct StoredCheckpoint {
    std::int64_t step = 0;
    std::filesystem::path path;
};

/// checkpoints/step-000123 of a run folder with the highest step that can be opened, or nothing where there is none.
std::optional<std::filesystem::path> latest_checkpoint(const std::filesystem::path& run_folder);
/// Of a run folder its latest checkpoint, any other folder as it is. Error: a run without.
Result<std::filesystem::path> find_checkpoint(const std::string& path);
/// Folders that look like checkpoints of the run, the newest first; unlike latest_checkpoint(), none is opened.
std::vector<StoredCheckpoint> list_checkpoints(const std::filesystem::path& run_folder);
std::filesystem::path checkpoint_path(const std::filesystem::path& run_folder, std::int64_t step);

} // namespace triptych
