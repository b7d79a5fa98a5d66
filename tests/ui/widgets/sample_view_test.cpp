// A text of a model with its whitespace made visible.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/qt_print.h"
#include "ui/widgets/sample_view.h"

#include <gtest/gtest.h>

#include <QTest>

namespace triptych::test {
namespace {

TEST(VisibleWhitespace, SpacesAreDotsAndLineEndsArrows)
{
    int given = 3;
    const QString shown = visibleWhitespace("a b\n\tc\x01", given);
    EXPECT_EQ(shown, QString("a·\u200Bb↵\u2028⇥\u200Bc\u2401"));
    EXPECT_EQ(shown.left(given), QString("a·\u200Bb")) << "what was given is as long as its signs";
}

TEST(VisibleWhitespace, NothingGivenOrEverything)
{
    int none = 0;
    visibleWhitespace("a b", none);
    EXPECT_EQ(none, 0);
    int all = 3;
    EXPECT_EQ(visibleWhitespace("a b", all).size(), all);
    int beyond = 99;
    visibleWhitespace("a b", beyond);
    EXPECT_EQ(beyond, 4) << "the whole text";
}

TEST(SampleView, ALongTextIsCutWhereThereIsNoRoomAndWholeInItsTooltip)
{
    const Theme theme(ThemeChoice::Light);
    SampleView view(theme);
    view.resize(200, 400);
    view.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&view));
    const QString text = QStringLiteral("word ").repeated(60);
    view.setSample(text, 5);
    view.resize(200, 400);
    EXPECT_FALSE(view.isCut());
    view.resize(200, 40);
    EXPECT_TRUE(view.isCut());
    EXPECT_TRUE(view.toolTip().contains(text));
    EXPECT_FALSE(view.grab().isNull());
}

TEST(SampleView, IsNoHigherThanItsLines)
{
    const Theme theme(ThemeChoice::Light);
    SampleView view(theme);
    view.resize(300, 200);
    view.setSample("short", 0);
    const int one = view.maximumHeight();
    view.setSample(QStringLiteral("word ").repeated(60), 0);
    EXPECT_GT(view.maximumHeight(), one);
}

} // namespace
} // namespace triptych::test
