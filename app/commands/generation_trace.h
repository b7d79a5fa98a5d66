// What happened inside while a text was written: routes and attention of each token, as JSON lines.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/tokenizer.h"
#include "core/model/probe.h"
#include "core/util/result.h"

#include <cstdint>
#include <filesystem>
#include <memory>

namespace triptych {

/// Watches the passes of one generation and writes a line for each token that went through the model (format:
/// docs/cli.md).
class GenerationTrace final : public Probe {
public:
    /// The tokenizer outlives the trace. Nothing appears at the path before finish().
    static Result<std::unique_ptr<GenerationTrace>>
    create(const std::filesystem::path& path, const Tokenizer& tokenizer, std::int64_t layers, std::int64_t heads);
    ~GenerationTrace() override;

    /// The tokens in the order in which the passes take them: the prompt before, each new token as it comes.
    void add_token(TokenId token, bool from_prompt);

    bool wants(const Tap& tap) const override;
    void take(const Tap& tap, ConstView<2> view) override;

    /// Writes what is left and puts the file in place. What failed on the way is told here.
    Status finish();

private:
    struct State;
    explicit GenerationTrace(std::unique_ptr<State> state);
    void write_pass();
    std::unique_ptr<State> m_state;
};

} // namespace triptych
