// Judging drafts by the main model's best guesses.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/draft_acceptance.h"

#include <limits>

namespace triptych {

namespace {

double share(std::int64_t part, std::int64_t whole)
{
    return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole)
                     : std::numeric_limits<double>::quiet_NaN();
}

DraftState judge(const ProbeFrame& frame, std::size_t depth, std::size_t position)
{
    const auto& drafts = frame.after_next[depth - 1];
    const std::size_t verified_at = position + depth;
    if (position >= drafts.size() || drafts[position].empty()) return DraftState::None;
    if (verified_at >= frame.next.size() || frame.next[verified_at].empty()) return DraftState::None;
    return drafts[position][0].token == frame.next[verified_at][0].token ? DraftState::Accepted : DraftState::Rejected;
}

} // namespace

double DepthAcceptance::rate() const
{
    return share(accepted, drafts);
}

double DepthAcceptance::reached_rate() const
{
    return share(reached_accepted, reached);
}

double DraftAcceptance::tokens_per_step() const
{
    double tokens = 1;
    double all = 1;
    for (const DepthAcceptance& depth : depths) {
        if (depth.reached == 0) break;
        all *= depth.reached_rate();
        tokens += all;
    }
    return tokens;
}

DraftAcceptance judge_drafts(const ProbeFrame& frame)
{
    const std::size_t length = frame.tokens.size();
    DraftAcceptance result;
    std::vector<bool> reached(length, true);
    for (std::size_t depth = 1; depth <= frame.after_next.size(); ++depth) {
        DepthAcceptance counts;
        std::vector<DraftState> states(length, DraftState::None);
        for (std::size_t i = 0; i < length; ++i) {
            states[i] = judge(frame, depth, i);
            const bool accepted = states[i] == DraftState::Accepted;
            if (states[i] != DraftState::None) {
                ++counts.drafts;
                counts.accepted += accepted ? 1 : 0;
                counts.reached += reached[i] ? 1 : 0;
                counts.reached_accepted += reached[i] && accepted ? 1 : 0;
            }
            reached[i] = reached[i] && accepted;
        }
        result.states.push_back(std::move(states));
        result.depths.push_back(counts);
    }
    return result;
}

} // namespace triptych
