// One quantity is one number wherever it stands in the window, live and held; and the pages of the window.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/dollars_after.h"
#include "tests/support/temp_folder.h"
#include "tests/support/window_fixture.h"
#include "ui/bridge/assumption_book.h"
#include "ui/bridge/run_pricing.h"
#include "ui/plots/series_legend.h"
#include "ui/plots/time_series_plot.h"
#include "ui/widgets/card.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/panel_deck.h"
#include "ui/widgets/readout.h"

#include <gtest/gtest.h>

#include <QAction>
#include <QLabel>
#include <QSettings>
#include <QTest>

namespace triptych::test {
namespace {

class WindowPages : public EmptyWindow {
protected:
    QString readout(const char* name) { return window->findChild<Readout*>(name)->value(); }
    QStringList legend(const char* plot) { return window->findChild<TimeSeriesPlot*>(plot)->legend().values(); }
    QString text_of(const char* panel)
    {
        QStringList lines;
        for (const QLabel* label : window->panel(panel)->findChildren<QLabel*>())
            if (label->isVisible()) lines << label->text();
        return lines.join('\n');
    }
    void expect_one_number_everywhere()
    {
        const RunFeed& feed = window->feed();
        const QString maxVio = fixedText(feed.calm(Metric::MaxVio), 2);
        EXPECT_EQ(readout("barMaxVio"), maxVio);
        EXPECT_TRUE(text_of("moe").contains("MaxVio <b>" + maxVio)) << text_of("moe").toStdString();
        EXPECT_EQ(readout("barLoss"), legend("lossPlot")[1]);
        EXPECT_EQ(window->panel("mtp")->findChild<Readout*>("loss")->value(), legend("lossPlot")[3]);
        const QString speed = countText(std::llround(feed.calm(Metric::TokensPerSecond)));
        EXPECT_EQ(legend("throughputPlot")[1], speed);
        EXPECT_EQ(readout("barThroughput"), speed);
        EXPECT_EQ(readout("barShareOfPeak"), legend("throughputPlot")[2]);
    }
    PanelDeck& deck_of(const char* panel)
    {
        for (PanelDeck* deck : window->findChildren<PanelDeck*>())
            if (deck->has(window->card(panel))) return *deck;
        throw std::invalid_argument("no such panel");
    }
};

TEST_F(WindowPages, TheWindowFitsASmallScreen)
{
    fill_feed(window->feed());
    for (const QSize size : {QSize(1280, 800), QSize(1260, 760)}) {
        window->resize(size);
        QTest::qWait(10);
        EXPECT_EQ(window->size(), size);
    }
}

TEST_F(WindowPages, OneQuantityIsOneNumberEverywhere)
{
    fill_feed(window->feed());
    QTest::qWait(100);
    expect_one_number_everywhere();
    EXPECT_EQ(readout("barStep"), QString("1,200 / 5,000"));
}

TEST_F(WindowPages, ANumberOfAHeldStepIsThatOfTheStepEverywhere)
{
    fill_feed(window->feed());
    const QString before = readout("barMaxVio");
    window->feed().hold(120, synthetic_loads({}, 120), synthetic_probe({}, 120));
    expect_one_number_everywhere();
    EXPECT_NE(readout("barMaxVio"), before);
    EXPECT_EQ(readout("barStep"), QString("120"));
    window->feed().release();
    expect_one_number_everywhere();
    EXPECT_EQ(readout("barMaxVio"), before);
}

TEST_F(WindowPages, EachPanelIsAPageThatTheMenuBringsToTheFront)
{
    for (const PanelInfo& info : panelCatalog()) {
        auto* action = window->findChild<QAction*>(info.id);
        ASSERT_NE(action, nullptr) << info.id;
        action->trigger();
        QTest::qWait(1);
        EXPECT_TRUE(window->panel(info.id)->isVisible()) << info.id;
        EXPECT_EQ(deck_of(info.id).current(), window->card(info.id));
        EXPECT_GE(window->panel(info.id)->height(), 50) << info.id << " has room";
    }
}

TEST_F(WindowPages, PagesOfOnePlaceShareItAndOneIsInFront)
{
    EXPECT_EQ(&deck_of("moe"), &deck_of("moe-domains"));
    EXPECT_TRUE(window->panel("moe")->isVisible());
    EXPECT_FALSE(window->panel("moe-domains")->isVisible());
    window->showPanel("moe-domains");
    EXPECT_FALSE(window->panel("moe")->isVisible());
    window->showPanel("no such panel"); // nothing happens
}

TEST_F(WindowPages, InALowWindowTheBottomBeginsFolded)
{
    EXPECT_TRUE(deck_of("log").isFolded());
    MainWindow high(theme);
    high.resize(1600, 1200);
    high.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&high));
    EXPECT_TRUE(high.panel(high.arrangement().inFront(PanelPlace::Below))->isVisible());
}

TEST_F(WindowPages, WhatIsInFrontAndFoldedComesBack)
{
    const TempFolder folder;
    QSettings settings(QString::fromStdString((folder / "layout.ini").string()), QSettings::IniFormat);
    window->showPanel("moe-domains");
    window->showPanel("log");
    window->saveLayout(settings);
    MainWindow other(theme);
    other.restoreLayout(settings);
    other.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&other));
    EXPECT_TRUE(other.panel("moe-domains")->isVisible());
    EXPECT_TRUE(other.panel("attention")->isVisible());
    EXPECT_TRUE(other.panel("log")->isVisible());
}

TEST_F(WindowPages, AnotherCurrencyIsThatOfTheWholeWindowAndComesBack)
{
    const DollarsAfter after;
    const TempFolder folder;
    QSettings settings(QString::fromStdString((folder / "layout.ini").string()), QSettings::IniFormat);
    fill_feed(window->feed());
    window->feed().showNewestNumbers();
    const QString dollars = readout("barHeadline");
    ASSERT_TRUE(dollars.startsWith("$"));
    ASSERT_TRUE(ShownCurrency::get().choose("EUR=0.5").ok());
    ASSERT_TRUE(AssumptionBook::of(window->feed()).shared()->values().empty());
    AssumptionBook::of(window->feed()).restore({{"tariff", 0.4}});
    QTest::qWait(100);
    const double usd = RunPricing::of(window->feed()).usd(window->feed(), CostMeter::Headline);
    EXPECT_EQ(readout("barHeadline"), QString("EUR\u202f%1").arg(usd / 2, 0, 'f', 6));
    EXPECT_TRUE(readout("barFullCost").startsWith("EUR"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !legend("moneyPlot").isEmpty(); }));
    const auto agree = [&] {
        return legend("moneyPlot") == QStringList{readout("barHeadline"), readout("barFullCost")};
    };
    EXPECT_TRUE(QTest::qWaitFor(agree)) << legend("moneyPlot").join('|').toStdString();
    ASSERT_TRUE(RunPricing::of(window->feed()).edit("rental_per_thread", 0.48).ok());
    EXPECT_TRUE(QTest::qWaitFor(agree)) << legend("moneyPlot").join('|').toStdString();
    EXPECT_TRUE(window->findChild<TimeSeriesPlot*>("moneyPlot")->unit().startsWith("EUR so far"));
    window->saveLayout(settings);
    ASSERT_TRUE(ShownCurrency::get().choose({}).ok());
    MainWindow other(theme);
    other.restoreLayout(settings);
    EXPECT_EQ(ShownCurrency::get().text(), "EUR=0.5");
    EXPECT_EQ(AssumptionBook::of(other.feed()).save(), (QVariantMap{{"rental_thread", 0.48}, {"tariff", 0.4}}));
}

} // namespace
} // namespace triptych::test
