// Snapshots that the wings of the window show, immutable once published: values only, no pointers into the model.
// What a frame did not measure is empty, never a zero.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/routing/balance.h"
#include "core/routing/routing_control.h"
#include "core/train/step_report.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace triptych {

/// Expert loads of the latest step, and their smoothed form (mean over the last steps) which is calmer to look at.
struct LoadFrame {
    std::int64_t step = 0;
    std::int64_t experts = 0;              ///< E
    std::vector<LayerLoad> layers;         ///< of this step
    std::vector<std::vector<float>> ratio; ///< [layer][expert] load / mean load, exponentially smoothed over about 20 steps
    std::vector<double> max_vio;           ///< [layer] of this step
    std::vector<double> dead_fraction;     ///< [layer] share of all experts that are on without a token for as long
    std::vector<std::string> domains;      ///< labels of the data's domains, may be empty
    /// [layer][domain][expert] share of the domain's choices that went to the expert, smoothed; empty without domains.
    std::vector<std::vector<std::vector<float>>> domain_share;

    /// An expert that is chosen together with another one, and how much more often than chance would have it.
    struct Partner {
        std::int32_t expert = 0;
        float lift = 0; ///< 1: as by chance
    };
    /// [layer][E (E - 1) / 2] lift of the pairs i < j, those of i = 0 first; empty: not measured, or E > 64.
    std::vector<std::vector<float>> lift;
    /// [layer][E][up to 8], the highest lift first; empty: not measured.
    std::vector<std::vector<std::vector<Partner>>> partners;
    /// A token of the vocabulary that an expert gets.
    struct Word {
        std::int32_t token = 0;
        float share = 0;  ///< of the token's occurrences, those that chose the expert
        std::string text; ///< for display
    };
    /// [layer][E][up to 8], the largest share first; empty: not measured, a layer without experts: not yet.
    std::vector<std::vector<std::vector<Word>>> words;
    /// [layer] mean over the tokens of the largest share that an expert has of one: from K / E, about, to 1; 0: not
    /// yet; empty: not measured.
    std::vector<double> word_share;
    std::int64_t words_step = 0; ///< that words and word_share are of; 0: they are empty
    /// [layer][G] share of the tokens that chose in the group; empty: not measured, or a model without groups.
    std::vector<std::vector<float>> group_share;
    /// [layer] each measure's mean over the micro-batches; empty: not measured, or one micro-batch a step. Of recorded
    /// frames MaxVio alone, the others not-a-number: metrics of the run have all of them.
    std::vector<BalanceMeasures> micro_balance;
    RoutingControl control; ///< in force in this step
};

/// Whether `kept` knows what few frames are made with and this one lacks: of domains, pairs, tokens, groups and
/// micro-batches. Never, where they are of different models.
bool lacks_detail(const LoadFrame& frame, const LoadFrame& kept);
/// Takes what it lacks of that.
void add_detail(LoadFrame& frame, const LoadFrame& kept);

/// One of the most likely next tokens at a position.
struct Guess {
    std::int32_t token = 0;
    float probability = 0;
    std::string text; ///< for display: control characters made visible
};

/// What the model makes of the probe text. T tokens.
struct ProbeFrame {
    std::int64_t step = 0;
    std::vector<std::int32_t> tokens;       ///< [T]
    std::vector<std::string> token_texts;   ///< [T] for display
    std::int64_t layers = 0;                ///< main layers, then MTP blocks
    std::int64_t heads = 0;
    std::int64_t pool = 1;                  ///< p; above 1 in recorded frames alone
    /// [layers, heads, P, P] weights of query (row) on key (column), P = ceil(T / p): the largest of p x p neighbours.
    std::vector<float> attention;
    std::vector<float> latent_norm;         ///< [layers, T] L2 norm of the cached latent
    std::vector<std::vector<std::vector<std::int32_t>>> routes; ///< [layer][T][K] experts; empty for dense layers
    std::vector<std::vector<std::vector<float>>> route_weights; ///< [layer][T][K]
    std::vector<std::vector<Guess>> next;   ///< [T][5] main head: the token after position i
    /// [depth][T][5] MTP module k at position i: the token k + 1 places after i; the last k positions are empty.
    std::vector<std::vector<std::vector<Guess>>> after_next;
    double loss = 0;                        ///< nats per token of the probe text
    /// [layers] effective rank of the latents of training tokens, exp(entropy of their normalised singular values), of
    /// this step or, of frames for those who watch, of up to three frames before; empty: not measured.
    std::vector<float> latent_rank;
    std::int64_t rank_bound = 0;            ///< its limit, min(tokens measured, kv_lora_rank); 0: not measured
    /// [layers][T][up to 3] final norm and head on the residual stream after the layer; empty: not read. Where only one
    /// token was read, the others have no guesses.
    std::vector<std::vector<std::vector<Guess>>> lens;
};

/// Which drafts of the MTP modules the main model would have chosen itself, over one validation. D modules.
struct AcceptanceFrame {
    static constexpr std::int64_t kPositions = 32; ///< equal parts of a sequence

    struct Count {
        std::int64_t drafts = 0;
        std::int64_t accepted = 0;
        bool operator==(const Count&) const = default;
    };

    std::int64_t step = 0;
    std::vector<std::string> domains;            ///< labels of the data's domains, may be empty
    std::vector<std::vector<Count>> by_position; ///< [D][kPositions]
    std::vector<std::vector<Count>> by_domain;   ///< [D][domain]
    std::vector<Count> reached; ///< [D] of the drafts whose shallower drafts at the same position were all accepted
};

/// A part of the planned memory. Where it lies is told by region and offset: parts of one region that are not needed at
/// the same time may lie in the same place.
struct PlanEntry {
    /// Weights to Sums live as long as the run, Kept from the forward to the end of the backward pass, Layer while one
    /// layer runs, Scratch while one block does.
    enum class Region : std::uint8_t { Weights = 1, Gradients, Moments, Packed, Sums, Kept, Layer, Scratch };
    static constexpr int kRegions = 8;

    std::string name;                ///< "layers.3.mlp.scores"
    std::string dtype;               ///< "f32"; empty for bytes whose inside is the business of kernels
    std::vector<std::int64_t> shape; ///< likewise
    Region region = Region::Kept;
    std::int64_t offset = 0; ///< bytes from the start of the region
    std::int64_t bytes = 0;
};

/// Of each region, by its number less one: where its last part ends, which is what it takes. Together they are all that
/// a training holds.
std::array<std::int64_t, PlanEntry::kRegions> region_bytes(const std::vector<PlanEntry>& plan);

/// Where the time of a step goes: medians over a few steps that were observed.
struct KernelFrame {
    struct Row {
        std::string name;   ///< of the op
        double calls = 0;   ///< a step
        double seconds = 0; ///< a step, all calls together; flops and bytes likewise
        double flops = 0;
        double bytes = 0;
    };

    std::int64_t step = 0;            ///< the last one observed
    double seconds = 0;               ///< of a step
    double outside_seconds = 0;       ///< of it, between the ops
    double peak_flops = 0;            ///< FLOP/s that this machine reached on its best products
    double peak_bytes_per_second = 0; ///< read from its memory; 0: not measured
    std::vector<Row> ops;             ///< the longest first
};

/// Index of the weight of a query on a key, both positions in the text, in ProbeFrame::attention.
inline std::size_t attention_index(const ProbeFrame& frame, std::int64_t layer, std::int64_t head, std::int64_t query,
                                   std::int64_t key)
{
    const auto t = static_cast<std::int64_t>(frame.tokens.size());
    const std::int64_t pooled = (t + frame.pool - 1) / frame.pool;
    return static_cast<std::size_t>(((layer * frame.heads + head) * pooled + query / frame.pool) * pooled +
                                    key / frame.pool);
}

} // namespace triptych
