// A model with its weights in memory, ready to be evaluated, to write text or to be saved: no training state.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/model.h"
#include "core/util/result.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace triptych {

/// Not movable, since the model refers to itself; hence the pointers.
class LoadedModel {
public:
    /// From a checkpoint folder. Where config.json announces MTP modules that the files do not hold (transformers
    /// leaves them out when it saves), the model has none and notes() says so; they also say where its training has
    /// experts switched off, as they are here then. Errors: those of HfCheckpoint, tensors
    /// missing or of another shape, more memory than this machine has.
    /// weights: F32, or BF16 for those that products read, half as much to read for each token; everything else and all
    /// that is computed is F32 either way.
    /// threads: 0 takes one for each core.
    static Result<std::unique_ptr<LoadedModel>> open(const std::filesystem::path& checkpoint,
                                                     DType weights = DType::F32, int threads = 0);
    /// Freshly initialised as a training with this seed would be. The configuration must be valid.
    static Result<std::unique_ptr<LoadedModel>> create(const ModelConfig& config, std::uint64_t seed, int threads = 0,
                                                       DType weights = DType::F32);

    const ModelConfig& config() const { return m_model.config(); }
    Model& model() { return m_model; }
    const ParamStore& params() const { return m_params; }
    Stream& stream() { return m_stream; }
    /// What a user should know about the files, a sentence each.
    const std::vector<std::string>& notes() const { return m_notes; }

private:
    LoadedModel(const ModelConfig& config, const RouterInfo& router, int threads, DType weights);
    static Result<std::unique_ptr<LoadedModel>> allocate(const ModelConfig& config, int threads, DType weights);

    Stream m_stream;
    Model m_model;
    ParamStore m_params;
    std::vector<std::string> m_notes;
};

} // namespace triptych
