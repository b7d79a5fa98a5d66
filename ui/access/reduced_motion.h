// Nothing moves by itself: as the desktop asks, or as a person chose in the menu.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <memory>

namespace triptych {

class SystemLook;

enum class MotionChoice : std::uint8_t { System = 1, Full, Reduced };

/// Whether motion is reduced now, in the whole program. False where no ReducedMotion is there.
bool motionIsReduced();

/// One per program. While motion is reduced no cursor blinks, menus, lists and tooltips neither slide nor fade, bars
/// and scroll bars have no animation, and curves are drawn once a second; what a hand moves is drawn at once as ever.
/// Numbers, bars and maps still change with the steps of a training: they show it.
class ReducedMotion : public QObject {
    Q_OBJECT

public:
    explicit ReducedMotion(QObject* parent = nullptr);
    /// Everything moves as the desktop has it again.
    ~ReducedMotion() override;

    MotionChoice choice() const { return m_choice; }
    void choose(MotionChoice choice);
    bool isOn() const;
    /// Where that is known; false where it is not.
    bool desktopAsks() const;

signals:
    /// isOn() or desktopAsks() is another.
    void changed();

private:
    void apply();

    MotionChoice m_choice = MotionChoice::System;
    std::shared_ptr<SystemLook> m_desktop;
    int m_blink; ///< ms, of the desktop
};

/// "system", "full" or "reduced", for settings.
QString motionId(MotionChoice choice);
/// Unknown ids are System.
MotionChoice motionFromId(const QString& id);

} // namespace triptych
