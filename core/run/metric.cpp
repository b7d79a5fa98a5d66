// The numbers a run records over its steps: the one list of their names, units and meanings.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/metric.h"

#include <array>
#include <charconv>
#include <stdexcept>

namespace triptych {

namespace {

using enum Metric;
using Scope = MetricScope;

constexpr std::array kCatalog = {
    MetricInfo{Loss, Scope::Run, "loss", "nats/token", "What is minimised: main + weighted MTP + balance loss."},
    MetricInfo{MainLoss, Scope::Run, "main_loss", "nats/token", "Cross entropy of the next token."},
    MetricInfo{MtpLoss, Scope::Run, "mtp_loss", "nats/token", "Mean cross entropy of the MTP modules, unweighted."},
    MetricInfo{MtpLossWeight, Scope::Run, "mtp_loss_weight", "1",
               "Lambda: how much the mean of the MTP losses counts in the loss."},
    MetricInfo{BalanceLoss, Scope::Run, "balance_loss", "1",
               "Sequence-wise balance loss over all MoE layers, alpha included."},
    MetricInfo{GradNorm, Scope::Run, "grad_norm", "1", "Global L2 norm of the gradient before clipping."},
    MetricInfo{LearningRate, Scope::Run, "learning_rate", "1", "Step size of the optimizer."},
    MetricInfo{BiasUpdateSpeed, Scope::Run, "bias_update_speed", "1/step", "Gamma of the loss-free balancing."},
    MetricInfo{Tokens, Scope::Run, "tokens", "tokens", "Tokens trained on since the first step."},
    MetricInfo{Flops, Scope::Run, "flops", "FLOP",
               "Model FLOPs since the first step, with as many experts for a token as it chose."},
    MetricInfo{StepSeconds, Scope::Run, "step_seconds", "s", "Wall time of the step."},
    MetricInfo{TokensPerSecond, Scope::Run, "tokens_per_second", "tokens/s", "Tokens of the step over its wall time."},
    MetricInfo{Mfu, Scope::Run, "mfu", "1",
               "Model FLOPs of the step over what the device's peak could do in that time."},
    MetricInfo{MaxVio, Scope::Run, "max_vio", "1", "Mean over MoE layers of max load / mean load - 1."},
    MetricInfo{MicroMaxVio, Scope::Run, "micro_max_vio", "1",
               "The same of each micro-batch by itself, mean over those of the step; missing where there is one."},
    MetricInfo{ValLoss, Scope::Run, "val_loss", "nats/token", "Main loss on the validation split."},
    MetricInfo{ValMtpLoss, Scope::Run, "val_mtp_loss", "nats/token", "Mean MTP loss on the validation split."},
    MetricInfo{ValBitsPerByte, Scope::Run, "val_bits_per_byte", "bits/byte", "Validation loss per byte of text."},
    MetricInfo{ValMaxVio, Scope::Run, "val_max_vio", "1", "MaxVio over the whole validation split."},
    MetricInfo{ValSpeedUp, Scope::Run, "val_speed_up", "1",
               "Tokens per step of the main model if drafts that it would choose itself are kept: 1 + p1 + p1 p2 + "
               "..., on the validation split; drafting not counted."},
    MetricInfo{HeadlineUsd, Scope::Run, "headline_usd", "USD", "Device-hours so far at the rental price."},
    MetricInfo{TcoUsd, Scope::Run, "tco_usd", "USD", "Device-hours so far at full cost of ownership."},
    MetricInfo{TrainSeconds, Scope::Run, "train_seconds", "s", "Device time so far, over all sessions of the run."},
    MetricInfo{WallSeconds, Scope::Run, "wall_seconds", "s", "Time by the clock since the run was begun, with pauses."},
    MetricInfo{LayerMaxVio, Scope::Layer, "max_vio", "1", "Max load / mean load - 1 of the layer's experts."},
    MetricInfo{LayerMinVio, Scope::Layer, "min_vio", "1", "1 - min load / mean load of the layer's experts."},
    MetricInfo{LayerLoadCv, Scope::Layer, "load_cv", "1", "Standard deviation of the expert loads over their mean."},
    MetricInfo{LayerDiversity, Scope::Layer, "diversity", "1", "exp(entropy of the loads) / number of experts."},
    MetricInfo{LayerDeadFraction, Scope::Layer, "dead_fraction", "1", "Share of the experts that got no token."},
    MetricInfo{LayerMicroMaxVio, Scope::Layer, "micro_max_vio", "1",
               "MaxVio of each micro-batch by itself, mean over those of the step; missing where there is one."},
    MetricInfo{LayerMicroMinVio, Scope::Layer, "micro_min_vio", "1", "MinVio of micro-batches, likewise."},
    MetricInfo{LayerMicroLoadCv, Scope::Layer, "micro_load_cv", "1", "Load variation of micro-batches, likewise."},
    MetricInfo{LayerMicroDiversity, Scope::Layer, "micro_diversity", "1", "Diversity of micro-batches, likewise."},
    MetricInfo{LayerMicroDeadFraction, Scope::Layer, "micro_dead_fraction", "1",
               "Share of the experts without a token in a micro-batch, likewise."},
    MetricInfo{LayerBiasSpread, Scope::Layer, "bias_spread", "1", "Largest minus smallest balancing bias."},
    MetricInfo{LayerLatentRank, Scope::Layer, "latent_rank", "1",
               "Effective rank of the latents that the cache keeps, on a sample of the data; with the probe text."},
    MetricInfo{DepthLoss, Scope::Depth, "loss", "nats/token", "Cross entropy of one MTP module, unweighted."},
    MetricInfo{DepthValLoss, Scope::Depth, "val_loss", "nats/token", "The same on the validation split."},
    MetricInfo{DepthAcceptance, Scope::Depth, "acceptance", "1",
               "Share of an MTP module's drafts of the validation split that the main model would choose itself."},
    MetricInfo{DomainLoss, Scope::Domain, "loss", "nats/token", "Main loss on the tokens of one domain."},
    MetricInfo{DomainValLoss, Scope::Domain, "val_loss", "nats/token", "The same on the validation split."},
    MetricInfo{DomainAcceptance, Scope::Domain, "acceptance", "1",
               "Acceptance of the first MTP module on the texts of one domain."},
};

constexpr bool in_order_of_the_enumeration()
{
    for (std::size_t i = 0; i < kCatalog.size(); ++i) {
        if (static_cast<std::size_t>(kCatalog[i].metric) != i + 1) return false;
    }
    return true;
}
static_assert(in_order_of_the_enumeration());

struct ScopePrefix {
    Scope scope;
    std::string_view text;
};
constexpr std::array kPrefixes = {ScopePrefix{Scope::Layer, "layer."}, ScopePrefix{Scope::Depth, "mtp."},
                                  ScopePrefix{Scope::Domain, "domain."}};

std::optional<MetricId> find(Scope scope, std::string_view name, std::uint16_t index)
{
    for (const auto& info : kCatalog) {
        if (info.scope == scope && info.name == name) return MetricId(info.metric, index);
    }
    return std::nullopt;
}

} // namespace

std::span<const MetricInfo> metric_catalog()
{
    return kCatalog;
}

const MetricInfo& metric_info(Metric metric)
{
    const auto position = static_cast<std::size_t>(metric) - 1;
    if (position >= kCatalog.size()) throw std::out_of_range("metric_info: no such metric");
    return kCatalog[position];
}

std::string metric_name(MetricId id)
{
    const auto& info = metric_info(id.metric);
    for (const auto& prefix : kPrefixes) {
        if (prefix.scope == info.scope)
            return std::string(prefix.text) + std::to_string(id.index) + "." + std::string(info.name);
    }
    return std::string(info.name);
}

std::optional<MetricId> metric_from_name(std::string_view name)
{
    for (const auto& prefix : kPrefixes) {
        if (!name.starts_with(prefix.text)) continue;
        const auto rest = name.substr(prefix.text.size());
        std::uint16_t index = 0;
        const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), index);
        const auto digits = static_cast<std::size_t>(end - rest.data());
        const bool canonical = digits == 1 || (digits > 1 && rest[0] != '0');
        if (error != std::errc() || !canonical || digits >= rest.size() || rest[digits] != '.') return std::nullopt;
        return find(prefix.scope, rest.substr(digits + 1), index);
    }
    return find(Scope::Run, name, 0);
}

} // namespace triptych
