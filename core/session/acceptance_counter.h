// Counts, while a validation runs, which drafts of the MTP modules speculative decoding would keep.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/metric.h"
#include "core/session/frame.h"
#include "core/train/evaluation_watch.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace triptych {

/// The likeliest token of each row of logits [rows, V], the first of equals; what is no number is never the likeliest.
void likeliest_tokens(ConstView<2> logits, std::span<std::int32_t> out);

/// A draft is accepted where the main model, having read the tokens between, would choose it itself (as judge_drafts
/// has it). Position i of a sequence drafts with depth k what the main model says at i + k, so the last k positions
/// draft nothing; nor do positions whose target lies in another document. Costs a look at logits that are there anyway.
class AcceptanceCounter final : public EvaluationWatch {
public:
    /// depths: MTP modules of the model, may be 0. domains: labels of the data, may be empty.
    AcceptanceCounter(std::int64_t depths, std::vector<std::string> domains);

    void begin(const TokenBatch& batch) override;
    void take_logits(std::int64_t depth, std::int64_t first, ConstView<2> logits) override;
    void take_losses(std::int64_t depth, std::int64_t first, ConstView<1> losses) override;
    void end() override;

    /// Null without MTP modules, and before any draft could be judged.
    std::shared_ptr<const AcceptanceFrame> frame(std::int64_t step) const;
    /// What was measured, as metrics: shares by depth and domain, main losses by domain, the implied speed-up.
    std::vector<Sample> samples(std::int64_t step) const;

private:
    struct DomainLoss {
        double nats = 0;
        std::int64_t targets = 0;
    };

    void count(std::size_t sequence);
    void count(std::size_t depth, std::size_t position, std::size_t row, bool accepted);

    AcceptanceFrame m_counts;
    std::vector<DomainLoss> m_losses; ///< [domain]
    TokenBatch m_batch;
    std::vector<std::vector<std::int32_t>> m_best; ///< [depth][N] of the batch under way, 0: the main model
};

/// Share of a depth's drafts that are accepted (depth from 1); not-a-number without drafts.
double acceptance_rate(const AcceptanceFrame& frame, std::size_t depth);
/// 1 + p1 + p1 p2 + ..., p_k the share of accepted drafts of depth k where those before it were accepted: tokens that
/// one step of the main model yields on average, the speed-up where drafting costs nothing.
double tokens_per_step(const AcceptanceFrame& frame);

} // namespace triptych
