// The balance loss against its formula, finite differences, and what balance and imbalance must give.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/balance_loss.h"
#include "tests/support/op_test.h"
#include "tests/support/ranking.h"

#include <cmath>

namespace triptych::test {
namespace {

constexpr double kAlpha = 0.3; // far above the paper's 1e-4, so that errors show

struct Loss {
    Values load, loss;
    bool operator==(const Loss&) const = default;
};

/// Equation by equation, one sequence after the other.
Loss formula(std::int64_t batch, std::int64_t n_experts, std::int64_t top_k, const Values& scores)
{
    const auto columns = static_cast<std::size_t>(n_experts);
    const auto k_count = static_cast<std::size_t>(top_k);
    const std::size_t length = scores.size() / columns / static_cast<std::size_t>(batch);
    Loss result;
    for (std::size_t b = 0; b < static_cast<std::size_t>(batch); ++b) {
        Values f(columns, 0);
        Values p(columns, 0);
        for (std::size_t t = 0; t < length; ++t) {
            const Values row = slice(scores, (b * length + t) * columns, columns);
            const auto order = falling_order(row);
            const double sum = std::accumulate(row.begin(), row.end(), 0.0);
            const auto tokens = static_cast<double>(length);
            for (std::size_t k = 0; k < k_count; ++k)
                f[order[k]] += static_cast<double>(n_experts) / (static_cast<double>(top_k) * tokens);
            for (std::size_t e = 0; e < columns; ++e) p[e] += row[e] / sum / tokens;
        }
        result.load.insert(result.load.end(), f.begin(), f.end());
        result.loss.push_back(kAlpha * dot(f, p));
    }
    return result;
}

class BalanceLoss : public OpTest<BalanceLossForward, BalanceLossBackward> {
protected:
    static Loss forward_on(Stream& on, DType type, std::int64_t batch, std::int64_t n_experts, std::int64_t top_k,
                           const Values& scores)
    {
        const std::int64_t rows = static_cast<std::int64_t>(scores.size()) / n_experts;
        const Tensor<2> s(on, type, {rows, n_experts}, scores, {});
        const Tensor<2> load(on, type, {batch, n_experts}, Values(static_cast<std::size_t>(batch * n_experts), 99), {});
        const Tensor<1> loss(on, type, {batch}, Values(static_cast<std::size_t>(batch), 99), {});
        run(on, BalanceLossForward{
                    .scores = s, .batch = batch, .top_k = top_k, .alpha = kAlpha, .load = load, .loss = loss});
        return {load.values(), loss.values()};
    }
    Loss forward(std::int64_t batch, std::int64_t n_experts, std::int64_t top_k, const Values& scores)
    {
        return forward_on(stream(), dtype(), batch, n_experts, top_k, scores);
    }

    void expect_forward(std::int64_t batch, std::int64_t length, std::int64_t n_experts, std::int64_t top_k)
    {
        const Values scores = random(batch * length * n_experts, 0.01, 1);
        const Loss actual = forward(batch, n_experts, top_k, scores);
        const Loss expected = formula(batch, n_experts, top_k, scores);
        expect_close(actual.load, expected.load, tolerance().formula, "load");
        expect_close(actual.loss, expected.loss, tolerance().formula, "loss");
    }

    Values backward(Stream& on, std::int64_t batch, std::int64_t n_experts, const Values& scores, const Values& load)
    {
        const std::int64_t rows = static_cast<std::int64_t>(scores.size()) / n_experts;
        const auto s = tensor<2>({rows, n_experts}, scores);
        const auto f = tensor<2>({batch, n_experts}, load);
        const auto dscores = filled<2>({rows, n_experts}, 99);
        run(on, BalanceLossBackward{
                    .scores = s, .load = f, .batch = batch, .alpha = kAlpha, .dloss = 0.7, .dscores = dscores});
        return dscores.values();
    }

    void expect_backward(std::int64_t batch, std::int64_t length, std::int64_t n_experts, std::int64_t top_k)
    {
        // 0.05 apart: ten times the largest step, so the choice cannot change
        const Values scores = plus(1, spaced(random(batch * length * n_experts), n_experts, 0.05));
        const Loss at = forward_on(oracle(), DType::F64, batch, n_experts, top_k, scores);
        const auto loss = [&](const Values& s) {
            const Loss l = forward_on(oracle(), DType::F64, batch, n_experts, top_k, s);
            EXPECT_EQ(l.load, at.load) << "the step changed the choice: the difference means nothing";
            return 0.7 * std::accumulate(l.loss.begin(), l.loss.end(), 0.0);
        };
        const Values actual = backward(stream(), batch, n_experts, scores, at.load);
        expect_close(actual, gradient(loss, scores), tolerance().gradient, "dscores");
    }
};
INSTANTIATE_FOR_ALL_BACKENDS(BalanceLoss);

TEST_P(BalanceLoss, ForwardMatchesTheFormula)
{
    expect_forward(3, 5, 7, 3);
}
TEST_P(BalanceLoss, ForwardHandlesSequencesLongerThanABlock)
{
    expect_forward(2, 150, 9, 2);
}
TEST_P(BalanceLoss, ForwardHandlesOneTokenAndOneExpert)
{
    expect_forward(1, 1, 7, 3);
    expect_forward(1, 4, 1, 1);
}
TEST_P(BalanceLoss, ForwardHandlesTheExpertsOfDeepSeekV3)
{
    expect_forward(2, 20, 256, 8);
}
TEST_P(BalanceLoss, NoTokensMeanNoLoss)
{
    const Loss loss = forward(2, 7, 3, {});
    EXPECT_EQ(loss.load, Values(14, 0.0));
    EXPECT_EQ(loss.loss, Values(2, 0.0));
    EXPECT_TRUE(backward(stream(), 2, 7, {}, Values(14, 0.0)).empty());
}

TEST_P(BalanceLoss, IsAlphaWhenEveryExpertGetsItsShare)
{
    // each of 4 tokens prefers another expert: f = 1, and P sums to 1
    const Values scores = {.9, .1, .1, .1, .1, .9, .1, .1, .1, .1, .9, .1, .1, .1, .1, .9};
    const Loss even = forward(1, 4, 1, scores);
    expect_close(even.load, Values(4, 1.0), tolerance().formula, "load");
    expect_close(even.loss, {kAlpha}, tolerance().formula, "loss");
    Values skewed;
    for (int t = 0; t < 4; ++t) skewed.insert(skewed.end(), {.9, .1, .1, .1});
    expect_close(forward(1, 4, 1, skewed).loss, {kAlpha * 4 * 0.75}, tolerance().formula, "loss");
}
TEST_P(BalanceLoss, TheLowestIndexWinsATie)
{
    expect_close(forward(1, 4, 2, Values(8, 0.5)).load, {2, 2, 0, 0}, tolerance().formula, "load");
}
TEST_P(BalanceLoss, SequencesDoNotMix)
{
    const Values scores = random(2 * 6 * 5, 0.01, 1);
    const Loss both = forward(2, 5, 2, scores);
    const Loss first = forward(1, 5, 2, slice(scores, 0, 30));
    const Loss second = forward(1, 5, 2, slice(scores, 30, 30));
    EXPECT_EQ(both.loss, (Values{first.loss[0], second.loss[0]}));
}
TEST_P(BalanceLoss, BrokenScoresStayVisibleAndInRange)
{
    Values scores(12, 0.5);
    scores[1] = std::nan("");
    const Loss loss = forward(1, 4, 2, scores);
    EXPECT_TRUE(std::isnan(loss.loss[0]));
    EXPECT_NEAR(std::accumulate(loss.load.begin(), loss.load.end(), 0.0), 4.0, 1e-6);
    EXPECT_EQ(forward(1, 4, 2, Values(12, 0.0)).loss, Values(1, 0.0)) << "scores that are all 0";
}

TEST_P(BalanceLoss, BackwardMatchesFiniteDifferences)
{
    expect_backward(3, 4, 7, 3);
}
TEST_P(BalanceLoss, BackwardMatchesFiniteDifferencesForOneTokenAndOneExpert)
{
    expect_backward(1, 1, 5, 2);
    expect_backward(2, 3, 1, 1);
}

TEST_P(BalanceLoss, GivesTheSameBitsWhenRepeatedAndForAnyThreadCount)
{
    const Values scores = random(3 * 200 * 17, 0.01, 1);
    const Loss first = forward(3, 17, 4, scores);
    const Values dscores = backward(stream(), 3, 17, scores, first.load);
    EXPECT_EQ(forward(3, 17, 4, scores), first);
    Stream one_thread(stream().device(), 1);
    EXPECT_EQ(forward_on(one_thread, dtype(), 3, 17, 4, scores), first);
    EXPECT_EQ(backward(one_thread, 3, 17, scores, first.load), dscores);
}

TEST_P(BalanceLoss, RejectsAWrongShapeBeforeLaunch)
{
    const auto scores = filled<2>({6, 5}, 0.5);
    const auto load = filled<2>({2, 5}, 99);
    const auto loss = filled<1>({2}, 99);
    const BalanceLossForward good{
        .scores = scores, .batch = 2, .top_k = 3, .alpha = kAlpha, .load = load, .loss = loss};
    expect_rejected(good, "scores", [&](auto& op) { op.scores = ConstView<2>(nullptr, dtype(), {6, 5}); });
    expect_rejected(good, "batch is 4", [&](auto& op) { op.batch = 4; });
    expect_rejected(good, "batch is 0", [&](auto& op) { op.batch = 0; });
    expect_rejected(good, "top_k is 6", [&](auto& op) { op.top_k = 6; });
    expect_rejected(good, "top_k is 0", [&](auto& op) { op.top_k = 0; });
    expect_rejected(good, "alpha", [&](auto& op) { op.alpha = std::nan(""); });
    expect_rejected(good, "load", [&](auto& op) { op.load = filled<2>({3, 5}, 0); });
    expect_rejected(good, "loss", [&](auto& op) { op.loss = filled<1>({6}, 0); });
    EXPECT_EQ(loss.values(), Values(2, 99.0));

    const auto dscores = filled<2>({6, 5}, 99);
    const BalanceLossBackward back{.scores = scores, .load = load, .batch = 2, .alpha = kAlpha, .dscores = dscores};
    expect_rejected(back, "scores", [&](auto& op) { op.scores = ConstView<2>(nullptr, dtype(), {6, 5}); });
    expect_rejected(back, "batch is 5", [&](auto& op) { op.batch = 5; });
    expect_rejected(back, "alpha", [&](auto& op) { op.alpha = std::nan(""); });
    expect_rejected(back, "load", [&](auto& op) { op.load = filled<2>({2, 6}, 0); });
    expect_rejected(back, "dscores", [&](auto& op) { op.dscores = filled<2>({5, 5}, 0); });
    EXPECT_EQ(dscores.values(), Values(30, 99.0));
}

} // namespace
} // namespace triptych::test
