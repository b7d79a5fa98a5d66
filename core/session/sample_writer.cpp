// A short generation from the weights in training.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/sample_writer.h"

#include <algorithm>
#include <utility>

namespace triptych {

WrittenSample SampleWriter::write(Trainer& trainer, const std::vector<std::int32_t>& prompt)
{
    const std::int64_t longest = std::min<std::int64_t>(m_setup.model.max_position_embeddings, 256);
    // At least half of a short context is left for the new words.
    const auto room = static_cast<std::size_t>(longest - std::min(kNewTokens, longest / 2));
    const std::vector<std::int32_t> start(prompt.begin(),
                                          prompt.begin() + static_cast<std::ptrdiff_t>(std::min(room, prompt.size())));
    if (start.empty()) return {};
    if (!m_generator) {
        // A model of its own, because planning for decoding would undo the plan for training.
        m_model = std::make_unique<Model>(m_setup.model, *m_setup.router, m_setup.precision.wide, longest);
        m_model->declare();
        m_generator = std::make_unique<Generator>(*m_model, std::as_const(trainer).params(), trainer.stream(), longest);
    }
    m_model->set_control(trainer.control());
    const Generation result = m_generator->generate(
        start, {.sampling = {.temperature = 0.7, .seed = static_cast<std::uint64_t>(trainer.progress().step)},
                .max_new_tokens = std::min(kNewTokens, longest - static_cast<std::int64_t>(start.size()))});
    StreamingDecoder decoder(m_tokenizer);
    WrittenSample sample;
    for (const std::int32_t token : start) sample.text += decoder.push(token);
    sample.given_bytes = sample.text.size();
    for (const std::int32_t token : result.tokens) sample.text += decoder.push(token);
    sample.text += decoder.finish();
    return sample;
}

} // namespace triptych
