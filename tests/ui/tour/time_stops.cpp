// Back in time and live again, alerts and settings, while the training goes on.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/tour/tour.h"
#include "ui/widgets/alert_chips.h"
#include "ui/widgets/live_setting.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/readout.h"
#include "ui/widgets/scrubber.h"
#include "ui/widgets/settings_button.h"
#include "ui/widgets/step_note.h"

#include <QAction>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace triptych::test {
namespace {

class TourTime : public testing::Test {
protected:
    TourTime() { t.home(); }

    TimeLine& line() { return t.in<Scrubber>(t.window()).line(); }
    QToolButton& chip() { return t.in<QToolButton>(t.window(), "liveChip"); }
    QPoint at(std::int64_t step) { return {static_cast<int>(std::lround(line().xOf(step))), line().height() / 2}; }

    Tour& t = tour();
};

TEST_F(TourTime, TheKnobGoesBackWhileTheTrainingGoesOnAndTheChipComesHome)
{
    ASSERT_TRUE(t.waits([&] { return t.newestStep() > 60; }));
    const std::int64_t newest = t.newestStep();
    t.stop(
        "back-in-time", [&] { t.drag(line(), at(line().lastStep()) - QPoint(2, 0), at(newest / 2)); },
        [&] { return t.feed().isHeld() && !t.window().history().isReading(); });
    const std::int64_t held = t.feed().shownStep();
    EXPECT_NEAR(static_cast<double>(held), static_cast<double>(newest) / 2, static_cast<double>(newest) / 4)
        << "where the mouse was let go; meanwhile the line grew";
    ASSERT_NE(t.feed().loads(), nullptr);
    EXPECT_LE(t.feed().loads()->step, held);
    EXPECT_TRUE(t.waits([&] { return t.newestStep() > newest + 5; })) << "the training goes on";
    EXPECT_EQ(t.feed().shownStep(), held);
    EXPECT_EQ(t.in<Readout>(t.window(), "barStep").tone(), ReadoutTone::Muted);
    EXPECT_FALSE(t.part<QToolButton>("moe", "expertToggle").isEnabled()) << "nobody can change what was";
    t.stop(
        "frame-back", [&] { t.key(Qt::Key_BracketLeft); }, [&] { return t.feed().shownStep() < held; });
    const std::int64_t earlier = t.feed().shownStep();
    t.stop(
        "frame-on", [&] { t.key(Qt::Key_BracketRight); }, [&] { return t.feed().shownStep() > earlier; });
    const std::int64_t later = t.feed().shownStep(); // where frames are rare, not the one that was held
    t.stop(
        "frame-wheel", [&] { t.wheel(line(), line().rect().center(), -3); },
        [&] { return t.feed().shownStep() < later; });
    t.stop(
        "live-chip", [&] { t.click(chip()); }, [&] { return !t.feed().isHeld(); });
    EXPECT_TRUE(t.waits([&] { return t.feed().loads()->step > newest; }));
    t.stop(
        "first-step",
        [&] {
            t.click(line(), at(newest));
            t.key(Qt::Key_Home);
        },
        [&] { return t.feed().isHeld() && t.feed().shownStep() == line().firstStep(); });
    t.stop(
        "back-to-live-key", [&] { t.key(Qt::Key_Backslash); }, [&] { return !t.feed().isHeld(); });
}

TEST_F(TourTime, AnAlertIsListedAndGoneTo)
{
    auto& alerts = t.in<AlertChips>(t.window());
    ASSERT_TRUE(t.waits([&] { return t.newestStep() > 60; })) << "nothing is told of the first steps";
    auto& button = t.part<SettingsButton>("predella", "settings");
    const auto rate = [&](const char* value) {
        t.click(button);
        t.write(*button.settings().front()->field(), QString::fromLatin1(value));
        t.key(Qt::Key_Return);
        t.key(Qt::Key_Escape);
    };
    // What other stops did to the experts may have been told already.
    const auto told = std::ssize(t.feed().alerts());
    t.stop(
        "loss-spike",
        [&] {
            rate("0.1");
            for (int i = 0; i < 30 && std::ssize(t.feed().alerts()) == told; ++i) t.letTrain(10);
        },
        [&] { return std::ssize(t.feed().alerts()) > told; });
    rate("0.001");
    EXPECT_TRUE(alerts.alerts()->text().contains(QLatin1Char('!')));
    std::int64_t step = 0;
    t.stop(
        "alert-gone-to",
        [&] {
            t.during([&] { t.click(*alerts.alerts()); },
                     [&](QWidget& list) {
                         // The training goes on, and another may have come since the list was made.
                         EXPECT_GT(list.actions().size(), told);
                         EXPECT_LE(list.actions().size(), std::ssize(t.feed().alerts()));
                         const QString newest = list.actions().front()->text();
                         for (const RunAlert& alert : t.feed().alerts())
                             if (newest.startsWith(QStringLiteral("step %1 ").arg(countText(alert.step))))
                                 step = alert.step;
                         t.stop(
                             "alerts", [&] { t.key(Qt::Key_Down); },
                             [&] { return qobject_cast<QMenu*>(&list)->activeAction() != nullptr; });
                         t.key(Qt::Key_Return);
                     });
        },
        [&] { return t.feed().isHeld(); });
    EXPECT_EQ(t.feed().shownStep(), step);
    t.click(*alerts.back());
    EXPECT_TRUE(t.waits([&] { return !t.feed().isHeld(); }));
}

TEST_F(TourTime, SettingsAreTurnedWhileItTrains)
{
    auto& button = t.part<SettingsButton>("predella", "settings");
    t.stop(
        "settings", [&] { t.click(button); }, [&] { return button.settings().front()->isVisible(); });
    LiveSetting& rate = *button.settings().front();
    t.stop(
        "settings-typed",
        [&] {
            t.write(*rate.field(), "0.0005");
            t.key(Qt::Key_Return);
        },
        [&] { return t.feed().setting("learning_rate") == 0.0005 && rate.state() == LiveSettingState::InForce; });
    EXPECT_TRUE(std::any_of(t.feed().marks().begin(), t.feed().marks().end(),
                            [](const SettingMark& mark) { return mark.key == QString("learning_rate"); }));
    t.stop(
        "settings-nonsense",
        [&] {
            t.write(*rate.field(), "-3");
            t.key(Qt::Key_Return);
        },
        [&] { return rate.state() == LiveSettingState::Rejected; });
    EXPECT_FALSE(rate.message().isEmpty());
    t.stop(
        "settings-escape", [&] { t.key(Qt::Key_Escape); }, [&] { return rate.state() == LiveSettingState::InForce; });
    t.write(*rate.field(), "0.001");
    t.key(Qt::Key_Return);
    EXPECT_TRUE(t.waits([&] { return t.feed().setting("learning_rate") == 0.001; }));
    t.stop(
        "settings-closed", [&] { t.key(Qt::Key_Escape); }, [&] { return !rate.isVisible(); });
}

TEST_F(TourTime, SpacePausesADotStepsAndSpaceGoesOn)
{
    t.stop(
        "paused", [&] { t.key(Qt::Key_Space); }, [&] { return t.feed().state() == SessionState::Paused; });
    const std::int64_t before = t.newestStep();
    t.stop(
        "one-step", [&] { t.key(Qt::Key_Period); }, [&] { return t.newestStep() == before + 1; });
    EXPECT_TRUE(t.waits([&] { return t.feed().state() == SessionState::Paused; }));
    t.stop(
        "trains-again", [&] { t.key(Qt::Key_Space); }, [&] { return t.newestStep() > before + 3; });
    t.stop(
        "saved", [&] { t.key(Qt::Key_S, Qt::ControlModifier); }, [&] { return !t.feed().checkpoints().empty(); });
}

} // namespace
} // namespace triptych::test
