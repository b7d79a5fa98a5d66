// The money that is shown: one for the program, at a rate that somebody sets.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/dollars_after.h"
#include "tests/support/qt_print.h"
#include "tests/support/synthetic_feed.h"
#include "ui/bridge/series_hub.h"
#include "ui/bridge/series_source.h"
#include "ui/plots/x_axis.h"
#include "ui/widgets/currency_edit.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/series_catalog.h"

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTest>

namespace triptych::test {
namespace {

const QString kEuro = QStringLiteral("EUR\u202f");

class ShownCurrencyTest : public testing::Test {
protected:
    ShownCurrency& shown() { return ShownCurrency::get(); }

    DollarsAfter m_after;
};

TEST_F(ShownCurrencyTest, IsTheDollarUntilAnotherIsChosen)
{
    EXPECT_TRUE(shown().isDollar());
    EXPECT_EQ(shown().rateText(), QString());
    EXPECT_EQ(withRate("a"), QString("a"));
    ASSERT_TRUE(shown().choose(" eur=0.5 ").ok());
    EXPECT_EQ(shown().code(), "EUR");
    EXPECT_EQ(shown().text(), "EUR=0.5");
    EXPECT_EQ(shown().rateText(), "1 USD = 0.5 EUR, a rate set by you");
    EXPECT_TRUE(withRate("a").endsWith("0.5 EUR, a rate set by you"));
    ASSERT_TRUE(shown().choose("USD").ok());
    EXPECT_TRUE(shown().isDollar());
    EXPECT_EQ(shown().perUsd(), 1);
}

TEST_F(ShownCurrencyTest, AmountsKeepTheirDigits)
{
    ASSERT_TRUE(shown().choose("EUR=0.5").ok());
    EXPECT_EQ(usdText(0.002134), kEuro + "0.001067");
    EXPECT_EQ(usdText(24.69), kEuro + "12.35");
    EXPECT_EQ(usdText(11'152'000), kEuro + "5,576,000");
    EXPECT_EQ(shownMoneyText(0.002134), kEuro + "0.002134");
    EXPECT_EQ(usdText(std::nan("")), noNumber());
}

TEST_F(ShownCurrencyTest, NonsenseLeavesWhatIsInForce)
{
    ASSERT_TRUE(shown().choose("EUR=0.5").ok());
    QSignalSpy changed(&shown(), &ShownCurrency::changed);
    for (const char* text : {"EUR", "EUR=0", "EUR=-1", "euros=2", "USD=2", "EUR=nan"})
        EXPECT_FALSE(shown().choose(text).ok()) << text;
    EXPECT_EQ(shown().text(), "EUR=0.5");
    EXPECT_TRUE(shown().choose("EUR=0.5").ok());
    EXPECT_EQ(changed.count(), 0);
}

TEST_F(ShownCurrencyTest, CurvesAndTheirAxesAreInItAndSayWhich)
{
    RunFeed feed;
    fill_feed(feed);
    SeriesHub hub(feed);
    const SeriesCatalog catalog(feed, hub);
    const double usd = hub.find({}, Metric::HeadlineUsd)->at(700)->value;
    const double loss = hub.find({}, Metric::MainLoss)->at(700)->value;
    QSignalSpy changed(&hub, &SeriesHub::changed);
    ASSERT_TRUE(shown().choose("EUR=0.5").ok());
    EXPECT_EQ(changed.count(), 1);
    EXPECT_DOUBLE_EQ(hub.find({}, Metric::HeadlineUsd)->at(700)->value, usd / 2);
    EXPECT_EQ(hub.find({}, Metric::MainLoss)->at(700)->value, loss) << "a loss is no money";
    const double seconds = hub.find({}, Metric::TrainSeconds)->at(700)->value;
    hub.price(HourPrices{7.2, std::nan("")});
    EXPECT_DOUBLE_EQ(hub.find({}, Metric::HeadlineUsd)->at(700)->value, seconds / 1000) << "at other prices, too";
    EXPECT_EQ(hub.find({}, Metric::TcoUsd), nullptr);
    EXPECT_EQ(xText(XAxis::Usd, 0.0021), kEuro + "0.002100");
    const XAxisInfo axis = xAxisInfo(XAxis::Usd);
    EXPECT_EQ(axis.label, "EUR");
    EXPECT_EQ(axis.prefix, kEuro);
    EXPECT_TRUE(axis.tip.contains("set by you"));
    EXPECT_EQ(axis.id, "usd") << "by which layouts and files know it";
    const SeriesKey key{Metric::HeadlineUsd};
    EXPECT_EQ(SeriesCatalog::unit(key), "EUR");
    const PlotSeries series = catalog.series(key);
    EXPECT_EQ(series.text(0.0021), kEuro + "0.002100");
    EXPECT_TRUE(series.tip.contains("set by you")) << series.tip.toStdString();
    EXPECT_GE(series.widest.size(), series.text(0.0021).size());
}

TEST_F(ShownCurrencyTest, EveryFieldSaysAndSetsTheSame)
{
    CurrencyEdit one;
    CurrencyEdit other;
    QSignalSpy told(&other, &CurrencyEdit::currencyChanged);
    QTest::keyClicks(&one, "chf=0.8");
    QTest::keyClick(&one, Qt::Key_Return);
    EXPECT_EQ(one.text(), "CHF=0.8");
    EXPECT_EQ(other.text(), "CHF=0.8");
    EXPECT_EQ(told.count(), 1);
    EXPECT_EQ(other.currency().code, "CHF");
    EXPECT_TRUE(other.toolTip().startsWith("1 USD = 0.8 CHF"));
    QTest::keyClicks(&other, "x");
    QTest::keyClick(&other, Qt::Key_Return);
    EXPECT_FALSE(other.accessibleDescription().isEmpty()) << "what is wrong with it";
    EXPECT_EQ(one.text(), "CHF=0.8");
    other.clear();
    other.setModified(true);
    QTest::keyClick(&other, Qt::Key_Return);
    EXPECT_TRUE(shown().isDollar());
    EXPECT_EQ(one.text(), QString());
    EXPECT_TRUE(other.accessibleDescription().isEmpty());
}

} // namespace
} // namespace triptych::test
