// What a hand does besides the left button: tabs and cards that are dragged, the right button, the wheel's other ways.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/tour/tour.h"
#include "ui/plots/series_legend.h"
#include "ui/plots/time_series_plot.h"
#include "ui/widgets/curve_card.h"
#include "ui/widgets/curve_cards.h"

#include <QTabBar>

namespace triptych::test {
namespace {

class TourHands : public testing::Test {
protected:
    TourHands() { t.home(); }

    Arrangement& arrangement() { return t.window().arrangement(); }
    CurveCards& cards() { return t.part<CurveCards>("predella"); }
    TimeSeriesPlot& loss() { return t.part<TimeSeriesPlot>("predella", "lossPlot"); }
    QPoint at(double x, double y)
    {
        const QRect area = loss().plotArea();
        return {area.left() + static_cast<int>(x * area.width()), area.top() + static_cast<int>(y * area.height())};
    }
    /// The tab of a page, and its row.
    std::pair<QTabBar*, QPoint> tabOf(const char* text)
    {
        for (QTabBar* bar : t.window().findChildren<QTabBar*>())
            for (int i = 0; i < bar->count(); ++i)
                if (bar->isVisible() && bar->tabText(i) == QLatin1String(text)) return {bar, bar->tabRect(i).center()};
        throw std::invalid_argument(text);
    }

    Tour& t = tour();
};

TEST_F(TourHands, ATabIsDraggedIntoAnotherWing)
{
    t.stop(
        "tab-dragged",
        [&] {
            const auto [bar, tab] = tabOf("Latent");
            QWidget& there = *t.window().card("mtp");
            t.drag(*bar, tab, bar->mapFrom(&t.window(), there.mapTo(&t.window(), there.rect().center())));
        },
        [&] {
            return arrangement().placeOf("latent") == PanelPlace::RightWing && t.panel("latent").isVisible() &&
                   !t.panel("mtp").isVisible();
        });
    t.stop(
        "tab-undone", [&] { t.key(Qt::Key_Z, Qt::ControlModifier); },
        [&] { return arrangement().placeOf("latent") == PanelPlace::Centre; });
    t.tab("mtp");
}

TEST_F(TourHands, ACardOfCurvesIsDraggedByItsTitle)
{
    ASSERT_GE(cards().cards().size(), 3U);
    CurveCard* first = cards().cards()[0];
    CurveCard* third = cards().cards()[2];
    t.stop(
        "card-dragged",
        [&] {
            SeriesLegend& title = first->plot().legend();
            const QPoint grip(title.width() / 2, 8);
            t.drag(title, grip, title.mapFromGlobal(third->mapToGlobal(third->rect().center())));
        },
        [&] { return cards().cards()[2] == first; });
    EXPECT_TRUE(t.waits([&] { return first->x() > third->x() || first->y() > third->y(); })) << "it stands there";
    t.stop(
        "card-dragged-back",
        [&] {
            SeriesLegend& title = first->plot().legend();
            CurveCard& now = *cards().cards()[0];
            t.drag(title, {title.width() / 2, 8}, title.mapFromGlobal(now.mapToGlobal(now.rect().center())));
        },
        [&] { return cards().cards()[0] == first; });
}

TEST_F(TourHands, TheRightButtonOpensTheMenuOfACard)
{
    ASSERT_EQ(loss().valueScale(), ValueScale::Linear);
    t.stop(
        "card-menu-by-right-button",
        [&] {
            t.during([&] { t.rightClick(*loss().surface(), at(0.5, 0.5)); },
                     [&](QWidget& menu) { t.pick(menu, "Logarithmic values"); });
        },
        [&] { return loss().valueScale() == ValueScale::Logarithmic; });
    t.during([&] { t.rightClick(*loss().surface(), at(0.5, 0.5)); },
             [&](QWidget& menu) { t.pick(menu, "Logarithmic values"); });
    EXPECT_EQ(loss().valueScale(), ValueScale::Linear);
}

TEST_F(TourHands, TheWheelWithCtrlZoomsValuesAloneAndTheMiddleButtonPans)
{
    StepView& view = loss().view();
    ASSERT_TRUE(t.waits([&] { return t.newestStep() > 60 && !loss().frame().curves.empty(); }));
    const auto height = [&] { return loss().shownValues().upper - loss().shownValues().lower; };
    t.wheel(*loss().surface(), at(0.5, 0.5), 3); // or the run would grow below the hand
    ASSERT_TRUE(t.waits([&] { return !view.isFollowing(); }));
    t.settle();
    const double before = height();
    const double lower = view.lower();
    const double upper = view.upper();
    t.stop(
        "curves-wheel-values", [&] { t.wheel(*loss().surface(), at(0.5, 0.5), 1, Qt::ControlModifier); },
        [&] { return height() < 0.85 * before; });
    EXPECT_EQ(view.lower(), lower) << "steps stay";
    EXPECT_EQ(view.upper(), upper);
    t.stop(
        "curves-middle-button",
        [&] { t.drag(*loss().surface(), at(0.3, 0.5), at(0.5, 0.5), Qt::NoModifier, Qt::MiddleButton); },
        [&] { return view.lower() < lower - 0.1 * (upper - lower); });
    EXPECT_NEAR(view.upper() - view.lower(), upper - lower, 1e-6 * (upper - lower)) << "as many as before";
    const ValueRange held = loss().shownValues();
    t.doubleClick(*loss().surface(), at(0.5, 0.5));
    EXPECT_TRUE(t.waits([&] { return view.showsAll() && loss().shownValues().upper != held.upper; }))
        << "both are whole again";
}

} // namespace
} // namespace triptych::test
