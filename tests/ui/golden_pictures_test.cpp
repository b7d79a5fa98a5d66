// What the wings and the window look like in both looks and languages, at one and at two device pixels a pixel.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/language_scope.h"
#include "tests/support/panel_fixture.h"
#include "tests/support/picture_grid.h"
#include "ui/main_window.h"
#include "ui/plots/plot_painting.h"

#include <gtest/gtest.h>

namespace triptych::test {
namespace {

/// As a screen of so many device pixels a pixel would have it.
QImage painted(QWidget& widget, double ratio)
{
    QImage picture(widget.size() * ratio, QImage::Format_RGB32);
    picture.setDevicePixelRatio(ratio);
    picture.fill(Qt::magenta); // no part of it may stay as it is
    const PlotPainting plots(widget, PlotsAs::Pixels, ratio);
    deliverPosted(widget);
    widget.render(&picture);
    return picture;
}

struct PicturedPanel {
    const char* id;
    ThemeChoice look;
    const char* name;
};

class GoldenPanel : public testing::TestWithParam<PicturedPanel> {
protected:
    QImage paint(double ratio)
    {
        PanelRig rig(GetParam().look);
        const std::unique_ptr<Panel> panel(panel_info(GetParam().id).create(rig.context(), nullptr));
        panel->resize(600, 420);
        panel->show();
        EXPECT_TRUE(QTest::qWaitForWindowExposed(panel.get()));
        fill_feed(rig.feed);
        rig.selection.setExpertOfLayer(2, 5);
        rig.selection.setToken(9);
        EXPECT_TRUE(QTest::qWaitFor([&] { return !panel->isLoading(); }));
        QTest::qWait(60); // a frame of what is drawn by a clock
        return painted(*panel, ratio);
    }

    LanguageScope m_language{LanguageChoice::English};
};

constexpr auto kDark = ThemeChoice::Dark;
constexpr auto kLight = ThemeChoice::Light;
INSTANTIATE_TEST_SUITE_P(Wings, GoldenPanel,
                         testing::Values(PicturedPanel{"moe", kDark, "moe_dark"},
                                         PicturedPanel{"moe", kLight, "moe_light"},
                                         PicturedPanel{"attention", kDark, "attention_dark"},
                                         PicturedPanel{"attention", kLight, "attention_light"},
                                         PicturedPanel{"mtp", kDark, "mtp_dark"},
                                         PicturedPanel{"predella", kLight, "predella_light"}),
                         [](const auto& p) { return std::string(p.param.name); });

TEST_P(GoldenPanel, LooksAsItDid)
{
    expect_golden(paint(1), GetParam().name);
}

TEST_P(GoldenPanel, IsTheSamePictureAtTwoDevicePixelsAPixel)
{
    const QImage sharp = paint(2);
    EXPECT_EQ(sharp.width(), 2 * paint(1).width());
    expect_golden(sharp, GetParam().name);
}

struct PicturedWindow {
    LanguageChoice language;
    ThemeChoice look;
    const char* name;
};

class GoldenWindow : public testing::TestWithParam<PicturedWindow> {
protected:
    GoldenWindow() : m_theme(GetParam().look), m_window(m_theme)
    {
        m_window.resize(1280, 800);
        m_window.show();
        EXPECT_TRUE(QTest::qWaitForWindowExposed(&m_window));
        fill_feed(m_window.feed());
        m_window.setFocus();
        QTest::qWait(80);
    }

    /// Within some frames, however slow the machine is.
    void expectToBecome(const QString& name)
    {
        EXPECT_TRUE(
            QTest::qWaitFor([&] { return difference_from_golden(painted(m_window, 1), name).isSmall(); }, 20000));
        expect_golden(painted(m_window, 1), name);
    }

    LanguageScope m_language{GetParam().language};
    Theme m_theme;
    MainWindow m_window;
};

INSTANTIATE_TEST_SUITE_P(Looks, GoldenWindow,
                         testing::Values(PicturedWindow{LanguageChoice::English, kDark, "window_dark"},
                                         PicturedWindow{LanguageChoice::English, kLight, "window_light"},
                                         PicturedWindow{LanguageChoice::German, kDark, "window_dark_german"},
                                         PicturedWindow{LanguageChoice::German, kLight, "window_light_german"}),
                         [](const auto& p) { return std::string(p.param.name); });

TEST_P(GoldenWindow, LooksAsItDidAtOneAndAtTwoDevicePixelsAPixel)
{
    expect_golden(painted(m_window, 1), GetParam().name);
    expect_golden(painted(m_window, 2), GetParam().name);
}

TEST_P(GoldenWindow, ChangesItsLookAsIfItHadBegunInIt)
{
    if (writes_pictures()) GTEST_SKIP() << "written by what began so";
    const bool dark = GetParam().look == kDark;
    m_theme.choose(dark ? kLight : kDark);
    QString other = QLatin1String(GetParam().name);
    other.replace(dark ? QLatin1String("dark") : QLatin1String("light"),
                  dark ? QLatin1String("light") : QLatin1String("dark"));
    expectToBecome(other);
}

TEST_P(GoldenWindow, ChangesItsLanguageAsIfItHadBegunInIt)
{
    if (writes_pictures()) GTEST_SKIP() << "written by what began so";
    const bool german = GetParam().language == LanguageChoice::German;
    const LanguageScope changed(german ? LanguageChoice::English : LanguageChoice::German);
    QString other = QLatin1String(GetParam().name);
    if (german)
        other.remove(QLatin1String("_german"));
    else
        other += QLatin1String("_german");
    expectToBecome(other);
}

TEST(GoldenPictures, TellAMissingCurveAnotherGroundAnotherColourAndAWordThatMoved)
{
    QImage picture(480, 300, QImage::Format_RGB32);
    picture.fill(QColor(20, 20, 24));
    const QImage grid = cells_of(picture, 24, 15);
    EXPECT_EQ(difference(grid, cells_of(picture.scaled(960, 600), 24, 15), 0), 0) << "whatever its pixels";
    EXPECT_EQ(difference(grid, cells_of(picture, 24, 16), 0), 1);
    QImage other = picture;
    other.fill(QColor(40, 40, 48));
    EXPECT_EQ(difference(grid, cells_of(other, 24, 15), 16), 1);
    other = picture;
    for (int x = 0; x < 240; ++x)
        for (int y = 0; y < 150; ++y) other.setPixelColor(x, y, QColor(200, 120, 20));
    EXPECT_NEAR(difference(grid, cells_of(other, 24, 15), 16), 0.25, 0.03);
    const auto with_word_at = [&](int x) {
        QImage words = picture;
        for (int i = 0; i < 40; ++i)
            for (int y = 100; y < 110; ++y) words.setPixelColor(x + i, y, i % 3 == 0 ? Qt::white : Qt::black);
        return cells_of(words, 120, 75);
    };
    EXPECT_GT(difference(with_word_at(100), with_word_at(108), 16), 0);
}

} // namespace
} // namespace triptych::test
