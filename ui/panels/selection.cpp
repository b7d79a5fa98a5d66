// A change is told once, and only when it is one.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/selection.h"

namespace triptych {

void Selection::set(std::int64_t& member, std::int64_t value)
{
    if (member == value) return;
    member = value;
    emit changed();
}

void Selection::setExpertOfLayer(std::int64_t layer, std::int64_t expert)
{
    if (m_layer == layer && m_expert == expert) return;
    m_layer = layer;
    m_expert = expert;
    emit changed();
}

} // namespace triptych
