// The work of MLA, DeepSeekMoE, MTP and head by shape (DeepSeek-V3 report sections 2.1, 2.2, 3.2.3 and 3.3).
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cluster/model_work.h"

namespace triptych {

namespace {

constexpr double kBf16 = 2;
constexpr double kF32 = 4;
constexpr double kScaleGroup = 128; ///< values that share an f32 scale
/// Packed E5M6, in which the input of the layer after attention is kept (report section 3.3.3).
constexpr double kAttentionOutputFp8 = 1.5;
/// A backward pass over memory reads the gradient beside what the forward pass read, and writes as much.
constexpr double kBackwardPasses = 2;
/// FlashAttention computes the scores once more: five products instead of two.
constexpr double kAttentionBackward = 2.5;

struct Shape {
    double d, heads, nope, rope, v, latent, query, tokens_seen;

    Shape(const ModelConfig& c, std::int64_t sequence_length)
        : d(static_cast<double>(c.hidden_size)), heads(static_cast<double>(c.num_attention_heads)),
          nope(static_cast<double>(c.qk_nope_head_dim)), rope(static_cast<double>(c.qk_rope_head_dim)),
          v(static_cast<double>(c.v_head_dim)), latent(static_cast<double>(c.kv_lora_rank)),
          query(static_cast<double>(c.q_lora_rank)), tokens_seen(static_cast<double>(sequence_length) / 2)
    {}
};

void add_attention(PartWork& part, const Shape& s, TrainFormat format)
{
    const double q = operand_bytes(format);
    const double key = s.nope + s.rope;
    const double latents = s.query + s.latent;
    // The two down-projections read the same input and run as one.
    part.linears.push_back({.out = s.query + s.latent + s.rope, .in = s.d});
    if (s.query > 0)
        part.linears.push_back({.out = s.heads * key, .in = s.query, .recomputed = Recomputed::Yes});
    else
        part.linears.back().out += s.heads * key;
    part.linears.push_back({.out = s.heads * (s.nope + s.v), .in = s.latent, .recomputed = Recomputed::Yes});
    part.linears.push_back({.out = s.d, .in = s.heads * s.v});
    part.attention_flops += 2 * s.heads * (key + s.v) * s.tokens_seen;
    part.pass_bytes += (kBf16 + q) * s.d;                                           // norm, cast
    part.pass_bytes += (kBf16 + q) * latents + 2 * kBf16 * s.rope;                  // norms of the latents, shared key
    part.pass_bytes += 2 * kBf16 * s.heads * key;                                   // queries rotated
    part.pass_bytes += kBf16 * s.heads * (s.nope + key);                            // keys put together
    if (format == TrainFormat::Fp8) part.pass_bytes += (kBf16 + q) * s.heads * s.v; // cast of the output
    part.pass_bytes += 3 * kBf16 * s.d;                                             // residual sum
    part.kept_bytes += kBf16 * s.d + kBf16 * (latents + s.rope);
    part.kept_bytes += (format == TrainFormat::Fp8 ? kAttentionOutputFp8 : kBf16) * s.heads * s.v + kF32 * s.heads;
    part.other_parameters += s.d + latents; // gains of the three norms
}

void add_feed_forward(PartWork& part, const ModelConfig& c, std::int64_t layer, TrainFormat format)
{
    const double q = operand_bytes(format);
    const auto d = static_cast<double>(c.hidden_size);
    double width = static_cast<double>(c.intermediate_size); // of all SwiGLUs that one token goes through
    if (c.is_moe_layer(layer)) {
        const auto expert = static_cast<double>(c.moe_intermediate_size);
        const auto routed = static_cast<double>(c.n_routed_experts);
        const auto used = static_cast<double>(c.num_experts_per_tok);
        const double shared = static_cast<double>(c.n_shared_experts) * expert;
        const auto spread = [&](double out, double in) {
            part.linears.push_back({.count = routed, .uses = used, .out = out, .in = in, .held = Held::Spread});
        };
        part.linears.push_back({.out = routed, .in = d, .format = LinearFormat::AlwaysBf16});
        spread(2 * expert, d);
        spread(d, expert);
        if (shared > 0) {
            part.linears.push_back({.out = 2 * shared, .in = d});
            part.linears.push_back({.out = d, .in = shared});
        }
        width = used * expert + shared;
        part.pass_bytes += 2 * q * used * d;     // rows sorted by expert
        part.pass_bytes += 2 * kBf16 * used * d; // and back, weighted
        part.pass_bytes += 4 * kBf16 * d;        // sum with shared experts and residual
        part.kept_bytes += q * used * d;         // the experts' inputs
        part.all_to_alls += 1;
    } else {
        part.linears.push_back({.out = 2 * width, .in = d});
        part.linears.push_back({.out = d, .in = width});
        part.pass_bytes += 3 * kBf16 * d;
    }
    part.pass_bytes += (kBf16 + q) * d;           // norm, cast
    part.pass_bytes += (2 * kBf16 + q) * width;   // SwiGLU, cast
    part.kept_bytes += kBf16 * d + q * 2 * width; // its inputs; its output is computed once more
    part.other_parameters += d;
}

PartWork block(const ModelConfig& c, std::int64_t layer, TrainFormat format, std::int64_t sequence_length)
{
    PartWork part;
    add_attention(part, Shape(c, sequence_length), format);
    add_feed_forward(part, c, layer, format);
    return part;
}

void add_head(PartWork& part, const ModelConfig& c)
{
    const auto vocab = static_cast<double>(c.vocab_size);
    const auto d = static_cast<double>(c.hidden_size);
    part.linears.push_back({.out = vocab, .in = d, .format = LinearFormat::AlwaysBf16});
    part.logits += vocab;
    part.pass_bytes += 2 * kBf16 * vocab + 2 * kBf16 * d; // logits to probabilities, norm
    part.kept_bytes += kBf16 * d;                         // logits are used up at once
    part.other_parameters += d;
}

} // namespace

double operand_bytes(TrainFormat format)
{
    return format == TrainFormat::Fp8 ? 1 + kF32 / kScaleGroup : kBf16;
}

double PartWork::parameters(Held held) const
{
    double sum = held == Held::Everywhere ? other_parameters : 0;
    for (const LinearWork& linear : linears)
        if (linear.held == held) sum += linear.parameters();
    return sum;
}

PartSeconds& PartSeconds::operator+=(const PartSeconds& other)
{
    forward += other.forward;
    backward_inputs += other.backward_inputs;
    backward_weights += other.backward_weights;
    return *this;
}

std::vector<PartWork> model_work(const ModelConfig& c, TrainFormat format, std::int64_t sequence_length)
{
    const auto d = static_cast<double>(c.hidden_size);
    const double embedding = static_cast<double>(c.vocab_size) * d;
    std::vector<PartWork> parts;
    for (std::int64_t layer = 0; layer < c.num_hidden_layers; ++layer)
        parts.push_back(block(c, layer, format, sequence_length));
    parts.front().other_parameters += embedding;
    PartWork head;
    add_head(head, c);
    if (c.tie_word_embeddings) head.other_parameters -= embedding; // its product is counted as a matrix of its own
    parts.push_back(head);
    for (std::int64_t depth = 0; depth < c.num_nextn_predict_layers; ++depth) {
        PartWork module = block(c, c.num_hidden_layers + depth, format, sequence_length);
        module.linears.push_back({.out = d, .in = 2 * d, .format = LinearFormat::AlwaysBf16});
        module.pass_bytes += 4 * kBf16 * d;
        module.kept_bytes += 2 * kBf16 * d;
        module.other_parameters += 2 * d; // enorm, hnorm
        add_head(module, c);
        module.other_parameters -= embedding; // the head is the main model's
        parts.push_back(module);
    }
    return parts;
}

PartSeconds part_seconds(const PartWork& part, const KernelRates& rates, TrainFormat format, double tokens,
                         double sequence_length, std::int64_t ep)
{
    PartSeconds seconds;
    double cast_bytes = 0; // a token
    double weight_bytes = 0;
    for (const LinearWork& linear : part.linears) {
        const TrainFormat used = linear.format == LinearFormat::AlwaysBf16 ? TrainFormat::Bf16 : format;
        const double groups = linear.held == Held::Spread ? linear.count / static_cast<double>(ep) : linear.count;
        const double rows = tokens * linear.uses / groups;
        const double forward = rates.product_seconds(used, groups, rows, linear.out, linear.in);
        seconds.forward += forward;
        seconds.backward_inputs += rates.product_seconds(used, groups, rows, linear.in, linear.out);
        if (linear.recomputed == Recomputed::Yes) seconds.backward_inputs += forward;
        seconds.backward_weights += rates.product_seconds(used, groups, linear.out, linear.in, rows);
        // The gradient of weights takes its operands in tiles along the tokens: both are cast once more.
        if (used == TrainFormat::Fp8) cast_bytes += 2 * operand_bytes(used) * linear.uses * (linear.in + linear.out);
        weight_bytes += 2 * kF32 * groups * linear.out * linear.in; // added to the sum in f32
    }
    seconds.forward += rates.attention_forward_seconds(part.attention_flops * tokens, sequence_length);
    seconds.backward_inputs +=
        rates.attention_backward_seconds(kAttentionBackward * part.attention_flops * tokens, sequence_length);
    seconds.forward += rates.memory_seconds(part.pass_bytes * tokens);
    seconds.backward_inputs += rates.memory_seconds(kBackwardPasses * part.pass_bytes * tokens);
    seconds.backward_weights += rates.memory_seconds(cast_bytes * tokens + weight_bytes);
    return seconds;
}

} // namespace triptych
