// What attention accepts and what it costs.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/attention.h"

#include <string>

namespace triptych {
namespace {

void require_head(const char* op, const HeadShape& head)
{
    if (head.heads < 1) refuse(op, "head.heads is " + std::to_string(head.heads) + ", expected at least 1");
    if (head.nope_dim < 0 || head.rope_dim < 0 || head.nope_dim + head.rope_dim < 1)
        refuse(op, "head.nope_dim is " + std::to_string(head.nope_dim) + " and head.rope_dim is " +
                       std::to_string(head.rope_dim) + ", expected a sum of at least 1");
    if (head.value_dim < 1) refuse(op, "head.value_dim is " + std::to_string(head.value_dim) + ", expected at least 1");
}

void require_scale(const char* op, double scale)
{
    if (!(scale > 0)) refuse(op, "scale is " + std::to_string(scale) + ", expected above 0, as 1/sqrt(nope+rope)");
}

/// Rows of one sequence.
std::int64_t positions(const char* op, const char* field, std::int64_t rows, std::int64_t batch)
{
    if (batch < 1) refuse(op, "batch is " + std::to_string(batch) + ", expected at least 1");
    if (rows % batch != 0)
        refuse(op, std::string(field) + " has " + std::to_string(rows) +
                       " rows, which batch = " + std::to_string(batch) + " does not divide");
    return rows / batch;
}

void require_keys_cover_queries(const char* op, std::int64_t queries, std::int64_t keys)
{
    if (keys < queries)
        refuse(op, "kv has " + std::to_string(keys) + " positions a sequence, expected at least the " +
                       std::to_string(queries) + " of q");
}

/// Pairs (query, key) of one sequence under the causal mask.
double causal_pairs(std::int64_t queries, std::int64_t keys)
{
    const auto q = static_cast<double>(queries);
    return q * static_cast<double>(keys - queries) + q * (q + 1) / 2;
}

double pairs_of(std::int64_t query_rows, std::int64_t key_rows, std::int64_t batch, std::int64_t heads)
{
    return static_cast<double>(batch * heads) * causal_pairs(query_rows / batch, key_rows / batch);
}

} // namespace

void AttentionForward::check() const
{
    require_head(name, head);
    require_scale(name, scale);
    const std::int64_t tq = positions(name, "q", q.size(0), batch);
    const std::int64_t tk = positions(name, "kv", kv.size(0), batch);
    require_keys_cover_queries(name, tq, tk);
    require_dense(name, "q", q, q.dtype(), {batch * tq, head.heads * (head.nope_dim + head.rope_dim)});
    require_dense(name, "kv", kv, q.dtype(), {batch * tk, head.heads * (head.nope_dim + head.value_dim)});
    require_shape(name, "k_rope", k_rope, q.dtype(), {batch * tk, head.rope_dim});
    require_dense(name, "y", y, q.dtype(), {batch * tq, head.heads * head.value_dim});
    require_dense(name, "lse", lse, wide_of(q.dtype()), {batch * tq, head.heads});
}
/// The two products over the causal pairs: what has to be computed, whatever the tiling wastes.
double AttentionForward::flops() const
{
    return 2.0 * static_cast<double>(head.nope_dim + head.rope_dim + head.value_dim) *
           pairs_of(q.size(0), kv.size(0), batch, head.heads);
}
double AttentionForward::bytes() const
{
    return static_cast<double>(q.bytes() + kv.bytes() + k_rope.bytes() + y.bytes() + lse.bytes());
}

void AttentionBackward::check() const
{
    require_head(name, head);
    require_scale(name, scale);
    const std::int64_t t = positions(name, "q", q.size(0), batch);
    const std::int64_t rows = batch * t;
    require_dense(name, "q", q, q.dtype(), {rows, head.heads * (head.nope_dim + head.rope_dim)});
    require_dense(name, "kv", kv, q.dtype(), {rows, head.heads * (head.nope_dim + head.value_dim)});
    require_shape(name, "k_rope", k_rope, q.dtype(), {rows, head.rope_dim});
    require_dense(name, "y", y, q.dtype(), {rows, head.heads * head.value_dim});
    require_dense(name, "lse", lse, wide_of(q.dtype()), {rows, head.heads});
    require_dense(name, "dy", dy, q.dtype(), {rows, head.heads * head.value_dim});
    require_dense(name, "dq", dq, q.dtype(), q.shape());
    require_dense(name, "dkv", dkv, q.dtype(), kv.shape());
    require_shape(name, "dk_rope", dk_rope, q.dtype(), k_rope.shape());
}
/// The four products of the gradients. The scores, computed a second time, are not counted: they are the price of not
/// storing them.
double AttentionBackward::flops() const
{
    return 4.0 * static_cast<double>(head.nope_dim + head.rope_dim + head.value_dim) *
           pairs_of(q.size(0), kv.size(0), batch, head.heads);
}
double AttentionBackward::bytes() const
{
    return static_cast<double>(2 * (q.bytes() + kv.bytes() + k_rope.bytes()) + y.bytes() + lse.bytes() + dy.bytes());
}

void AttentionWeights::check() const
{
    require_head(name, head);
    require_scale(name, scale);
    const std::int64_t tq = q.size(0);
    const std::int64_t tk = kv.size(0);
    require_keys_cover_queries(name, tq, tk);
    if (head_index < 0 || head_index >= head.heads)
        refuse(name,
               "head_index is " + std::to_string(head_index) + ", expected in [0, " + std::to_string(head.heads) + ")");
    require_dense(name, "q", q, q.dtype(), {tq, head.heads * (head.nope_dim + head.rope_dim)});
    require_dense(name, "kv", kv, q.dtype(), {tk, head.heads * (head.nope_dim + head.value_dim)});
    require_shape(name, "k_rope", k_rope, q.dtype(), {tk, head.rope_dim});
    require_dense(name, "lse", lse, wide_of(q.dtype()), {tq, head.heads});
    require_dense(name, "weights", weights, wide_of(q.dtype()), {tq, tk});
}
double AttentionWeights::flops() const
{
    return 2.0 * static_cast<double>(head.nope_dim + head.rope_dim) * causal_pairs(q.size(0), kv.size(0));
}
/// One head's share of q, kv and lse.
double AttentionWeights::bytes() const
{
    const std::int64_t dims = q.size(0) * (head.nope_dim + head.rope_dim) + kv.size(0) * head.nope_dim;
    return static_cast<double>(dims) * static_cast<double>(size_of(q.dtype())) +
           static_cast<double>(lse.size(0)) * static_cast<double>(size_of(lse.dtype())) +
           static_cast<double>(k_rope.bytes() + weights.bytes());
}

} // namespace triptych
