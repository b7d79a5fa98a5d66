// The lesson: it trains by itself, and tells what is to be seen. The run that went on is saved and ended by it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/tour/tour.h"

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

namespace triptych::test {
namespace {

class TourLesson : public testing::Test {
protected:
    TourLesson() { t.home(); }
    Tour& t = tour();
};

TEST_F(TourLesson, ItsButtonTrainsAModelOfItsOwn)
{
    t.stop(
        "lesson", [&] { t.tab("lesson"); }, [&] { return t.panel("lesson").isVisible(); });
    t.key(Qt::Key_5);
    auto& stage = t.part<QLabel>("lesson", "stage");
    auto& button = t.part<QPushButton>("lesson", "goOn");
    EXPECT_EQ(stage.text(), "A router collapses");
    const std::string before = t.feed().run()->run_folder;
    t.stop(
        "lesson-begins", [&] { t.click(button); },
        [&] {
            return stage.text().startsWith("1 of 3") && t.feed().run()->run_folder != before && t.newestStep() > 0;
        });
    EXPECT_EQ(t.feed().setting("bias_update_speed"), 0.01);
    EXPECT_FALSE(button.isEnabled()) << "until there is something to see";
    auto& progress = t.part<QProgressBar>("lesson", "progress");
    t.stop(
        "lesson-goes-on", [] {}, [&] { return progress.value() > 10; });
}

} // namespace
} // namespace triptych::test
