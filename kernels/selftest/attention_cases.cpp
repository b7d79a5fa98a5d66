// Cases of both forms of attention.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/attention.h"
#include "kernels/ops/latent_attention.h"
#include "kernels/selftest/op_case.h"

#include <algorithm>

namespace triptych::selftest {

namespace {

constexpr std::int64_t kHeads = 2;
constexpr std::int64_t kNope = 4;
constexpr std::int64_t kRope = 2;
constexpr std::int64_t kValue = 3;
constexpr double kScale = 0.5;

/// Beyond width 3 a sequence is longer than a tile of 256 keys.
std::int64_t length(CaseSize size)
{
    return 3 + 90 * (size.width - 1);
}

/// Heads of a sequence-wise case; their widths grow with the case.
HeadShape head_of(CaseSize s)
{
    return {.heads = kHeads, .nope_dim = kNope * s.width, .rope_dim = kRope * s.width, .value_dim = kValue * s.width};
}

std::int64_t query_columns(const HeadShape& head)
{
    return head.heads * (head.nope_dim + head.rope_dim);
}
std::int64_t key_value_columns(const HeadShape& head)
{
    return head.heads * (head.nope_dim + head.value_dim);
}

/// tokens: sequences; width: their length and the heads' dimensions.
void add_materialized(std::vector<OpCase>& cases)
{
    cases.push_back(make_case(
        [](Arena& a, CaseSize s) {
            const HeadShape head = head_of(s);
            const std::int64_t rows = length(s) * s.tokens;
            return AttentionForward{.q = a.real<2>({rows, query_columns(head)}),
                                    .kv = a.real<2>({rows, key_value_columns(head)}),
                                    .k_rope = a.real<2>({rows, head.rope_dim}),
                                    .head = head,
                                    .batch = std::max<std::int64_t>(s.tokens, 1),
                                    .scale = kScale,
                                    .y = a.out<2>({rows, head.heads * head.value_dim}),
                                    .lse = a.out_wide<2>({rows, head.heads})};
        },
        Bfloat16::Yes));
    cases.push_back(make_case(
        [](Arena& a, CaseSize s) {
            const HeadShape head = head_of(s);
            const std::int64_t rows = length(s) * s.tokens;
            // lse a little above every score, as in a true forward pass: no weight is larger than 1.
            return AttentionBackward{.q = a.real<2>({rows, query_columns(head)}),
                                     .kv = a.real<2>({rows, key_value_columns(head)}),
                                     .k_rope = a.real<2>({rows, head.rope_dim}),
                                     .y = a.real<2>({rows, head.heads * head.value_dim}),
                                     .lse = a.wide<2>({rows, head.heads}, 3, 5),
                                     .dy = a.real<2>({rows, head.heads * head.value_dim}),
                                     .head = head,
                                     .batch = std::max<std::int64_t>(s.tokens, 1),
                                     .scale = kScale,
                                     .dq = a.out<2>({rows, query_columns(head)}),
                                     .dkv = a.out<2>({rows, key_value_columns(head)}),
                                     .dk_rope = a.out<2>({rows, head.rope_dim})};
        },
        Bfloat16::Yes));
}

/// One sequence of which the last positions ask. tokens: the width of a head's nope part; width: queries and keys.
void add_weights(std::vector<OpCase>& cases)
{
    cases.push_back(make_case(
        [](Arena& a, CaseSize s) {
            const HeadShape head = {.heads = kHeads,
                                    .nope_dim = std::max<std::int64_t>(s.tokens, 1),
                                    .rope_dim = kRope,
                                    .value_dim = kValue};
            const std::int64_t queries = length(s);
            const std::int64_t keys = queries + 2;
            return AttentionWeights{.q = a.real<2>({queries, query_columns(head)}),
                                    .kv = a.real<2>({keys, key_value_columns(head)}),
                                    .k_rope = a.real<2>({keys, head.rope_dim}),
                                    .lse = a.wide<2>({queries, head.heads}, 3, 5),
                                    .head = head,
                                    .head_index = 1,
                                    .scale = kScale,
                                    .weights = a.out_wide<2>({queries, keys})};
        },
        Bfloat16::Yes));
}

/// tokens: heads, of 2 * width queries each over a cache of about 60 * width positions.
struct LatentShape {
    explicit LatentShape(CaseSize s)
        : head{.heads = std::max<std::int64_t>(s.tokens, 1), .nope_dim = kNope, .rope_dim = kRope, .value_dim = kValue},
          queries(2 * s.width), positions(5 + 60 * (s.width - 1)), latent(7 * s.width)
    {}
    HeadShape head;
    std::int64_t queries;
    std::int64_t positions;
    std::int64_t latent;
};

void add_absorbed(std::vector<OpCase>& cases)
{
    cases.push_back(make_case([](Arena& a, CaseSize s) {
        const LatentShape shape(s);
        return AbsorbQuery{.q = a.real<2>({shape.queries, query_columns(shape.head)}),
                           .kv_b = a.real<2>({key_value_columns(shape.head), shape.latent}),
                           .head = shape.head,
                           .q_latent = a.out<3>({shape.queries, shape.head.heads, shape.latent})};
    }));
    cases.push_back(make_case([](Arena& a, CaseSize s) {
        const LatentShape shape(s);
        return LatentAttention{.q_latent = a.real<3>({shape.queries, shape.head.heads, shape.latent}),
                               .q = a.real<2>({shape.queries, query_columns(shape.head)}),
                               .latent = a.real<2>({shape.positions, shape.latent}),
                               .k_rope = a.real<2>({shape.positions, kRope}),
                               .head = shape.head,
                               .scale = kScale,
                               .z = a.out<3>({shape.queries, shape.head.heads, shape.latent})};
    }));
    cases.push_back(make_case([](Arena& a, CaseSize s) {
        const LatentShape shape(s);
        return ProjectLatentValue{.z = a.real<3>({shape.queries, shape.head.heads, shape.latent}),
                                  .kv_b = a.real<2>({key_value_columns(shape.head), shape.latent}),
                                  .head = shape.head,
                                  .y = a.out<2>({shape.queries, shape.head.heads * kValue})};
    }));
}

} // namespace

void add_attention_cases(std::vector<OpCase>& cases)
{
    add_materialized(cases);
    add_weights(cases);
    add_absorbed(cases);
}

} // namespace triptych::selftest
