// Accepted drafts as a person reads them: shares with numbers, what is implied, and words where something is missing.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/panel_fixture.h"
#include "tests/support/probe_frames.h"
#include "ui/models/twin_table.h"
#include "ui/widgets/figure_rows.h"
#include "ui/widgets/position_bars.h"
#include "ui/widgets/readout.h"

namespace triptych::test {
namespace {

class MtpAcceptancePanelTest : public PanelFixture {
protected:
    MtpAcceptancePanelTest() : PanelFixture("mtp-acceptance") { panel().resize(390, 700); }

    void start(const ProbeShape& shape = {.mtp_depth = 2}, SessionState state = SessionState::Running)
    {
        event::RunStarted run = probe_run(shape);
        run.domains = {"english", "sums"};
        feed().take(run);
        feed().take(event::StateChanged{state, ""});
    }
    void validate(std::int64_t step, double first = 0.61)
    {
        feed().append({{Metric::MainLoss, step, 1.25},
                       {{Metric::DepthLoss, 1}, step, 1.4},
                       {{Metric::DepthLoss, 2}, step, 1.6},
                       {Metric::ValLoss, step, 1.3},
                       {Metric::ValMtpLoss, step, 1.55},
                       {{Metric::DepthValLoss, 1}, step, 1.5},
                       {{Metric::DepthValLoss, 2}, step, 1.6},
                       {{Metric::DepthAcceptance, 1}, step, first},
                       {{Metric::DepthAcceptance, 2}, step, 0.4},
                       {{Metric::DomainAcceptance, 0}, step, 0.71},
                       {{Metric::DomainValLoss, 0}, step, 1.83},
                       {Metric::ValSpeedUp, step, 1.87}});
        AcceptanceFrame frame;
        frame.step = step;
        frame.by_position.assign(2, std::vector<AcceptanceFrame::Count>(AcceptanceFrame::kPositions));
        for (std::size_t p = 0; p + 1 < 32; ++p) {
            frame.by_position[0][p] = {100, static_cast<std::int64_t>(p)};
            frame.by_position[1][p] = {100, 50};
        }
        frame.by_domain = {{{100, 71}, {0, 0}}, {{100, 40}, {0, 0}}};
        feed().setAcceptance(std::make_shared<AcceptanceFrame>(frame));
        if (m_showsNewest) feed().showNewestNumbers();
        QTest::qWait(1);
    }
    template <class T>
    T& part(const char* name = "")
    {
        return *panel().findChild<T*>(QString::fromLatin1(name));
    }

    bool m_showsNewest = true; ///< else numbers of the window stand still for a moment
};

TEST_F(MtpAcceptancePanelTest, SaysWhatWillAppearAndWhyNothingDoes)
{
    EXPECT_TRUE(visible_text().contains("first validation")) << visible_text().toStdString();
    start({.mtp_depth = 0});
    EXPECT_TRUE(visible_text().contains("no MTP module")) << visible_text().toStdString();
    start({}, SessionState::Finished);
    EXPECT_TRUE(visible_text().contains("not recorded in this run")) << visible_text().toStdString();
    EXPECT_FALSE(part<PositionBars>().isVisible());
}

TEST_F(MtpAcceptancePanelTest, TellsWhatIsAcceptedAndWhatItWouldSaveWithTheAssumptions)
{
    start();
    validate(100);
    EXPECT_EQ(part<Readout>("accepted").value(), "61");
    EXPECT_EQ(part<Readout>("speedUp").value(), "1.87");
    EXPECT_TRUE(part<Readout>("speedUp").toolTip().contains("Drafting not counted"));
    EXPECT_EQ(part<Readout>("loss").value(), "1.550");
    EXPECT_EQ(part<Readout>("weight").value(), "0.30");
    EXPECT_TRUE(part<QLabel>("later").isVisible());
    EXPECT_TRUE(part<QLabel>("later").text().contains("later version")) << "nothing measured is claimed";
}

TEST_F(MtpAcceptancePanelTest, AValidationComesWithItsBarsAlsoWhileOtherNumbersStandStill)
{
    start();
    validate(100);
    m_showsNewest = false;
    validate(120, 0.5);
    EXPECT_EQ(part<Readout>("accepted").value(), "50");
    EXPECT_TRUE(part<PositionBars>().isVisible());
    EXPECT_TRUE(visible_text().contains("step 120")) << visible_text().toStdString();
    EXPECT_FALSE(visible_text().contains("not by position")) << visible_text().toStdString();
    // Its bars may be there before its numbers are.
    AcceptanceFrame ahead = *feed().acceptance();
    ahead.step = 140;
    feed().setAcceptance(std::make_shared<AcceptanceFrame>(ahead));
    QTest::qWait(1);
    EXPECT_TRUE(part<PositionBars>().isVisible());
    EXPECT_TRUE(visible_text().contains("step 120")) << visible_text().toStdString();
}

TEST_F(MtpAcceptancePanelTest, BarsRiseWithTheShareOfEachPartOfTheSequence)
{
    start();
    validate(100);
    PositionBars& bars = part<PositionBars>();
    ASSERT_EQ(bars.bars().size(), 2U);
    EXPECT_GT(bars.barRect(0, 30).height(), bars.barRect(0, 10).height() * 2.5);
    EXPECT_NEAR(bars.barRect(1, 3).height(), bars.barRect(1, 20).height(), 0.01);
    EXPECT_TRUE(bars.barRect(0, 31).isEmpty()) << "no drafts, no bar: that would be a zero";
    EXPECT_GE(bars.barRect(1, 4).left(), bars.barRect(0, 4).right() - 0.01) << "depths stand side by side";
    EXPECT_TRUE(bars.accessibleDescription().contains("Part 11 of 32")) << "said in words, too";
    EXPECT_TRUE(bars.accessibleDescription().contains("10 of 100 drafts"));
}

TEST_F(MtpAcceptancePanelTest, EachDomainHasItsShareAsABarWithNumbers)
{
    start();
    validate(100);
    const auto& rows = part<FigureRows>("domains").rows();
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].name, "english");
    EXPECT_EQ(rows[0].shares, (std::vector{0.71, 0.4})) << "of both modules";
    EXPECT_EQ(rows[0].numbers, (QStringList{QString("71\u202F% · 40\u202F%"), "1.83"}));
    EXPECT_TRUE(rows[0].explanation.contains("MTP 2: 40 of 100 drafts accepted")) << rows[0].explanation.toStdString();
    EXPECT_TRUE(std::isnan(rows[1].shares.at(0))) << "no text of it was validated";
    EXPECT_TRUE(std::isnan(rows[1].shares.at(1)));
    EXPECT_TRUE(rows[1].explanation.contains("no text of it"));
}

TEST_F(MtpAcceptancePanelTest, TheBarsOfADomainLieOneBelowTheOtherEachPalerThanTheOneBefore)
{
    start();
    validate(100);
    auto& domains = part<FigureRows>("domains");
    const QRect bar = domains.figureRect(0);
    const QImage image = domains.grab().toImage().convertToFormat(QImage::Format_RGB32);
    const auto color = [&](double share, double down) {
        const double dpr = image.width() / static_cast<double>(domains.width());
        return image.pixelColor(static_cast<int>((bar.left() + share * bar.width()) * dpr),
                                static_cast<int>((bar.top() + down * bar.height()) * dpr));
    };
    const QColor field = color(0.9, 0.35);
    const QColor strong = color(0.2, 0.35);
    const QColor pale = color(0.2, 0.65);
    EXPECT_NE(strong, field);
    EXPECT_NE(pale, field);
    EXPECT_NE(pale, strong);
    EXPECT_EQ(color(0.6, 0.35), strong) << "MTP 1: 71 %";
    EXPECT_EQ(color(0.6, 0.65), field) << "MTP 2: 40 %";
}

TEST_F(MtpAcceptancePanelTest, DomainsOfEveryDepthAreInTheTableAndThoseOfAnotherValidationAreNotShown)
{
    start();
    validate(100);
    const auto table = [this] {
        for (Twin& twin : panel().twins())
            if (twin.title == "Accepted drafts by domain") return std::move(twin);
        return Twin{};
    };
    const auto exact = [](const Twin& twin, int column) { return exactValue(twin.model->index(0, column)).toDouble(); };
    const Twin both = table();
    ASSERT_EQ(both.model->columnCount(), 4);
    EXPECT_EQ(both.model->headerData(2, Qt::Horizontal).toString(), "share of MTP 2 accepted");
    EXPECT_EQ(exact(both, 1), 0.71);
    EXPECT_EQ(exact(both, 2), 0.4);
    EXPECT_EQ(exact(both, 3), 1.83);
    feed().append({{{Metric::DomainAcceptance, 0}, 200, 0.8}}); // whose frame was not kept
    feed().showNewestNumbers();
    QTest::qWait(1);
    const auto& row = part<FigureRows>("domains").rows()[0];
    EXPECT_EQ(row.shares.at(0), 0.8);
    EXPECT_TRUE(std::isnan(row.shares.at(1)));
}

TEST_F(MtpAcceptancePanelTest, EachDepthHasItsLossesItsCurveAndTheWeightItCountsWith)
{
    start();
    validate(100);
    validate(200);
    const auto& rows = part<FigureRows>("depths").rows();
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[0].numbers, (QStringList{"1.250", "1.300", ""}));
    EXPECT_EQ(rows[2].numbers, (QStringList{"1.600", "1.600", QString("40\u202F%")}));
    EXPECT_EQ(rows[1].curve.size(), 2U);
    EXPECT_EQ(part<QLabel>("weights").text(), "λ 0.30 from step 1");
    feed().take(event::SettingChanged{200, "mtp_loss_weight", 0.1});
    EXPECT_EQ(part<QLabel>("weights").text(), "λ 0.30 from step 1, 0.10 from step 201");
    EXPECT_EQ(part<Readout>("weight").value(), "0.10");
}

TEST_F(MtpAcceptancePanelTest, TheWeightIsACurveBesideTheLossesWithAHeightOfItsOwn)
{
    start();
    validate(100);
    for (std::int64_t step = 1; step <= 200; ++step)
        feed().append({{Metric::MtpLossWeight, step, step <= 120 ? 0.3 : 0.1}});
    feed().take(event::SettingChanged{120, "mtp_loss_weight", 0.1});
    validate(200);
    const auto& rows = part<FigureRows>("depths").rows();
    ASSERT_EQ(rows.size(), 4U);
    const FigureRow& weight = rows.back();
    EXPECT_EQ(weight.numbers, (QStringList{"0.10", "", ""}));
    EXPECT_TRUE(weight.ownHeight);
    EXPECT_TRUE(weight.explanation.contains("from 0 to 0.30")) << weight.explanation.toStdString();
    const auto at = [&](double step) {
        double value = std::nan("");
        for (const QPointF& point : weight.curve)
            if (point.x() <= step) value = point.y();
        return value;
    };
    EXPECT_EQ(at(118), 0.3);
    EXPECT_EQ(at(125), 0.1);
    feed().hold(100, nullptr, nullptr);
    QTest::qWait(1);
    EXPECT_EQ(part<FigureRows>("depths").rows().back().numbers.front(), "0.30") << "as it was then";
    EXPECT_EQ(part<Readout>("weight").value(), "0.30");
    feed().release();
    EXPECT_EQ(part<Readout>("weight").value(), "0.10");

    const auto twins = panel().twins();
    const auto table = std::find_if(twins.begin(), twins.end(),
                                    [](const Twin& twin) { return twin.title == "Weight λ of the MTP loss"; });
    ASSERT_NE(table, twins.end());
    ASSERT_EQ(table->model->rowCount(), 2);
    EXPECT_EQ(table->model->index(1, 0).data(TwinTable::kExactRole).toInt(), 121);
    EXPECT_EQ(table->model->index(1, 1).data(TwinTable::kExactRole).toDouble(), 0.1);
    const auto isRight = [](const QVariant& alignment) {
        return bool(alignment.value<Qt::Alignment>() & Qt::AlignRight);
    };
    EXPECT_TRUE(isRight(table->model->index(1, 1).data(Qt::TextAlignmentRole)));
    EXPECT_TRUE(isRight(table->model->headerData(1, Qt::Horizontal, Qt::TextAlignmentRole))) << "over its numbers";
    const auto depths =
        std::find_if(twins.begin(), twins.end(), [](const Twin& twin) { return twin.title == "Loss by depth"; });
    ASSERT_NE(depths, twins.end());
    EXPECT_FALSE(isRight(depths->model->headerData(0, Qt::Horizontal, Qt::TextAlignmentRole)));
    EXPECT_TRUE(isRight(depths->model->headerData(3, Qt::Horizontal, Qt::TextAlignmentRole)))
        << "empty in its first row";
}

TEST_F(MtpAcceptancePanelTest, AStepInThePastHasTheNumbersOfItsValidation)
{
    start();
    validate(100, 0.5);
    validate(200, 0.75);
    EXPECT_EQ(part<Readout>("accepted").value(), "75");
    feed().hold(150, nullptr, nullptr);
    EXPECT_EQ(part<Readout>("accepted").value(), "50");
    EXPECT_TRUE(part<Readout>("accepted").toolTip().contains("after step 100"));
    feed().hold(20, nullptr, nullptr);
    EXPECT_TRUE(visible_text().contains("No validation before step 20")) << visible_text().toStdString();
    feed().release();
    EXPECT_EQ(part<Readout>("accepted").value(), "75");
}

TEST_F(MtpAcceptancePanelTest, ARecordedRunKeepsItsSharesAndSaysThatPositionsAreNot)
{
    start({}, SessionState::Finished);
    feed().append({{{Metric::DepthAcceptance, 1}, 100, 0.61}, {Metric::ValSpeedUp, 100, 1.61}});
    feed().showNewestNumbers();
    EXPECT_EQ(part<Readout>("speedUp").value(), "1.61");
    EXPECT_FALSE(part<PositionBars>().isVisible());
    EXPECT_TRUE(part<QLabel>("noPositions").isVisible());
}

TEST_F(MtpAcceptancePanelTest, AWideWingHasTwoColumnsAndANarrowOneScrolls)
{
    start();
    validate(100);
    panel().resize(840, 500);
    QTest::qWait(1);
    QWidget& domains = part<FigureRows>("domains");
    QWidget& bars = part<PositionBars>();
    EXPECT_GT(domains.mapTo(&panel(), QPoint()).x(), bars.mapTo(&panel(), QPoint()).x() + 200);
    panel().resize(320, 400);
    QTest::qWait(1);
    EXPECT_GT(domains.mapTo(&panel(), QPoint()).y(), bars.mapTo(&panel(), QPoint()).y());
}

} // namespace
} // namespace triptych::test
