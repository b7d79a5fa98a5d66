// The gap: steps open, change and go back to the micro-dollar, and the tables say what the picture says.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/cost_preset_file.h"
#include "core/cost/ledger.h"
#include "tests/support/dollars_after.h"
#include "tests/support/panel_fixture.h"
#include "tests/support/temp_folder.h"
#include "ui/models/twin_table.h"
#include "ui/widgets/cost_detail.h"
#include "ui/widgets/cost_input_row.h"
#include "ui/widgets/cost_overview.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/tornado_view.h"
#include "ui/widgets/waterfall_view.h"

#include <gtest/gtest.h>

#include <QCheckBox>
#include <QComboBox>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QSlider>
#include <QToolButton>

#include <cmath>

namespace triptych::test {
namespace {

class CostPanelTest : public PanelFixture {
protected:
    CostPanelTest() : PanelFixture("cost") { panel().resize(1240, 600); }

    WaterfallView& view() { return *panel().findChild<WaterfallView*>(); }
    CostDetail& detail() { return *panel().findChild<CostDetail*>(); }
    QToolButton& button(const char* name) { return *panel().findChild<QToolButton*>(QLatin1String(name)); }
    CostInputRow& input(const std::string& key)
    {
        for (CostInputRow* row : detail().inputs())
            if (row->key() == key) return *row;
        throw std::invalid_argument("no input " + key);
    }
    void type(const std::string& key, const QString& text)
    {
        QLineEdit* field = input(key).field();
        field->setFocus();
        field->selectAll();
        QTest::keyClicks(field, text);
        QTest::keyClick(field, Qt::Key_Return);
    }
    void click_step(int row) { QTest::mouseClick(&view(), Qt::LeftButton, {}, view().row(row).center()); }

    /// Exact, as the table twin has it.
    double cell(int twin, int row, int column)
    {
        const auto twins = panel().twins();
        return exactValue(twins.at(static_cast<std::size_t>(twin)).model->index(row, column)).toDouble();
    }
    double total() { return cell(0, static_cast<int>(view().rows().size()) - 1, 5); }
    Money micro_total() { return *Money::from_usd(total()); }
    const CostPreset m_source = *load_cost_preset("deepseek-v3-waterfall");
};

TEST_F(CostPanelTest, FieldsOfInputsGrowWithTheType)
{
    click_step(1);
    ASSERT_FALSE(detail().inputs().empty());
    QLineEdit* field = detail().inputs().front()->field();
    QFont larger = field->font();
    larger.setPointSizeF(2 * larger.pointSizeF());
    const int before = field->width();
    field->setFont(larger);
    EXPECT_GT(field->width(), before * 3 / 2);
    EXPECT_GE(field->width(), field->fontMetrics().horizontalAdvance("266.000000000"));
}

TEST_F(CostPanelTest, LeadsFromTheHeadlineToTheFleet)
{
    ASSERT_EQ(view().rows().size(), 6U);
    EXPECT_EQ(view().rows().front().amount, QString("$5.576\u202fM"));
    EXPECT_EQ(view().total().amount, QString("$2,573\u202fM"));
    EXPECT_EQ(view().rows()[1].sign, QString("price"));
    EXPECT_EQ(view().rows()[2].sign, QString("scope"));
    // Every step can be seen on the logarithmic scale; the first half of them cannot on the linear one.
    for (int i = 0; i < 6; ++i) EXPECT_GE(view().bar(i).width(), 4) << i;
    view().setScale(MoneyScale::Linear);
    EXPECT_LT(view().bar(0).width(), 4);
}

TEST_F(CostPanelTest, AClickOpensAStepWithAllThatItIsMadeOf)
{
    click_step(2);
    ASSERT_TRUE(detail().isVisible());
    EXPECT_EQ(detail().line(), "experiments");
    const Ledger ledger = *evaluate(m_source);
    ASSERT_EQ(detail().inputs().size(), ledger.lines[2].inputs.size());
    for (const std::string& key : ledger.lines[2].inputs) EXPECT_FALSE(input(key).message().isEmpty()) << key;
    EXPECT_FALSE(detail().inputs().front()->slider()->isHidden()) << "what has a range comes first";
    EXPECT_TRUE(input("run_share").message().contains("Epoch AI"));
    EXPECT_TRUE(visible_text().contains("Hours of the programme"));
    EXPECT_TRUE(visible_text().contains("It vanishes if")) << visible_text().toStdString();
    click_step(2);
    EXPECT_FALSE(detail().isVisible());
}

TEST_F(CostPanelTest, KeysOpenWalkAndClose)
{
    view().setFocus();
    QTest::keyClick(&view(), Qt::Key_Down);
    QTest::keyClick(&view(), Qt::Key_Return);
    EXPECT_EQ(detail().line(), "own_hour");
    QTest::keyClick(&view(), Qt::Key_Down);
    EXPECT_EQ(detail().line(), "experiments") << "what is open follows the keys";
    QTest::keyClick(&view(), Qt::Key_Escape);
    EXPECT_FALSE(detail().isVisible());
    QTest::keyClick(&view(), Qt::Key_L);
    EXPECT_EQ(view().scale(), MoneyScale::Linear);
    QTest::keyClick(&view(), Qt::Key_Plus);
    EXPECT_EQ(view().zoom(), 1);
    EXPECT_LT(view().axis().upper(), 1e9) << "up to the total of a year";
}

TEST_F(CostPanelTest, AnEditChangesEveryAmountAsTheCoreComputesIt)
{
    click_step(2);
    type("run_share", "0.125");
    CostPreset edited = m_source;
    ASSERT_TRUE(apply_edit(edited, "run_share=0.125"));
    const Ledger expected = *evaluate(edited);
    for (int i = 0; i < 6; ++i) EXPECT_EQ(cell(0, i, 2), expected.lines[static_cast<std::size_t>(i)].usd.usd()) << i;
    EXPECT_TRUE(view().rows()[2].marks.contains(QChar(0x270e)));
    EXPECT_TRUE(input("run_share").message().contains("Edited"));
    EXPECT_TRUE(detail().isVisible()) << "what is open stays open";
}

TEST_F(CostPanelTest, ResetRestoresTheTotalToTheMicroDollar)
{
    const Money before = micro_total();
    click_step(5);
    type("opex", "1");
    type("life", "7.3");
    EXPECT_NE(micro_total(), before);
    input("life").resetButton()->click();
    input("opex").resetButton()->click();
    EXPECT_EQ(micro_total(), before);
    type("opex", "2e9");
    button("costReset").click();
    EXPECT_EQ(micro_total(), before);
    button("costUndo").click();
    EXPECT_NE(micro_total(), before);
    button("costUndo").click();
    EXPECT_EQ(micro_total(), before);
    QTest::keyClick(&view(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_NE(micro_total(), before) << "made again by the key";
    QTest::keyClick(&view(), Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(micro_total(), before);
}

TEST_F(CostPanelTest, TheSliderStaysWithinTheRangeOfTheSource)
{
    click_step(2);
    QSlider* slider = input("run_share").slider();
    ASSERT_TRUE(slider->isVisible());
    slider->setValue(slider->maximum());
    EXPECT_EQ(input("run_share").field()->text(), QString("0.3"));
    slider->setValue(slider->minimum());
    EXPECT_EQ(input("run_share").field()->text(), QString("0.1"));
    EXPECT_FALSE(input("n_h800").slider()->isVisible()) << "its source gives no range";
}

TEST_F(CostPanelTest, AFieldGroupsItsDigitsAsTheLanguageDoesUntilItIsEdited)
{
    const Money before = micro_total();
    click_step(0);
    QLineEdit* field = input("hours_pretraining").field();
    input("hours_context").field()->setFocus();
    EXPECT_EQ(field->text(), "2,664,000");
    field->setFocus();
    EXPECT_EQ(field->text(), "2664000") << "signs would be in the way";
    input("hours_context").field()->setFocus();
    EXPECT_EQ(field->text(), "2,664,000");
    EXPECT_EQ(micro_total(), before) << "nobody has typed";
}

TEST_F(CostPanelTest, NonsenseIsRefusedBesideTheFieldAndChangesNothing)
{
    const Money before = micro_total();
    click_step(1);
    for (const auto& [key, text] :
         {std::pair("utilisation", "0"), {"rental", "-2"}, {"life", "0"}, {"rental", "two"}}) {
        type(key, text);
        EXPECT_EQ(micro_total(), before) << key << text;
        EXPECT_FALSE(input(key).message().contains("DeepSeek")) << input(key).message().toStdString();
        EXPECT_EQ(input(key).field()->text(), QString(text)) << "stays to be mended";
    }
}

TEST_F(CostPanelTest, AnEditThatLeavesNoAmountIsRefusedAtItsField)
{
    const Money before = micro_total();
    click_step(1);
    type("rental", "1e30");
    EXPECT_EQ(micro_total(), before);
    EXPECT_TRUE(detail().isVisible());
    EXPECT_TRUE(input("rental").message().contains("9.2 trillion")) << input("rental").message().toStdString();
    EXPECT_FALSE(button("costUndo").isEnabled()) << "nothing has changed";
}

TEST_F(CostPanelTest, NothingIsPaintedOverWhatIsOpen)
{
    const QWidget& overview = *panel().findChild<CostOverview*>();
    EXPECT_TRUE(overview.isVisible());
    click_step(2);
    EXPECT_FALSE(overview.isVisible());
    type("run_share", "0.25");
    detail().inTotal()->click();
    EXPECT_FALSE(overview.isVisible()) << "an edit shows no second page over the first";
    button("costReset").click();
    EXPECT_TRUE(detail().isVisible());
    QTest::keyClick(&detail(), Qt::Key_Escape);
    EXPECT_TRUE(overview.isVisible());
}

TEST_F(CostPanelTest, AStepThatIsLeftOutIsMissingInTheTotalWhichSaysSo)
{
    const Money before = micro_total();
    click_step(4);
    detail().inTotal()->click();
    EXPECT_EQ(micro_total().micro(), before.micro() - evaluate(m_source)->lines[4].usd.micro());
    EXPECT_TRUE(view().total().title.contains("without")) << view().total().title.toStdString();
    EXPECT_TRUE(view().rows()[4].leftOut);
    detail().inTotal()->click();
    EXPECT_EQ(micro_total(), before);
}

TEST_F(CostPanelTest, TheTableTwinIsTheLedgerOfEveryPresetAndLens)
{
    auto* presets = panel().findChild<QComboBox*>("costPreset");
    auto* lenses = panel().findChild<QComboBox*>("costLens");
    feed().take(synthetic_start()); // without a step nothing was measured
    ASSERT_EQ(presets->count(), static_cast<int>(list_cost_presets().size()));
    for (int p = 0; p < presets->count(); ++p) {
        const std::string name = presets->itemData(p).toString().toStdString();
        if (name == "this-machine" || name == "v3-extrapolation") continue; // filled with what this machine has
        presets->setCurrentIndex(p);
        emit presets->activated(p);
        for (int l = 0; l < lenses->count(); ++l) {
            emit lenses->activated((lenses->setCurrentIndex(l), l));
            const Ledger ledger = *evaluate(*load_cost_preset(name), lenses->itemData(l).toString().toStdString());
            const auto twins = panel().twins();
            ASSERT_FALSE(twins.empty());
            ASSERT_EQ(twins[0].model->rowCount(), static_cast<int>(ledger.lines.size())) << name;
            double running = 0;
            for (int i = 0; i < twins[0].model->rowCount(); ++i) {
                const LedgerLine& line = ledger.lines[static_cast<std::size_t>(i)];
                EXPECT_EQ(cell(0, i, 2), line.usd.usd()) << name << ' ' << line.key;
                EXPECT_EQ(twins[0].model->index(i, 11).data().toString().toStdString(), line.source);
                EXPECT_EQ(twins[0].model->index(i, 12).data().toString().toStdString(), line.date);
                running = cell(0, i, 5);
            }
            EXPECT_EQ(running, ledger.total.usd()) << name;
        }
    }
}

TEST_F(CostPanelTest, TheGapIsToldInOneSentenceThatKeepsAMinusWithItsAmount)
{
    const QString told = panel().findChild<QLabel*>("costScope")->text();
    EXPECT_TRUE(told.contains("461 times")) << told.toStdString();
    EXPECT_TRUE(told.contains(QString("Steps of price: \u2212\u2060$2.112"))) << told.toStdString();
    EXPECT_TRUE(told.contains("Steps of scope: +$2,569")) << told.toStdString();
    EXPECT_EQ(view().rows().front().sign, QString("start")) << "no letter among words";
}

TEST_F(CostPanelTest, ATotalWithoutARangeSaysSo)
{
    const auto told = [this] { return panel().findChild<ElidedLabel*>("costTotal")->text(); };
    EXPECT_TRUE(told().contains("no range")) << told().toStdString();
    click_step(1);
    detail().inTotal()->click(); // the price of renting is in the total now
    QTest::keyClick(&detail(), Qt::Key_Escape);
    EXPECT_TRUE(QTest::qWaitFor([&] { return told().contains("5 to 95"); })) << told().toStdString();
}

TEST_F(CostPanelTest, TheLegendSaysWhatALengthIs)
{
    const auto legend = [this] { return panel().findChild<QLabel*>("costLegend")->text(); };
    EXPECT_TRUE(legend().contains("logarithmic: a length is a factor")) << legend().toStdString();
    button("costLog").click();
    EXPECT_TRUE(legend().contains("linear: a length is an amount")) << legend().toStdString();
}

TEST_F(CostPanelTest, TheTornadoIsOfTheRunningTotalThatRangesMove)
{
    const TornadoView& tornado = *panel().findChild<TornadoView*>();
    ASSERT_EQ(tornado.rows().size(), 2U);
    EXPECT_EQ(tornado.rows()[0].lowText, QString("$34.64\u202fM")) << "a smaller share makes a larger programme";
    EXPECT_EQ(tornado.rows()[0].highText, QString("$11.55\u202fM"));
    EXPECT_EQ(tornado.rows()[0].range, QString("10\u202f% to 30\u202f%"));
    EXPECT_TRUE(panel().findChild<ElidedLabel*>("costTornadoKey")->text().contains("hollow: the input at its low end"));
}

TEST_F(CostPanelTest, StepsOfPriceAndOfScopeHaveTheirOwnColours)
{
    const QImage drawn = view().grab().toImage();
    const auto hue = [&](int row) {
        const QRectF bar = view().bar(row);
        return drawn.pixelColor(QPointF(bar.center().x(), bar.center().y()).toPoint()).hue();
    };
    const int price = theme().colors().headline.hue();
    const int scope = theme().colors().fullCost.hue();
    ASSERT_GT(std::abs(price - scope), 40);
    EXPECT_NEAR(hue(1), price, 12) << "hollow, but of the colour of prices";
    for (const int row : {2, 3, 5}) EXPECT_NEAR(hue(row), scope, 12) << row;
}

TEST_F(CostPanelTest, TheTornadoIsHollowAtTheLowEndOfTheInput)
{
    TornadoView& tornado = *panel().findChild<TornadoView*>();
    const QImage drawn = tornado.grab().toImage();
    const QColor filled = theme().colors().fullCost;
    const QRect row = tornado.row(0);
    int left = drawn.width(), right = 0;
    for (int x = 0; x < drawn.width(); ++x)
        if (drawn.pixelColor(x, row.center().y()) == filled) {
            left = std::min(left, x);
            right = std::max(right, x);
        }
    ASSERT_GT(right - left, 20) << "a large share, the high end, makes the total small";
    // Beyond the total an outline, three times as long.
    const int beyond = right + 2 * (right - left);
    EXPECT_NE(drawn.pixelColor(beyond, row.center().y()).hue(), filled.hue());
    bool outlined = false;
    for (int y = row.top(); y < row.center().y(); ++y)
        outlined = outlined || std::abs(drawn.pixelColor(beyond, y).hue() - filled.hue()) < 12;
    EXPECT_TRUE(outlined);
}

TEST_F(CostPanelTest, LargerTypeCutsNoAmountOfTheTornado)
{
    TornadoView& tornado = *panel().findChild<TornadoView*>();
    QFont large = tornado.font();
    large.setPointSizeF(2 * large.pointSizeF());
    tornado.setFont(large);
    TornadoView fresh(theme());
    fresh.setFont(large);
    fresh.setRows(tornado.rows(), 17'320'840);
    fresh.resize(600, 200);
    tornado.setRows(tornado.rows(), 17'320'840);
    tornado.setFont(QFont());
    tornado.setFont(large); // after the rows
    QImage as_is(600, 200, QImage::Format_RGB32);
    QImage as_fresh = as_is;
    tornado.resize(600, 200);
    for (auto [widget, image] : {std::pair<TornadoView*, QImage*>{&tornado, &as_is}, {&fresh, &as_fresh}}) {
        image->fill(Qt::black);
        widget->render(image, {}, {}, QWidget::DrawChildren);
    }
    EXPECT_EQ(as_is, as_fresh);
}

TEST_F(CostPanelTest, WhatCanBeChangedStandsBeforeWhatIsOpen)
{
    click_step(1);
    const auto top = [this](const QWidget& widget) { return widget.mapTo(&panel(), QPoint()).y(); };
    const auto& questions = *panel().findChild<QLabel*>("costQuestions");
    ASSERT_LT(detail().width(), 860);
    EXPECT_LT(top(input("utilisation")), top(questions));
    EXPECT_GT(top(input("n_h20")), top(questions)) << "its source gives one number";
}

TEST_F(CostPanelTest, ATornadoRowOpensTheStepOfItsInputAtItsField)
{
    auto& tornado = *panel().findChild<TornadoView*>();
    ASSERT_FALSE(tornado.rows().empty());
    QTest::mouseClick(&tornado, Qt::LeftButton, {}, tornado.row(0).center());
    EXPECT_EQ(detail().line(), "experiments");
    EXPECT_TRUE(input("run_share").field()->hasFocus());
}

TEST_F(CostPanelTest, WhatIsShownIsSavedWithTheLayoutAndChangesAreNot)
{
    click_step(2);
    type("run_share", "0.15");
    detail().inTotal()->click();
    view().setScale(MoneyScale::Linear);
    const QVariantMap saved = panel().saveState();
    const Money changed = micro_total();
    PanelRig other(ThemeChoice::Dark);
    const std::unique_ptr<Panel> again(panel_info("cost").create(other.context(), nullptr));
    again->restoreState(saved);
    EXPECT_EQ(again->saveState(), saved);
    const QVariantMap nonsense = {{"preset", "nobody"},        {"lens", 7},  {"currency", "EUR=-3"}, {"zoom", "x"},
                                  {"linear", QVariantList{1}}, {"open", 3.5}};
    again->restoreState(nonsense);
    const auto twins = again->twins();
    ASSERT_FALSE(twins.empty());
    EXPECT_EQ(again->saveState().value("preset"), saved.value("preset"));
    EXPECT_EQ(micro_total(), changed) << "the first panel is untouched";
    panel().restoreState(saved);
    EXPECT_EQ(micro_total(), changed) << "a layout takes no change back";
}

TEST_F(CostPanelTest, ABrokenPresetSaysWhatIsWrong)
{
    const TempFolder folder;
    const auto file = folder.write("mine.json", R"({"title": "T", "source": "s"})");
    panel().restoreState({{"preset", QString::fromStdString(file.string())}});
    EXPECT_EQ(panel().saveState().value("preset"), QString("deepseek-v3-waterfall")) << "a layout brings none back";
    auto* presets = panel().findChild<QComboBox*>("costPreset");
    presets->addItem("mine", QString::fromStdString(file.string()));
    presets->setCurrentIndex(presets->count() - 1);
    emit presets->activated(presets->count() - 1);
    EXPECT_TRUE(visible_text().contains("date")) << visible_text().toStdString();
    EXPECT_TRUE(panel().twins().empty());
    presets->setCurrentIndex(0);
    emit presets->activated(0);
    EXPECT_FALSE(panel().twins().empty());
}

TEST_F(CostPanelTest, ShowsOtherMoneyAtARateThatSomebodySetAndDollarsInTables)
{
    const DollarsAfter after;
    auto* field = panel().findChild<QLineEdit*>("costCurrency");
    field->setFocus();
    QTest::keyClicks(field, "EUR=0.5");
    QTest::keyClick(field, Qt::Key_Return);
    EXPECT_EQ(view().rows().front().amount, QString("EUR\u202f2.788\u202fM"));
    EXPECT_EQ(cell(0, 0, 2), 5'576'000);
    field->selectAll();
    QTest::keyClicks(field, "EUR=0");
    QTest::keyClick(field, Qt::Key_Return);
    EXPECT_EQ(view().rows().front().amount, QString("EUR\u202f2.788\u202fM")) << "a rate of nothing is refused";
    EXPECT_FALSE(field->accessibleDescription().isEmpty());
}

TEST_F(CostPanelTest, AmountsStandWhereTheyAreWhileASliderMoves)
{
    click_step(2);
    const QRect before = view().row(3);
    const int left = static_cast<int>(view().barArea().left());
    QSlider* slider = input("run_share").slider();
    for (int place = 0; place <= 1000; place += 100) {
        slider->setValue(place);
        EXPECT_EQ(view().row(3), before);
        EXPECT_EQ(static_cast<int>(view().barArea().left()), left);
    }
}

} // namespace
} // namespace triptych::test
