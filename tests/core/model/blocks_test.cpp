// Each block of the model alone: its backward is the derivative of its forward, sequences are apart, nothing looks
// ahead.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/dense_ffn.h"
#include "core/model/lm_head.h"
#include "core/model/mla_attention.h"
#include "core/model/moe_ffn.h"
#include "core/model/mtp_module.h"
#include "tests/support/block_test.h"
#include "tests/support/tiny_config.h"

namespace triptych::test {
namespace {

constexpr TokenShape kShape{.batch = 2, .length = 7};

class Blocks : public testing::TestWithParam<NamedConfig> {
protected:
    const ModelConfig& config() const { return GetParam().config; }
    std::int64_t width() const { return config().hidden_size; }
    const RouterInfo& router() const { return *find_router(GetParam().router).value(); }
    bool has_experts() const { return config().n_routed_experts > 0; }

    RopeTable m_rope{config(), DType::F64, 16};
};

/// Of the configurations that have experts.
class ExpertBlocks : public Blocks {
protected:
    std::unique_ptr<MoeFfn> moe() const { return std::make_unique<MoeFfn>(config(), 1, router().create(config(), 1)); }
};

std::vector<NamedConfig> with_experts()
{
    auto configs = tiny_configs();
    std::erase_if(configs, [](const NamedConfig& c) { return c.config.n_routed_experts == 0; });
    return configs;
}

TEST_P(Blocks, AttentionHasTheGradientOfItsForward)
{
    MlaAttention attention(config(), 0, m_rope);
    expect_block_gradients(attention, kShape, width());
}

TEST_P(Blocks, DenseFfnHasTheGradientOfItsForward)
{
    DenseFfn ffn("mlp.", width(), config().intermediate_size);
    expect_block_gradients(ffn, kShape, width());
}

TEST_P(ExpertBlocks, HaveTheGradientOfTheirForward)
{
    const auto block = moe();
    expect_block_gradients(*block, kShape, width());
}

TEST_P(Blocks, ALayerOfEitherKindHasTheGradientOfItsForward)
{
    for (const std::int64_t index : {0, 1}) {
        TransformerLayer layer(config(), index, router(), m_rope);
        EXPECT_EQ(layer.moe() != nullptr, index == 1 && has_experts());
        expect_block_gradients(layer, kShape, width());
    }
}

TEST_P(Blocks, AnMtpModuleHasTheGradientOfItsForwardByBothItsInputs)
{
    MtpModule module(config(), 1, router(), m_rope);
    BlockBench bench(module, kShape);
    const auto values = kShape.tokens() * width();
    Doubles embedded = random_doubles(values, 1);
    Doubles previous = random_doubles(values, 2);
    Doubles dy = random_doubles(values, 3);
    const auto loss = [&](RouteProbe& routes) {
        Doubles out(embedded.size(), 99);
        Pass pass = bench.pass(Phase::Train, &routes);
        module.forward(pass, matrix(embedded, width()), matrix(previous, width()), matrix(out, width()));
        double sum = 0;
        for (std::size_t i = 0; i < out.size(); ++i) sum += out[i] * dy[i];
        return sum;
    };
    RouteProbe routes;
    ASSERT_TRUE(std::isfinite(loss(routes)));
    Doubles d_embedded(embedded.size(), 99);
    Doubles d_previous(embedded.size(), 99);
    Pass pass = bench.pass(Phase::Train);
    module.backward_block(pass, matrix(dy, width()), matrix(d_previous, width()), matrix(d_embedded, width()));
    module.backward_inputs(pass, matrix(embedded, width()), matrix(previous, width()), matrix(d_previous, width()),
                           matrix(d_embedded, width()));
    expect_gradient(embedded, d_embedded, loss, "embedded");
    expect_gradient(previous, d_previous, loss, "previous");
    expect_parameter_gradients(bench, loss);
}

TEST_P(Blocks, TheHeadHasTheGradientOfItsLossAndPassesOverMaskedTargets)
{
    LmHead head(config());
    ParamRows rows;
    const ParamId embedding = rows.add({.name = "embedding", .shape = {config().vocab_size, width()}});
    head.declare(rows, embedding);
    EXPECT_EQ(rows.rows().size(), config().tie_word_embeddings ? 1U : 2U);
    BlockBench bench(std::move(rows), kShape);
    head.plan(bench.planner(), DType::F64, kShape);
    bench.allocate();
    Doubles h = random_doubles(kShape.tokens() * width(), 1);
    auto targets = random_tokens(kShape.tokens(), config().vocab_size, 5);
    targets[3] = targets[13] = -1;
    EXPECT_EQ(count_targets(targets), 12);
    const auto loss = [&](RouteProbe&) {
        Pass pass = bench.pass(Phase::Evaluate);
        return 0.7 * head.loss(pass, matrix(h, width()), targets, nullptr);
    };
    Doubles dh(h.size(), 99);
    Pass pass = bench.pass(Phase::Train);
    RouteProbe none;
    EXPECT_NEAR(0.7 * head.loss_and_gradient(pass, matrix(h, width()), targets, 0.7, matrix(dh, width())), loss(none),
                1e-12);
    for (std::int64_t c = 0; c < width(); ++c)
        EXPECT_EQ(dh[static_cast<std::size_t>(3 * width() + c)], 0) << "a masked target";
    expect_gradient(h, dh, loss, "h");
    const ParamRow& row = bench.params.rows().back(); // the head's own matrix, or the tied embedding
    const auto count = static_cast<std::size_t>(row.count());
    expect_gradient({bench.params.weights().as<double>() + row.offset, count},
                    {bench.params.gradients().as<double>() + row.offset, count}, loss, row.name);
}

TEST_P(Blocks, AttentionSeesEarlierPositionsOfItsOwnSequenceAlone)
{
    MlaAttention attention(config(), 0, m_rope);
    BlockBench bench(attention, kShape);
    const Doubles x = random_doubles(kShape.tokens() * width(), 1);
    const Doubles before = forward(attention, bench, x, width());
    const std::int64_t changed = 4; // position 4 of the first sequence
    Doubles other = x;
    for (std::int64_t c = 0; c < width(); ++c) other[static_cast<std::size_t>(changed * width() + c)] += 1;
    const Doubles after = forward(attention, bench, other, width());
    for (std::int64_t row = 0; row < kShape.tokens(); ++row) {
        bool same = true;
        for (std::int64_t c = 0; c < width(); ++c) {
            const auto i = static_cast<std::size_t>(row * width() + c);
            same &= before[i] == after[i];
        }
        EXPECT_EQ(same, row < changed || row >= kShape.length) << "row " << row;
    }
}

TEST_P(ExpertBlocks, TreatEachTokenByItself)
{
    const auto block = moe();
    BlockBench bench(*block, kShape);
    const Doubles x = random_doubles(kShape.tokens() * width(), 1);
    const Doubles before = forward(*block, bench, x, width());
    // Reversed tokens give reversed outputs, to the bit: in F64 each row of a product is summed alone.
    Doubles reversed;
    for (std::int64_t row = kShape.tokens() - 1; row >= 0; --row)
        reversed.insert(reversed.end(), x.begin() + row * width(), x.begin() + (row + 1) * width());
    const Doubles after = forward(*block, bench, reversed, width());
    for (std::int64_t row = 0; row < kShape.tokens(); ++row)
        for (std::int64_t c = 0; c < width(); ++c)
            ASSERT_EQ(after[static_cast<std::size_t>((kShape.tokens() - 1 - row) * width() + c)],
                      before[static_cast<std::size_t>(row * width() + c)]);
}

INSTANTIATE_TEST_SUITE_P(Configs, Blocks, testing::ValuesIn(tiny_configs()),
                         [](const auto& test) { return test.param.name; });
INSTANTIATE_TEST_SUITE_P(Configs, ExpertBlocks, testing::ValuesIn(with_experts()),
                         [](const auto& test) { return test.param.name; });

} // namespace
} // namespace triptych::test
