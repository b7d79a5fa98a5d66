// The look of the desktop over a real bus: a portal that answers, and tells of a change while the program runs.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/access/reduced_motion.h"
#include "ui/theme/system_look.h"
#include "ui/theme/theme.h"

#include <gtest/gtest.h>

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVirtualObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

#include <map>
#include <utility>

namespace triptych::test {
namespace {

constexpr int kPatience = 20000; // ms; only a failing test waits for so long
const QString kPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString kInterface = QStringLiteral("org.freedesktop.portal.Settings");
const QString kGroup = QStringLiteral("org.freedesktop.appearance");

/// Answers Read with the value wrapped twice, as portals do.
class Portal : public QDBusVirtualObject {
public:
    explicit Portal(QDBusConnection bus) : m_bus(std::move(bus)) {}

    QString introspect(const QString&) const override { return {}; }
    bool handleMessage(const QDBusMessage& message, const QDBusConnection& connection) override
    {
        const QList<QVariant> asked = message.arguments();
        const auto known = asked.size() == 2 ? values.find(asked[1].toString()) : values.end();
        const bool answers = message.member() == QLatin1String("Read") && known != values.end() && asked[0] == kGroup;
        connection.send(answers ? message.createReply(QVariant::fromValue(
                                      QDBusVariant(QVariant::fromValue(QDBusVariant(known->second)))))
                                : message.createErrorReply(QDBusError::UnknownProperty, QStringLiteral("no such key")));
        return true;
    }
    void change(const QString& key, uint value)
    {
        QDBusMessage told = QDBusMessage::createSignal(kPath, kInterface, QStringLiteral("SettingChanged"));
        told << kGroup << key << QVariant::fromValue(QDBusVariant(value));
        m_bus.send(told);
    }

    std::map<QString, uint> values;

private:
    QDBusConnection m_bus;
};

TEST(SystemLookOverTheBus, IsAskedAtTheStartAndFollowed)
{
    if (QStandardPaths::findExecutable(QStringLiteral("dbus-daemon")).isEmpty()) GTEST_SKIP() << "no dbus-daemon here";
    const QByteArray before = qgetenv("DBUS_SESSION_BUS_ADDRESS");
    QProcess daemon;
    daemon.start(QStringLiteral("dbus-daemon"), {"--session", "--nofork", "--print-address"});
    ASSERT_TRUE(daemon.waitForReadyRead(kPatience));
    const QByteArray address = daemon.readAllStandardOutput().trimmed();
    qputenv("DBUS_SESSION_BUS_ADDRESS", address);
    QDBusConnection bus = QDBusConnection::connectToBus(QString::fromLatin1(address), QStringLiteral("portal"));
    ASSERT_TRUE(bus.isConnected());
    Portal portal(bus);
    portal.values = {{"color-scheme", 1U}, {"reduced-motion", 1U}};
    ASSERT_TRUE(bus.registerVirtualObject(kPath, &portal));
    ASSERT_TRUE(bus.registerService(QStringLiteral("org.freedesktop.portal.Desktop")));
    {
        Theme theme(ThemeChoice::System);
        ReducedMotion motion;
        EXPECT_TRUE(QTest::qWaitFor([&] { return theme.colors().dark && motion.isOn(); }, kPatience));
        portal.change(QStringLiteral("color-scheme"), 2);
        EXPECT_TRUE(QTest::qWaitFor([&] { return !theme.colors().dark; }, kPatience));
        portal.change(QStringLiteral("reduced-motion"), 0);
        EXPECT_TRUE(QTest::qWaitFor([&] { return !motionIsReduced(); }, kPatience));
    }
    bus.unregisterObject(kPath);
    QDBusConnection::disconnectFromBus(QStringLiteral("portal"));
    before.isEmpty() ? qunsetenv("DBUS_SESSION_BUS_ADDRESS") : qputenv("DBUS_SESSION_BUS_ADDRESS", before);
    daemon.terminate();
    EXPECT_TRUE(daemon.waitForFinished(kPatience));
}

} // namespace
} // namespace triptych::test
