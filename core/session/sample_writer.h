// Lets the model write a few words during training, so that people see what the loss means.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/tokenizer.h"
#include "core/infer/generator.h"
#include "core/session/run_setup.h"
#include "core/train/trainer.h"

#include <memory>
#include <string>

namespace triptych {

struct WrittenSample {
    std::string text;            ///< the prompt and what the model makes of it
    std::size_t given_bytes = 0; ///< of the text: the prompt, as far as its characters are whole
};

/// Shares the trainer's weights; has its own plan, made at the first use.
class SampleWriter {
public:
    SampleWriter(const RunSetup& setup, const Tokenizer& tokenizer) : m_setup(setup), m_tokenizer(tokenizer) {}

    /// Greedily warm (temperature 0.7), and the same for the same weights. Empty for an empty prompt.
    WrittenSample write(Trainer& trainer, const std::vector<std::int32_t>& prompt);

private:
    static constexpr std::int64_t kNewTokens = 96;

    const RunSetup& m_setup;
    const Tokenizer& m_tokenizer;
    std::unique_ptr<Model> m_model;
    std::unique_ptr<Generator> m_generator;
};

} // namespace triptych
