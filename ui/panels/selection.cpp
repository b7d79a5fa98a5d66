// Telling what changed.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/selection.h"

#include <algorithm>
#include <utility>

namespace triptych {

namespace {

/// The bit where a value becomes another one.
template <class T>
int changes(T& member, T value, Selection::Part part)
{
    return std::exchange(member, value) == value ? 0 : part;
}

} // namespace

void Selection::tell(int parts)
{
    if (parts == 0) return;
    emit partsChanged(static_cast<std::uint8_t>(parts));
    emit changed();
}

void Selection::setLayer(std::int64_t layer)
{
    tell(changes(m_layer, layer, Layer));
}

void Selection::setHead(std::int64_t head)
{
    tell(changes(m_head, head, Head));
}

void Selection::setToken(std::int64_t token)
{
    tell(changes(m_token, token, Token));
}

void Selection::setExpertOfLayer(std::int64_t layer, std::int64_t expert)
{
    setExperts(layer, expert < 0 ? std::vector<std::int64_t>() : std::vector{expert});
}

void Selection::setExperts(std::int64_t layer, const std::vector<std::int64_t>& experts)
{
    std::vector<std::int64_t> kept;
    for (const std::int64_t expert : experts)
        if (expert >= 0 && kept.size() < kMostExperts && std::find(kept.begin(), kept.end(), expert) == kept.end())
            kept.push_back(expert);
    const std::int64_t before = expert();
    int parts = changes(m_layer, layer, Layer) | changes(m_experts, std::move(kept), Experts);
    if (expert() != before) parts |= Expert;
    tell(parts);
}

} // namespace triptych
