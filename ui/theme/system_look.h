// What the desktop asks of programs, told and followed through its portal (org.freedesktop.portal.Settings on D-Bus):
// whether it is dark, and whether things should move.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusVariant>
#include <QObject>

#include <memory>
#include <optional>

namespace triptych {

/// Asks once without waiting for the answers, then is told of changes. Without a session bus or a portal nothing is
/// ever known, and nothing is said.
class SystemLook : public QObject {
    Q_OBJECT

public:
    explicit SystemLook(QObject* parent = nullptr);

    /// The one that the whole program asks and follows, as long as somebody keeps it.
    static std::shared_ptr<SystemLook> ofDesktop();

    /// Nothing: not known, or the desktop has no preference.
    std::optional<bool> isDark() const { return m_dark; }
    /// By the setting for all desktops, or by that of GNOME, which older portals pass on. False where neither is known.
    bool reducesMotion() const { return m_reduces || !m_animates; }

public slots:
    /// As the portal tells it; other settings and nonsense are ignored.
    void settingChanged(const QString& group, const QString& key, const QDBusVariant& value);

signals:
    /// isDark() is another.
    void changed();
    /// reducesMotion() is another.
    void motionChanged();

private:
    std::optional<bool> m_dark;
    bool m_reduces = false;
    bool m_animates = true;
};

} // namespace triptych
