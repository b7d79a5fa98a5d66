// The absorbed form of attention: each step against its formula, and the whole against the materialised form.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/latent_attention.h"
#include "tests/support/naive.h"
#include "tests/support/naive_attention.h"
#include "tests/support/op_test.h"

namespace triptych::test {
namespace {

class LatentAttentionOp : public OpTest<AbsorbQuery, LatentAttention, ProjectLatentValue, AttentionForward> {
protected:
    /// n queries at the end of s cached positions, latents of c values.
    struct Sizes {
        std::int64_t n, s, c;
        HeadShape head{3, 5, 4, 6};
        double scale() const { return 1 / std::sqrt(static_cast<double>(head.nope_dim + head.rope_dim)); }
        std::int64_t q_columns() const { return head.heads * (head.nope_dim + head.rope_dim); }
        std::int64_t kv_columns() const { return head.heads * (head.nope_dim + head.value_dim); }
    };
    struct Inputs {
        Values q, kv_b, latent, k_rope;
    };

    Inputs random_inputs(const Sizes& s)
    {
        return {random(s.n * s.q_columns()), random(s.kv_columns() * s.c, -0.5, 0.5), random(s.s * s.c),
                random(s.s * s.head.rope_dim)};
    }

    /// y by absorbing the up-projection into query and output.
    Values absorbed(Stream& on, const Sizes& s, const Inputs& in, Layout dense = {}, Layout cache = {})
    {
        const auto q = tensor<2>({s.n, s.q_columns()}, in.q, dense);
        const auto kv_b = tensor<2>({s.kv_columns(), s.c}, in.kv_b, dense);
        const auto latent = tensor<2>({s.s, s.c}, in.latent, cache);
        const auto k_rope = tensor<2>({s.s, s.head.rope_dim}, in.k_rope, cache);
        const auto q_latent = filled<3>({s.n, s.head.heads, s.c}, 99, dense);
        const auto z = filled<3>({s.n, s.head.heads, s.c}, 99, dense);
        const auto y = filled<2>({s.n, s.head.heads * s.head.value_dim}, 99, dense);
        run(on, AbsorbQuery{.q = q, .kv_b = kv_b, .head = s.head, .q_latent = q_latent});
        run(on, LatentAttention{.q_latent = q_latent,
                                .q = q,
                                .latent = latent,
                                .k_rope = k_rope,
                                .head = s.head,
                                .scale = s.scale(),
                                .z = z});
        run(on, ProjectLatentValue{.z = z, .kv_b = kv_b, .head = s.head, .y = y});
        on.synchronize();
        q_latent.values(), z.values(); // fails when memory beside them was written
        return y.values();
    }

    AttentionSizes materialised_sizes(const Sizes& s) const { return {1, s.n, s.s, s.head, s.scale()}; }

    Values materialised(const Sizes& s, const Inputs& in) const
    {
        const Values kv = times_transposed(in.latent, in.kv_b, s.s, s.c, s.kv_columns());
        return NaiveAttention(materialised_sizes(s), {in.q, kv, in.k_rope}).forward().y;
    }

    void expect_absorbed_equals_materialised(const Sizes& s, Layout dense = {}, Layout cache = {})
    {
        const auto in = random_inputs(s);
        expect_close(absorbed(stream(), s, in, dense, cache), materialised(s, in), tolerance().formula, "y");
    }
};
INSTANTIATE_FOR_ALL_BACKENDS(LatentAttentionOp);

TEST_P(LatentAttentionOp, DecodingOneTokenEqualsTheMaterialisedForm)
{
    expect_absorbed_equals_materialised({1, 9, 7});
}
TEST_P(LatentAttentionOp, TheFirstTokenEqualsTheMaterialisedForm)
{
    expect_absorbed_equals_materialised({1, 1, 7});
}
TEST_P(LatentAttentionOp, ALongCacheEqualsTheMaterialisedForm)
{
    expect_absorbed_equals_materialised({1, 1500, 20});
}
TEST_P(LatentAttentionOp, ADraftOfTwoTokensEqualsTheMaterialisedForm)
{
    expect_absorbed_equals_materialised({2, 257, 20}); // one key beyond a tile, seen by the second query alone
}
TEST_P(LatentAttentionOp, PrefillEqualsTheMaterialisedForm)
{
    expect_absorbed_equals_materialised({70, 70, 8});
}
TEST_P(LatentAttentionOp, PrefillOfManyRowsEqualsTheMaterialisedForm)
{
    expect_absorbed_equals_materialised({300, 310, 4, {4, 2, 2, 3}});
}
TEST_P(LatentAttentionOp, NoTokensAreFine)
{
    expect_absorbed_equals_materialised({0, 9, 7});
}
TEST_P(LatentAttentionOp, HeadsWithoutRopeEqualTheMaterialisedForm)
{
    expect_absorbed_equals_materialised({3, 9, 7, {2, 5, 0, 3}});
}
TEST_P(LatentAttentionOp, TheHeadsOfDeepSeekV3EqualTheMaterialisedForm)
{
    expect_absorbed_equals_materialised({2, 5, 512, {2, 128, 64, 128}});
}
TEST_P(LatentAttentionOp, TakesSlicesOfOneCacheAndUnalignedMemory)
{
    expect_absorbed_equals_materialised({3, 300, 9}, {1, 0}, {3, 5});
}

TEST_P(LatentAttentionOp, EqualsTheAttentionKernel)
{
    const Sizes s{5, 300, 16};
    const auto in = random_inputs(s);
    Values kv = times_transposed(in.latent, in.kv_b, s.s, s.c, s.kv_columns());
    const auto q = tensor<2>({s.n, s.q_columns()}, in.q);
    const auto tkv = tensor<2>({s.s, s.kv_columns()}, kv);
    const auto k_rope = tensor<2>({s.s, s.head.rope_dim}, in.k_rope);
    const auto y = filled<2>({s.n, s.head.heads * s.head.value_dim}, 99);
    const auto lse = filled<2>({s.n, s.head.heads}, 99);
    run(stream(),
        AttentionForward{.q = q, .kv = tkv, .k_rope = k_rope, .head = s.head, .scale = s.scale(), .y = y, .lse = lse});
    expect_close(absorbed(stream(), s, in), y.values(), tolerance().formula, "y");
}

TEST_P(LatentAttentionOp, AbsorbQueryMatchesTheFormula)
{
    const Sizes s{3, 3, 37};
    const auto in = random_inputs(s);
    const auto q = tensor<2>({s.n, s.q_columns()}, in.q);
    const auto kv_b = tensor<2>({s.kv_columns(), s.c}, in.kv_b);
    const auto q_latent = filled<3>({s.n, s.head.heads, s.c}, 99);
    run(stream(), AbsorbQuery{.q = q, .kv_b = kv_b, .head = s.head, .q_latent = q_latent});
    Values expected;
    for (std::int64_t n = 0; n < s.n; ++n)
        for (std::int64_t h = 0; h < s.head.heads; ++h)
            for (std::int64_t c = 0; c < s.c; ++c) {
                double sum = 0;
                for (std::int64_t d = 0; d < s.head.nope_dim; ++d)
                    sum += in.q[static_cast<std::size_t>(n * s.q_columns() + h * 9 + d)] *
                           in.kv_b[static_cast<std::size_t>((h * 11 + d) * s.c + c)];
                expected.push_back(sum);
            }
    expect_close(q_latent.values(), expected, tolerance().formula, "q_latent");
}

TEST_P(LatentAttentionOp, ProjectLatentValueMatchesTheFormula)
{
    const Sizes s{3, 3, 37};
    const Values z = random(s.n * s.head.heads * s.c);
    const Values kv_b = random(s.kv_columns() * s.c);
    const auto tz = tensor<3>({s.n, s.head.heads, s.c}, z);
    const auto tkv_b = tensor<2>({s.kv_columns(), s.c}, kv_b);
    const auto y = filled<2>({s.n, s.head.heads * s.head.value_dim}, 99);
    run(stream(), ProjectLatentValue{.z = tz, .kv_b = tkv_b, .head = s.head, .y = y});
    Values expected;
    for (std::int64_t n = 0; n < s.n; ++n)
        for (std::int64_t h = 0; h < s.head.heads; ++h)
            for (std::int64_t v = 0; v < s.head.value_dim; ++v) {
                double sum = 0;
                for (std::int64_t c = 0; c < s.c; ++c)
                    sum += z[static_cast<std::size_t>((n * s.head.heads + h) * s.c + c)] *
                           kv_b[static_cast<std::size_t>((h * 11 + 5 + v) * s.c + c)];
                expected.push_back(sum);
            }
    expect_close(y.values(), expected, tolerance().formula, "y");
}

TEST_P(LatentAttentionOp, LaterCachePositionsAreNotSeen)
{
    const Sizes s{4, 300, 7};
    const auto in = random_inputs(s);
    auto changed = in;
    for (std::int64_t c = 0; c < s.c; ++c) changed.latent[static_cast<std::size_t>((s.s - 1) * s.c + c)] += 5;
    const Values before = absorbed(stream(), s, in);
    const Values after = absorbed(stream(), s, changed);
    const auto last = static_cast<std::ptrdiff_t>((s.n - 1) * s.head.heads * s.head.value_dim);
    EXPECT_TRUE(std::equal(before.begin(), before.begin() + last, after.begin()));
    EXPECT_FALSE(std::equal(before.begin() + last, before.end(), after.begin() + last));
}

TEST_P(LatentAttentionOp, GivesTheSameBitsWhenRepeatedAndForAnyThreadCount)
{
    const Sizes s{2, 900, 24};
    const auto in = random_inputs(s);
    const Values first = absorbed(stream(), s, in);
    EXPECT_EQ(first, absorbed(stream(), s, in));
    for (const int threads : {1, 3}) {
        Stream other(stream().device(), threads);
        EXPECT_EQ(first, absorbed(other, s, in)) << threads;
    }
}

TEST_P(LatentAttentionOp, RejectsAWrongShapeBeforeLaunch)
{
    const HeadShape head{3, 5, 4, 6};
    const auto m = [&](std::int64_t rows, std::int64_t columns) { return filled<2>({rows, columns}, 1); };
    const auto q = m(2, 27), kv_b = m(33, 7), latent = m(9, 7), k_rope = m(9, 4);
    const auto q_latent = filled<3>({2, 3, 7}, 1);
    const auto z = filled<3>({2, 3, 7}, 99);
    const LatentAttention good{
        .q_latent = q_latent, .q = q, .latent = latent, .k_rope = k_rope, .head = head, .scale = 0.5, .z = z};
    expect_rejected(good, "q_latent", [&](auto& op) { op.q_latent = filled<3>({2, 4, 7}, 1); });
    expect_rejected(good, "q is", [&](auto& op) { op.q = m(2, 26); });
    expect_rejected(good, "latent is", [&](auto& op) { op.latent = m(9, 8); });
    expect_rejected(good, "latent has 1", [&](auto& op) { op.latent = m(1, 7); });
    expect_rejected(good, "k_rope", [&](auto& op) { op.k_rope = m(8, 4); });
    expect_rejected(good, "scale", [&](auto& op) { op.scale = -1; });
    expect_rejected(good, "z is", [&](auto& op) { op.z = filled<3>({2, 3, 8}, 1); });
    expect_rejected(good, "heads", [&](auto& op) { op.head.heads = 0; });
    EXPECT_EQ(z.values(), Values(42, 99.0));

    const AbsorbQuery absorb{.q = q, .kv_b = kv_b, .head = head, .q_latent = q_latent};
    expect_rejected(absorb, "kv_b", [&](auto& op) { op.kv_b = m(32, 7); });
    expect_rejected(absorb, "q is", [&](auto& op) { op.q = m(2, 28); });
    expect_rejected(absorb, "q_latent", [&](auto& op) { op.q_latent = filled<3>({2, 3, 8}, 1); });
    const ProjectLatentValue project{.z = z, .kv_b = kv_b, .head = head, .y = m(2, 18)};
    expect_rejected(project, "kv_b", [&](auto& op) { op.kv_b = m(33, 8); });
    expect_rejected(project, "y is", [&](auto& op) { op.y = m(2, 17); });
    expect_rejected(project, "z is", [&](auto& op) { op.z = filled<3>({2, 2, 7}, 1); });
    EXPECT_EQ(q_latent.values(), Values(42, 1.0));
}

} // namespace
} // namespace triptych::test
