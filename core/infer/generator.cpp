// Prefill in pieces, then one token at a time.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/infer/generator.h"

#include <algorithm>
#include <chrono>

namespace triptych {

Generator::Generator(Model& model, const ParamStore& params, Stream& stream, std::int64_t capacity)
    : m_model(model), m_params(params), m_stream(stream),
      m_cache(model.config(), stream.device(), model.dtype(), capacity), m_plan(PlanFor::Inference)
{
    m_logits = plan(m_plan, model, capacity);
    m_workspace = std::make_unique<Workspace>(stream.device(), m_plan);
}

Slot<2> Generator::plan(Planner& planner, Model& model, std::int64_t capacity)
{
    const Slot<2> logits = planner.keep<2>("next_logits", model.dtype(), {1, model.config().vocab_size});
    model.plan(planner, {.batch = 1, .length = std::min(kChunk, capacity), .cache_length = capacity});
    return logits;
}

Generation Generator::generate(std::span<const std::int32_t> prompt, const GenerationSettings& settings,
                               const std::function<bool(std::int32_t)>& on_token, Probe* probe)
{
    require(!prompt.empty() && static_cast<std::int64_t>(prompt.size()) < m_cache.capacity(), "generate",
            "the prompt must hold at least one token and leave room for another");
    Generation result;
    Pass pass{.stream = m_stream, .workspace = *m_workspace, .params = m_params};
    pass.cache = &m_cache;
    pass.form = settings.form;
    pass.probe = probe;
    const View<2> logits = m_workspace->at(m_logits);
    Sampler sampler(settings.sampling);
    // All that can come: each token takes a place but the last, after which nothing follows.
    const std::int64_t room = m_cache.capacity() - static_cast<std::int64_t>(prompt.size()) + 1;
    result.tokens.reserve(static_cast<std::size_t>(std::clamp<std::int64_t>(settings.max_new_tokens, 0, room)));

    m_cache.truncate(0);
    for (std::size_t first = 0; first < prompt.size(); first += kChunk)
        m_model.decode(pass, prompt.subspan(first, std::min<std::size_t>(kChunk, prompt.size() - first)), logits);

    const auto start = std::chrono::steady_clock::now();
    while (static_cast<std::int64_t>(result.tokens.size()) < settings.max_new_tokens) {
        const std::int32_t token = sampler.next(logits.reshape<1>({logits.size(1)}));
        if (token == m_model.config().eos_token_id) break;
        result.tokens.push_back(token);
        if (on_token && !on_token(token)) break;
        if (m_cache.length() == m_cache.capacity()) break;
        m_model.decode(pass, std::span(&token, 1), logits);
        ++result.forward_passes;
    }
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return result;
}

} // namespace triptych
