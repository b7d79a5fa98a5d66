// Causal attention of MLA written down plainly, forward and backward: the formula of the attention tests.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/ops/attention.h"
#include "tests/support/op_test.h"

#include <cmath>

namespace triptych::test {

/// Sizes of one attention; keys >= queries per sequence.
struct AttentionSizes {
    std::int64_t batch = 1;
    std::int64_t queries = 1;
    std::int64_t keys = 1;
    HeadShape head{1, 1, 1, 1};
    double scale = 1;

    std::int64_t key_width() const { return head.nope_dim + head.rope_dim; }
    std::int64_t q_columns() const { return head.heads * key_width(); }
    std::int64_t kv_columns() const { return head.heads * (head.nope_dim + head.value_dim); }
    std::int64_t y_columns() const { return head.heads * head.value_dim; }
    std::int64_t q_rows() const { return batch * queries; }
    std::int64_t k_rows() const { return batch * keys; }
};

struct AttentionInputs {
    Values q, kv, k_rope;
};

struct AttentionOutputs {
    Values y, lse;
};

struct AttentionGradients {
    Values dq, dkv, dk_rope;
};

class NaiveAttention {
public:
    NaiveAttention(const AttentionSizes& sizes, const AttentionInputs& inputs) : m_s(sizes), m_in(inputs) {}

    AttentionOutputs forward() const
    {
        AttentionOutputs out{Values(size(m_s.q_rows() * m_s.y_columns())), Values(size(m_s.q_rows() * m_s.head.heads))};
        for_each_query([&](std::int64_t b, std::int64_t h, std::int64_t i) {
            const auto [p, lse] = softmax(b, h, i);
            const std::int64_t row = b * m_s.queries + i;
            out.lse[size(row * m_s.head.heads + h)] = lse;
            for (std::int64_t j = 0; j < static_cast<std::int64_t>(p.size()); ++j)
                for (std::int64_t c = 0; c < m_s.head.value_dim; ++c)
                    out.y[size(row * m_s.y_columns() + h * m_s.head.value_dim + c)] +=
                        p[size(j)] * m_in.kv[v_at(b, h, j, c)];
        });
        return out;
    }

    AttentionGradients backward(const Values& dy) const
    {
        AttentionGradients g{Values(m_in.q.size()), Values(m_in.kv.size()), Values(m_in.k_rope.size())};
        for_each_query([&](std::int64_t b, std::int64_t h, std::int64_t i) {
            const auto [p, lse] = softmax(b, h, i);
            const std::int64_t row = b * m_s.queries + i;
            const double* dy_i = dy.data() + row * m_s.y_columns() + h * m_s.head.value_dim;
            Values dp(p.size());
            double mean = 0;
            for (std::int64_t j = 0; j < static_cast<std::int64_t>(p.size()); ++j) {
                for (std::int64_t c = 0; c < m_s.head.value_dim; ++c) {
                    dp[size(j)] += dy_i[c] * m_in.kv[v_at(b, h, j, c)];
                    g.dkv[v_at(b, h, j, c)] += p[size(j)] * dy_i[c];
                }
                mean += p[size(j)] * dp[size(j)];
            }
            for (std::int64_t j = 0; j < static_cast<std::int64_t>(p.size()); ++j)
                add_score_gradient(b, h, i, j, m_s.scale * p[size(j)] * (dp[size(j)] - mean), g);
        });
        return g;
    }

    /// Probabilities of the keys that query i sees, and the log of the sum of their exponentials.
    std::pair<Values, double> softmax(std::int64_t b, std::int64_t h, std::int64_t i) const
    {
        Values p;
        for (std::int64_t j = 0; j <= i + m_s.keys - m_s.queries; ++j) p.push_back(score(b, h, i, j));
        double largest = p[0];
        for (const double s : p) largest = std::max(largest, s);
        double total = 0;
        for (const double s : p) total += std::exp(s - largest);
        const double lse = largest + std::log(total);
        for (double& s : p) s = std::exp(s - lse);
        return {p, lse};
    }

private:
    static std::size_t size(std::int64_t n) { return static_cast<std::size_t>(n); }
    std::size_t q_at(std::int64_t b, std::int64_t h, std::int64_t i, std::int64_t c) const
    {
        return size((b * m_s.queries + i) * m_s.q_columns() + h * m_s.key_width() + c);
    }
    std::size_t k_at(std::int64_t b, std::int64_t h, std::int64_t j, std::int64_t c) const
    {
        return size((b * m_s.keys + j) * m_s.kv_columns() + h * (m_s.head.nope_dim + m_s.head.value_dim) + c);
    }
    std::size_t v_at(std::int64_t b, std::int64_t h, std::int64_t j, std::int64_t c) const
    {
        return k_at(b, h, j, m_s.head.nope_dim + c);
    }
    std::size_t rope_at(std::int64_t b, std::int64_t j, std::int64_t c) const
    {
        return size((b * m_s.keys + j) * m_s.head.rope_dim + c);
    }

    template <class Fn>
    void for_each_query(Fn&& fn) const
    {
        for (std::int64_t b = 0; b < m_s.batch; ++b)
            for (std::int64_t h = 0; h < m_s.head.heads; ++h)
                for (std::int64_t i = 0; i < m_s.queries; ++i) fn(b, h, i);
    }

    double score(std::int64_t b, std::int64_t h, std::int64_t i, std::int64_t j) const
    {
        double s = 0;
        for (std::int64_t c = 0; c < m_s.head.nope_dim; ++c) s += m_in.q[q_at(b, h, i, c)] * m_in.kv[k_at(b, h, j, c)];
        for (std::int64_t c = 0; c < m_s.head.rope_dim; ++c)
            s += m_in.q[q_at(b, h, i, m_s.head.nope_dim + c)] * m_in.k_rope[rope_at(b, j, c)];
        return m_s.scale * s;
    }

    void add_score_gradient(std::int64_t b, std::int64_t h, std::int64_t i, std::int64_t j, double ds,
                            AttentionGradients& g) const
    {
        for (std::int64_t c = 0; c < m_s.head.nope_dim; ++c) {
            g.dq[q_at(b, h, i, c)] += ds * m_in.kv[k_at(b, h, j, c)];
            g.dkv[k_at(b, h, j, c)] += ds * m_in.q[q_at(b, h, i, c)];
        }
        for (std::int64_t c = 0; c < m_s.head.rope_dim; ++c) {
            g.dq[q_at(b, h, i, m_s.head.nope_dim + c)] += ds * m_in.k_rope[rope_at(b, j, c)];
            g.dk_rope[rope_at(b, j, c)] += ds * m_in.q[q_at(b, h, i, m_s.head.nope_dim + c)];
        }
    }

    AttentionSizes m_s;
    AttentionInputs m_in;
};

} // namespace triptych::test
