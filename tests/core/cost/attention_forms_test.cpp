// The closed forms against numbers worked out by hand for DeepSeek-V3, and against what the ops themselves say.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/attention_forms.h"
#include "kernels/ops/latent_attention.h"

#include <gtest/gtest.h>

namespace triptych::test {
namespace {

using enum AttentionForm;

ModelConfig one_layer_of_v3()
{
    ModelConfig c;
    c.num_hidden_layers = 1;
    c.num_attention_heads = 128;
    c.kv_lora_rank = 512;
    c.qk_rope_head_dim = 64;
    c.qk_nope_head_dim = 128;
    c.v_head_dim = 128;
    return c;
}

TEST(AttentionForms, CostWhatTheyDoForDeepSeekV3)
{
    const ModelConfig c = one_layer_of_v3();
    EXPECT_NEAR(form_cost(c, Absorbed, 4096).flops, 1.174e9, 0.001e9);
    EXPECT_NEAR(form_cost(c, Materialized, 4096).flops, 137.77e9, 0.01e9);
    // W_UK and W_UV are 33.55 MB of BF16; the cache 1,152 B a position; keys and values 64 kB, written and read.
    EXPECT_EQ(form_cost(c, Absorbed, 4096).bytes, 2 * (128.0 * 512 * 256 + 4096.0 * 576));
    EXPECT_EQ(form_cost(c, Materialized, 4096).bytes - form_cost(c, Absorbed, 4096).bytes, 2 * 2 * 4096.0 * 128 * 256);
    EXPECT_EQ(form_cost(c, Absorbed, 4096, 4).bytes, 2 * form_cost(c, Absorbed, 4096).bytes);
}

TEST(AttentionForms, OfAllLayersCostSoManyTimesThatOfOne)
{
    ModelConfig c = one_layer_of_v3();
    const double one = form_cost(c, Materialized, 777).flops;
    c.num_hidden_layers = 61;
    EXPECT_EQ(form_cost(c, Materialized, 777).flops, 61 * one);
}

TEST(AttentionForms, AbsorbedCostsTheFlopsThatItsOpsTell)
{
    constexpr std::int64_t kContext = 50;
    const ModelConfig c = one_layer_of_v3();
    const HeadShape head{.heads = 128, .nope_dim = 128, .rope_dim = 64, .value_dim = 128};
    const auto view2 = [](std::int64_t a, std::int64_t b) { return View<2>(nullptr, DType::F32, {a, b}); };
    const View<3> z(nullptr, DType::F32, {1, 128, 512});
    const AbsorbQuery absorb{.q = view2(1, 128 * 192), .kv_b = view2(128 * 256, 512), .head = head, .q_latent = z};
    const LatentAttention attend{.q_latent = z,
                                 .q = view2(1, 128 * 192),
                                 .latent = view2(kContext, 512),
                                 .k_rope = view2(kContext, 64),
                                 .head = head,
                                 .scale = 1,
                                 .z = z};
    const ProjectLatentValue project{.z = z, .kv_b = view2(128 * 256, 512), .head = head, .y = view2(1, 128 * 128)};
    EXPECT_EQ(form_cost(c, Absorbed, kContext).flops, absorb.flops() + attend.flops() + project.flops());
}

TEST(AttentionForms, CrossWhereTheyCostTheSame)
{
    const ModelConfig c = one_layer_of_v3();
    const auto context = absorbed_from_context(c);
    ASSERT_TRUE(context);
    EXPECT_EQ(*context, 2) << "expanding a single position is what the absorbed form does too";
    EXPECT_LT(form_cost(c, Absorbed, *context).flops, form_cost(c, Materialized, *context).flops);
    EXPECT_GE(form_cost(c, Absorbed, *context - 1).flops, form_cost(c, Materialized, *context - 1).flops);
    EXPECT_EQ(materialized_from_tokens(c), 171) << "131,072 / 768 = 170.7";
}

TEST(AttentionForms, NeverCrossWhereTheLatentIsNoLongerThanAHead)
{
    ModelConfig c = one_layer_of_v3();
    c.kv_lora_rank = 128; // 2 c = n + v
    EXPECT_FALSE(materialized_from_tokens(c)) << "a pair costs no less once it is expanded";
    ModelConfig tiny = one_layer_of_v3();
    tiny.kv_lora_rank = 8;
    tiny.qk_nope_head_dim = 1;
    tiny.v_head_dim = 1;
    EXPECT_EQ(absorbed_from_context(tiny), 9) << "8 * 2 / (8 * 2 + 2 - 16) = 8";
    tiny.v_head_dim = 0;
    EXPECT_FALSE(absorbed_from_context(tiny));
}

} // namespace
} // namespace triptych::test
