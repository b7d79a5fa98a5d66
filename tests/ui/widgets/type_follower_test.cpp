// Sizes that come from letters: a table and a fixed width grow with the type.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/steady_width.h"
#include "ui/widgets/type_follower.h"

#include <gtest/gtest.h>

#include <QHeaderView>
#include <QLabel>
#include <QStandardItemModel>
#include <QTableView>

namespace triptych::test {
namespace {

TEST(TypeFollower, MeasuresAtOnceAndWithEveryOtherType)
{
    QLabel label;
    std::vector<double> grown;
    followType(label, [&](double times) { grown.push_back(times); });
    EXPECT_EQ(grown, (std::vector<double>{1}));
    QFont larger = label.font();
    larger.setPointSizeF(2 * larger.pointSizeF());
    label.setFont(larger);
    ASSERT_EQ(grown.size(), 2U);
    EXPECT_NEAR(grown[1], 2, 0.2);
    label.setFont(QFont());
    ASSERT_EQ(grown.size(), 3U);
    EXPECT_NEAR(grown[1] * grown[2], 1, 1e-9);
}

TEST(TypeFollower, RowsAndColumnsOfATableGrowAndShrinkAlsoThoseThatWerePulledAt)
{
    QStandardItemModel model(3, 5);
    QTableView table;
    table.setModel(&model);
    table.resize(900, 200);
    QHeaderView& header = *table.horizontalHeader();
    for (int column = 0; column < 5; ++column) header.resizeSection(column, 80 + column);
    header.setSectionResizeMode(1, QHeaderView::Fixed);
    header.setSectionResizeMode(2, QHeaderView::Stretch);
    header.setSectionHidden(3, true);
    followType(table, 6);
    EXPECT_EQ(table.rowHeight(0), table.fontMetrics().height() + 6);
    EXPECT_EQ(header.sectionSize(0), 80) << "as it was";
    header.resizeSection(0, 120);
    QFont larger = table.font();
    larger.setPointSizeF(1.5 * larger.pointSizeF());
    table.setFont(larger);
    EXPECT_EQ(table.rowHeight(0), table.fontMetrics().height() + 6);
    EXPECT_NEAR(header.sectionSize(0), 180, 18);
    EXPECT_NEAR(header.sectionSize(1), 1.5 * 81, 12);
    EXPECT_NEAR(header.sectionSize(4), 1.5 * 84, 12);
    table.setFont(QFont());
    EXPECT_NEAR(header.sectionSize(0), 120, 1);
    header.setSectionHidden(3, false);
    EXPECT_EQ(header.sectionSize(3), 83);
}

TEST(TypeFollower, AKeptWidthIsThatOfTheWidestTextInEveryType)
{
    QLabel label("1");
    keepWidth(label, "999.9", 10);
    EXPECT_EQ(label.width(), label.fontMetrics().horizontalAdvance("999.9") + 10);
    QFont larger = label.font();
    larger.setPointSizeF(2 * larger.pointSizeF());
    label.setFont(larger);
    EXPECT_EQ(label.width(), label.fontMetrics().horizontalAdvance("999.9") + 10);
}

} // namespace
} // namespace triptych::test
