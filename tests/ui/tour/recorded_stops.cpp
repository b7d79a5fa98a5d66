// A run that was recorded: dropped on the window, gone back in, kept as a session.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/drops.h"
#include "tests/ui/tour/tour.h"
#include "ui/bridge/session_bridge.h"
#include "ui/plots/heatmap_plot.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/readout.h"
#include "ui/widgets/scrubber.h"

#include <QFile>

#include <cmath>

namespace triptych::test {
namespace {

class TourRecorded : public testing::Test {
protected:
    TourRecorded() { t.home(); }

    bool shown(const QString& run)
    {
        return t.feed().run() && QString::fromStdString(t.feed().run()->run_folder) == run && t.feed().loads();
    }
    TimeLine& line() { return t.in<Scrubber>(t.window()).line(); }
    QPoint at(std::int64_t step) { return {static_cast<int>(std::lround(line().xOf(step))), line().height() / 2}; }

    Tour& t = tour();
};

TEST_F(TourRecorded, AFolderThatIsDroppedOpens)
{
    const QString other = t.path("runs/half"); // of the stops before
    if (shown(t.recordedRun())) {
        EXPECT_TRUE(drop(*t.window().card("moe"), {other.toStdString()}));
        ASSERT_TRUE(t.waits([&] { return shown(other); }));
    }
    t.stop(
        "run-dropped", [&] { EXPECT_TRUE(drop(*t.window().card("predella"), {t.recordedRun().toStdString()})); },
        [&] { return shown(t.recordedRun()) && t.newestStep() == 60; });
}

TEST_F(TourRecorded, GoneBackInItsValuesAreThoseOfThatStep)
{
    ASSERT_TRUE(shown(t.recordedRun()));
    auto stored = readSeries(std::filesystem::path(t.recordedRun().toStdString()) / "metrics.sqlite");
    ASSERT_TRUE(stored);
    auto& loss = t.in<Readout>(t.window(), "barLoss");
    const auto of = [&](std::int64_t step) {
        return fixedText(stored->calm(Metric::MainLoss, step, RunFeed::kCalmSteps), 3);
    };
    ASSERT_TRUE(t.waits([&] { return loss.value() == of(60); })) << loss.value().toStdString();
    t.stop(
        "recorded-gone-back", [&] { t.drag(line(), at(60) - QPoint(2, 0), at(25)); },
        [&] { return t.feed().isHeld() && t.feed().shownStep() < 30 && !t.window().history().isReading(); });
    const std::int64_t step = t.feed().shownStep();
    EXPECT_GE(step, 20);
    EXPECT_EQ(t.in<Readout>(t.window(), "barStep").value(), QString::number(step));
    EXPECT_EQ(loss.value(), of(step)) << "of step " << step;
    EXPECT_NE(loss.value(), of(60));
    ASSERT_NE(t.feed().loads(), nullptr);
    EXPECT_LE(t.feed().loads()->step, step);
    EXPECT_GT(t.feed().loads()->step, step - 20) << "and what its experts did then";
    t.stop(
        "recorded-newest-again", [&] { t.key(Qt::Key_Backslash); },
        [&] { return !t.feed().isHeld() && loss.value() == of(60); });
}

TEST_F(TourRecorded, ASessionIsSavedAndComesBackAsItWas)
{
    ASSERT_TRUE(shown(t.recordedRun()));
    const QString file = t.path("session.json");
    t.tab("attention");
    t.click(*t.part<HeatmapPlot>("attention").focusProxy());
    t.palette("move this page left");
    ASSERT_EQ(t.window().arrangement().placeOf("attention"), PanelPlace::LeftWing);
    t.tab("moe");
    auto& map = t.part<HeatmapPlot>("moe", "loadMap");
    t.click(*map.focusProxy(), map.cellCentre(2, 11));
    const std::int64_t layer = t.selection().layer();
    t.click(line(), at(40));
    ASSERT_TRUE(t.waits([&] { return t.feed().isHeld(); }));
    const std::int64_t step = t.feed().shownStep();
    t.stop(
        "session-saved", [&] { t.palette("save this session", t.answer(file)); },
        [&] { return QFile(file).size() > 100; });
    t.palette("layout triptych");
    t.click(*map.focusProxy(), map.cellCentre(0, 1));
    t.key(Qt::Key_Backslash);
    ASSERT_TRUE(t.waits([&] { return !t.feed().isHeld() && t.selection().expert() == 1; }));
    t.stop(
        "session-opened", [&] { t.palette("open a session", t.answer(file)); },
        [&] {
            return t.feed().isHeld() && t.feed().shownStep() == step && t.selection().layer() == layer &&
                   t.selection().expert() == 11 &&
                   t.window().arrangement().placeOf("attention") == PanelPlace::LeftWing;
        });
    EXPECT_TRUE(shown(t.recordedRun()));
    t.palette("layout triptych");
}

} // namespace
} // namespace triptych::test
