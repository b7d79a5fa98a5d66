// MTP drafts held against the main model's own choice: what speculative decoding would accept (V3 report 5.4.3).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/frame.h"

#include <cstdint>
#include <vector>

namespace triptych {

/// At position i the MTP module of depth k drafts the token k + 1 places on. The main model, once it has read the k
/// tokens between, chooses that token by itself; greedy verification accepts the draft when both agree.
enum class DraftState : std::uint8_t {
    None = 1, ///< no draft, or nothing to hold it against: the text ends
    Accepted,
    Rejected,
};

/// Counts of one depth over a text.
struct DepthAcceptance {
    std::int64_t drafts = 0;
    std::int64_t accepted = 0;
    std::int64_t reached = 0;          ///< drafts whose shallower drafts at the same position were all accepted
    std::int64_t reached_accepted = 0; ///< of these, accepted

    /// Share of the drafts that are accepted, 0..1; not-a-number without drafts.
    double rate() const;
    /// Share of those reached: a rejected draft ends the step, so deeper ones count where it was accepted only.
    double reached_rate() const;
};

struct DraftAcceptance {
    std::vector<std::vector<DraftState>> states; ///< [depth - 1][T]
    std::vector<DepthAcceptance> depths;         ///< [depth - 1]

    /// 1 + p1 + p1 p2 + ..., p_k the reached rate of depth k: how many tokens one step of the main model yields on
    /// average, which is the speed-up where drafting costs nothing. 1 without drafts.
    double tokens_per_step() const;
};

/// Of a frame whose lists may be shorter than its text.
DraftAcceptance judge_drafts(const ProbeFrame& frame);

} // namespace triptych
