// Both looks can be read.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QImage>
#include <QPalette>
#include <QSpinBox>
#include <QWidget>

#include <algorithm>
#include <array>
#include <cmath>

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

using Vec3 = std::array<double, 3>;
using Mat3 = std::array<Vec3, 3>;

Vec3 times(const Mat3& m, const Vec3& v)
{
    Vec3 result{};
    for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t k = 0; k < 3; ++k) result[i] += m[i][k] * v[k];
    return result;
}

/// CIE 1976 L*a*b* of a colour as eyes see it that mix linear sRGB so.
Vec3 seenAs(const QColor& color, const Mat3& eyes)
{
    const auto linear = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    Vec3 rgb = times(eyes, {linear(color.redF()), linear(color.greenF()), linear(color.blueF())});
    for (double& c : rgb) c = std::clamp(c, 0.0, 1.0);
    static constexpr Mat3 kToXyz = {
        {{0.4124564, 0.3575761, 0.1804375}, {0.2126729, 0.7151522, 0.0721750}, {0.0193339, 0.1191920, 0.9503041}}};
    const Vec3 xyz = times(kToXyz, rgb);
    const Vec3 white = times(kToXyz, {1, 1, 1});
    Vec3 f{};
    for (std::size_t i = 0; i < 3; ++i) {
        const double t = xyz[i] / white[i];
        f[i] = t > 216.0 / 24389 ? std::cbrt(t) : (24389.0 / 27 * t + 16) / 116;
    }
    return {116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])};
}

/// The smallest difference of two colours (CIE 1976) for normal sight, without red cones, and without green ones
/// (Machado, Oliveira and Fernandes 2009, severity 1).
double differenceForAll(const QColor& a, const QColor& b)
{
    static constexpr std::array<Mat3, 3> kEyes = {{
        {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}},
        {{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}},
        {{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}},
    }};
    double least = 1e9;
    for (const Mat3& eyes : kEyes) {
        const Vec3 p = seenAs(a, eyes);
        const Vec3 q = seenAs(b, eyes);
        least = std::min(least, std::hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]));
    }
    return least;
}

TEST(Theme, RunsHaveColoursThatAllEyesCanTellApartAndReadInBothLooks)
{
    ASSERT_LT(differenceForAll(QColor(0x99, 0x6a, 0x00), QColor(0xc1, 0x55, 0x00)), 5) << "one to some eyes";
    for (const ThemeChoice look : {ThemeChoice::Light, ThemeChoice::Dark}) {
        const Theme theme(look, ThemeReach::Own);
        for (int run = 0; run < Theme::kRunColors; ++run) {
            EXPECT_GE(contrastRatio(theme.runColor(run), theme.colors().card), 4.5) << run;
            EXPECT_GE(differenceForAll(theme.runColor(run), theme.colors().loss), 12) << run;
            for (int other = 0; other < run; ++other)
                EXPECT_GE(differenceForAll(theme.runColor(run), theme.runColor(other)), 18) << run << " " << other;
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

TEST(Theme, TheArrowsOfFieldsOfNumbersCanBeSeenOnTheDarkLook)
{
    const Theme theme(ThemeChoice::Dark);
    QSpinBox box;
    box.resize(120, box.sizeHint().height());
    const QImage drawn = box.grab().toImage();
    const auto strongest = [&](int top, int bottom) { // contrast of a pixel among the arrows
        double most = 1;
        for (int y = top; y < bottom; ++y)
            for (int x = drawn.width() * 102 / 120; x < drawn.width() * 117 / 120; ++x)
                most = std::max(most, contrastRatio(drawn.pixelColor(x, y), theme.colors().field));
        return most;
    };
    EXPECT_GT(strongest(3, drawn.height() / 2), 2.5) << "up";
    EXPECT_GT(strongest(drawn.height() / 2, drawn.height() - 3), 2.5) << "down";
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
