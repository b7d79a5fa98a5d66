// The calls: shapes are small and odd, indices valid, values zero.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/op_cases.h"

#include "kernels/ops/adamw.h"
#include "kernels/ops/attention.h"
#include "kernels/ops/balance_loss.h"
#include "kernels/ops/cross_entropy.h"
#include "kernels/ops/elementwise.h"
#include "kernels/ops/embedding.h"
#include "kernels/ops/grouped_linear.h"
#include "kernels/ops/latent_attention.h"
#include "kernels/ops/linear.h"
#include "kernels/ops/permute.h"
#include "kernels/ops/reduce.h"
#include "kernels/ops/rms_norm.h"
#include "kernels/ops/rope.h"
#include "kernels/ops/router.h"
#include "kernels/ops/swiglu.h"

#include <algorithm>
#include <cstring>
#include <ostream>

namespace triptych::test {
namespace {

using Size = std::int64_t;

constexpr Size kColumns = 10;
constexpr Size kExperts = 6;
constexpr Size kTopK = 2;

/// Owns the tensors of one call.
class Arena {
public:
    explicit Arena(DType dtype) : m_dtype(dtype) {}

    template <int Rank>
    View<Rank> real(std::array<Size, Rank> shape)
    {
        return zeros<Rank>(m_dtype, shape);
    }
    View<1> result() { return zeros<1>(DType::F64, {1}); }
    /// The values 0, 1, .. bound-1, 0, 1, ..
    template <int Rank>
    View<Rank> ints(std::array<Size, Rank> shape, Size bound)
    {
        const auto view = zeros<Rank>(DType::I32, shape);
        for (Size i = 0; i < view.count(); ++i)
            view.template as<std::int32_t>()[i] = static_cast<std::int32_t>(i % bound);
        return view;
    }
    /// Offsets of kExperts groups with `rows` rows in all.
    View<1> offsets(Size rows)
    {
        const auto view = zeros<1>(DType::I32, {kExperts + 1});
        for (Size e = 0; e <= kExperts; ++e)
            view.as<std::int32_t>()[e] = static_cast<std::int32_t>(rows * e / kExperts);
        return view;
    }

private:
    template <int Rank>
    View<Rank> zeros(DType dtype, std::array<Size, Rank> shape)
    {
        const View<Rank> sized(nullptr, dtype, shape);
        m_buffers.emplace_back(Device{}, sized.bytes());
        if (sized.bytes() > 0) std::memset(m_buffers.back().data(), 0, sized.bytes());
        return View<Rank>(m_buffers.back().data(), dtype, shape);
    }

    DType m_dtype;
    std::vector<DeviceBuffer> m_buffers;
};

/// `make` builds the op for a size with tensors of an arena.
template <class Make>
OpCase make_case(FlopsGrowth growth, Make make)
{
    using Op = decltype(make(std::declval<Arena&>(), Size{}));
    return {Op::name, growth,
            [make](DType dtype, Size size) {
                Arena arena(dtype);
                const Op op = make(arena, size);
                op.check();
                return OpCost{Op::name, op.flops(), op.bytes()};
            },
            [make](Stream& stream, DType dtype, Size size) {
                Arena arena(dtype);
                const Op op = make(arena, size);
                triptych::run(stream, op);
            }};
}

void add_products(std::vector<OpCase>& cases)
{
    constexpr Size kOut = 7;
    cases.push_back(make_case(FlopsGrowth::Linear, [](Arena& a, Size n) {
        return LinearForward{
            .x = a.real<2>({n, kColumns}), .weight = a.real<2>({kOut, kColumns}), .y = a.real<2>({n, kOut})};
    }));
    cases.push_back(make_case(FlopsGrowth::Linear, [](Arena& a, Size n) {
        return LinearBackwardInput{
            .dy = a.real<2>({n, kOut}), .weight = a.real<2>({kOut, kColumns}), .dx = a.real<2>({n, kColumns})};
    }));
    cases.push_back(make_case(FlopsGrowth::Linear, [](Arena& a, Size n) {
        return LinearBackwardWeight{
            .x = a.real<2>({n, kColumns}), .dy = a.real<2>({n, kOut}), .dweight = a.real<2>({kOut, kColumns})};
    }));
    cases.push_back(make_case(FlopsGrowth::Linear, [](Arena& a, Size n) {
        return GroupedLinearForward{.x = a.real<2>({n, kColumns}),
                                    .offsets = a.offsets(n),
                                    .weight = a.real<3>({kExperts, kOut, kColumns}),
                                    .y = a.real<2>({n, kOut})};
    }));
    cases.push_back(make_case(FlopsGrowth::Linear, [](Arena& a, Size n) {
        return GroupedLinearBackwardInput{.dy = a.real<2>({n, kOut}),
                                          .offsets = a.offsets(n),
                                          .weight = a.real<3>({kExperts, kOut, kColumns}),
                                          .dx = a.real<2>({n, kColumns})};
    }));
    cases.push_back(make_case(FlopsGrowth::Linear, [](Arena& a, Size n) {
        return GroupedLinearBackwardWeight{.x = a.real<2>({n, kColumns}),
                                           .dy = a.real<2>({n, kOut}),
                                           .offsets = a.offsets(n),
                                           .dweight = a.real<3>({kExperts, kOut, kColumns})};
    }));
}

void add_blocks(std::vector<OpCase>& cases)
{
    cases.push_back(make_case(FlopsGrowth::Linear, [](Arena& a, Size n) {
        return RmsNormForward{.x = a.real<2>({n, kColumns}),
                              .gain = a.real<1>({kColumns}),
                              .y = a.real<2>({n, kColumns}),
                              .rstd = a.real<1>({n})};
    }));
    cases.push_back(make_case(FlopsGrowth::Linear, [](Arena& a, Size n) {
        return RmsNormBackward{.x = a.real<2>({n, kColumns}),
                               .gain = a.real<1>({kColumns}),
                               .rstd = a.real<1>({n}),
                               .dy = a.real<2>({n, kColumns}),
                               .dx = a.real<2>({n, kColumns}),
                               .dgain = a.real<1>({kColumns})};
    }));
    cases.push_back(make_case(FlopsGrowth::Linear, [](Arena& a, Size n) {
        return SwiGluForward{.gate_up = a.real<2>({n, 2 * kColumns}), .y = a.real<2>({n, kColumns})};
    }));
    cases.push_back(make_case(FlopsGrowth::Linear, [](Arena& a, Size n) {
        return SwiGluBackward{.gate_up = a.real<2>({n, 2 * kColumns}),
                              .dy = a.real<2>({n, kColumns}),
                              .dgate_up = a.real<2>({n, 2 * kColumns})};
    }));
    cases.push_back(make_case(FlopsGrowth::Linear, [](Arena& a, Size n) {
        return RopeRotate{.x = a.real<2>({n, kColumns}),
                          .heads = 2,
                          .head_stride = 5,
                          .first = 1,
                          .positions = a.ints<1>({n}, 3),
                          .cos_sin = a.real<3>({3, 2, 2})};
    }));
}

/// The size is the number of sequences, of three tokens each; of the map of weights, which has one sequence, it is the
/// width of a head.
void add_attention(std::vector<OpCase>& cases)
{
    constexpr HeadShape kHead = {.heads = 2, .nope_dim = 4, .rope_dim = 2, .value_dim = 3};
    constexpr Size kQueries = 2 * (4 + 2);
    constexpr Size kKeysAndValues = 2 * (4 + 3);
    constexpr Size kValues = 2 * 3;
    cases.push_back(make_case(FlopsGrowth::Linear, [=](Arena& a, Size n) {
        return AttentionForward{.q = a.real<2>({3 * n, kQueries}),
                                .kv = a.real<2>({3 * n, kKeysAndValues}),
                                .k_rope = a.real<2>({3 * n, 2}),
                                .head = kHead,
                                .batch = std::max<Size>(n, 1),
                                .scale = 0.5,
                                .y = a.real<2>({3 * n, kValues}),
                                .lse = a.real<2>({3 * n, 2})};
    }));
    cases.push_back(make_case(FlopsGrowth::Linear, [=](Arena& a, Size n) {
        return AttentionBackward{.q = a.real<2>({3 * n, kQueries}),
                                 .kv = a.real<2>({3 * n, kKeysAndValues}),
                                 .k_rope = a.real<2>({3 * n, 2}),
                                 .y = a.real<2>({3 * n, kValues}),
                                 .lse = a.real<2>({3 * n, 2}),
                                 .dy = a.real<2>({3 * n, kValues}),
                                 .head = kHead,
                                 .batch = std::max<Size>(n, 1),
                                 .scale = 0.5,
                                 .dq = a.real<2>({3 * n, kQueries}),
                                 .dkv = a.real<2>({3 * n, kKeysAndValues}),
                                 .dk_rope = a.real<2>({3 * n, 2})};
    }));
    cases.push_back(make_case(FlopsGrowth::Affine, [=](Arena& a, Size n) {
        const HeadShape head = {.heads = 2, .nope_dim = std::max<Size>(n, 1), .rope_dim = 2, .value_dim = 3};
        return AttentionWeights{.q = a.real<2>({3, 2 * (head.nope_dim + 2)}),
                                .kv = a.real<2>({5, 2 * (head.nope_dim + 3)}),
                                .k_rope = a.real<2>({5, 2}),
                                .lse = a.real<2>({3, 2}),
                                .head = head,
                                .head_index = 1,
                                .scale = 0.5,
                                .weights = a.real<2>({3, 5})};
    }));
}

/// The size is the number of heads, of two queries each over a cache of five positions.
void add_latent_attention(std::vector<OpCase>& cases)
{
    constexpr Size kLatent = 7;
    const auto head_of = [](Size n) {
        return HeadShape{.heads = std::max<Size>(n, 1), .nope_dim = 4, .rope_dim = 2, .value_dim = 3};
    };
    cases.push_back(make_case(FlopsGrowth::Linear, [=](Arena& a, Size n) {
        const HeadShape head = head_of(n);
        return AbsorbQuery{.q = a.real<2>({2, head.heads * 6}),
                           .kv_b = a.real<2>({head.heads * 7, kLatent}),
                           .head = head,
                           .q_latent = a.real<3>({2, head.heads, kLatent})};
    }));
    cases.push_back(make_case(FlopsGrowth::Linear, [=](Arena& a, Size n) {
        const HeadShape head = head_of(n);
        return LatentAttention{.q_latent = a.real<3>({2, head.heads, kLatent}),
                               .q = a.real<2>({2, head.heads * 6}),
                               .latent = a.real<2>({5, kLatent}),
                               .k_rope = a.real<2>({5, 2}),
                               .head = head,
                               .scale = 0.5,
                               .z = a.real<3>({2, head.heads, kLatent})};
    }));
    cases.push_back(make_case(FlopsGrowth::Linear, [=](Arena& a, Size n) {
        const HeadShape head = head_of(n);
        return ProjectLatentValue{.z = a.real<3>({2, head.heads, kLatent}),
                                  .kv_b = a.real<2>({head.heads * 7, kLatent}),
                                  .head = head,
                                  .y = a.real<2>({2, head.heads * 3})};
    }));
}

void add_routing(std::vector<OpCase>& cases)
{
    cases.push_back(make_case(FlopsGrowth::Linear, [](Arena& a, Size n) {
        return RouterForward{.logits = a.real<2>({n, kExperts}),
                             .bias = a.real<1>({kExperts}),
                             .n_group = 3,
                             .topk_group = 2,
                             .scores = a.real<2>({n, kExperts}),
                             .experts = a.ints<2>({n, kTopK}, kTopK),
                             .weights = a.real<2>({n, kTopK})};
    }));
    cases.push_back(make_case(FlopsGrowth::Linear, [](Arena& a, Size n) {
        return RouterBackward{.scores = a.real<2>({n, kExperts}),
                              .experts = a.ints<2>({n, kTopK}, kTopK),
                              .dweights = a.real<2>({n, kTopK}),
                              .dscores = a.real<2>({n, kExperts}),
                              .dlogits = a.real<2>({n, kExperts})};
    }));
    cases.push_back(make_case(FlopsGrowth::Affine, [](Arena& a, Size n) {
        return BalanceLossForward{.scores = a.real<2>({n, kExperts}),
                                  .batch = 1,
                                  .top_k = kTopK,
                                  .alpha = 1e-4,
                                  .load = a.real<2>({1, kExperts}),
                                  .loss = a.real<1>({1})};
    }));
    cases.push_back(make_case(FlopsGrowth::Linear, [](Arena& a, Size n) {
        return BalanceLossBackward{.scores = a.real<2>({n, kExperts}),
                                   .load = a.real<2>({1, kExperts}),
                                   .batch = 1,
                                   .alpha = 1e-4,
                                   .dscores = a.real<2>({n, kExperts})};
    }));
    cases.push_back(make_case(FlopsGrowth::Affine, [](Arena& a, Size n) {
        return PlanDispatch{.experts = a.ints<2>({n, kTopK}, kExperts),
                            .counts = a.ints<1>({kExperts}, 1),
                            .offsets = a.ints<1>({kExperts + 1}, 1),
                            .order = a.ints<1>({n * kTopK}, 1),
                            .position = a.ints<1>({n * kTopK}, 1)};
    }));
}

void add_dispatch(std::vector<OpCase>& cases)
{
    cases.push_back(make_case(FlopsGrowth::None, [](Arena& a, Size n) {
        return PermuteForward{.x = a.real<2>({n, kColumns}),
                              .order = a.ints<1>({n * kTopK}, n * kTopK),
                              .y = a.real<2>({n * kTopK, kColumns})};
    }));
    cases.push_back(make_case(FlopsGrowth::Linear, [](Arena& a, Size n) {
        return PermuteBackward{.dy = a.real<2>({n * kTopK, kColumns}),
                               .position = a.ints<1>({n * kTopK}, n * kTopK),
                               .dx = a.real<2>({n, kColumns})};
    }));
    cases.push_back(make_case(FlopsGrowth::Linear, [](Arena& a, Size n) {
        return CombineForward{.x = a.real<2>({n * kTopK, kColumns}),
                              .weights = a.real<2>({n, kTopK}),
                              .position = a.ints<1>({n * kTopK}, n * kTopK),
                              .y = a.real<2>({n, kColumns})};
    }));
    cases.push_back(make_case(FlopsGrowth::Linear, [](Arena& a, Size n) {
        return CombineBackward{.dy = a.real<2>({n, kColumns}),
                               .x = a.real<2>({n * kTopK, kColumns}),
                               .weights = a.real<2>({n, kTopK}),
                               .position = a.ints<1>({n * kTopK}, n * kTopK),
                               .dx = a.real<2>({n * kTopK, kColumns}),
                               .dweights = a.real<2>({n, kTopK})};
    }));
}

void add_ends(std::vector<OpCase>& cases)
{
    constexpr Size kVocabulary = 11;
    cases.push_back(make_case(FlopsGrowth::None, [](Arena& a, Size n) {
        return EmbeddingForward{.tokens = a.ints<1>({n}, kVocabulary),
                                .table = a.real<2>({kVocabulary, kColumns}),
                                .y = a.real<2>({n, kColumns})};
    }));
    cases.push_back(make_case(FlopsGrowth::Linear, [](Arena& a, Size n) {
        return EmbeddingBackward{.tokens = a.ints<1>({n}, kVocabulary),
                                 .dy = a.real<2>({n, kColumns}),
                                 .dtable = a.real<2>({kVocabulary, kColumns})};
    }));
    cases.push_back(make_case(FlopsGrowth::Linear, [](Arena& a, Size n) {
        return CrossEntropyForward{
            .logits = a.real<2>({n, kVocabulary}), .targets = a.ints<1>({n}, kVocabulary), .losses = a.real<1>({n})};
    }));
    cases.push_back(make_case(FlopsGrowth::Linear, [](Arena& a, Size n) {
        return CrossEntropyForwardBackward{.logits = a.real<2>({n, kVocabulary}),
                                           .targets = a.ints<1>({n}, kVocabulary),
                                           .losses = a.real<1>({n}),
                                           .dlogits = a.real<2>({n, kVocabulary})};
    }));
}

void add_whole_buffers(std::vector<OpCase>& cases)
{
    cases.push_back(make_case(FlopsGrowth::Linear, [](Arena& a, Size n) {
        return Add{.a = a.real<2>({n, kColumns}), .b = a.real<2>({n, kColumns}), .y = a.real<2>({n, kColumns})};
    }));
    cases.push_back(make_case(FlopsGrowth::None, [](Arena& a, Size n) {
        return Copy{.x = a.real<2>({n, kColumns}), .y = a.real<2>({n, kColumns})};
    }));
    cases.push_back(make_case(FlopsGrowth::Linear, [](Arena& a, Size n) {
        return Scale{.y = a.real<2>({n, kColumns}), .factor = 2};
    }));
    cases.push_back(make_case(
        FlopsGrowth::Linear, [](Arena& a, Size n) { return SumOfSquares{.x = a.real<1>({n}), .result = a.result()}; }));
    cases.push_back(make_case(FlopsGrowth::Linear, [](Arena& a, Size n) {
        return AdamWUpdate{.weight = a.real<1>({n}),
                           .gradient = a.real<1>({n}),
                           .first_moment = a.real<1>({n}),
                           .second_moment = a.real<1>({n})};
    }));
}

} // namespace

void PrintTo(const OpCase& op_case, std::ostream* out)
{
    *out << op_case.name;
}

const std::vector<OpCase>& op_cases()
{
    static const std::vector<OpCase> cases = [] {
        std::vector<OpCase> all;
        add_products(all);
        add_blocks(all);
        add_attention(all);
        add_latent_attention(all);
        add_routing(all);
        add_dispatch(all);
        add_ends(all);
        add_whole_buffers(all);
        return all;
    }();
    return cases;
}

} // namespace triptych::test
