// Attention in bfloat16 against the reference in double on the same rounded inputs: lengths around the tiles, widths
// that leave half a pair, caches; causality, and bits that do not depend on the threads.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/base/bfloat16.h"
#include "kernels/base/rng.h"
#include "kernels/ops/attention.h"
#include "tests/support/naive_attention.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

namespace triptych::test {
namespace {

using Sizes = AttentionSizes;

Sizes sizes(std::int64_t batch, std::int64_t queries, std::int64_t keys, HeadShape head)
{
    return {batch, queries, keys, head, 1 / std::sqrt(static_cast<double>(head.nope_dim + head.rope_dim))};
}

constexpr HeadShape kOdd{3, 5, 6, 7};
const std::vector<Sizes> kSquare = {sizes(1, 1, 1, kOdd),
                                    sizes(2, 37, 37, kOdd),
                                    sizes(1, 130, 130, {2, 32, 16, 32}),
                                    sizes(2, 300, 300, {2, 4, 2, 6}),
                                    sizes(1, 65, 65, {1, 64, 32, 72}),
                                    sizes(1, 261, 261, {1, 3, 0, 1}),
                                    sizes(3, 5, 5, {2, 0, 4, 3}),
                                    sizes(1, 1050, 1050, {1, 8, 8, 8})};
const std::vector<Sizes> kWithCache = {sizes(2, 3, 10, kOdd), sizes(1, 70, 401, kOdd),
                                       sizes(2, 1, 300, {2, 32, 16, 32}), sizes(1, 33, 257, {1, 16, 8, 130})};

double rounded(double value)
{
    return static_cast<double>(static_cast<float>(bfloat16(static_cast<float>(value))));
}

/// Values of a matrix in one element type, followed by values that must stay as they are.
template <class T>
class Matrix {
public:
    Matrix(std::int64_t rows, std::int64_t columns, const Values& values) : m_rows(rows), m_columns(columns)
    {
        EXPECT_EQ(static_cast<std::int64_t>(values.size()), rows * columns);
        for (const double v : values) m_values.push_back(convert(v));
        m_values.resize(m_values.size() + kGuard, convert(kGuardValue));
    }
    Matrix(std::int64_t rows, std::int64_t columns)
        : Matrix(rows, columns, Values(static_cast<std::size_t>(rows * columns), 99))
    {}
    operator View<2>() { return {m_values.data(), kDTypeOf<T>, {m_rows, m_columns}}; }
    operator ConstView<2>() { return View<2>(*this); }
    Values values() const
    {
        Values result;
        for (const T v : m_values) result.push_back(static_cast<double>(static_cast<Wide>(v)));
        for (std::size_t i = result.size() - kGuard; i < result.size(); ++i)
            EXPECT_EQ(result[i], kGuardValue) << "written behind the matrix";
        result.resize(result.size() - kGuard);
        return result;
    }

private:
    using Wide = std::conditional_t<std::is_same_v<T, double>, double, float>;
    static constexpr std::size_t kGuard = 64;
    static constexpr double kGuardValue = -7;
    static T convert(double v) { return T(static_cast<Wide>(v)); }

    std::int64_t m_rows;
    std::int64_t m_columns;
    std::vector<T> m_values;
};

/// The ops with elements of type T, and statistics of type S.
template <class T, class S>
struct Attention {
    static AttentionOutputs forward(Stream& on, const Sizes& s, const AttentionInputs& in)
    {
        Matrix<T> q(s.q_rows(), s.q_columns(), in.q), kv(s.k_rows(), s.kv_columns(), in.kv);
        Matrix<T> k_rope(s.k_rows(), s.head.rope_dim, in.k_rope), y(s.q_rows(), s.y_columns());
        Matrix<S> lse(s.q_rows(), s.head.heads);
        run(on, AttentionForward{.q = q,
                                 .kv = kv,
                                 .k_rope = k_rope,
                                 .head = s.head,
                                 .batch = s.batch,
                                 .scale = s.scale,
                                 .y = y,
                                 .lse = lse});
        return {y.values(), lse.values()};
    }

    static AttentionGradients backward(Stream& on, const Sizes& s, const AttentionInputs& in,
                                       const AttentionOutputs& out, const Values& dys)
    {
        Matrix<T> q(s.q_rows(), s.q_columns(), in.q), kv(s.k_rows(), s.kv_columns(), in.kv);
        Matrix<T> k_rope(s.k_rows(), s.head.rope_dim, in.k_rope), y(s.q_rows(), s.y_columns(), out.y);
        Matrix<T> dy(s.q_rows(), s.y_columns(), dys), dq(s.q_rows(), s.q_columns());
        Matrix<T> dkv(s.k_rows(), s.kv_columns()), dk_rope(s.k_rows(), s.head.rope_dim);
        Matrix<S> lse(s.q_rows(), s.head.heads, out.lse);
        run(on, AttentionBackward{.q = q,
                                  .kv = kv,
                                  .k_rope = k_rope,
                                  .y = y,
                                  .lse = lse,
                                  .dy = dy,
                                  .head = s.head,
                                  .batch = s.batch,
                                  .scale = s.scale,
                                  .dq = dq,
                                  .dkv = dkv,
                                  .dk_rope = dk_rope});
        return {dq.values(), dkv.values(), dk_rope.values()};
    }

    static Values weights(Stream& on, const Sizes& s, const AttentionInputs& in, const Values& lses, std::int64_t head)
    {
        Matrix<T> q(s.queries, s.q_columns(), in.q), kv(s.keys, s.kv_columns(), in.kv);
        Matrix<T> k_rope(s.keys, s.head.rope_dim, in.k_rope);
        Matrix<S> lse(s.queries, s.head.heads, lses), weights(s.queries, s.keys);
        run(on, AttentionWeights{.q = q,
                                 .kv = kv,
                                 .k_rope = k_rope,
                                 .lse = lse,
                                 .head = s.head,
                                 .head_index = head,
                                 .scale = s.scale,
                                 .weights = weights});
        return weights.values();
    }
};
using Narrow = Attention<bfloat16, float>;
using Reference = Attention<double, double>;

Values random(std::int64_t count, std::uint64_t seed)
{
    Values values;
    const Philox philox(seed, 7);
    for (std::int64_t i = 0; i < count; ++i)
        values.push_back(rounded(philox.uniform(static_cast<std::uint64_t>(i)) * 2 - 1));
    return values;
}

AttentionInputs random_inputs(const Sizes& s)
{
    return {random(s.q_rows() * s.q_columns(), 1), random(s.k_rows() * s.kv_columns(), 2),
            random(s.k_rows() * s.head.rope_dim, 3)};
}

/// Relative to the largest expected value.
void expect_near(const Values& actual, const Values& expected, double tolerance, const char* what, const Sizes& s)
{
    ASSERT_EQ(actual.size(), expected.size());
    double largest = 0, worst = 0;
    for (std::size_t i = 0; i < actual.size(); ++i) {
        largest = std::max(largest, std::abs(expected[i]));
        worst = std::max(worst, std::isnan(actual[i]) ? std::numeric_limits<double>::infinity()
                                                      : std::abs(actual[i] - expected[i]));
    }
    EXPECT_LE(worst, tolerance * largest) << what << " of " << s.queries << " queries and " << s.keys << " keys";
}

TEST(AttentionBfloat16, ForwardMatchesTheReference)
{
    Stream stream({}, 2), reference({}, 1);
    for (const auto* set : {&kSquare, &kWithCache})
        for (const Sizes& s : *set) {
            const auto in = random_inputs(s);
            const auto actual = Narrow::forward(stream, s, in);
            const auto expected = Reference::forward(reference, s, in);
            expect_near(actual.y, expected.y, 5e-3, "y", s);
            expect_near(actual.lse, expected.lse, 1e-4, "lse", s);
        }
}

TEST(AttentionBfloat16, BackwardMatchesTheReference)
{
    Stream stream({}, 2), reference({}, 1);
    for (const Sizes& s : kSquare) {
        const auto in = random_inputs(s);
        auto out = Reference::forward(reference, s, in);
        std::transform(out.y.begin(), out.y.end(), out.y.begin(), rounded);
        const Values dy = random(s.q_rows() * s.y_columns(), 4);
        const auto actual = Narrow::backward(stream, s, in, out, dy);
        const auto expected = Reference::backward(reference, s, in, out, dy);
        expect_near(actual.dkv, expected.dkv, 6e-3, "dkv", s);
        if (s.queries == 1) continue; // one weight, which is 1: no other gradient but what rounding y leaves
        expect_near(actual.dq, expected.dq, 6e-3, "dq", s);
        expect_near(actual.dk_rope, expected.dk_rope, 6e-3, "dk_rope", s);
    }
}

TEST(AttentionBfloat16, WeightsMatchTheReference)
{
    Stream stream({}, 2), reference({}, 1);
    for (const Sizes& s : {sizes(1, 70, 70, kOdd), sizes(1, 5, 90, kOdd), sizes(1, 1, 1, kOdd)}) {
        const auto in = random_inputs(s);
        const auto lse = Reference::forward(reference, s, in).lse;
        for (std::int64_t h = 0; h < s.head.heads; ++h)
            expect_near(Narrow::weights(stream, s, in, lse, h), Reference::weights(reference, s, in, lse, h), 1e-6,
                        "weights", s);
    }
}

TEST(AttentionBfloat16, ATokenDoesNotReachBackInTime)
{
    Stream stream({}, 2);
    const Sizes s = sizes(1, 300, 300, kOdd);
    const auto before = random_inputs(s);
    const auto a = Narrow::forward(stream, s, before);
    for (const std::int64_t t : {1, 23, 24, 64, 200, 255, 256, 299}) {
        auto after = before;
        const auto change = [&](Values& values, std::int64_t columns) {
            for (std::int64_t c = 0; c < columns; ++c) values[static_cast<std::size_t>(t * columns + c)] *= -4;
        };
        change(after.q, s.q_columns());
        change(after.kv, s.kv_columns());
        change(after.k_rope, s.head.rope_dim);
        const auto b = Narrow::forward(stream, s, after);
        const auto y = t * s.y_columns();
        EXPECT_TRUE(std::equal(a.y.begin(), a.y.begin() + y, b.y.begin())) << "token " << t << " changed an earlier y";
        EXPECT_TRUE(std::equal(a.lse.begin(), a.lse.begin() + t * s.head.heads, b.lse.begin())) << t;
        EXPECT_FALSE(std::equal(a.y.begin() + y, a.y.begin() + y + s.y_columns(), b.y.begin() + y)) << t;
    }
}

/// With dy of one query alone, later keys get no gradient at all.
TEST(AttentionBfloat16, GradientsDoNotReachForwardInTime)
{
    Stream stream({}, 2);
    const Sizes s = sizes(1, 300, 300, kOdd);
    const auto in = random_inputs(s);
    const auto out = Narrow::forward(stream, s, in);
    for (const std::int64_t t : {0, 47, 63, 64, 130, 255, 298}) {
        Values dy(out.y.size(), 0);
        std::fill_n(dy.begin() + t * s.y_columns(), s.y_columns(), 1);
        const auto g = Narrow::backward(stream, s, in, out, dy);
        const auto is_zero = [](double v) { return v == 0; };
        EXPECT_TRUE(std::all_of(g.dkv.begin() + (t + 1) * s.kv_columns(), g.dkv.end(), is_zero)) << t;
        EXPECT_TRUE(std::all_of(g.dk_rope.begin() + (t + 1) * s.head.rope_dim, g.dk_rope.end(), is_zero)) << t;
        EXPECT_FALSE(std::all_of(g.dkv.begin() + t * s.kv_columns(), g.dkv.end(), is_zero)) << t;
    }
}

TEST(AttentionBfloat16, StaysFiniteForLargeScores)
{
    Stream stream({}, 2);
    const Sizes s = sizes(1, 300, 300, kOdd);
    auto in = random_inputs(s);
    for (auto* values : {&in.q, &in.kv}) std::for_each(values->begin(), values->end(), [](double& v) { v *= 256; });
    const auto out = Narrow::forward(stream, s, in);
    for (const double y : out.y) ASSERT_LE(std::abs(y), 257); // a mean of values
    for (const double lse : out.lse) ASSERT_TRUE(std::isfinite(lse));
}

TEST(AttentionBfloat16, HandsNaNOn)
{
    Stream stream({}, 2);
    const Sizes s = sizes(1, 40, 40, kOdd);
    auto in = random_inputs(s);
    in.q[static_cast<std::size_t>(30 * s.q_columns())] = std::nan("");
    const auto out = Narrow::forward(stream, s, in);
    EXPECT_TRUE(std::isnan(out.y[static_cast<std::size_t>(30 * s.y_columns())]));
    EXPECT_TRUE(std::isnan(out.lse[static_cast<std::size_t>(30 * s.head.heads)]));
    EXPECT_FALSE(std::isnan(out.y[static_cast<std::size_t>(31 * s.y_columns())]));
}

TEST(AttentionBfloat16, GivesTheSameBitsForAnyThreadCountAndWhateverScratchHolds)
{
    Stream used({}, 2);
    const Sizes other = sizes(1, 400, 400, kOdd);
    auto broken = random_inputs(other);
    std::fill(broken.kv.begin(), broken.kv.end(), std::nan(""));
    for (const Sizes& s : {sizes(2, 150, 150, kOdd), sizes(1, 2100, 2100, {1, 4, 2, 4})}) {
        const auto in = random_inputs(s);
        const Values dy = random(s.q_rows() * s.y_columns(), 4);
        Stream first({}, 1);
        const auto out = Narrow::forward(first, s, in);
        const auto gradients = Narrow::backward(first, s, in, out, dy);
        Narrow::forward(used, other, broken);
        for (const int threads : {1, 2, 3}) {
            Stream fresh({}, threads);
            for (Stream* stream : {&fresh, &used}) {
                const auto again = Narrow::forward(*stream, s, in);
                EXPECT_EQ(out.y, again.y) << threads;
                EXPECT_EQ(out.lse, again.lse) << threads;
                const auto g = Narrow::backward(*stream, s, in, out, dy);
                EXPECT_EQ(gradients.dq, g.dq) << threads;
                EXPECT_EQ(gradients.dkv, g.dkv) << threads;
                EXPECT_EQ(gradients.dk_rope, g.dk_rope) << threads;
            }
        }
    }
}

TEST(AttentionBfloat16, WantsLogSumsInFloat)
{
    Stream stream({}, 1);
    const Sizes s = sizes(1, 3, 3, kOdd);
    const auto in = random_inputs(s);
    try {
        Attention<bfloat16, bfloat16>::forward(stream, s, in);
        ADD_FAILURE() << "lse of BF16 was accepted";
    } catch (const ShapeError& error) {
        EXPECT_NE(std::string(error.what()).find("lse is BF16"), std::string::npos) << error.what();
    }
}

} // namespace
} // namespace triptych::test
