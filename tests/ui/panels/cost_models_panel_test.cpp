// Models side by side: every dot has its lens, and the press claim says that it is one.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/cost_preset_file.h"
#include "core/cost/ledger.h"
#include "tests/support/panel_fixture.h"
#include "ui/models/twin_table.h"
#include "ui/widgets/lens_dots.h"

#include <gtest/gtest.h>

#include <QComboBox>

#include <algorithm>
#include <cmath>

namespace triptych::test {
namespace {

class CostModelsPanelTest : public PanelFixture {
protected:
    CostModelsPanelTest() : PanelFixture("cost-models") { panel().resize(1240, 620); }
    LensDots& dots() { return *panel().findChild<LensDots*>(); }
};

TEST_F(CostModelsPanelTest, ShowsTheModelsOfThePublicArgumentEachUnderItsLenses)
{
    QStringList models;
    for (const LensDotRow& row : dots().rows()) {
        models << row.model;
        EXPECT_FALSE(row.dots.empty()) << row.model.toStdString();
        for (std::size_t i = 0; i < row.dots.size(); ++i) {
            EXPECT_FALSE(row.dots[i].lens.isEmpty());
            EXPECT_TRUE(row.dots[i].tip.contains(row.model));
            EXPECT_LE(row.dots[i > 0 ? i - 1 : 0].value, row.dots[i].value);
            EXPECT_LE(row.dots[i].low, row.dots[i].value);
            EXPECT_GE(row.dots[i].high, row.dots[i].value);
        }
    }
    EXPECT_EQ(models, (QStringList{"DeepSeek-R1", "DeepSeek-V3", "GPT-4", "GPT-4o", "Gemini 1.0 Ultra",
                                   "Llama 3.1 405B", "GPT-4.5", "Grok-3"}));
}

TEST_F(CostModelsPanelTest, EachAmountStandsUnderItsFamilyOfLenses)
{
    const auto family = [this](std::size_t model, double million) {
        for (const LensDot& dot : dots().rows()[model].dots)
            if (std::abs(dot.value - million * 1e6) < 1) return dot.family;
        ADD_FAILURE() << "no dot at " << million;
        return LensFamily::Claim;
    };
    EXPECT_EQ(family(2, 40.7), LensFamily::Own) << "GPT-4";
    EXPECT_EQ(family(2, 78.6), LensFamily::Rent);
    EXPECT_EQ(family(2, 778), LensFamily::Purchase);
    EXPECT_EQ(family(1, 5.576), LensFamily::Rent) << "DeepSeek-V3";
    EXPECT_EQ(family(1, 27.88), LensFamily::Wider);
    EXPECT_EQ(family(3, 100), LensFamily::Claim) << "GPT-4o";
}

TEST_F(CostModelsPanelTest, BandsAreThoseOfTheCommandLine)
{
    const auto preset = load_cost_preset("deepseek-v3-paper");
    ASSERT_TRUE(preset.ok());
    Ledger ledger = *evaluate(*preset);
    ASSERT_TRUE(add_band(*preset, ledger).ok());
    const auto& v3 = dots().rows()[1].dots;
    const auto rental = std::find_if(v3.begin(), v3.end(), [](const LensDot& d) { return d.value == 5'576'000; });
    ASSERT_NE(rental, v3.end());
    EXPECT_EQ(rental->high, ledger.high.usd());
}

TEST_F(CostModelsPanelTest, ADotStandsAtItsAmountNotAtAnEndOfItsBand)
{
    const auto& v3 = dots().rows()[1].dots;
    const auto wider = std::find_if(v3.begin(), v3.end(), [](const LensDot& d) { return d.value == 27'880'000; });
    const auto gpt4o = dots().rows()[3].dots.begin(); // 36.1 million, nearby, without a band
    ASSERT_NE(wider, v3.end());
    ASSERT_LT(wider->low, wider->value);
    const double x = dots().placeOf(1, static_cast<int>(wider - v3.begin())).x();
    const double one = dots().placeOf(3, 0).x();
    const double hundred = dots().placeOf(3, 1).x();
    const double scale = (hundred - one) / std::log(100e6 / gpt4o->value);
    EXPECT_NEAR(x, one + scale * std::log(wider->value / gpt4o->value), 0.5);
}

TEST_F(CostModelsPanelTest, SaysHowFarTheLensesOfOneModelLieApart)
{
    EXPECT_EQ(dots().rows()[2].spread, QString("× 19")) << "GPT-4: 778 over 40.7 million";
    EXPECT_EQ(dots().rows()[6].spread, QString()) << "GPT-4.5 has one lens";
}

TEST_F(CostModelsPanelTest, MarksClaimsAndTheOneOfThePress)
{
    int press = 0;
    for (const LensDotRow& row : dots().rows())
        for (const LensDot& dot : row.dots) {
            EXPECT_TRUE(dot.family != LensFamily::Claim || dot.claimed) << dot.lens.toStdString();
            press += dot.lens.startsWith("press claim") ? 1 : 0;
        }
    EXPECT_EQ(press, 1);
}

TEST_F(CostModelsPanelTest, TheTableTwinHasTheLedgersTotals)
{
    const auto twins = panel().twins();
    ASSERT_EQ(twins.size(), 1U);
    const QAbstractItemModel& table = *twins[0].model;
    ASSERT_GE(table.rowCount(), 28);
    for (int row = 0; row < table.rowCount(); ++row) {
        const QStringList place = table.index(row, 9).data().toString().split('/');
        const auto preset = load_cost_preset(place.at(0).toStdString());
        ASSERT_TRUE(preset.ok());
        EXPECT_EQ(exactValue(table.index(row, 2)).toDouble(),
                  evaluate(*preset, place.at(1).toStdString())->total.usd());
        for (const int column : {1, 5, 6, 7, 8}) EXPECT_FALSE(table.index(row, column).data().toString().isEmpty());
    }
}

TEST_F(CostModelsPanelTest, AClickAndTheArrowsReadADotOut)
{
    QTest::mouseClick(&dots(), Qt::LeftButton, {}, dots().placeOf(2, 0).toPoint());
    EXPECT_TRUE(visible_text().contains("$40,700,000.00")) << visible_text().toStdString();
    QTest::keyClick(&dots(), Qt::Key_Down);
    EXPECT_TRUE(visible_text().contains("GPT-4o"));
    QTest::keyClick(&dots(), Qt::Key_Right);
    EXPECT_TRUE(visible_text().contains("$100,000,000.00"));
    EXPECT_TRUE(dots().accessibleDescription().contains("GPT-4o"));
}

TEST_F(CostModelsPanelTest, IgnoresNonsenseInASavedState)
{
    const QVariantMap before = panel().saveState();
    panel().restoreState({{"family", 77}, {"row", "x"}, {"currency", QVariantList{3}}, {"dot", -4}});
    EXPECT_EQ(panel().saveState(), before);
}

} // namespace
} // namespace triptych::test
