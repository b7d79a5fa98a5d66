// Bytes that a model takes here, before anything is allocated: the same rows and plans that training and decoding
// allocate from.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/train_config.h"
#include "core/tensor/workspace.h"
#include "core/util/result.h"

#include <cstdint>
#include <string>

namespace triptych {

struct ModelMemory {
    std::int64_t weights = 0;     ///< with the routers' biases
    std::int64_t gradients = 0;   ///< training only
    std::int64_t moments = 0;     ///< training only: two values a parameter
    std::int64_t activations = 0; ///< with scratch
    std::int64_t cache = 0;       ///< decoding only: the latents of all positions
    std::int64_t total() const { return weights + gradients + moments + activations + cache; }
};

/// One optimizer step in f32, or f64 where the settings say so.
Result<ModelMemory> training_memory(const ModelConfig& model, const TrainConfig& train);

/// Decoding one sequence of up to so many positions in f32.
Result<ModelMemory> decoding_memory(const ModelConfig& model, std::int64_t positions);

/// Refuses a model whose weights alone, in F32 or BF16, are more than this machine has: "a model of 671B parameters takes 2.7
/// TB ...".
Status check_weights_fit(const ModelConfig& model, DType weights = DType::F32);

/// "1.5 GB", "372 MB": powers of 1000.
std::string bytes_text(std::int64_t bytes);

} // namespace triptych
