// Speaking with the portal.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/system_look.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

#include <utility>

namespace triptych {

namespace {

const QString kService = QStringLiteral("org.freedesktop.portal.Desktop");
const QString kPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString kInterface = QStringLiteral("org.freedesktop.portal.Settings");
const QString kGroup = QStringLiteral("org.freedesktop.appearance");
const QString kKey = QStringLiteral("color-scheme");

} // namespace

SystemLook::SystemLook(QObject* parent) : QObject(parent)
{
    // Without an address Qt would try to start a bus.
    if (qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS")) return;
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) return;
    bus.connect(kService, kPath, kInterface, QStringLiteral("SettingChanged"), this,
                SLOT(settingChanged(QString, QString, QDBusVariant)));
    QDBusMessage question = QDBusMessage::createMethodCall(kService, kPath, kInterface, QStringLiteral("Read"));
    question << kGroup << kKey;
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(question), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, &SystemLook::answered);
}

void SystemLook::answered(QDBusPendingCallWatcher* watcher)
{
    const QDBusPendingReply<QDBusVariant> reply = *watcher;
    if (!reply.isError()) take(reply.value().variant());
    watcher->deleteLater();
}

void SystemLook::settingChanged(const QString& group, const QString& key, const QDBusVariant& value)
{
    if (group == kGroup && key == kKey) take(value.variant());
}

void SystemLook::take(QVariant value)
{
    // Older portals wrap the answer twice.
    while (value.canConvert<QDBusVariant>()) value = value.value<QDBusVariant>().variant();
    bool number = false;
    const uint scheme = value.toUInt(&number);
    std::optional<bool> dark;
    if (number && scheme == 1) dark = true;
    if (number && scheme == 2) dark = false;
    if (std::exchange(m_dark, dark) != dark) emit changed();
}

} // namespace triptych
