// Prefill in pieces, then one token at a time.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/infer/generator.h"

#include <algorithm>
#include <chrono>

namespace triptych {

Generator::Generator(Model& model, const ParamStore& params, Stream& stream, std::int64_t capacity, Drafting drafting)
    : m_model(model), m_params(params), m_stream(stream), m_drafting(drafting),
      m_cache(model.config(), stream.device(), model.dtype(), capacity, drafting == Drafting::Yes ? 1 : 0),
      m_plan(PlanFor::Inference)
{
    if (drafting == Drafting::Yes)
        m_draft_logits = m_plan.keep<2>("draft_logits", model.dtype(), {1, model.config().vocab_size});
    m_logits = plan(m_plan, model, capacity);
    m_workspace = std::make_unique<Workspace>(stream.device(), m_plan);
}

Slot<2> Generator::plan(Planner& planner, Model& model, std::int64_t capacity)
{
    const Slot<2> logits = planner.keep<2>("next_logits", model.dtype(), {1, model.config().vocab_size});
    model.plan(planner, {.batch = 1, .length = std::min(kChunk, capacity), .cache_length = capacity});
    return logits;
}

Pass Generator::pass(Probe* probe)
{
    Pass pass{.stream = m_stream, .workspace = *m_workspace, .params = m_params};
    pass.cache = &m_cache;
    pass.form = m_form;
    pass.probe = probe;
    return pass;
}

ConstView<1> Generator::row(const Slot<2>& slot) const
{
    const ConstView<2> logits = m_workspace->at(slot);
    return logits.reshape<1>({logits.size(1)});
}

void Generator::begin(std::span<const std::int32_t> prompt, const GenerationSettings& settings, Probe* probe)
{
    require(!prompt.empty() && static_cast<std::int64_t>(prompt.size()) < m_cache.capacity(), "generate",
            "the prompt must hold at least one token and leave room for another");
    m_prompt.assign(prompt.begin(), prompt.end());
    m_prompt_read = 0;
    m_form = settings.form;
    m_probe = probe;
    m_sampler = Sampler(settings.sampling);
    m_cache.truncate(0);
}

bool Generator::read_prompt()
{
    const std::span<const std::int32_t> prompt = m_prompt;
    const std::size_t count = std::min<std::size_t>(kChunk, prompt.size() - m_prompt_read);
    Pass decoding = pass(m_probe);
    m_model.decode(decoding, prompt.subspan(m_prompt_read, count), m_workspace->at(m_logits));
    m_prompt_read += count;
    const bool more = m_prompt_read < prompt.size();
    if (m_drafting == Drafting::Yes) {
        const auto followers = prompt.subspan(m_prompt_read - count + 1, more ? count : count - 1);
        m_followers.assign(followers.begin(), followers.end());
        if (more) {
            Pass drafting = pass(nullptr);
            m_model.draft(drafting, m_followers, m_workspace->at(m_draft_logits));
        }
    }
    return more;
}

ConstView<1> Generator::logits() const
{
    return row(m_logits);
}

std::optional<std::int32_t> Generator::choose()
{
    const std::int32_t token = m_sampler.next(logits());
    if (token == m_model.config().eos_token_id) return std::nullopt;
    return token;
}

ConstView<1> Generator::draft(std::int32_t token)
{
    require(m_drafting == Drafting::Yes, "draft", "the generator was made without drafting");
    m_followers.push_back(token);
    Pass drafting = pass(nullptr);
    m_model.draft(drafting, m_followers, m_workspace->at(m_draft_logits));
    m_followers.clear();
    return row(m_draft_logits);
}

bool Generator::append(std::int32_t token)
{
    if (m_cache.length() == m_cache.capacity()) return false;
    Pass decoding = pass(m_probe);
    m_model.decode(decoding, std::span(&token, 1), m_workspace->at(m_logits));
    return true;
}

Generation Generator::generate(std::span<const std::int32_t> prompt, const GenerationSettings& settings,
                               const std::function<bool(std::int32_t)>& on_token, Probe* probe)
{
    begin(prompt, settings, probe);
    Generation result;
    // All that can come: each token takes a place but the last, after which nothing follows.
    const std::int64_t room = m_cache.capacity() - static_cast<std::int64_t>(prompt.size()) + 1;
    result.tokens.reserve(static_cast<std::size_t>(std::clamp<std::int64_t>(settings.max_new_tokens, 0, room)));
    while (read_prompt()) {}

    const auto start = std::chrono::steady_clock::now();
    m_stream.together([&] { // over all tokens: meeting after each of them would be waiting on a busy machine
        while (static_cast<std::int64_t>(result.tokens.size()) < settings.max_new_tokens) {
            const auto token = choose();
            if (!token) break;
            result.tokens.push_back(*token);
            if (on_token && !on_token(*token)) break;
            if (!append(*token)) break;
            ++result.forward_passes;
        }
    });
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return result;
}

} // namespace triptych
