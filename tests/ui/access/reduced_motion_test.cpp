// Reduced motion: what stands still then, who decides, and that it is kept.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/access/reduced_motion.h"
#include "ui/bridge/frame_clock.h"
#include "ui/main_window.h"
#include "ui/theme/system_look.h"

#include <gtest/gtest.h>

#include <QAction>
#include <QApplication>
#include <QSettings>
#include <QSignalSpy>
#include <QStyle>
#include <QTemporaryDir>

namespace triptych::test {
namespace {

void desktopAsks(bool asks)
{
    SystemLook::ofDesktop()->settingChanged("org.freedesktop.appearance", "reduced-motion",
                                                    QDBusVariant(asks ? 1U : 0U));
}

TEST(ReducedMotion, StopsWhatBlinksSlidesAndFadesAndGivesItBack)
{
    Theme theme(ThemeChoice::Dark);
    QApplication::setEffectEnabled(Qt::UI_FadeMenu, true);
    const int blink = QApplication::cursorFlashTime();
    ASSERT_GT(blink, 0);
    {
        ReducedMotion motion;
        FrameClock clock;
        EXPECT_FALSE(motionIsReduced());
        motion.choose(MotionChoice::Reduced);
        EXPECT_TRUE(motionIsReduced());
        EXPECT_EQ(QApplication::cursorFlashTime(), 0);
        EXPECT_FALSE(QApplication::isEffectEnabled(Qt::UI_FadeMenu));
        EXPECT_EQ(QApplication::style()->styleHint(QStyle::SH_Widget_Animation_Duration), 0);
        EXPECT_EQ(clock.framesPerSecond(), 1);
        clock.interact();
        EXPECT_EQ(clock.framesPerSecond(), 60) << "a hand sees what it does";
        motion.choose(MotionChoice::Full);
        EXPECT_EQ(QApplication::cursorFlashTime(), blink);
        EXPECT_GT(QApplication::style()->styleHint(QStyle::SH_Widget_Animation_Duration), 0);
        motion.choose(MotionChoice::Reduced);
    }
    EXPECT_FALSE(motionIsReduced()) << "with the one who asked for it";
    EXPECT_EQ(QApplication::cursorFlashTime(), blink);
}

TEST(ReducedMotion, FollowsTheDesktopUntilSomebodyChooses)
{
    ReducedMotion motion;
    const QSignalSpy changes(&motion, &ReducedMotion::changed);
    desktopAsks(true);
    EXPECT_TRUE(motion.isOn());
    EXPECT_TRUE(motionIsReduced());
    EXPECT_EQ(changes.count(), 1);
    motion.choose(MotionChoice::Full);
    EXPECT_FALSE(motionIsReduced());
    desktopAsks(false);
    motion.choose(MotionChoice::System);
    EXPECT_FALSE(motionIsReduced());
}

TEST(ReducedMotion, IsKnownByItsIdThereAndBack)
{
    for (const MotionChoice choice : {MotionChoice::System, MotionChoice::Full, MotionChoice::Reduced})
        EXPECT_EQ(motionFromId(motionId(choice)), choice);
    EXPECT_EQ(motionFromId("wild"), MotionChoice::System);
}

TEST(ReducedMotion, StandsInTheViewMenuAndIsKept)
{
    const QTemporaryDir folder;
    QSettings settings(folder.filePath("settings.ini"), QSettings::IniFormat);
    Theme theme(ThemeChoice::Dark);
    {
        MainWindow window(theme);
        EXPECT_TRUE(window.actionCatalog().find("motion-system")->isChecked());
        window.actionCatalog().find("motion-reduced")->trigger();
        EXPECT_TRUE(motionIsReduced());
        window.saveLayout(settings);
    }
    MainWindow window(theme);
    window.restoreLayout(settings);
    EXPECT_TRUE(motionIsReduced());
    EXPECT_TRUE(window.actionCatalog().find("motion-reduced")->isChecked());
    desktopAsks(true);
    EXPECT_TRUE(window.actionCatalog().find("motion-system")->toolTip().contains("asks for reduced motion"));
}

} // namespace
} // namespace triptych::test
