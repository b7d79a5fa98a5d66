// What the cache keeps, in bars and in words.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/panel_fixture.h"
#include "tests/support/probe_frames.h"
#include "ui/widgets/cache_bars.h"
#include "ui/widgets/elided_label.h"

#include <QCheckBox>

namespace triptych::test {
namespace {

class CachePanelTest : public PanelFixture {
protected:
    CachePanelTest() : PanelFixture("cache") {}
};

TEST_F(CachePanelTest, WithoutARunSaysWhatWillAppearAndHow)
{
    EXPECT_TRUE(visible_text().contains("start or open a run"));
}

TEST_F(CachePanelTest, TheCacheIsTheLatentAgainstPlainAttentionToScale)
{
    feed().take(probe_run());
    panel().grab(); // lays out
    EXPECT_EQ(panel().findChild<ElidedLabel*>("cacheTitle")->text(),
              "80 numbers per token and layer instead of 256: 3.2× less");
    const CacheBars& bars = *panel().findChild<CacheBars*>();
    ASSERT_EQ(bars.rows().size(), 3U) << "four heads are no eight groups";
    EXPECT_EQ(bars.rows()[0].values, 80);
    EXPECT_EQ(bars.rows()[0].bytes, 80 * 2 * 2);
    EXPECT_EQ(bars.rows()[1].values, 256);
    EXPECT_EQ(bars.rows()[2].values, 64);
    EXPECT_NEAR(bars.bar(0).width() * 256.0 / 80, bars.bar(1).width(), 4);
    EXPECT_EQ(bars.explanation(0),
              QString("MLA: latent 64 + rotated key 16, shared by all heads = 80 numbers per token and "
                      "layer; × 2 layers × 2 bytes (BF16) = 320\u202FB per token.\nDeepSeek-V2 report, "
                      "section 2.1.2; arXiv 2505.09343, table 1."));
}

TEST(CacheBarsRows, AreThoseOfThePaperForDeepSeekV3)
{
    ModelConfig v3;
    v3.num_hidden_layers = 61;
    v3.num_attention_heads = 128;
    v3.kv_lora_rank = 512;
    v3.qk_rope_head_dim = 64;
    v3.qk_nope_head_dim = 128;
    v3.v_head_dim = 128;
    const auto rows = CacheBars::rowsOf(v3);
    ASSERT_EQ(rows.size(), 4U);
    EXPECT_EQ(rows[0].bytes, 70'272);
    EXPECT_EQ(rows[1].values, 40'960);
    EXPECT_EQ(rows[2].name, "GQA-8");
    EXPECT_EQ(rows[2].values, 2'560);
}

TEST_F(CachePanelTest, SaysHowManyTokensFitIntoOneDevice)
{
    feed().take(probe_run());
    EXPECT_TRUE(visible_text().contains("MLA</b>: latent 64 + rotated key 16, shared by all heads"))
        << visible_text().toStdString();
    EXPECT_TRUE(visible_text().contains("has room for 250")) << "80e9 bytes of 320 for each token";
    const auto bars = panel().findChildren<CacheBars*>();
    ASSERT_EQ(bars.size(), 2);
    panel().grab(); // lays out
    EXPECT_NEAR(bars[1]->bar(1).width() * 256.0 / 80, bars[1]->bar(0).width(), 4)
        << "the less a token takes, the more fit";
    EXPECT_TRUE(bars[1]->explanation(0).contains("tokens, if nothing but the cache were there"));
}

TEST_F(CachePanelTest, ShowsDeepSeekV3WhereThatIsAskedFor)
{
    feed().take(probe_run());
    auto* paper = panel().findChild<QCheckBox*>("paper");
    paper->setChecked(true);
    const CacheBars& bars = *panel().findChild<CacheBars*>();
    ASSERT_EQ(bars.rows().size(), 4U);
    EXPECT_EQ(bars.rows()[0].bytes, 70'272);
    EXPECT_TRUE(visible_text().contains("61 layers")) << visible_text().toStdString();
    EXPECT_EQ(panel().saveState().value("paper"), true);
    paper->setChecked(false);
    EXPECT_EQ(bars.rows()[0].values, 80);
}

} // namespace
} // namespace triptych::test
