// Paying for pictures.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/picture_pace.h"

#include <algorithm>

namespace triptych {

void PicturePace::grow(double now)
{
    // Nothing is saved up: a pause would else be followed by a burst.
    if (m_any) m_account = std::max(m_account, std::min(0.0, m_account + kShare * (now - m_grown)));
    m_grown = now;
}

bool PicturePace::is_due(double now)
{
    if (!m_any) return true;
    grow(now);
    return now - m_began >= kLeast && (m_attended || m_account >= 0);
}

void PicturePace::pay(double began, double ended)
{
    grow(began);
    m_any = true;
    m_began = began;
    m_spent += ended - began;
    if (!m_attended) m_account -= ended - began;
}

} // namespace triptych
