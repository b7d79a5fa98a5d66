// Expected copies by the routing's limits, and the time they take.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cluster/all_to_all.h"

#include "core/cluster/model_work.h"

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

constexpr double kNvlinkShare = 153.0 / 200.0;
constexpr double kNetworkShare = 51.0 / 50.0 * 7.0 / 8.0;

/// How many of n boxes are hit by k balls, on average.
double boxes_hit(double n, double k)
{
    return n * (1 - std::pow(1 - 1 / n, k));
}

/// How many of n boxes hold one of m out of n*g things, each box having g: 1 - C(ng - g, m) / C(ng, m) for each box.
double boxes_drawn(double n, double g, double m)
{
    double none = 1;
    for (double i = 0; i < m; ++i) none *= std::max(0.0, n * g - g - i) / (n * g - i);
    return n * (1 - none);
}

/// How many of so many equal shares of the experts, GPUs or domains, a token's experts lie in.
double shares_hit(const ModelConfig& c, double shares)
{
    const auto used = static_cast<double>(c.num_experts_per_tok);
    if (shares <= 1) return 1;
    if (c.n_group <= 1 || c.topk_group >= c.n_group) return boxes_hit(shares, used);
    const auto groups = static_cast<double>(c.n_group);
    const auto chosen = static_cast<double>(c.topk_group);
    if (shares >= groups) return chosen * boxes_hit(shares / groups, used / chosen);
    return boxes_drawn(shares, groups / shares, chosen);
}

} // namespace

ExpertGroup expert_group(std::int64_t ep, std::int64_t gpus_per_domain)
{
    return {.ep = ep, .domains = (ep + gpus_per_domain - 1) / gpus_per_domain};
}

TokenCopies token_copies(const ModelConfig& config, const ExpertGroup& group)
{
    const auto domains = static_cast<double>(group.domains);
    const double gpus = static_cast<double>(group.ep) / domains;
    TokenCopies copies;
    copies.domains = shares_hit(config, domains);
    copies.gpus = shares_hit(config, static_cast<double>(group.ep));
    copies.network = copies.domains * (domains - 1) / domains;
    copies.nvlink = copies.gpus * (gpus - 1) / gpus;
    return copies;
}

ReachedBandwidth reached_bandwidth(const Gpu& gpu)
{
    return {.nvlink = gpu.nvlink_bandwidth * kNvlinkShare, .network = gpu.network_bandwidth * kNetworkShare};
}

double all_to_all_seconds(const ModelConfig& config, const Gpu& gpu, const ExpertGroup& group, double tokens,
                          double bytes_per_row)
{
    if (group.ep <= 1 || config.n_routed_experts == 0) return 0;
    const TokenCopies copies = token_copies(config, group);
    const ReachedBandwidth reached = reached_bandwidth(gpu);
    return tokens * bytes_per_row * std::max(copies.network / reached.network, copies.nvlink / reached.nvlink);
}

double expert_exchange_seconds(const ModelConfig& config, const Gpu& gpu, const ExpertGroup& group, TrainFormat format,
                               double tokens)
{
    const auto d = static_cast<double>(config.hidden_size);
    return all_to_all_seconds(config, gpu, group, tokens, d * operand_bytes(format)) +
           all_to_all_seconds(config, gpu, group, tokens, d * operand_bytes(TrainFormat::Bf16));
}

ExchangeTraffic exchange_traffic(const ModelConfig& config, const Gpu& gpu, const ExpertGroup& group,
                                 TrainFormat format)
{
    if (group.ep <= 1 || config.n_routed_experts == 0) return {};
    const TokenCopies copies = token_copies(config, group);
    const ReachedBandwidth reached = reached_bandwidth(gpu);
    const double row =
        static_cast<double>(config.hidden_size) * (operand_bytes(format) + operand_bytes(TrainFormat::Bf16));
    return {.nvlink_bytes = row * copies.nvlink,
            .network_bytes = row * copies.network,
            .nvlink_seconds = row * copies.nvlink / reached.nvlink,
            .network_seconds = row * copies.network / reached.network};
}

ModelConfig without_node_limit(const ModelConfig& config)
{
    ModelConfig free = config;
    free.topk_group = free.n_group;
    return free;
}

DecodeBound decode_bound(const ModelConfig& c, double bandwidth, double tokens_per_gpu)
{
    const auto rows = static_cast<double>(c.num_experts_per_tok + c.n_shared_experts);
    DecodeBound bound;
    bound.exchange = (1 + 2) * tokens_per_gpu * rows * static_cast<double>(c.hidden_size) / bandwidth;
    bound.token = 2 * bound.exchange * static_cast<double>(c.num_hidden_layers);
    return bound;
}

} // namespace triptych
