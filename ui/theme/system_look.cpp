// Speaking with the portal.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/system_look.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

#include <array>
#include <utility>

namespace triptych {

namespace {

const QString kService = QStringLiteral("org.freedesktop.portal.Desktop");
const QString kPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString kInterface = QStringLiteral("org.freedesktop.portal.Settings");

struct Key {
    const char* group;
    const char* name;

    bool is(const QString& otherGroup, const QString& otherName) const
    {
        return otherGroup == QLatin1String(group) && otherName == QLatin1String(name);
    }
};

constexpr Key kScheme{"org.freedesktop.appearance", "color-scheme"};
constexpr Key kReduced{"org.freedesktop.appearance", "reduced-motion"};
constexpr Key kAnimations{"org.gnome.desktop.interface", "enable-animations"};

/// Older portals wrap an answer twice.
QVariant unwrapped(QVariant value)
{
    while (value.canConvert<QDBusVariant>()) value = value.value<QDBusVariant>().variant();
    return value;
}

} // namespace

std::shared_ptr<SystemLook> SystemLook::ofDesktop()
{
    static std::weak_ptr<SystemLook> known;
    auto look = known.lock();
    if (!look) known = look = std::make_shared<SystemLook>();
    return look;
}

SystemLook::SystemLook(QObject* parent) : QObject(parent)
{
    // Without an address Qt would try to start a bus.
    if (qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS")) return;
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected()) return;
    qRegisterMetaType<QDBusVariant>(); // Qt finds the types of a slot by their names
    bus.connect(kService, kPath, kInterface, QStringLiteral("SettingChanged"), this,
                SLOT(settingChanged(QString, QString, QDBusVariant)));
    for (const Key& key : {kScheme, kReduced, kAnimations}) {
        QDBusMessage question = QDBusMessage::createMethodCall(kService, kPath, kInterface, QStringLiteral("Read"));
        const QString group = QString::fromLatin1(key.group);
        const QString name = QString::fromLatin1(key.name);
        question << group << name;
        auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(question), this);
        connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, group, name] {
            const QDBusPendingReply<QDBusVariant> reply = *watcher;
            if (!reply.isError()) settingChanged(group, name, reply.value());
            watcher->deleteLater();
        });
    }
}

void SystemLook::settingChanged(const QString& group, const QString& key, const QDBusVariant& wrapped)
{
    const QVariant value = unwrapped(wrapped.variant());
    bool isNumber = false;
    const uint number = value.toUInt(&isNumber);
    if (kScheme.is(group, key)) {
        std::optional<bool> dark;
        if (isNumber && number == 1) dark = true;
        if (isNumber && number == 2) dark = false;
        if (std::exchange(m_dark, dark) != dark) emit changed();
    }
    const bool before = reducesMotion();
    if (kReduced.is(group, key)) m_reduces = isNumber && number == 1;
    if (kAnimations.is(group, key)) m_animates = value.typeId() != QMetaType::Bool || value.toBool();
    if (reducesMotion() != before) emit motionChanged();
}

} // namespace triptych
