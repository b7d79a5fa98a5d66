// Materialised attention against the plain formula and finite differences; causality to the bit; sizes around the
// tiles.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/attention.h"
#include "tests/support/naive_attention.h"
#include "tests/support/op_test.h"

#include <algorithm>

namespace triptych::test {
namespace {

class Attention : public OpTest<AttentionForward, AttentionBackward, AttentionWeights> {
protected:
    using Sizes = AttentionSizes;
    static constexpr HeadShape kSmall{3, 5, 4, 6};

    /// Square: as many keys as queries.
    static Sizes square(std::int64_t batch, std::int64_t t, HeadShape head = kSmall)
    {
        return {batch, t, t, head, 1 / std::sqrt(static_cast<double>(head.nope_dim + head.rope_dim))};
    }
    static Sizes with_cache(std::int64_t batch, std::int64_t queries, std::int64_t keys)
    {
        Sizes s = square(batch, queries);
        s.keys = keys;
        return s;
    }

    AttentionInputs random_inputs(const Sizes& s, double size = 1)
    {
        return {random(s.q_rows() * s.q_columns(), -size, size), random(s.k_rows() * s.kv_columns(), -size, size),
                random(s.k_rows() * s.head.rope_dim, -size, size)};
    }

    AttentionOutputs forward(Stream& on, const Sizes& s, const AttentionInputs& in, Layout dense = {}, Layout rope = {})
    {
        const auto q = tensor<2>({s.q_rows(), s.q_columns()}, in.q, dense);
        const auto kv = tensor<2>({s.k_rows(), s.kv_columns()}, in.kv, dense);
        const auto k_rope = tensor<2>({s.k_rows(), s.head.rope_dim}, in.k_rope, rope);
        const auto y = filled<2>({s.q_rows(), s.y_columns()}, 99, dense);
        const auto lse = filled<2>({s.q_rows(), s.head.heads}, 99, dense);
        run(on, AttentionForward{.q = q,
                                 .kv = kv,
                                 .k_rope = k_rope,
                                 .head = s.head,
                                 .batch = s.batch,
                                 .scale = s.scale,
                                 .y = y,
                                 .lse = lse});
        on.synchronize();
        return {y.values(), lse.values()};
    }
    AttentionOutputs forward(const Sizes& s, const AttentionInputs& in) { return forward(stream(), s, in); }

    void expect_forward(const Sizes& s, Layout dense = {}, Layout rope = {})
    {
        const auto in = random_inputs(s);
        const auto actual = forward(stream(), s, in, dense, rope);
        const auto expected = NaiveAttention(s, in).forward();
        expect_close(actual.y, expected.y, tolerance().formula, "y");
        expect_close(actual.lse, expected.lse, tolerance().formula, "lse");
    }

    AttentionGradients backward(Stream& on, const Sizes& s, const AttentionInputs& in, const Values& dy,
                                Layout dense = {}, Layout rope = {})
    {
        const auto out = NaiveAttention(s, in).forward();
        const auto q = tensor<2>({s.q_rows(), s.q_columns()}, in.q, dense);
        const auto kv = tensor<2>({s.k_rows(), s.kv_columns()}, in.kv, dense);
        const auto k_rope = tensor<2>({s.k_rows(), s.head.rope_dim}, in.k_rope, rope);
        const auto y = tensor<2>({s.q_rows(), s.y_columns()}, out.y, dense);
        const auto lse = tensor<2>({s.q_rows(), s.head.heads}, out.lse, dense);
        const auto tdy = tensor<2>({s.q_rows(), s.y_columns()}, dy, dense);
        const auto dq = filled<2>({s.q_rows(), s.q_columns()}, 99, dense);
        const auto dkv = filled<2>({s.k_rows(), s.kv_columns()}, 99, dense);
        const auto dk_rope = filled<2>({s.k_rows(), s.head.rope_dim}, 99, rope);
        run(on, AttentionBackward{.q = q,
                                  .kv = kv,
                                  .k_rope = k_rope,
                                  .y = y,
                                  .lse = lse,
                                  .dy = tdy,
                                  .head = s.head,
                                  .batch = s.batch,
                                  .scale = s.scale,
                                  .dq = dq,
                                  .dkv = dkv,
                                  .dk_rope = dk_rope});
        on.synchronize();
        return {dq.values(), dkv.values(), dk_rope.values()};
    }

    void expect_backward_formula(const Sizes& s, Layout dense = {}, Layout rope = {})
    {
        const auto in = random_inputs(s);
        const Values dy = random(s.q_rows() * s.y_columns());
        const auto actual = backward(stream(), s, in, dy, dense, rope);
        const auto expected = NaiveAttention(s, in).backward(dy);
        expect_close(actual.dq, expected.dq, tolerance().formula, "dq");
        expect_close(actual.dkv, expected.dkv, tolerance().formula, "dkv");
        expect_close(actual.dk_rope, expected.dk_rope, tolerance().formula, "dk_rope");
    }

    Values oracle_forward(const Sizes& s, const AttentionInputs& in)
    {
        const auto q = oracle_tensor<2>({s.q_rows(), s.q_columns()}, in.q);
        const auto kv = oracle_tensor<2>({s.k_rows(), s.kv_columns()}, in.kv);
        const auto k_rope = oracle_tensor<2>({s.k_rows(), s.head.rope_dim}, in.k_rope);
        const auto y = oracle_filled<2>({s.q_rows(), s.y_columns()}, 99);
        const auto lse = oracle_filled<2>({s.q_rows(), s.head.heads}, 99);
        run(oracle(), AttentionForward{.q = q,
                                       .kv = kv,
                                       .k_rope = k_rope,
                                       .head = s.head,
                                       .batch = s.batch,
                                       .scale = s.scale,
                                       .y = y,
                                       .lse = lse});
        return y.values();
    }
};
INSTANTIATE_FOR_ALL_BACKENDS(Attention);

TEST_P(Attention, ForwardMatchesTheFormula)
{
    expect_forward(square(2, 7));
}
TEST_P(Attention, ForwardHandlesASinglePosition)
{
    expect_forward(square(2, 1));
}
TEST_P(Attention, ForwardHandlesOneQueryMoreThanATile)
{
    expect_forward(square(1, 65));
}
TEST_P(Attention, ForwardHandlesSeveralTilesOfKeys)
{
    expect_forward(square(2, 300));
}
TEST_P(Attention, ForwardHandlesSequencesThatFillTheirTiles)
{
    expect_forward(square(1, 256));
}
TEST_P(Attention, ForwardHandlesTheHeadsOfDeepSeekV3)
{
    expect_forward(square(1, 9, {2, 128, 64, 128}));
}
TEST_P(Attention, ForwardHandlesHeadsWithoutRope)
{
    expect_forward(square(1, 9, {2, 5, 0, 3}));
}
TEST_P(Attention, ForwardHandlesHeadsOfRopeAlone)
{
    expect_forward(square(1, 9, {2, 0, 4, 3}));
}
TEST_P(Attention, ForwardHandlesTheSmallestHead)
{
    expect_forward(square(3, 5, {1, 1, 0, 1}));
}
TEST_P(Attention, ForwardHandlesNoPositions)
{
    expect_forward(square(2, 0));
}
TEST_P(Attention, ForwardContinuesFromACache)
{
    expect_forward(with_cache(2, 3, 10));
}
TEST_P(Attention, ForwardContinuesFromALongCache)
{
    expect_forward(with_cache(1, 70, 400));
}
TEST_P(Attention, ForwardAnswersOneQueryFromACache)
{
    expect_forward(with_cache(2, 1, 300));
}
TEST_P(Attention, ForwardTakesASliceOfTheRopeKeyAndUnalignedMemory)
{
    expect_forward(square(2, 7), {1, 0}, {3, 5});
}

TEST_P(Attention, ForwardStaysFiniteForLargeScores)
{
    const auto s = square(1, 40);
    const auto out = forward(s, random_inputs(s, 300));
    for (const double y : out.y) ASSERT_TRUE(std::abs(y) <= 300.001) << y; // a mean of values
    for (const double lse : out.lse) ASSERT_TRUE(std::isfinite(lse)) << lse;
}

TEST_P(Attention, BackwardMatchesFiniteDifferences)
{
    const auto s = square(2, 5, {2, 3, 2, 4});
    const auto in = random_inputs(s);
    const Values w = random(s.q_rows() * s.y_columns());
    const auto actual = backward(stream(), s, in, w);
    const auto loss_of_q = [&](const Values& v) { return dot(w, oracle_forward(s, {v, in.kv, in.k_rope})); };
    const auto loss_of_kv = [&](const Values& v) { return dot(w, oracle_forward(s, {in.q, v, in.k_rope})); };
    const auto loss_of_rope = [&](const Values& v) { return dot(w, oracle_forward(s, {in.q, in.kv, v})); };
    expect_close(actual.dq, gradient(loss_of_q, in.q), tolerance().gradient, "dq");
    expect_close(actual.dkv, gradient(loss_of_kv, in.kv), tolerance().gradient, "dkv");
    expect_close(actual.dk_rope, gradient(loss_of_rope, in.k_rope), tolerance().gradient, "dk_rope");
}

TEST_P(Attention, BackwardMatchesTheFormula)
{
    expect_backward_formula(square(2, 7));
}
TEST_P(Attention, BackwardHandlesASinglePosition)
{
    expect_backward_formula(square(2, 1));
}
TEST_P(Attention, BackwardHandlesOneQueryMoreThanATile)
{
    expect_backward_formula(square(1, 65));
}
TEST_P(Attention, BackwardHandlesSeveralTilesOfKeys)
{
    expect_backward_formula(square(2, 300));
}
TEST_P(Attention, BackwardHandlesSequencesThatFillTheirTiles)
{
    expect_backward_formula(square(1, 512, {1, 3, 2, 2}));
}
TEST_P(Attention, BackwardHandlesHeadsWithoutRope)
{
    expect_backward_formula(square(1, 9, {2, 5, 0, 3}));
}
TEST_P(Attention, BackwardHandlesHeadsOfRopeAlone)
{
    expect_backward_formula(square(1, 9, {2, 0, 4, 3}));
}
TEST_P(Attention, BackwardHandlesNoPositions)
{
    expect_backward_formula(square(2, 0));
}
TEST_P(Attention, BackwardTakesASliceOfTheRopeKeyAndUnalignedMemory)
{
    expect_backward_formula(square(2, 7), {1, 0}, {3, 5});
}

TEST_P(Attention, ATokenDoesNotReachBackInTime)
{
    for (const std::int64_t t : {1, 63, 64, 200, 299}) {
        const auto s = square(1, 300);
        const auto before = random_inputs(s);
        auto after = before;
        const auto change = [&](Values& values, std::int64_t columns) {
            for (std::int64_t c = 0; c < columns; ++c) values[static_cast<std::size_t>(t * columns + c)] *= -3;
        };
        change(after.q, s.q_columns());
        change(after.kv, s.kv_columns());
        change(after.k_rope, s.head.rope_dim);
        const auto a = forward(s, before);
        const auto b = forward(s, after);
        const auto y = t * s.y_columns();
        EXPECT_TRUE(std::equal(a.y.begin(), a.y.begin() + y, b.y.begin())) << "token " << t << " changed an earlier y";
        EXPECT_TRUE(std::equal(a.lse.begin(), a.lse.begin() + t * s.head.heads, b.lse.begin())) << t;
        EXPECT_FALSE(std::equal(a.y.begin() + y, a.y.begin() + y + s.y_columns(), b.y.begin() + y)) << t;
    }
}

TEST_P(Attention, SequencesOfABatchDoNotMeet)
{
    const auto s = square(2, 9);
    const auto in = random_inputs(s);
    auto other = in;
    for (auto* values : {&other.q, &other.kv, &other.k_rope})
        std::for_each(values->begin() + static_cast<std::ptrdiff_t>(values->size() / 2), values->end(),
                      [](double& v) { v = -v; });
    const auto a = forward(s, in);
    const auto b = forward(s, other);
    const auto half = static_cast<std::ptrdiff_t>(a.y.size() / 2);
    EXPECT_TRUE(std::equal(a.y.begin(), a.y.begin() + half, b.y.begin()));
    EXPECT_FALSE(std::equal(a.y.begin() + half, a.y.end(), b.y.begin() + half));
}

TEST_P(Attention, LeftoversInScratchDoNotMatter)
{
    const auto large = square(1, 300);
    const auto s = square(2, 65);
    const auto in = random_inputs(s);
    const Values dy = random(s.q_rows() * s.y_columns());
    const auto fresh = forward(s, in);
    const auto fresh_gradients = backward(stream(), s, in, dy);
    auto broken = random_inputs(large);
    std::fill(broken.kv.begin(), broken.kv.end(), std::nan(""));
    forward(large, broken);
    EXPECT_EQ(fresh.y, forward(s, in).y);
    EXPECT_EQ(fresh_gradients.dkv, backward(stream(), s, in, dy).dkv);
}

TEST_P(Attention, GivesTheSameBitsWhenRepeatedAndForAnyThreadCount)
{
    const auto s = square(2, 150);
    const auto in = random_inputs(s);
    const Values dy = random(s.q_rows() * s.y_columns());
    const auto y = forward(s, in).y;
    const auto g = backward(stream(), s, in, dy);
    EXPECT_EQ(y, forward(s, in).y);
    for (const int threads : {1, 2, 3}) {
        Stream other(stream().device(), threads);
        EXPECT_EQ(y, forward(other, s, in).y) << threads;
        const auto again = backward(other, s, in, dy);
        EXPECT_EQ(g.dq, again.dq) << threads;
        EXPECT_EQ(g.dkv, again.dkv) << threads;
        EXPECT_EQ(g.dk_rope, again.dk_rope) << threads;
    }
}

TEST_P(Attention, WeightsAreTheProbabilitiesOfOneHead)
{
    for (const auto& s : {square(1, 70), with_cache(1, 5, 90), square(1, 1)}) {
        const auto in = random_inputs(s);
        const NaiveAttention naive(s, in);
        const auto q = tensor<2>({s.queries, s.q_columns()}, in.q);
        const auto kv = tensor<2>({s.keys, s.kv_columns()}, in.kv);
        const auto k_rope = tensor<2>({s.keys, s.head.rope_dim}, in.k_rope, {3, 5});
        const auto lse = tensor<2>({s.queries, s.head.heads}, naive.forward().lse);
        for (std::int64_t h = 0; h < s.head.heads; ++h) {
            const auto weights = filled<2>({s.queries, s.keys}, 99);
            run(stream(), AttentionWeights{.q = q,
                                           .kv = kv,
                                           .k_rope = k_rope,
                                           .lse = lse,
                                           .head = s.head,
                                           .head_index = h,
                                           .scale = s.scale,
                                           .weights = weights});
            Values expected;
            for (std::int64_t i = 0; i < s.queries; ++i) {
                Values row = naive.softmax(0, h, i).first;
                row.resize(static_cast<std::size_t>(s.keys)); // 0 above the diagonal
                expected.insert(expected.end(), row.begin(), row.end());
            }
            expect_close(weights.values(), expected, tolerance().formula, "weights");
        }
    }
}

TEST_P(Attention, RejectsAWrongShapeBeforeLaunch)
{
    const auto m = [&](std::int64_t rows, std::int64_t columns) { return filled<2>({rows, columns}, 1); };
    const auto q = m(6, 27), kv = m(6, 33), k_rope = m(6, 4), lse = m(6, 3);
    const auto y = filled<2>({6, 18}, 99);
    const AttentionForward good{
        .q = q, .kv = kv, .k_rope = k_rope, .head = kSmall, .batch = 2, .scale = 0.5, .y = y, .lse = lse};
    expect_rejected(good, "q is", [&](auto& op) { op.q = m(6, 26); });
    expect_rejected(good, "kv is", [&](auto& op) { op.kv = m(6, 34); });
    expect_rejected(good, "kv has 2", [&](auto& op) { op.kv = m(4, 33); });
    expect_rejected(good, "kv has 7", [&](auto& op) { op.kv = m(7, 33); });
    expect_rejected(good, "k_rope", [&](auto& op) { op.k_rope = m(5, 4); });
    expect_rejected(good, "y is", [&](auto& op) { op.y = m(6, 17); });
    expect_rejected(good, "y must be contiguous", [&](auto& op) { op.y = m(6, 20).view().columns(0, 18); });
    expect_rejected(good, "lse", [&](auto& op) { op.lse = m(6, 4); });
    expect_rejected(good, "batch", [&](auto& op) { op.batch = 0; });
    expect_rejected(good, "batch = 4", [&](auto& op) { op.batch = 4; });
    expect_rejected(good, "scale", [&](auto& op) { op.scale = 0; });
    expect_rejected(good, "heads", [&](auto& op) { op.head.heads = 0; });
    expect_rejected(good, "nope_dim", [&](auto& op) { op.head.nope_dim = -1; });
    expect_rejected(good, "value_dim", [&](auto& op) { op.head.value_dim = 0; });
    EXPECT_EQ(y.values(), Values(6 * 18, 99.0));
}

TEST_P(Attention, RejectsAWrongShapeBeforeTheBackwardLaunch)
{
    const auto m = [&](std::int64_t rows, std::int64_t columns) { return filled<2>({rows, columns}, 1); };
    const auto q = m(6, 27), kv = m(6, 33), k_rope = m(6, 4), lse = m(6, 3), y = m(6, 18), dy = m(6, 18);
    const auto dq = filled<2>({6, 27}, 99), dkv = m(6, 33), dk_rope = m(6, 4);
    const AttentionBackward good{.q = q,
                                 .kv = kv,
                                 .k_rope = k_rope,
                                 .y = y,
                                 .lse = lse,
                                 .dy = dy,
                                 .head = kSmall,
                                 .batch = 2,
                                 .scale = 0.5,
                                 .dq = dq,
                                 .dkv = dkv,
                                 .dk_rope = dk_rope};
    expect_rejected(good, "kv is", [&](auto& op) { op.kv = m(8, 33); });
    expect_rejected(good, "k_rope", [&](auto& op) { op.k_rope = m(6, 5); });
    expect_rejected(good, "y is", [&](auto& op) { op.y = m(6, 19); });
    expect_rejected(good, "lse", [&](auto& op) { op.lse = m(5, 3); });
    expect_rejected(good, "dy is", [&](auto& op) { op.dy = m(6, 19); });
    expect_rejected(good, "dq is", [&](auto& op) { op.dq = m(6, 28); });
    expect_rejected(good, "dkv is", [&](auto& op) { op.dkv = m(6, 32); });
    expect_rejected(good, "dk_rope", [&](auto& op) { op.dk_rope = m(6, 3); });
    EXPECT_EQ(dq.values(), Values(6 * 27, 99.0));

    const auto weights = filled<2>({6, 6}, 99);
    const AttentionWeights map{
        .q = q, .kv = kv, .k_rope = k_rope, .lse = lse, .head = kSmall, .scale = 0.5, .weights = weights};
    expect_rejected(map, "head_index", [&](auto& op) { op.head_index = 3; });
    expect_rejected(map, "weights", [&](auto& op) { op.weights = m(6, 5); });
    expect_rejected(map, "lse", [&](auto& op) { op.lse = m(6, 2); });
    EXPECT_EQ(weights.values(), Values(36, 99.0));
}

template <class Op>
Op op_of_shape(std::int64_t query_rows, std::int64_t key_rows)
{
    Op op;
    op.q = ConstView<2>(nullptr, DType::F32, {query_rows, 27});
    op.kv = ConstView<2>(nullptr, DType::F32, {key_rows, 33});
    op.head = {3, 5, 4, 6};
    op.batch = 2;
    return op;
}

TEST(AttentionCost, CountsTheProductsOverCausalPairs)
{
    const double per_pair = 2.0 * (5 + 4 + 6);
    EXPECT_EQ(op_of_shape<AttentionForward>(8, 8).flops(), 2 * 3 * (1 + 2 + 3 + 4) * per_pair);
    EXPECT_EQ(op_of_shape<AttentionBackward>(8, 8).flops(), 2 * 3 * (1 + 2 + 3 + 4) * 2 * per_pair);
    EXPECT_EQ(op_of_shape<AttentionForward>(2, 20).flops(), 2 * 3 * 10 * per_pair);
}

} // namespace
} // namespace triptych::test
