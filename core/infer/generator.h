// Plain autoregressive decoding with the latent cache (DeepSeek-V2 report section 2.1.2).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/infer/latent_cache.h"
#include "core/infer/sampler.h"
#include "core/model/model.h"

#include <functional>
#include <optional>
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

/// Whether the first MTP module reads along and says what it expects.
enum class Drafting : std::uint8_t { No = 1, Yes };

/// Plans memory for one sequence of capacity positions, once; generate() may be called any number of times.
class Generator {
public:
    /// Model and params outlive the generator. Replans the model, which must not be in use for another pass. Drafting
    /// is for models with an MTP module.
    Generator(Model& model, const ParamStore& params, Stream& stream, std::int64_t capacity,
              Drafting drafting = Drafting::No);

    /// Continues the prompt (at least one token) until max_new_tokens, the end token or the end of the capacity.
    /// on_token may stop it by returning false.
    Generation generate(std::span<const std::int32_t> prompt, const GenerationSettings& settings,
                        const std::function<bool(std::int32_t)>& on_token = nullptr, Probe* probe = nullptr);

    // The same by hand, a pass at a time, for those who do something between two tokens: begin(), read_prompt() until
    // it returns false, then choose() and append() in turns.
    /// Forgets the text before. The probe sees the passes of the main model.
    void begin(std::span<const std::int32_t> prompt, const GenerationSettings& settings, Probe* probe = nullptr);
    /// Reads the next piece of the prompt; false after the last one.
    bool read_prompt();
    /// [V], of the token to be chosen.
    ConstView<1> logits() const;
    /// Nothing at the end token.
    std::optional<std::int32_t> choose();
    /// Where drafting: reads along the token that was chosen, before it is appended. Returns the logits [V] of the one
    /// after it, by the first MTP module.
    ConstView<1> draft(std::int32_t token);
    /// Reads a token that was chosen; false where no position is left.
    bool append(std::int32_t token);

    std::int64_t capacity() const { return m_cache.capacity(); }

    /// Plans what decoding takes beside weights and cache. Returns where the logits [1, V] of the next token lie.
    static Slot<2> plan(Planner& planner, Model& model, std::int64_t capacity);

    /// Longest piece of a prompt taken in one pass.
    static constexpr std::int64_t kChunk = 256;

private:
    Pass pass(Probe* probe);
    ConstView<1> row(const Slot<2>& slot) const;

    Model& m_model;
    const ParamStore& m_params;
    Stream& m_stream;
    Drafting m_drafting;
    LatentCache m_cache;
    Planner m_plan;
    Slot<2> m_logits;
    Slot<2> m_draft_logits;
    std::unique_ptr<Workspace> m_workspace;

    // Of the text under way.
    std::vector<std::int32_t> m_prompt;
    std::size_t m_prompt_read = 0;        ///< tokens of it
    std::vector<std::int32_t> m_followers; ///< of the last pass, as far as the prompt has them; for drafting
    AttentionForm m_form = AttentionForm::Absorbed;
    Probe* m_probe = nullptr;
    Sampler m_sampler{SamplingSettings{}};
};

} // namespace triptych
