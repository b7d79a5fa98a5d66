// Changes by hand, and the way back.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/cost_preset_file.h"
#include "core/cost/cost_sheet.h"
#include "core/cost/ledger.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace triptych {
namespace {

class CostSheetTest : public testing::Test {
protected:
    Money total() const { return evaluate(m_sheet.preset())->total; }

    CostSheet m_sheet{*load_cost_preset("deepseek-v3-waterfall")};
    const Money m_published = total();
};

TEST_F(CostSheetTest, AChangeIsWhatTheCoreMakesOfAnEdit)
{
    ASSERT_TRUE(m_sheet.set("rental", 3.42));
    CostPreset edited = m_sheet.source();
    ASSERT_TRUE(apply_edit(edited, "rental=3.42"));
    EXPECT_EQ(cost_preset_json(m_sheet.preset()), cost_preset_json(edited));
    EXPECT_TRUE(m_sheet.is_edited("rental"));
    EXPECT_FALSE(m_sheet.is_edited("utilisation"));
}

TEST_F(CostSheetTest, ResetGivesTheSourceBackToTheLastDigit)
{
    const std::string before = cost_preset_json(m_sheet.preset());
    ASSERT_TRUE(m_sheet.set("run_share", 0.1234567));
    ASSERT_TRUE(m_sheet.set("opex", 1));
    ASSERT_TRUE(m_sheet.leave_out("waterfall", "a100s", true));
    EXPECT_NE(total(), m_published);
    m_sheet.reset("opex");
    EXPECT_FALSE(m_sheet.is_edited("opex"));
    m_sheet.reset_all();
    EXPECT_EQ(cost_preset_json(m_sheet.preset()), before);
    EXPECT_EQ(total(), m_published);
}

TEST_F(CostSheetTest, TheValueOfTheSourceIsNoChange)
{
    ASSERT_TRUE(m_sheet.set("rental", 3));
    ASSERT_TRUE(m_sheet.set("rental", 2));
    EXPECT_TRUE(m_sheet.changes().empty());
    EXPECT_EQ(m_sheet.preset().inputs[3].input.high, 3.42) << "its range is that of the source again";
}

TEST_F(CostSheetTest, NonsenseIsRefusedByNameAndChangesNothing)
{
    const double nan = std::numeric_limits<double>::quiet_NaN();
    for (const auto& [key, value] : {std::pair("utilisation", 0.0), {"rental", -1.0}, {"life", 0.0}, {"opex", nan}}) {
        const Status refused = m_sheet.set(key, value);
        ASSERT_FALSE(refused.ok()) << key;
        EXPECT_FALSE(refused.error().hint.empty());
    }
    EXPECT_FALSE(m_sheet.set("nobody", 1).ok());
    EXPECT_FALSE(m_sheet.leave_out("waterfall", "nobody", true).ok());
    EXPECT_TRUE(m_sheet.changes().empty());
    EXPECT_FALSE(m_sheet.can_undo());
}

TEST_F(CostSheetTest, EveryChangeCanBeTakenBackAndMadeAgain)
{
    ASSERT_TRUE(m_sheet.set("rental", 3));
    ASSERT_TRUE(m_sheet.leave_out("waterfall", "headline", true));
    m_sheet.reset_all();
    m_sheet.undo();
    EXPECT_TRUE(m_sheet.is_left_out("waterfall", "headline"));
    m_sheet.undo();
    EXPECT_FALSE(m_sheet.is_left_out("waterfall", "headline"));
    EXPECT_TRUE(m_sheet.is_edited("rental"));
    m_sheet.undo();
    EXPECT_EQ(total(), m_published);
    EXPECT_FALSE(m_sheet.can_undo());
    m_sheet.redo();
    EXPECT_TRUE(m_sheet.is_edited("rental"));
    ASSERT_TRUE(m_sheet.set("rental", 2.5));
    EXPECT_FALSE(m_sheet.can_redo()) << "another way was taken";
}

TEST_F(CostSheetTest, ADragIsTakenBackAtOnceAndTheNextOneByItself)
{
    for (const double value : {2.1, 2.2, 2.3}) ASSERT_TRUE(m_sheet.set("rental", value, EditPace::Drag));
    ASSERT_TRUE(m_sheet.set("rental", 2.4)); // let go
    for (const double value : {0.9, 0.8}) ASSERT_TRUE(m_sheet.set("utilisation", value, EditPace::Drag));
    m_sheet.undo();
    EXPECT_FALSE(m_sheet.is_edited("utilisation"));
    EXPECT_EQ(m_sheet.changes().values.at("rental"), 2.4);
    m_sheet.undo();
    m_sheet.undo();
    EXPECT_TRUE(m_sheet.changes().empty());
}

TEST(CostSheetOfARun, WhatIsMeasuredIsTheSourceAndWhatIsSetByHandStays)
{
    CostSheet sheet{*load_cost_preset("this-machine")};
    ASSERT_TRUE(sheet.set("machine_hours", 5));
    ASSERT_TRUE(sheet
                    .fill(std::vector<CostFact>{{"run.device_hours", 3, "counted", "2026"},
                                                {"machine.threads", 4, "counted", "2026"}})
                    .ok());
    EXPECT_EQ(evaluate(sheet.preset(), "rental")->total.micro(), 960'000); // 5 x 4 x 0.048
    sheet.reset("machine_hours");
    EXPECT_EQ(evaluate(sheet.preset(), "rental")->total.micro(), 576'000);
    EXPECT_EQ(sheet.preset().inputs[1].input.basis, PriceBasis::Measured);
    ASSERT_TRUE(sheet.fill(std::vector<CostFact>{{"run.goodput", 0.5, "counted", "2026"}}).ok());
    EXPECT_EQ(sheet.preset().inputs[1].input.basis, PriceBasis::Assumed) << "what another run has counted is forgotten";
    ASSERT_TRUE(sheet
                    .fill(std::vector<CostFact>{{"run.device_hours", 3, "counted", "2026"},
                                                {"machine.threads", 4, "counted", "2026"}})
                    .ok());
    EXPECT_FALSE(sheet.fill(std::vector<CostFact>{{"machine.threads", 0, "counted", "2026"}}).ok());
    EXPECT_EQ(evaluate(sheet.preset(), "rental")->total.micro(), 576'000);
}

} // namespace
} // namespace triptych
