// A desktop that turns dark while the program runs.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/system_look.h"
#include "ui/theme/theme.h"

#include <gtest/gtest.h>

#include <QSignalSpy>

namespace triptych::test {
namespace {

constexpr uint kNoPreference = 0;
constexpr uint kDark = 1;
constexpr uint kLight = 2;

void tell(SystemLook& look, uint scheme)
{
    look.settingChanged("org.freedesktop.appearance", "color-scheme", QDBusVariant(scheme));
}

TEST(SystemLook, KnowsWhatThePortalTellsAndSaysEachChangeOnce)
{
    SystemLook look;
    const QSignalSpy changes(&look, &SystemLook::changed);
    tell(look, kDark);
    EXPECT_EQ(look.isDark(), true);
    tell(look, kDark);
    EXPECT_EQ(changes.count(), 1);
    look.settingChanged("org.freedesktop.appearance", "color-scheme",
                        QDBusVariant(QVariant::fromValue(QDBusVariant(kLight))));
    EXPECT_EQ(look.isDark(), false) << "older portals wrap twice";
    tell(look, kNoPreference);
    EXPECT_EQ(look.isDark(), std::nullopt);
    EXPECT_EQ(changes.count(), 3);
}

TEST(SystemLook, IgnoresOtherSettingsAndNonsense)
{
    SystemLook look;
    look.settingChanged("org.gnome.desktop.interface", "color-scheme", QDBusVariant(kDark));
    look.settingChanged("org.freedesktop.appearance", "accent-color", QDBusVariant(kDark));
    look.settingChanged("org.freedesktop.appearance", "color-scheme", QDBusVariant("dark"));
    tell(look, 77);
    EXPECT_EQ(look.isDark(), std::nullopt);
}

TEST(SystemLook, KnowsFromEitherSettingThatThingsShouldNotMove)
{
    SystemLook look;
    const QSignalSpy changes(&look, &SystemLook::motionChanged);
    const auto reduced = [&look](const QVariant& value) {
        look.settingChanged("org.freedesktop.appearance", "reduced-motion", QDBusVariant(value));
    };
    const auto animations = [&look](const QVariant& value) {
        look.settingChanged("org.gnome.desktop.interface", "enable-animations", QDBusVariant(value));
    };
    EXPECT_FALSE(look.reducesMotion());
    reduced(1U);
    EXPECT_TRUE(look.reducesMotion());
    animations(false);
    reduced(0U);
    EXPECT_TRUE(look.reducesMotion()) << "one of them is enough";
    animations("nonsense");
    EXPECT_FALSE(look.reducesMotion());
    EXPECT_EQ(changes.count(), 2);
    reduced("on");
    EXPECT_FALSE(look.reducesMotion());
}

TEST(SystemLook, IsFollowedByTheLookOfTheProgramWhereThatIsTheSystems)
{
    Theme theme(ThemeChoice::System);
    const auto look = SystemLook::ofDesktop();
    tell(*look, kLight);
    EXPECT_FALSE(theme.colors().dark);
    const QSignalSpy changes(&theme, &Theme::changed);
    tell(*look, kDark);
    EXPECT_TRUE(theme.colors().dark);
    EXPECT_EQ(changes.count(), 1);
    theme.choose(ThemeChoice::Light);
    tell(*look, kLight);
    tell(*look, kDark);
    EXPECT_FALSE(theme.colors().dark) << "a person's choice stands";
    theme.choose(ThemeChoice::System);
    EXPECT_TRUE(theme.colors().dark) << "what came meanwhile is not forgotten";
}

} // namespace
} // namespace triptych::test
