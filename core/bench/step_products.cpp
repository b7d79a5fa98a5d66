// Which products a model's shape asks for.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/step_products.h"

#include <algorithm>

namespace triptych {

namespace {

using Part = StepProduct::Part;
using Left = StepProduct::Left;
using Right = StepProduct::Right;
using Operands = StepProduct::Operands;

class Listing {
public:
    Listing(const ModelConfig& model, std::int64_t batch, std::int64_t length)
        : m_model(model), m_batch(batch), m_length(length), m_tokens(batch * length)
    {}

    std::vector<StepProduct> all()
    {
        const std::int64_t layers = m_model.num_hidden_layers;
        const std::int64_t depth = m_model.num_nextn_predict_layers;
        for (std::int64_t layer = 0; layer < layers + depth; ++layer) {
            attention_linears();
            if (m_model.is_moe_layer(layer))
                mixture();
            else
                feed_forward(m_model.intermediate_size);
        }
        for (std::int64_t d = 0; d < depth; ++d) linear(2 * m_model.hidden_size, m_model.hidden_size);
        for (std::int64_t d = 0; d < 1 + depth; ++d) head();
        attention(layers + depth);
        return std::move(m_products);
    }

private:
    void add(const StepProduct& product)
    {
        if (product.flops() == 0 || product.count == 0) return;
        const auto alike = std::find_if(m_products.begin(), m_products.end(),
                                        [&](const StepProduct& p) { return p.is_alike(product); });
        if (alike != m_products.end())
            alike->count += product.count;
        else
            m_products.push_back(product);
    }

    /// Three products of `rows` rows for each of `copies` matrices [out, in].
    void weights(StepProduct base, std::int64_t rows, std::int64_t in, std::int64_t out)
    {
        base.count = base.copies;
        const auto sized = [&](std::int64_t m, std::int64_t n, std::int64_t k) {
            StepProduct product = base;
            product.m = m, product.n = n, product.k = k;
            return product;
        };
        add(sized(rows, out, in));
        add(sized(rows, in, out));
        StepProduct gradient = sized(out, in, rows);
        gradient.left = Left::Transposed;
        gradient.right = Right::Plain;
        add(gradient);
    }

    void linear(std::int64_t in, std::int64_t out, Operands operands = Operands::Narrow)
    {
        weights({.operands = operands}, m_tokens, in, out);
    }

    void feed_forward(std::int64_t width)
    {
        linear(m_model.hidden_size, 2 * width); // gate and up lie side by side
        linear(width, m_model.hidden_size);
    }

    void attention_linears()
    {
        const std::int64_t d = m_model.hidden_size;
        const std::int64_t heads = m_model.num_attention_heads;
        const std::int64_t query = heads * m_model.qk_head_dim();
        if (m_model.q_lora_rank > 0) {
            linear(d, m_model.q_lora_rank);
            linear(m_model.q_lora_rank, query);
        } else {
            linear(d, query);
        }
        linear(d, m_model.kv_lora_rank + m_model.qk_rope_head_dim);
        linear(m_model.kv_lora_rank, heads * (m_model.qk_nope_head_dim + m_model.v_head_dim));
        linear(heads * m_model.v_head_dim, d);
    }

    void mixture()
    {
        linear(m_model.hidden_size, m_model.n_routed_experts, Operands::Wide);
        if (m_model.n_shared_experts > 0) feed_forward(m_model.moe_intermediate_size * m_model.n_shared_experts);
        const std::int64_t rows = m_tokens * m_model.num_experts_per_tok;
        const std::int64_t more = rows % m_model.n_routed_experts; // so many experts have a row more than the others
        const std::int64_t each = rows / m_model.n_routed_experts;
        experts(more, each + 1);
        experts(m_model.n_routed_experts - more, each);
    }

    void experts(std::int64_t copies, std::int64_t rows)
    {
        const StepProduct base{.part = Part::Experts, .copies = copies};
        weights(base, rows, m_model.hidden_size, 2 * m_model.moe_intermediate_size);
        weights(base, rows, m_model.moe_intermediate_size, m_model.hidden_size);
    }

    /// In tiles of tokens, as large as training has them: a product of all logits would write them to memory.
    void head()
    {
        constexpr std::int64_t kTileElements = std::int64_t{1} << 21;
        const std::int64_t vocab = m_model.vocab_size;
        const std::int64_t d = m_model.hidden_size;
        const std::int64_t rows = std::min(std::clamp<std::int64_t>(kTileElements / vocab, 64, 2048), m_tokens);
        const auto tile = [&](std::int64_t m, std::int64_t count) {
            add({.m = m, .n = vocab, .k = d, .count = count});
            add({.m = m, .n = d, .k = vocab, .count = count});
        };
        tile(rows, m_tokens / rows);
        tile(m_tokens % rows, 1);
        add({.m = vocab, .n = d, .k = m_tokens, .count = 1, .left = Left::Transposed, .right = Right::Plain});
    }

    void attention(std::int64_t layers)
    {
        constexpr std::int64_t kBlock = 64;
        const std::int64_t key = m_model.qk_head_dim();
        const std::int64_t value = m_model.v_head_dim;
        const std::int64_t count = layers * m_batch * m_model.num_attention_heads;
        for (std::int64_t first = 0; first < m_length; first += kBlock) {
            const std::int64_t rows = std::min(kBlock, m_length - first);
            const std::int64_t seen = first + rows;
            const StepProduct base{.part = Part::Attention, .count = count, .right = Right::Plain};
            const auto sized = [&](std::int64_t m, std::int64_t n, std::int64_t k) {
                StepProduct product = base;
                product.m = m, product.n = n, product.k = k;
                return product;
            };
            StepProduct scores = sized(rows, seen, key);
            scores.count = 2 * count; // forward, and again in backward
            scores.right = Right::Transposed;
            add(scores);
            add(sized(rows, value, seen));                  // what is attended to
            StepProduct weights = sized(rows, seen, value); // gradient of the weights
            weights.right = Right::Transposed;
            add(weights);
            add(sized(rows, key, seen));                    // of the queries
            for (const std::int64_t width : {key, value}) { // of the keys and the values, summed over the blocks
                StepProduct gradient = sized(seen, width, rows);
                gradient.left = Left::Transposed;
                gradient.mode = WriteMode::Accumulate;
                add(gradient);
            }
        }
    }

    const ModelConfig& m_model;
    std::int64_t m_batch;
    std::int64_t m_length;
    std::int64_t m_tokens;
    std::vector<StepProduct> m_products;
};

} // namespace

bool StepProduct::is_alike(const StepProduct& o) const
{
    return part == o.part && m == o.m && n == o.n && k == o.k && copies == o.copies && left == o.left &&
           right == o.right && mode == o.mode && operands == o.operands;
}

std::vector<StepProduct> products_of_step(const ModelConfig& model, std::int64_t batch_size,
                                          std::int64_t sequence_length)
{
    return Listing(model, batch_size, sequence_length).all();
}

double flops_of(const std::vector<StepProduct>& products)
{
    double sum = 0;
    for (const StepProduct& p : products) sum += p.flops() * static_cast<double>(p.count);
    return sum;
}

double flops_of(const std::vector<StepProduct>& products, StepProduct::Part part)
{
    double sum = 0;
    for (const StepProduct& p : products)
        if (p.part == part) sum += p.flops() * static_cast<double>(p.count);
    return sum;
}

} // namespace triptych
