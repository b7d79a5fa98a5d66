// What the model makes of a short text: attention, routes, predictions, all in one forward pass.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/tokenizer.h"
#include "core/session/frame.h"
#include "core/train/trainer.h"

#include <memory>
#include <string>

namespace triptych {

/// Longest probe text in tokens; longer texts are cut, and the frame's tokens show where.
inline constexpr std::int64_t kMaxProbeTokens = 96;

/// Runs the text through the model. Null when the text has no token. Costs one forward pass of at most kMaxProbeTokens tokens.
std::shared_ptr<const ProbeFrame> read_probe(Trainer& trainer, const Tokenizer& tokenizer, const std::string& text);

} // namespace triptych
