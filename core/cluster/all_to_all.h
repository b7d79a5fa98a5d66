// What expert parallelism sends: over the network to each node once, then over NVLink (DeepSeek-V3 report
// section 3.2.2).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cluster/gpu_preset.h"
#include "core/cluster/kernel_rates.h"
#include "core/config/model_config.h"

#include <cstdint>

namespace triptych {

/// How a group of GPUs that share the experts lies in the cluster.
struct ExpertGroup {
    std::int64_t ep = 1;      ///< GPUs
    std::int64_t domains = 1; ///< NVLink domains (nodes) over which they are spread evenly
};
ExpertGroup expert_group(std::int64_t ep, std::int64_t gpus_per_domain);

/// Expected copies of one token's row, experts drawn evenly within the routing's limits.
struct TokenCopies {
    double domains =
        0;           ///< NVLink domains that get one, its own among them: at most topk_group where a group is a domain
    double gpus = 0; ///< GPUs that get one, its own among them
    double network = 0; ///< of the domains, those that are not its own
    double nvlink = 0;  ///< of the GPUs, those that are not the one where it enters the domain
};
TokenCopies token_copies(const ModelConfig& config, const ExpertGroup& group);

/// Bandwidths that all-to-all kernels reach, bytes/s.
struct ReachedBandwidth {
    double nvlink = 0;
    double network = 0;
};
/// By what DeepEP's kernels reach on H800 (README, February 2025): 153 of 200 GB/s NVLink with 8 GPUs, and 51 GB/s with
/// 64, counting the copy that stays in the node: 7/8 of it is on the network, 44.6 of 50 GB/s.
ReachedBandwidth reached_bandwidth(const Gpu& gpu);

/// Seconds to send `tokens` rows of so many bytes from each GPU of the group and to receive as many: the slower of the
/// two networks, which work at the same time. Zero for a group of one.
double all_to_all_seconds(const ModelConfig& config, const Gpu& gpu, const ExpertGroup& group, double tokens,
                          double bytes_per_row);

/// Dispatch (FP8 or BF16 rows) and combine (BF16 rows) of one MoE layer. The backward pass takes as long: the gradient
/// of a combine is a dispatch.
double expert_exchange_seconds(const ModelConfig& config, const Gpu& gpu, const ExpertGroup& group, TrainFormat format,
                               double tokens);

/// What one token of a MoE layer sends, dispatch and combine of the forward pass, by the two networks.
struct ExchangeTraffic {
    double nvlink_bytes = 0;
    double network_bytes = 0;
    double nvlink_seconds = 0; ///< that it takes of what the kernels reach; the slower one sets the time
    double network_seconds = 0;
};
ExchangeTraffic exchange_traffic(const ModelConfig& config, const Gpu& gpu, const ExpertGroup& group,
                                 TrainFormat format);
/// The same model if a token might choose its experts in all groups: without node-limited routing.
ModelConfig without_node_limit(const ModelConfig& config);

/// The least time between two tokens of one sequence that the network allows, with one expert a GPU (arXiv 2505.09343,
/// section 2.3.2): in each layer tokens_per_gpu rows go to the used and the shared experts, 1 byte a value out and 2
/// back, at full bandwidth (bytes/s), twice over since two micro-batches take turns. Seconds.
struct DecodeBound {
    double exchange = 0; ///< dispatch and combine of one layer and one micro-batch
    double token = 0;    ///< over all layers
};
DecodeBound decode_bound(const ModelConfig& config, double bandwidth, double tokens_per_gpu = 32);

} // namespace triptych
