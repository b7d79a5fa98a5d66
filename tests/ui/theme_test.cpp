// Both looks can be read.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QPalette>
#include <QWidget>

#include <set>

namespace triptych {
namespace {

struct NamedColor {
    const char* name;
    QColor ThemeColors::*member;
};

/// Everything that is text, or a curve whose name is written in its colour.
constexpr NamedColor kInks[] = {
    {"text", &ThemeColors::text},
    {"muted", &ThemeColors::muted},
    {"moe", &ThemeColors::moe},
    {"mla", &ThemeColors::mla},
    {"mtp", &ThemeColors::mtp},
    {"loss", &ThemeColors::loss},
    {"validation", &ThemeColors::validation},
    {"throughput", &ThemeColors::throughput},
    {"headline", &ThemeColors::headline},
    {"fullCost", &ThemeColors::fullCost},
    {"good", &ThemeColors::good},
    {"warning", &ThemeColors::warning},
    {"bad", &ThemeColors::bad},
};

TEST(Theme, TextAndAccentsCanBeReadOnACardInBothLooks)
{
    for (const ThemeColors& colors : {lightColors(), darkColors()})
        for (const NamedColor& ink : kInks)
            EXPECT_GE(contrastRatio(colors.*ink.member, colors.card), 4.5) << ink.name << (colors.dark ? ", dark" : "");
}

TEST(Theme, PlainTextCanBeReadOnEveryGroundInBothLooks)
{
    for (const ThemeColors& colors : {lightColors(), darkColors()})
        for (const QColor& ground : {colors.card, colors.field, colors.window})
            for (const QColor& ink : {colors.text, colors.muted}) EXPECT_GE(contrastRatio(ink, ground), 4.5);
}

TEST(Theme, CurvesOfOnePlotDiffer)
{
    for (const ThemeColors& colors : {lightColors(), darkColors()}) {
        EXPECT_GT(contrastRatio(colors.loss, colors.grid), 3) << "a curve drowns in the grid";
        EXPECT_NE(colors.loss, colors.validation);
        EXPECT_NE(colors.headline, colors.fullCost);
    }
}

TEST(Theme, ContrastIsThatOfWcag)
{
    EXPECT_NEAR(contrastRatio(Qt::black, Qt::white), 21, 1e-6);
    EXPECT_DOUBLE_EQ(contrastRatio(Qt::red, Qt::red), 1);
    EXPECT_NEAR(contrastRatio(QColor(0x77, 0x77, 0x77), Qt::white), 4.48, 0.005);
}

TEST(Theme, ChoosingALookChangesThePaletteOfTheProgramAndTellsOnce)
{
    Theme theme(ThemeChoice::Light);
    int told = 0;
    QObject::connect(&theme, &Theme::changed, &theme, [&] { ++told; });
    theme.choose(ThemeChoice::Dark);
    theme.choose(ThemeChoice::Dark);
    EXPECT_EQ(told, 1);
    EXPECT_TRUE(theme.colors().dark);
    EXPECT_EQ(QApplication::palette().color(QPalette::WindowText), darkColors().text);
}

TEST(Theme, RunsHaveColoursThatDifferAndCanBeReadInBothLooks)
{
    for (const ThemeChoice look : {ThemeChoice::Light, ThemeChoice::Dark}) {
        const Theme theme(look, ThemeReach::Own);
        std::set<QRgb> seen;
        for (int run = 0; run < Theme::kRunColors; ++run) {
            EXPECT_GE(contrastRatio(theme.runColor(run), theme.colors().card), 4.5) << run;
            EXPECT_TRUE(seen.insert(theme.runColor(run).rgb()).second) << run;
        }
        EXPECT_EQ(theme.runColor(Theme::kRunColors), theme.runColor(0));
        EXPECT_EQ(theme.runColor(-1), theme.runColor(Theme::kRunColors - 1));
    }
}

TEST(Theme, AnOwnOneDressesWhatItIsGivenAndNothingElse)
{
    const Theme window(ThemeChoice::Dark);
    const Theme paper(ThemeChoice::Light, ThemeReach::Own);
    EXPECT_EQ(QApplication::palette().color(QPalette::Window), darkColors().window);
    QWidget card;
    QWidget inside(&card);
    paper.dress(card);
    EXPECT_EQ(inside.palette().color(QPalette::Window), lightColors().window);
    EXPECT_EQ(QApplication::palette().color(QPalette::Window), darkColors().window);
}

TEST(Theme, TextGrowsWithItsScaleWithinReason)
{
    const QFont before = QApplication::font();
    {
        Theme theme(ThemeChoice::Light);
        int told = 0;
        QObject::connect(&theme, &Theme::changed, &theme, [&] { ++told; });
        theme.setTextScale(1.5);
        theme.setTextScale(1.5);
        EXPECT_EQ(told, 1);
        EXPECT_DOUBLE_EQ(QApplication::font().pointSizeF(), 1.5 * before.pointSizeF());
        theme.setTextScale(50);
        EXPECT_EQ(theme.textScale(), 2);
        theme.setTextScale(1);
        EXPECT_EQ(QApplication::font().pointSizeF(), before.pointSizeF());
    }
}

} // namespace
} // namespace triptych
