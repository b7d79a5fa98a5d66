// What stands together on a page, and where one ends.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/page_blocks.h"
#include "ui/report/page_flow.h"

#include <gtest/gtest.h>

#include <numeric>

namespace triptych::test {
namespace {

PageItem item(double height, PageBreak after = PageBreak::Allowed, double space = 0)
{
    return {height, space, after};
}

TEST(PageFlow, HasAPageEvenForNothing)
{
    EXPECT_EQ(placeOnPages({}, 100).size(), 1U);
}

TEST(PageFlow, PutsThingsOneBelowTheOtherWithTheSpaceBetweenThem)
{
    const std::vector<PageItem> items = {item(30, PageBreak::Allowed, 10), item(20, PageBreak::Allowed, 10)};
    const auto pages = placeOnPages(items, 100);
    ASSERT_EQ(pages.size(), 1U);
    EXPECT_EQ(pages[0][0].y, 0) << "no space above the first of a page";
    EXPECT_EQ(pages[0][1].y, 40);
}

TEST(PageFlow, NeverLeavesAHeadingAloneAtTheEndOfAPage)
{
    const std::vector<PageItem> items = {item(70), item(20, PageBreak::Never), item(30)};
    const auto pages = placeOnPages(items, 100);
    ASSERT_EQ(pages.size(), 2U);
    EXPECT_EQ(pages[0].size(), 1U);
    EXPECT_EQ(pages[1][0].item, &items[1]);
    EXPECT_EQ(pages[1][1].y, 20);
}

TEST(PageFlow, CutsAChainThatNoPageHasRoomForButNoItem)
{
    const std::vector<PageItem> items(7, item(30, PageBreak::Never));
    const auto pages = placeOnPages(items, 100);
    EXPECT_EQ(pages.size(), 3U);
    for (const PlacedPage& page : pages)
        for (const PlacedItem& placed : page) EXPECT_LE(placed.y + placed.item->height, 100);
}

TEST(PageFlow, RepeatsTheHeadOfATableOnEveryPageAndNowhereElse)
{
    ReportTable table{"many", {{"a", {}, ReportAlign::Text}, {"b", {}, ReportAlign::Number}}, {}};
    for (int i = 0; i < 300; ++i) table.rows.push_back({{QString::number(i), "1"}});
    const std::vector<PageItem> items = itemsOf(table, "Table 1", 600);
    const auto pages = placeOnPages(items, 900);
    ASSERT_GT(pages.size(), 4U);
    std::size_t rows = 0;
    for (std::size_t i = 0; i < pages.size(); ++i) {
        if (i > 0) {
            EXPECT_EQ(pages[i][0].item, items.back().head.get()) << "page " << i;
        }
        for (const PlacedItem& placed : pages[i]) {
            EXPECT_LE(placed.y + placed.item->height, 900);
            rows += placed.item->head != nullptr;
        }
    }
    EXPECT_EQ(rows, 299U) << "all but the first row, each once";
}

TEST(PageFlow, NeverCutsARowHoweverLongItsText)
{
    ReportTable table{"long", {{"a", {}, ReportAlign::Text}}, {{{QString(20000, 'x')}}, {{"short"}}}};
    const std::vector<PageItem> items = itemsOf(table, "Table 1", 600);
    for (const PageItem& row : items) EXPECT_LT(row.height, 900) << "it must fit on a page";
}

TEST(ShareWidth, GivesAllWhatTheyWishWhereThereIsRoom)
{
    EXPECT_EQ(shareWidth({100, 50}, {20, 20}, 400), (std::vector<double>{100, 50}));
}

TEST(ShareWidth, GivesNobodyLessThanNeededWhileThatFits)
{
    const auto widths = shareWidth({900, 60}, {80, 60}, 400);
    EXPECT_EQ(widths[1], 60);
    EXPECT_DOUBLE_EQ(widths[0] + widths[1], 400);
}

TEST(ShareWidth, SharesTheLackWhereNotEvenTheLeastFits)
{
    const auto widths = shareWidth({900, 900}, {300, 100}, 200);
    EXPECT_DOUBLE_EQ(widths[0], 150);
    EXPECT_DOUBLE_EQ(std::accumulate(widths.begin(), widths.end(), 0.0), 200);
}

} // namespace
} // namespace triptych::test
