// How the window speaks and looks while a training goes on: language, the look of the system, the wings of a presenter.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/tour/tour.h"
#include "ui/plots/heatmap_plot.h"

#include <QAction>
#include <QLabel>
#include <QLocale>
#include <QMenuBar>
#include <QTabBar>

namespace triptych::test {
namespace {

class TourLooks : public testing::Test {
protected:
    TourLooks() { t.home(); }

    QString firstMenu() { return t.window().menuBar()->actions().front()->text().remove(QLatin1Char('&')); }
    bool hasTab(const char* text)
    {
        for (const QTabBar* bar : t.window().findChildren<QTabBar*>())
            for (int i = 0; i < bar->count(); ++i)
                if (bar->isVisible() && bar->tabText(i) == QString::fromUtf8(text)) return true;
        return false;
    }
    QColor ground() { return t.window().palette().window().color(); }
    bool isDark() { return ground().lightness() < 128; }

    Tour& t = tour();
};

TEST_F(TourLooks, TheLanguageIsAnotherAtOnceAndAllElseStays)
{
    t.tab("moe");
    auto& map = t.part<HeatmapPlot>("moe", "loadMap");
    t.click(*map.focusProxy(), map.cellCentre(1, 5));
    const std::int64_t layer = t.selection().layer();
    const std::string run = t.feed().run()->run_folder;
    const std::int64_t before = t.newestStep();
    ASSERT_EQ(firstMenu(), "File");
    t.stop(
        "german",
        [&] {
            t.menu({"View", "Language", "Deutsch"});
        },
        [&] { return firstMenu() == "Datei" && hasTab("Verlauf") && !hasTab("History"); });
    EXPECT_EQ(QLocale().decimalPoint(), QString(","));
    EXPECT_EQ(t.selection().layer(), layer);
    EXPECT_EQ(t.selection().expert(), 5);
    EXPECT_EQ(t.feed().run()->run_folder, run);
    EXPECT_TRUE(t.waits([&] { return t.newestStep() > before + 5; })) << "the training goes on";
    EXPECT_TRUE(t.waits([&] { return t.part<HeatmapPlot>("moe", "loadMap").rows() == 5; })) << "and is shown";
    t.stop(
        "english-again", [&] { t.palette("english"); }, [&] { return firstMenu() == "File" && hasTab("History"); });
    EXPECT_EQ(QLocale().decimalPoint(), QString("."));
}

TEST_F(TourLooks, TheLookOfTheSystemIsOneOfThree)
{
    const bool mine = isDark();
    t.palette("look of the system");
    const QColor asked = ground();
    t.palette(isDark() ? "light look" : "dark look");
    const auto* system = t.window().actionCatalog().find("lookSystem");
    t.stop(
        "look-of-the-system",
        [&] {
            t.menu({"View", "Look of the system"});
        },
        [&] { return ground() == asked && system->isChecked(); });
    t.palette(mine ? "dark look" : "light look");
    EXPECT_EQ(isDark(), mine);
}

TEST_F(TourLooks, APresenterShowsEachWingWithItsSentence)
{
    const auto& caption = t.in<QLabel>(t.window(), "presenterCaption");
    t.key(Qt::Key_F5);
    t.stop(
        "presenter-moe-alone", [&] { t.key(Qt::Key_1); },
        [&] { return t.shows({PanelPlace::LeftWing}) && caption.text().contains("16 experts share"); });
    t.stop(
        "presenter-mtp-alone", [&] { t.key(Qt::Key_3); },
        [&] { return t.shows({PanelPlace::RightWing}) && caption.text().contains("the MTP block"); });
    t.key(Qt::Key_Escape);
    EXPECT_FALSE(t.window().presenter().isOn());
}

} // namespace
} // namespace triptych::test
