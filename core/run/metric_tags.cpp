// How the page of TensorBoard groups our metrics: by what one compares, not by where a name comes from.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/metric_export.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace triptych {

namespace {

struct Tag {
    Metric metric;
    std::string_view tag; ///< with the index or the label of the domain behind it, where the metric has one
};
constexpr std::array kTags = {
    Tag{Metric::Loss, "loss/total"},
    Tag{Metric::MainLoss, "loss/main"},
    Tag{Metric::MtpLoss, "loss/mtp"},
    Tag{Metric::MtpLossWeight, "loss/mtp_weight"},
    Tag{Metric::BalanceLoss, "loss/balance"},
    Tag{Metric::GradNorm, "optimizer/grad_norm"},
    Tag{Metric::LearningRate, "optimizer/learning_rate"},
    Tag{Metric::BiasUpdateSpeed, "balance/bias_update_speed"},
    Tag{Metric::Tokens, "progress/tokens"},
    Tag{Metric::Flops, "progress/flops"},
    Tag{Metric::StepSeconds, "speed/step_seconds"},
    Tag{Metric::TokensPerSecond, "speed/tokens_per_second"},
    Tag{Metric::Mfu, "speed/mfu"},
    Tag{Metric::MaxVio, "balance/max_vio"},
    Tag{Metric::MicroMaxVio, "balance/micro_max_vio"},
    Tag{Metric::ValLoss, "validation/loss"},
    Tag{Metric::ValMtpLoss, "validation/mtp_loss"},
    Tag{Metric::ValBitsPerByte, "validation/bits_per_byte"},
    Tag{Metric::ValMaxVio, "validation/max_vio"},
    Tag{Metric::ValSpeedUp, "validation/speed_up"},
    Tag{Metric::HeadlineUsd, "cost/headline_usd"},
    Tag{Metric::TcoUsd, "cost/tco_usd"},
    Tag{Metric::TrainSeconds, "progress/train_seconds"},
    Tag{Metric::WallSeconds, "progress/wall_seconds"},
    Tag{Metric::LayerMaxVio, "layer_max_vio/"},
    Tag{Metric::LayerMinVio, "layer_min_vio/"},
    Tag{Metric::LayerLoadCv, "layer_load_cv/"},
    Tag{Metric::LayerDiversity, "layer_diversity/"},
    Tag{Metric::LayerDeadFraction, "layer_dead_fraction/"},
    Tag{Metric::LayerMicroMaxVio, "layer_micro_max_vio/"},
    Tag{Metric::LayerMicroMinVio, "layer_micro_min_vio/"},
    Tag{Metric::LayerMicroLoadCv, "layer_micro_load_cv/"},
    Tag{Metric::LayerMicroDiversity, "layer_micro_diversity/"},
    Tag{Metric::LayerMicroDeadFraction, "layer_micro_dead_fraction/"},
    Tag{Metric::LayerBiasSpread, "layer_bias_spread/"},
    Tag{Metric::LayerLatentRank, "layer_latent_rank/"},
    Tag{Metric::DepthLoss, "mtp_loss/"},
    Tag{Metric::DepthValLoss, "mtp_validation_loss/"},
    Tag{Metric::DepthAcceptance, "mtp_acceptance/"},
    Tag{Metric::DomainLoss, "domain_loss/"},
    Tag{Metric::DomainValLoss, "domain_validation_loss/"},
    Tag{Metric::DomainAcceptance, "domain_acceptance/"},
};

constexpr bool in_order_of_the_enumeration()
{
    for (std::size_t i = 0; i < kTags.size(); ++i)
        if (static_cast<std::size_t>(kTags[i].metric) != i + 1) return false;
    return true;
}
static_assert(in_order_of_the_enumeration() && kTags.back().metric == Metric::DomainAcceptance);

/// The label, where it is one that tells domains apart and makes no group of its own; else the number.
std::string domain_text(std::uint16_t index, const std::vector<std::string>& domains)
{
    const std::string number = std::to_string(index);
    if (index >= domains.size()) return number;
    const std::string& label = domains[index];
    const bool plain = !label.empty() && std::all_of(label.begin(), label.end(), [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '_' || c == '-' || c == '.';
    });
    return plain && std::count(domains.begin(), domains.end(), label) == 1 ? label : number;
}

} // namespace

std::string tensorboard_tag(MetricId metric, const std::vector<std::string>& domains)
{
    const MetricScope scope = metric_info(metric.metric).scope;
    std::string tag(kTags[static_cast<std::size_t>(metric.metric) - 1].tag);
    if (scope == MetricScope::Domain)
        tag += domain_text(metric.index, domains);
    else if (scope != MetricScope::Run)
        tag += std::to_string(metric.index);
    return tag;
}

} // namespace triptych
