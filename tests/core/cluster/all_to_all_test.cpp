// Copies by the routing's limits, worked out by hand, by drawing, and by the paper's decode bound.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cluster/all_to_all.h"
#include "tests/core/cluster/request.h"

#include <algorithm>
#include <random>
#include <set>

namespace triptych::test {
namespace {

ModelConfig v3()
{
    return request_for("deepseek-v3", "h800", 1).model;
}

TEST(AllToAll, ATokenOfDeepSeekV3CrossesTheNetworkToAtMostFourNodes)
{
    const TokenCopies copies = token_copies(v3(), expert_group(64, 8));
    EXPECT_DOUBLE_EQ(copies.domains, 4);
    EXPECT_DOUBLE_EQ(copies.network, 3.5);
    EXPECT_DOUBLE_EQ(copies.gpus, 4 * 8 * (1 - 49.0 / 64)); // two experts on eight GPUs
    ModelConfig unlimited = v3();
    unlimited.n_group = unlimited.topk_group = 1;
    EXPECT_GT(token_copies(unlimited, expert_group(64, 8)).network, 1.2 * copies.network);
}

/// Groups, then experts within them, drawn evenly: what the closed form expects on average.
TokenCopies drawn(const ModelConfig& c, std::int64_t ep, std::int64_t domain)
{
    std::mt19937_64 random(7);
    constexpr int kTokens = 20000;
    const std::int64_t per_group = c.n_routed_experts / c.n_group;
    const std::int64_t per_gpu = c.n_routed_experts / ep;
    TokenCopies sum;
    std::vector<std::int64_t> groups(static_cast<std::size_t>(c.n_group));
    for (int token = 0; token < kTokens; ++token) {
        for (std::size_t i = 0; i < groups.size(); ++i) groups[i] = static_cast<std::int64_t>(i);
        std::shuffle(groups.begin(), groups.end(), random);
        std::set<std::int64_t> gpus, domains;
        for (std::int64_t k = 0; k < c.num_experts_per_tok; ++k) {
            const std::int64_t group = groups[static_cast<std::size_t>(k % c.topk_group)];
            const auto expert =
                group * per_group + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(per_group));
            gpus.insert(expert / per_gpu);
            domains.insert(expert / per_gpu / domain);
        }
        sum.gpus += static_cast<double>(gpus.size()) / kTokens;
        sum.domains += static_cast<double>(domains.size()) / kTokens;
    }
    return sum;
}

TEST(AllToAll, CopiesAreThoseOfDrawnTokens)
{
    for (const std::int64_t ep : {8, 16, 32, 64, 128, 256}) {
        const TokenCopies expected = drawn(v3(), ep, 8);
        const TokenCopies copies = token_copies(v3(), expert_group(ep, 8));
        EXPECT_NEAR(copies.domains / expected.domains, 1, 0.02) << ep;
        EXPECT_NEAR(copies.gpus / expected.gpus, 1, 0.02) << ep;
    }
}

TEST(AllToAll, AGroupOfOneAndADenseModelSendNothing)
{
    const Gpu gpu = gpu_named("h800");
    EXPECT_EQ(expert_exchange_seconds(v3(), gpu, expert_group(1, 8), TrainFormat::Fp8, 4096), 0);
    ModelConfig dense = v3();
    dense.n_routed_experts = 0;
    EXPECT_EQ(expert_exchange_seconds(dense, gpu, expert_group(8, 8), TrainFormat::Fp8, 4096), 0);
}

TEST(AllToAll, WithinANodeNvlinkSetsThePaceAndBeyondTheNetwork)
{
    Gpu gpu = gpu_named("h800");
    const auto seconds = [&](std::int64_t ep) {
        return expert_exchange_seconds(v3(), gpu, expert_group(ep, gpu.domain), TrainFormat::Fp8, 4096);
    };
    const double inside = seconds(8);
    const double outside = seconds(64);
    gpu.network_bandwidth *= 2;
    EXPECT_EQ(seconds(8), inside);
    EXPECT_LT(seconds(64), outside);
    gpu.network_bandwidth /= 2;
    gpu.nvlink_bandwidth *= 2;
    EXPECT_EQ(seconds(64), outside);
    EXPECT_NEAR(seconds(8), inside / 2, 1e-12);
    // By hand: 3.5 copies of 7168 values, 1 byte and a scale out, 2 bytes back, at 44.6 GB/s.
    EXPECT_NEAR(outside, 4096 * 3.5 * 7168 * (1 + 4.0 / 128 + 2) / 44.625e9, 1e-9);
}

TEST(AllToAll, TheDecodeBoundIsThePapersWithItsRoundedWidth)
{
    ModelConfig c = v3();
    c.hidden_size = 7000; // "7K" in arXiv 2505.09343, section 2.3.2
    const DecodeBound bound = decode_bound(c, 50e9);
    EXPECT_NEAR(bound.exchange * 1e6, 120.96, 1e-9);
    EXPECT_NEAR(bound.token * 1e3, 14.76, 0.005);
    EXPECT_NEAR(decode_bound(c, 900e9).token * 1e3, 0.82, 0.005);
    EXPECT_NEAR(decode_bound(v3(), 50e9).exchange * 1e6, 123.86, 0.01);
}

} // namespace
} // namespace triptych::test
