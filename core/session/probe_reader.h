// What the model makes of a short text: attention, routes, predictions, all in one forward pass.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/train_config.h"
#include "core/data/tokenizer.h"
#include "core/model/model.h"
#include "core/session/frame.h"

#include <memory>
#include <string>

namespace triptych {

/// Longest probe text in tokens; longer texts are cut, and the frame's tokens show where.
inline constexpr std::int64_t kMaxProbeTokens = 96;

/// The same for a training, whose plan may have less room.
std::int64_t longest_probe(const TrainConfig& train);

struct LatentRank;

/// What runs the text: a model planned for sequences that long, its weights, the memory of the plan. A trainer's own
/// will do between two steps, and so will a model planned for inference.
struct ProbeModel {
    Model& model;
    const ParamStore& params;
    const Workspace& workspace;
    Stream& stream;
    std::int64_t longest = kMaxProbeTokens; ///< tokens of one sequence in the plan
    const LatentRank* rank = nullptr;       ///< measured beside the text, for the frame; null: not measured
};

/// Vocabularies up to this size are read by the lens at every token, larger ones at the token in focus alone.
inline constexpr std::int64_t kMostLensTokens = 32'768;

enum class LensReading : std::uint8_t { None = 1, Read };

/// Whether, and of which tokens, ProbeFrame::lens is read.
struct LensRequest {
    LensReading reading = LensReading::None;
    std::int64_t focus = -1; ///< position in the text; -1: none
    bool operator==(const LensRequest&) const = default;
};

/// Whether what is read depends on the focus.
bool focus_matters(const LensRequest& lens, const ModelConfig& config);

/// Runs the text through the model. Null when the text has no token. step: how long the weights were trained, told in
/// the frame. Costs one forward pass; with a lens one more product with the head for each layer.
std::shared_ptr<const ProbeFrame> read_probe(const ProbeModel& probed, const Tokenizer& tokenizer,
                                             const std::string& text, std::int64_t step, const LensRequest& lens = {});

} // namespace triptych
