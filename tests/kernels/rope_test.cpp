// The rotary embedding: adjacent pairs turn by their angle, the gradient turns back, scores depend on distance alone.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/rope.h"
#include "tests/support/op_test.h"

#include <cmath>

namespace triptych::test {
namespace {

class Rope : public OpTest<RopeRotate> {
protected:
    struct Sizes {
        std::int64_t n, heads, head_stride, first, pairs;
        std::int64_t width() const { return heads * head_stride; }
    };
    static constexpr std::int64_t kPositions = 50;

    /// [P, pairs, 2]; rounded to the element type under test, so that every backend turns by the same angles
    Values table(std::int64_t pairs) const
    {
        Values values;
        for (std::int64_t p = 0; p < kPositions; ++p)
            for (std::int64_t k = 0; k < pairs; ++k) {
                const double angle =
                    static_cast<double>(p) * std::pow(10000.0, -static_cast<double>(k) / static_cast<double>(pairs));
                values.push_back(rounded(std::cos(angle)));
                values.push_back(rounded(std::sin(angle)));
            }
        return values;
    }

    static Values formula(const Sizes& s, Values x, const Values& positions, const Values& cos_sin, double direction)
    {
        for (std::int64_t n = 0; n < s.n; ++n)
            for (std::int64_t h = 0; h < s.heads; ++h)
                for (std::int64_t k = 0; k < s.pairs; ++k) {
                    const auto at = static_cast<std::size_t>(n * s.width() + h * s.head_stride + s.first + 2 * k);
                    const auto angle = static_cast<std::size_t>(
                        (static_cast<std::int64_t>(positions[static_cast<std::size_t>(n)]) * s.pairs + k) * 2);
                    const double c = cos_sin[angle];
                    const double sine = direction * cos_sin[angle + 1];
                    const double a = x[at];
                    const double b = x[at + 1];
                    x[at] = a * c - b * sine;
                    x[at + 1] = a * sine + b * c;
                }
        return x;
    }

    Values some_positions(std::int64_t n) const
    {
        Values positions;
        for (std::int64_t i = 0; i < n; ++i) positions.push_back(static_cast<double>((i * 7 + 3) % kPositions));
        return positions;
    }

    Values rotate(const Sizes& s, const Values& x, const Values& positions, RopeDirection direction, Layout layout = {})
    {
        const auto tx = tensor<2>({s.n, s.width()}, x, layout);
        const auto tp = ints<1>({s.n}, positions);
        const auto tc = tensor<3>({kPositions, s.pairs, 2}, table(s.pairs));
        run(stream(), RopeRotate{.x = tx,
                                 .heads = s.heads,
                                 .head_stride = s.head_stride,
                                 .first = s.first,
                                 .positions = tp,
                                 .cos_sin = tc,
                                 .direction = direction});
        return tx.values();
    }

    void expect_rotation(const Sizes& s, Layout layout = {})
    {
        const Values x = random(s.n * s.width());
        const Values positions = some_positions(s.n);
        expect_close(rotate(s, x, positions, RopeDirection::Forward, layout),
                     formula(s, x, positions, table(s.pairs), 1), tolerance().formula, "forward");
        expect_close(rotate(s, x, positions, RopeDirection::Backward, layout),
                     formula(s, x, positions, table(s.pairs), -1), tolerance().formula, "backward");
    }
};
INSTANTIATE_FOR_ALL_BACKENDS(Rope);

TEST_P(Rope, MatchesTheFormula)
{
    expect_rotation({5, 3, 24, 8, 8});
}
TEST_P(Rope, HandlesASinglePair)
{
    expect_rotation({5, 2, 3, 1, 1});
}
TEST_P(Rope, HandlesPairsThatDoNotFillAVector)
{
    expect_rotation({5, 2, 12, 1, 5});
}
TEST_P(Rope, HandlesOneHeadThatFillsTheRow)
{
    expect_rotation({4, 1, 64, 0, 32});
}
TEST_P(Rope, HandlesNoRows)
{
    expect_rotation({0, 3, 24, 8, 8});
}
TEST_P(Rope, HandlesManyRows)
{
    expect_rotation({300, 4, 24, 8, 8});
}
TEST_P(Rope, TakesColumnSlicesAndUnalignedMemory)
{
    expect_rotation({5, 3, 24, 8, 8}, {1, 5});
}

TEST_P(Rope, BackwardMatchesFiniteDifferences)
{
    const Sizes s{3, 2, 10, 4, 3};
    const Values x = random(s.n * s.width());
    const Values w = random(s.n * s.width());
    const Values positions = some_positions(s.n);
    const Values cos_sin = table(s.pairs);
    const auto loss = [&](const Values& v) {
        const auto tx = oracle_tensor<2>({s.n, s.width()}, v);
        const auto tp = oracle_ints<1>({s.n}, positions);
        const auto tc = oracle_tensor<3>({kPositions, s.pairs, 2}, cos_sin);
        run(oracle(), RopeRotate{.x = tx,
                                 .heads = s.heads,
                                 .head_stride = s.head_stride,
                                 .first = s.first,
                                 .positions = tp,
                                 .cos_sin = tc});
        return dot(w, tx.values());
    };
    expect_close(rotate(s, w, positions, RopeDirection::Backward), gradient(loss, x), tolerance().gradient, "dx");
}

TEST_P(Rope, ScoresDependOnTheDistanceAlone)
{
    const Sizes s{2, 1, 32, 0, 16};
    const Values x = random(2 * 32);
    const auto score = [&](double query, double key) {
        const Values turned = rotate(s, x, {query, key}, RopeDirection::Forward);
        return dot(Values(turned.begin(), turned.begin() + 32), Values(turned.begin() + 32, turned.end()));
    };
    EXPECT_NEAR(score(9, 4), score(45, 40), 32 * tolerance().formula);
    EXPECT_GT(std::abs(score(9, 4) - score(45, 41)), 1e-3);
}

TEST_P(Rope, RejectsAWrongShapeBeforeLaunch)
{
    const auto x = filled<2>({5, 24}, 3);
    const auto positions = ints<1>({5}, {0, 1, 2, 3, 4});
    const auto cos_sin = filled<3>({9, 4, 2}, 1);
    const RopeRotate good{
        .x = x, .heads = 2, .head_stride = 12, .first = 4, .positions = positions, .cos_sin = cos_sin};
    expect_rejected(good, "positions", [&](auto& op) { op.positions = ints<1>({4}, {0, 1, 2, 3}); });
    expect_rejected(good, "cos_sin", [&](auto& op) { op.cos_sin = filled<3>({9, 4, 3}, 1); });
    expect_rejected(good, "heads", [&](auto& op) { op.heads = 0; });
    expect_rejected(good, "head_stride", [&](auto& op) { op.head_stride = 7; });
    expect_rejected(good, "first", [&](auto& op) { op.first = 5; });
    expect_rejected(good, "first", [&](auto& op) { op.first = -1; });
    expect_rejected(good, "columns", [&](auto& op) { op.heads = 3; });
    expect_rejected(good, "x", [&](auto& op) { op.x = View<2>(nullptr, dtype(), {5, 24}); });
    EXPECT_EQ(x.values(), Values(5 * 24, 3.0));
}

TEST_P(Rope, RejectsPositionsOutsideTheTable)
{
    const auto x = filled<2>({2, 8}, 3);
    const auto cos_sin = filled<3>({9, 4, 2}, 1);
    for (const double bad : {-1.0, 9.0}) {
        const auto positions = ints<1>({2}, {0, bad});
        const RopeRotate op{.x = x, .positions = positions, .cos_sin = cos_sin};
        expect_rejected(op, "positions[1]", [](auto&) {});
    }
    EXPECT_EQ(x.values(), Values(2 * 8, 3.0));
}

} // namespace
} // namespace triptych::test
