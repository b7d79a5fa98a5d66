// Forward products of F32 values with weights of BF16, as inference has them: few rows are not rounded, many are.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/base/bfloat16.h"
#include "kernels/base/rng.h"
#include "kernels/ops/grouped_linear.h"
#include "kernels/ops/latent_attention.h"
#include "kernels/ops/linear.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <vector>

namespace triptych::test {
namespace {

/// Relative to the sum of the absolute terms: sums in F32, and x rounded to BF16.
constexpr double kExact = 1e-6;
constexpr double kRounded = 1.0 / 256;

template <class T>
std::vector<T> random(std::int64_t count, std::uint64_t seed)
{
    std::vector<T> values;
    for (std::int64_t i = 0; i < count; ++i)
        values.push_back(T(static_cast<float>(Philox(seed, 0).uniform(static_cast<std::uint64_t>(i)) * 2 - 1)));
    return values;
}

template <int Rank, class T>
View<Rank> view(std::vector<T>& values, std::array<std::int64_t, Rank> shape)
{
    return View<Rank>(values.data(), kDTypeOf<T>, shape);
}

/// y = sum_i x[i] w[i * step], to this part of the sum of the absolute terms.
void expect_dot(float y, const float* x, const bfloat16* w, std::int64_t n, std::int64_t step, double addend,
                double tolerance)
{
    double sum = addend;
    double size = std::abs(addend);
    for (std::int64_t i = 0; i < n; ++i) {
        const double term = static_cast<double>(x[i]) * static_cast<double>(static_cast<float>(w[i * step]));
        sum += term;
        size += std::abs(term);
    }
    EXPECT_NEAR(static_cast<double>(y), sum, tolerance * size);
}

TEST(NarrowWeights, LinearRoundsManyRowsAndNotFew)
{
    constexpr std::int64_t kIn = 45;
    constexpr std::int64_t kOut = 37;
    auto weight = random<bfloat16>(kOut * kIn, 1);
    Stream stream({}, 2);
    for (const std::int64_t n : {0, 1, 2, 4, 8, 9, 70}) {
        auto x = random<float>(n * (kIn + 2), 2);
        auto addend = random<float>(n * kOut, 3);
        std::vector<float> y(static_cast<std::size_t>(n * kOut));
        const ConstView<2> slice = view<2>(x, {n, kIn + 2}).columns(1, kIn);
        run(stream, LinearForward{.x = slice,
                                  .weight = view<2>(weight, {kOut, kIn}),
                                  .y = view<2>(y, {n, kOut}),
                                  .addend = n > 0 ? ConstView<2>(view<2>(addend, {n, kOut})) : ConstView<2>()});
        for (std::int64_t r = 0; r < n; ++r)
            for (std::int64_t o = 0; o < kOut; ++o) {
                const auto at = static_cast<std::size_t>(r * kOut + o);
                expect_dot(y[at], slice.as<float>() + r * (kIn + 2), weight.data() + o * kIn, kIn, 1,
                           static_cast<double>(addend[at]), n <= 8 ? kExact : kRounded);
            }
    }
}

TEST(NarrowWeights, ExpertsReadTheirTokensInOrder)
{
    constexpr std::int64_t kIn = 33;
    constexpr std::int64_t kOut = 21;
    constexpr std::int64_t kTokens = 16;
    auto weight = random<bfloat16>(3 * kOut * kIn, 1);
    auto x = random<float>(kTokens * kIn, 2);
    std::vector<std::int32_t> offsets = {0, 3, 3, kTokens}; // few rows, none, many
    std::vector<std::int32_t> order;
    for (std::int32_t i = 0; i < kTokens; ++i) order.push_back(i * 5 % kTokens);
    std::vector<float> y(kTokens * kOut);
    Stream stream({}, 2);
    run(stream, GroupedLinearForward{.x = view<2>(x, {kTokens, kIn}),
                                     .offsets = view<1>(offsets, {4}),
                                     .weight = view<3>(weight, {3, kOut, kIn}),
                                     .y = view<2>(y, {kTokens, kOut}),
                                     .order = view<1>(order, {kTokens})});
    for (std::int64_t r = 0; r < kTokens; ++r)
        for (std::int64_t o = 0; o < kOut; ++o)
            expect_dot(y[static_cast<std::size_t>(r * kOut + o)], x.data() + order[static_cast<std::size_t>(r)] * kIn,
                       weight.data() + ((r < 3 ? 0 : 2) * kOut + o) * kIn, kIn, 1, 0, r < 3 ? kExact : kRounded);
}

TEST(NarrowWeights, TheAbsorbedFormDoesNotRoundItsValues)
{
    constexpr std::int64_t kLatent = 19;
    const HeadShape head{.heads = 3, .nope_dim = 5, .rope_dim = 2, .value_dim = 7};
    auto kv_b = random<bfloat16>(3 * 12 * kLatent, 1);
    Stream stream({}, 2);
    for (const std::int64_t n : {1, 4, 11}) {
        auto q = random<float>(n * 3 * 7, 2);
        std::vector<float> q_latent(static_cast<std::size_t>(n * 3 * kLatent));
        std::vector<float> y(static_cast<std::size_t>(n * 3 * 7));
        const auto latents = view<3>(q_latent, {n, 3, kLatent});
        run(stream,
            AbsorbQuery{
                .q = view<2>(q, {n, 21}), .kv_b = view<2>(kv_b, {36, kLatent}), .head = head, .q_latent = latents});
        run(stream, ProjectLatentValue{
                        .z = latents, .kv_b = view<2>(kv_b, {36, kLatent}), .head = head, .y = view<2>(y, {n, 21})});
        for (std::int64_t r = 0; r < n * 3; ++r) {
            const bfloat16* weight = kv_b.data() + r % 3 * 12 * kLatent;
            const float* z = q_latent.data() + r * kLatent;
            for (std::int64_t c = 0; c < kLatent; ++c)
                expect_dot(z[c], q.data() + r * 7, weight + c, 5, kLatent, 0, kExact);
            for (std::int64_t v = 0; v < 7; ++v)
                expect_dot(y[static_cast<std::size_t>(r * 7 + v)], z, weight + (5 + v) * kLatent, kLatent, 1, 0,
                           kExact);
        }
    }
}

TEST(NarrowWeights, AreForForwardProductsOfF32Alone)
{
    auto weight = random<bfloat16>(6, 1);
    std::vector<double> x(3), y(2);
    std::vector<float> dy(2), dx(3);
    Stream stream({}, 1);
    EXPECT_THROW(
        run(stream, LinearForward{.x = view<2>(x, {1, 3}), .weight = view<2>(weight, {2, 3}), .y = view<2>(y, {1, 2})}),
        ShapeError);
    EXPECT_THROW(run(stream, LinearBackwardInput{.dy = view<2>(dy, {1, 2}),
                                                 .weight = view<2>(weight, {2, 3}),
                                                 .dx = view<2>(dx, {1, 3})}),
                 ShapeError);
}

} // namespace
} // namespace triptych::test
