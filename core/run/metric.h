// The numbers a run records over its steps: the one list of their names, units and meanings.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace triptych {

/// What is measured. The order may change between versions: files know metrics by name.
enum class Metric : std::uint16_t {
    Loss = 1,
    MainLoss,
    MtpLoss,
    MtpLossWeight,
    BalanceLoss,
    GradNorm,
    LearningRate,
    BiasUpdateSpeed,
    Tokens,
    Flops,
    StepSeconds,
    TokensPerSecond,
    Mfu,
    MaxVio,
    MicroMaxVio,
    ValLoss,
    ValMtpLoss,
    ValBitsPerByte,
    ValMaxVio,
    ValSpeedUp,
    HeadlineUsd,
    TcoUsd,
    TrainSeconds,
    WallSeconds,
    LayerMaxVio,
    LayerMinVio,
    LayerLoadCv,
    LayerDiversity,
    LayerDeadFraction,
    LayerMicroMaxVio,
    LayerMicroMinVio,
    LayerMicroLoadCv,
    LayerMicroDiversity,
    LayerMicroDeadFraction,
    LayerBiasSpread,
    LayerLatentRank,
    DepthLoss,
    DepthValLoss,
    DepthAcceptance,
    DomainLoss,
    DomainValLoss,
    DomainAcceptance,
};

/// What the index of a metric counts.
enum class MetricScope : std::uint8_t {
    Run = 1, ///< one series, index 0
    Layer,   ///< one per layer, numbered as in tensor names (MTP blocks count on from num_hidden_layers)
    Depth,   ///< one per MTP module, from 1
    Domain,  ///< one per domain of the data, numbered as in run.json
};

struct MetricInfo {
    Metric metric;
    MetricScope scope;
    std::string_view name; ///< "max_vio"; with its index "layer.3.max_vio", see metric_name()
    std::string_view unit; ///< "nats/token"; "1" for a pure number
    std::string_view doc;  ///< one sentence
};

/// A metric and, where there is one series per layer, depth or domain, which of them.
struct MetricId {
    Metric metric = Metric::Loss;
    std::uint16_t index = 0;

    MetricId() = default;
    MetricId(Metric which, std::int64_t number = 0) : metric(which), index(static_cast<std::uint16_t>(number)) {}
    auto operator<=>(const MetricId&) const = default;
};

/// One value of one metric after one optimizer step (steps count from 1).
struct Sample {
    MetricId metric;
    std::int64_t step = 0;
    double value = 0;
};

/// Every metric, in the order of the enumeration.
std::span<const MetricInfo> metric_catalog();
const MetricInfo& metric_info(Metric metric);

/// "loss", "layer.3.max_vio", "mtp.1.loss", "domain.2.loss": unique, and what metrics.sqlite stores.
std::string metric_name(MetricId id);
/// The way back; nothing for a name this version does not know.
std::optional<MetricId> metric_from_name(std::string_view name);

} // namespace triptych
