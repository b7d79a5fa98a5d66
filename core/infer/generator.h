// Plain autoregressive decoding with the latent cache (DeepSeek-V2 report section 2.1.2).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/infer/latent_cache.h"
#include "core/infer/sampler.h"
#include "core/model/model.h"

#include <functional>
#include <span>
#include <vector>

namespace triptych {

struct GenerationSettings {
    SamplingSettings sampling;
    std::int64_t max_new_tokens = 128;
    AttentionForm form = AttentionForm::Absorbed;
};

struct Generation {
    std::vector<std::int32_t> tokens; ///< new ones, without the prompt
    double seconds = 0;               ///< of decoding, without the prompt
    std::int64_t forward_passes = 0;  ///< of decoding
};

/// Plans memory for one sequence of capacity positions, once; generate() may be called any number of times.
class Generator {
public:
    /// Model and params outlive the generator. Replans the model, which must not be in use for another pass.
    Generator(Model& model, const ParamStore& params, Stream& stream, std::int64_t capacity);

    /// Continues the prompt (at least one token) until max_new_tokens, the end token or the end of the capacity.
    /// on_token may stop it by returning false.
    Generation generate(std::span<const std::int32_t> prompt, const GenerationSettings& settings,
                        const std::function<bool(std::int32_t)>& on_token = nullptr, Probe* probe = nullptr);

    std::int64_t capacity() const { return m_cache.capacity(); }

    /// Plans what decoding takes beside weights and cache. Returns where the logits [1, V] of the next token lie.
    static Slot<2> plan(Planner& planner, Model& model, std::int64_t capacity);

private:
    /// Longest piece of a prompt taken in one pass.
    static constexpr std::int64_t kChunk = 256;

    Model& m_model;
    const ParamStore& m_params;
    Stream& m_stream;
    LatentCache m_cache;
    Planner m_plan;
    Slot<2> m_logits;
    std::unique_ptr<Workspace> m_workspace;
};

} // namespace triptych
