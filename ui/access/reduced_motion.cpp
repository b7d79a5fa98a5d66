// Switching off what Qt moves.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/access/reduced_motion.h"

#include "ui/theme/system_look.h"

#include <QApplication>

#include <array>
#include <utility>

namespace triptych {

namespace {

bool g_reduced = false;

constexpr std::array kIds = {std::pair{MotionChoice::System, "system"}, std::pair{MotionChoice::Full, "full"},
                             std::pair{MotionChoice::Reduced, "reduced"}};

struct Effect {
    Qt::UIEffect effect;
    bool before; ///< as the desktop has it
};

/// Asked once, before anything is switched off.
std::array<Effect, 5>& effects()
{
    static std::array<Effect, 5> all = [] {
        std::array<Effect, 5> made = {{{Qt::UI_AnimateMenu, false},
                                       {Qt::UI_FadeMenu, false},
                                       {Qt::UI_AnimateCombo, false},
                                       {Qt::UI_AnimateTooltip, false},
                                       {Qt::UI_FadeTooltip, false}}};
        for (Effect& each : made) each.before = QApplication::isEffectEnabled(each.effect);
        return made;
    }();
    return all;
}

void reduce(bool on, int blink)
{
    g_reduced = on;
    QApplication::setCursorFlashTime(on ? 0 : blink);
    for (const Effect& each : effects()) QApplication::setEffectEnabled(each.effect, !on && each.before);
}

} // namespace

bool motionIsReduced()
{
    return g_reduced;
}

ReducedMotion::ReducedMotion(QObject* parent)
    : QObject(parent), m_desktop(SystemLook::ofDesktop()), m_blink(QApplication::cursorFlashTime())
{
    connect(m_desktop.get(), &SystemLook::motionChanged, this, &ReducedMotion::apply);
    if (isOn()) apply(); // another one has been told already
}

ReducedMotion::~ReducedMotion()
{
    if (g_reduced) reduce(false, m_blink);
}

bool ReducedMotion::desktopAsks() const
{
    return m_desktop->reducesMotion();
}

bool ReducedMotion::isOn() const
{
    return m_choice == MotionChoice::Reduced || (m_choice == MotionChoice::System && desktopAsks());
}

void ReducedMotion::choose(MotionChoice choice)
{
    m_choice = choice;
    apply();
}

void ReducedMotion::apply()
{
    if (isOn() != g_reduced) reduce(isOn(), m_blink);
    emit changed();
}

QString motionId(MotionChoice choice)
{
    for (const auto& [known, id] : kIds)
        if (known == choice) return QString::fromLatin1(id);
    return {};
}

MotionChoice motionFromId(const QString& id)
{
    for (const auto& [choice, known] : kIds)
        if (id == QLatin1String(known)) return choice;
    return MotionChoice::System;
}

} // namespace triptych
