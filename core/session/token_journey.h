// One token of the probe text on its way through the layers: what each did with it, as plain values.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/frame.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace triptych {

/// An expert that the token was sent to.
struct JourneyRoute {
    std::int32_t expert = 0;
    float weight = 0;
};

/// A token that was attended to; in pooled frames the first of several neighbours that share one weight.
struct JourneyLook {
    std::int64_t token = 0;
    std::int64_t count = 1; ///< neighbours
    float weight = 0;
    std::int64_t head = 0; ///< the one that weighed it so
};

/// What one layer did.
struct JourneyStep {
    std::int64_t layer = 0;
    std::vector<JourneyRoute> routes; ///< the heaviest first; empty: a dense layer
    std::vector<JourneyLook> looks;   ///< the heaviest first
    std::vector<Guess> lens;          ///< empty: not read
};

/// What an MTP module said earlier about the token that the head chooses now.
struct JourneyDraft {
    std::int64_t depth = 1; ///< tokens before
    Guess guess;
    bool same = false; ///< as the head's choice
};

/// Where everything leads to.
struct JourneyEnd {
    std::vector<Guess> next; ///< the head's best guesses
    std::vector<JourneyDraft> drafts;
};

/// -1 as a head: of all heads, each key by the one that weighs it most.
inline constexpr std::int64_t kAllHeads = -1;
inline constexpr std::size_t kMostLooks = 8;

/// Main layers of the frame: those behind them belong to MTP.
std::int64_t main_layers(const ProbeFrame& frame);
/// Whether any guess of the lens was read for this token.
bool has_lens(const ProbeFrame& frame, std::int64_t token);
/// Of a layer and a token that are there; head: kAllHeads, or one that is there.
JourneyStep journey_step(const ProbeFrame& frame, std::int64_t layer, std::int64_t token, std::int64_t head);
JourneyEnd journey_end(const ProbeFrame& frame, std::int64_t token);

} // namespace triptych
