// What the absorbed form of attention accepts and what it costs.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/latent_attention.h"

#include "kernels/ops/product_checks.h"

#include <string>

namespace triptych {
namespace {

void require_head(const char* op, const HeadShape& head)
{
    if (head.heads < 1) refuse(op, "head.heads is " + std::to_string(head.heads) + ", expected at least 1");
    if (head.nope_dim < 0) refuse(op, "head.nope_dim is " + std::to_string(head.nope_dim) + ", expected at least 0");
    if (head.rope_dim < 0) refuse(op, "head.rope_dim is " + std::to_string(head.rope_dim) + ", expected at least 0");
    if (head.value_dim < 0) refuse(op, "head.value_dim is " + std::to_string(head.value_dim) + ", expected at least 0");
}

/// One head's share of kv_b of `rows` rows, for all heads.
double head_bytes(const HeadShape& head, std::int64_t rows, const ConstView<2>& kv_b)
{
    return static_cast<double>(head.heads * rows * kv_b.size(1)) * static_cast<double>(size_of(kv_b.dtype()));
}

} // namespace

void AbsorbQuery::check() const
{
    require_head(name, head);
    const std::int64_t n = q.size(0);
    const std::int64_t c = kv_b.size(1);
    require_dense(name, "q", q, q.dtype(), {n, head.heads * (head.nope_dim + head.rope_dim)});
    require_dense(name, "kv_b", kv_b, forward_weight_type(q.dtype(), kv_b.dtype()), {head.heads * (head.nope_dim + head.value_dim), c});
    require_dense(name, "q_latent", q_latent, q.dtype(), {n, head.heads, c});
}
double AbsorbQuery::flops() const
{
    return 2.0 * static_cast<double>(q_latent.count()) * static_cast<double>(head.nope_dim);
}
double AbsorbQuery::bytes() const
{
    return static_cast<double>(q.bytes() + q_latent.bytes()) + head_bytes(head, head.nope_dim, kv_b);
}

void LatentAttention::check() const
{
    require_head(name, head);
    const auto [n, heads, c] = q_latent.shape();
    const std::int64_t s = latent.size(0);
    if (s < n)
        refuse(name, "latent has " + std::to_string(s) + " positions, expected at least the " + std::to_string(n) +
                         " queries, which are cached first");
    if (!(scale > 0)) refuse(name, "scale is " + std::to_string(scale) + ", expected above 0, as 1/sqrt(nope+rope)");
    require_dense(name, "q_latent", q_latent, q_latent.dtype(), {n, head.heads, c});
    require_dense(name, "q", q, q_latent.dtype(), {n, head.heads * (head.nope_dim + head.rope_dim)});
    require_shape(name, "latent", latent, q_latent.dtype(), {s, c});
    require_shape(name, "k_rope", k_rope, q_latent.dtype(), {s, head.rope_dim});
    require_dense(name, "z", z, q_latent.dtype(), {n, head.heads, c});
}
/// The two products over the causal pairs.
double LatentAttention::flops() const
{
    const auto n = static_cast<double>(q_latent.size(0));
    const auto s = static_cast<double>(latent.size(0));
    const double pairs = n * (s - n) + n * (n + 1) / 2;
    return 2.0 * static_cast<double>(2 * latent.size(1) + head.rope_dim) * pairs * static_cast<double>(head.heads);
}
double LatentAttention::bytes() const
{
    const double rotated =
        static_cast<double>(q_latent.size(0) * head.heads * head.rope_dim) * static_cast<double>(size_of(q.dtype()));
    return rotated + static_cast<double>(q_latent.bytes() + latent.bytes() + k_rope.bytes() + z.bytes());
}

void ProjectLatentValue::check() const
{
    require_head(name, head);
    const auto [n, heads, c] = z.shape();
    require_dense(name, "z", z, z.dtype(), {n, head.heads, c});
    require_dense(name, "kv_b", kv_b, forward_weight_type(z.dtype(), kv_b.dtype()), {head.heads * (head.nope_dim + head.value_dim), c});
    require_dense(name, "y", y, z.dtype(), {n, head.heads * head.value_dim});
}
double ProjectLatentValue::flops() const
{
    return 2.0 * static_cast<double>(z.count()) * static_cast<double>(head.value_dim);
}
double ProjectLatentValue::bytes() const
{
    return static_cast<double>(z.bytes() + y.bytes()) + head_bytes(head, head.value_dim, kv_b);
}

} // namespace triptych
