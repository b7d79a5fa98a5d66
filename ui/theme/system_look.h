// Whether the desktop is dark, asked and followed through its portal (org.freedesktop.portal.Settings on D-Bus).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusVariant>
#include <QObject>

#include <optional>

class QDBusPendingCallWatcher;

namespace triptych {

/// Asks once without waiting for the answer, then is told of changes. Without a session bus or a portal nothing is ever
/// known, and nothing is said.
class SystemLook : public QObject {
    Q_OBJECT

public:
    explicit SystemLook(QObject* parent = nullptr);

    /// Nothing: not known, or the desktop has no preference.
    std::optional<bool> isDark() const { return m_dark; }

public slots:
    /// As the portal tells it; other settings are ignored.
    void settingChanged(const QString& group, const QString& key, const QDBusVariant& value);

signals:
    /// Once for each change.
    void changed();

private:
    void answered(QDBusPendingCallWatcher* watcher);
    void take(QVariant value);

    std::optional<bool> m_dark;
};

} // namespace triptych
