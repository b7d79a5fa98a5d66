// The predella under the hand: axes, scales, smoothing, zoom while the run grows, the crosshair, cards.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/tour/tour.h"
#include "ui/plots/follow_chip.h"
#include "ui/plots/series_legend.h"
#include "ui/plots/time_series_plot.h"
#include "ui/widgets/curve_card.h"
#include "ui/widgets/curve_cards.h"
#include "ui/widgets/curve_readout.h"
#include "ui/widgets/series_chooser.h"
#include "ui/widgets/smoothing_bar.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QMenu>
#include <QSlider>
#include <QToolButton>
#include <QTreeWidget>

#include <cmath>

namespace triptych::test {
namespace {

class TourCurves : public testing::Test {
protected:
    TourCurves() { t.home(); }

    TimeSeriesPlot& loss() { return t.part<TimeSeriesPlot>("predella", "lossPlot"); }
    StepView& view() { return loss().view(); }
    CurveCards& cards() { return t.part<CurveCards>("predella"); }
    QWidget& surface() { return *loss().surface(); }
    /// A part of the curves, from 0 to 1 both ways.
    QPoint at(double x, double y)
    {
        const QRect area = loss().plotArea();
        return {area.left() + static_cast<int>(x * area.width()), area.top() + static_cast<int>(y * area.height())};
    }
    QToolButton& chip()
    {
        for (FollowChip* each : t.panel("predella").window()->findChildren<FollowChip*>())
            if (each->isVisible() && t.window().card("predella")->isAncestorOf(each)) return *each;
        throw std::invalid_argument("no chip");
    }

    Tour& t = tour();
};

TEST_F(TourCurves, ABoxZoomsAndNeverSnapsBackUntilTheChipIsPressed)
{
    ASSERT_TRUE(t.waits([&] { return t.newestStep() > 60 && !loss().frame().curves.empty(); }));
    t.stop(
        "curves-box", [&] { t.drag(surface(), at(0.2, 0.3), at(0.5, 0.7)); }, [&] { return !view().isFollowing(); });
    const double lower = view().lower();
    const double upper = view().upper();
    const std::int64_t newest = t.newestStep();
    ASSERT_TRUE(t.waits([&] { return t.newestStep() > newest + 10; }));
    EXPECT_EQ(view().lower(), lower) << "it stays where the hand zoomed";
    EXPECT_EQ(view().upper(), upper);
    EXPECT_TRUE(chip().text().contains("Jump to live")) << chip().text().toStdString();
    t.stop(
        "curves-follow", [&] { t.click(chip()); }, [&] { return view().isFollowing(); });
    t.stop(
        "curves-wheel", [&] { t.wheel(surface(), at(0.5, 0.5), 4); }, [&] { return !view().isFollowing(); });
    const double before = view().lower();
    t.stop(
        "curves-pan", [&] { t.drag(surface(), at(0.3, 0.5), at(0.6, 0.5), Qt::ShiftModifier); },
        [&] { return view().lower() < before; });
    t.stop(
        "curves-all", [&] { t.doubleClick(surface(), at(0.5, 0.5)); }, [&] { return view().showsAll(); });
}

TEST_F(TourCurves, TheCrosshairIsMovedByMouseAndKeysAndReadOnAllCards)
{
    t.click(surface(), at(0.3, 0.5));
    // What came while the window was left alone comes at once now: the curves grow below the hand.
    const std::int64_t newest = t.newestStep();
    ASSERT_TRUE(t.waits([&] { return t.newestStep() > newest; }));
    t.hover(surface(), at(0.3, 0.5));
    const auto share = [&] {
        return (view().cursor().value_or(0) - view().lower()) / (view().upper() - view().lower());
    };
    const auto isThere = [&] { return std::abs(share() - 0.7) < 0.05; };
    t.stop(
        "curves-point",
        [&] {
            // The curves grow on below the hand.
            t.waits([&] {
                t.hover(surface(), at(0.7, 0.5));
                return isThere();
            });
        },
        isThere);
    const double pointed = *view().cursor();
    t.stop(
        "curves-keys",
        [&] {
            t.key(Qt::Key_Left);
            t.key(Qt::Key_Left);
        },
        [&] { return view().cursor() && *view().cursor() < pointed; });
    EXPECT_FALSE(loss().legend().values().isEmpty());
    auto& readout = t.part<CurveReadout>("predella");
    t.stop(
        "curves-pinned", [&] { t.key(Qt::Key_P); }, [&] { return view().isPinned() && readout.isVisible(); });
    EXPECT_GE(readout.asText().count(QLatin1Char('\n')), 5) << "all curves of all cards";
    t.stop(
        "curves-unpinned", [&] { t.key(Qt::Key_P); }, [&] { return !view().isPinned(); });
    t.stop(
        "curves-values-hidden", [&] { t.click(t.part<QToolButton>("predella", "values")); },
        [&] { return !readout.isVisible(); });
}

TEST_F(TourCurves, EveryAxisAndBothScales)
{
    auto& axis = t.part<QComboBox>("predella", "axis");
    for (int i = 1; i < axis.count(); ++i)
        t.stop(("curves-over-" + axis.itemData(i).toString()).toStdString(),
               [&] {
                   axis.setFocus();
                   t.key(Qt::Key_Down);
               },
               [&] { return axis.currentIndex() == i; });
    EXPECT_EQ(axis.count(), 7) << "step, tokens, three times, FLOPs, money";
    axis.setFocus();
    t.key(Qt::Key_Home);
    EXPECT_EQ(axis.currentIndex(), 0);
    t.stop(
        "curves-log", [&] { t.click(t.part<QToolButton>("predella", "logarithmic")); },
        [&] { return loss().valueScale() == ValueScale::Logarithmic; });
    t.stop(
        "curves-linear",
        [&] {
            t.click(surface(), at(0.5, 0.5));
            t.key(Qt::Key_L);
        },
        [&] { return loss().valueScale() == ValueScale::Linear; });
}

TEST_F(TourCurves, SmoothingIsTypedAndDragged)
{
    auto& bar = t.part<SmoothingBar>("predella");
    t.stop(
        "smoothing-typed",
        [&] {
            t.click(surface(), at(0.5, 0.5));
            t.key(Qt::Key_S);
            t.type("0.5");
            t.key(Qt::Key_Return);
        },
        [&] { return bar.weight() == 0.5; });
    auto& slider = t.part<QSlider>("predella", "smoothingSlider");
    t.stop(
        "smoothing-slid",
        [&] {
            slider.setFocus();
            t.key(Qt::Key_PageUp);
            t.key(Qt::Key_PageUp);
        },
        [&] { return bar.weight() > 0.6; });
}

TEST_F(TourCurves, CardsAreAddedMovedShownAloneFilteredAndRemoved)
{
    const auto count = cards().cards().size();
    auto& chooser = t.part<SeriesChooser>("predella");
    t.stop(
        "series-chooser", [&] { t.click(t.part<QToolButton>("predella", "addSeries")); },
        [&] { return chooser.isVisible(); });
    t.stop(
        "series-found", [&] { t.type("grad"); },
        [&] { return t.in<QLineEdit>(chooser, "seriesFilter").text() == "grad"; });
    t.stop(
        "series-added", [&] { t.key(Qt::Key_Return); }, [&] { return cards().cards().size() == count + 1; });
    CurveCard* added = cards().cards().back();
    EXPECT_TRUE(added->title().contains("radient", Qt::CaseInsensitive)) << added->title().toStdString();
    ASSERT_TRUE(t.waits([&] { return added->plot().surface()->hasFocus(); }));
    t.stop(
        "card-moved", [&] { t.key(Qt::Key_Left, Qt::ControlModifier); },
        [&] { return cards().cards().back() != added; });
    t.stop(
        "card-alone", [&] { t.key(Qt::Key_Z); }, [&] { return cards().alone() == added; });
    t.stop(
        "cards-again", [&] { t.key(Qt::Key_Z); }, [&] { return cards().alone() == nullptr; });
    auto& filter = t.part<QLineEdit>("predella", "cardFilter");
    t.stop(
        "cards-found",
        [&] {
            t.key(Qt::Key_F, Qt::ControlModifier);
            t.type("usd");
        },
        [&] { return filter.isVisible() && cards().shown().size() == 1; });
    t.stop(
        "cards-all", [&] { t.key(Qt::Key_Escape); }, [&] { return cards().shown().size() == count + 1; });
    t.stop(
        "card-removed",
        [&] { t.during([&] { t.click(added->menuButton()); }, [&](QWidget& menu) { t.pick(menu, "Remove"); }); },
        [&] { return cards().cards().size() == count; });
}

} // namespace
} // namespace triptych::test
