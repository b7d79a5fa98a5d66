// The listed products are those that a step counts.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/step_products.h"
#include "core/bench/train_bench.h"
#include "core/config/parameter_count.h"
#include "core/config/preset.h"
#include "tests/support/small_run.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace triptych::test {
namespace {

using Part = StepProduct::Part;

struct Case {
    const char* model;
    std::int64_t length;
    std::int64_t batch;
};

void PrintTo(const Case& c, std::ostream* out)
{
    *out << c.model;
}

class StepProducts : public testing::TestWithParam<Case> {
protected:
    ModelConfig model() const { return load_model_config(GetParam().model).take(); }
    std::vector<StepProduct> products() const { return products_of_step(model(), GetParam().batch, GetParam().length); }
    double tokens() const { return static_cast<double>(GetParam().batch * GetParam().length); }
};

INSTANTIATE_TEST_SUITE_P(Presets, StepProducts,
                         testing::Values(Case{"bench-s", 256, 16}, Case{"bench-m", 512, 8}, Case{"bench-x", 256, 16},
                                         Case{"tiny", 128, 4}),
                         [](const testing::TestParamInfo<Case>& c) {
                             std::string name = c.param.model;
                             std::erase(name, '-');
                             return name;
                         });

TEST_P(StepProducts, OfWeightsAreWhatTheFormulaCountsButForNorms)
{
    const auto all = products();
    const double of_weights = flops_of(all, Part::Dense) + flops_of(all, Part::Experts);
    // Without a sequence to look at, the formula has weights only. It takes gains of norms for weights too.
    const double formula = tokens() * training_flops_per_token(model(), 0, CountMask::Causal, CountMtp::Yes);
    EXPECT_LT(of_weights, formula);
    EXPECT_NEAR(of_weights / formula, 1, 0.01);
}

TEST_P(StepProducts, OfAttentionExceedTheFormulaByTheDiagonalAndByTheScoresMadeAnew)
{
    const ModelConfig c = model();
    const double length = static_cast<double>(GetParam().length);
    const double key = static_cast<double>(c.qk_head_dim());
    const double value = static_cast<double>(c.v_head_dim);
    const double formula =
        tokens() * (training_flops_per_token(c, GetParam().length, CountMask::Causal, CountMtp::Yes) -
                    training_flops_per_token(c, 0, CountMask::Causal, CountMtp::Yes));
    const double diagonal = (length + 64) / length; // whole blocks of 64 queries
    const double made_anew = (4 * key + 3 * value) / (3 * key + 3 * value);
    EXPECT_NEAR(flops_of(products(), Part::Attention) / formula, diagonal * made_anew, 1e-9);
}

TEST_P(StepProducts, AddUpToTheFlopsOfAStepAndALittleMore)
{
    const double formula =
        tokens() * training_flops_per_token(model(), GetParam().length, CountMask::Causal, CountMtp::Yes);
    const double listed = flops_of(products());
    EXPECT_GT(listed / formula, 1.0);
    EXPECT_LT(listed / formula, GetParam().length < 256 ? 1.2 : 1.1);
}

TEST(StepProductsOfATinyModel, AreAsManyFlopsAsItsOpsDeclare)
{
    const SmallRun folder;
    const auto bench = bench_training({.model = (folder / "config.json").string(),
                                       .precision = "f32",
                                       .sequence_length = 30,
                                       .batch_size = 2,
                                       .threads = 1,
                                       .repetitions = 1});
    ASSERT_TRUE(bench) << bench.error().what;
    double declared = 0;
    for (const OpTime& op : bench->profile.ops)
        declared += std::string_view(op.name).find("linear_") != std::string_view::npos ? op.flops : 0;
    const auto all = products_of_step(small_run_model(), 2, 30);
    EXPECT_DOUBLE_EQ(flops_of(all, Part::Dense) + flops_of(all, Part::Experts), declared);
}

TEST(StepProductsOfATinyModel, SpreadTokensEvenly)
{
    // 11 x 3 rows for 8 experts: 1 of 5 rows and 7 of 4.
    std::int64_t rows = 0;
    for (const StepProduct& p : products_of_step(small_run_model(), 1, 11)) {
        if (p.part != Part::Experts || p.left == StepProduct::Left::Transposed) continue;
        EXPECT_EQ(p.copies, p.m == 5 ? 1 : 7);
        EXPECT_EQ(p.count % p.copies, 0);
        EXPECT_TRUE(p.m == 5 || p.m == 4) << p.m;
        rows += p.m * p.count;
    }
    EXPECT_EQ(rows, 33 * 4 * 2) << "two matrices forward and backward, of a layer and an MTP module";
}

TEST(StepProductsOfATinyModel, LeaveOutExpertsWithoutATokenAndAllOfThemWhereThereAreNone)
{
    for (const StepProduct& p : products_of_step(small_run_model(), 1, 2)) EXPECT_GT(p.m * p.n * p.k * p.count, 0);
    ModelConfig dense = small_run_model();
    dense.n_routed_experts = 0;
    EXPECT_EQ(flops_of(products_of_step(dense, 1, 8), Part::Experts), 0);
}

} // namespace
} // namespace triptych::test
