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
    if (layer != m_layer) setExperts(layer, std::vector(m_experts));
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
    std::vector<ExpertCell> cells;
    for (const std::int64_t expert : experts) cells.push_back({layer, expert});
    choose(layer, cells);
}

void Selection::setCells(const std::vector<ExpertCell>& cells)
{
    if (!cells.empty()) choose(cells.front().layer, cells);
}

void Selection::choose(std::int64_t layer, const std::vector<ExpertCell>& cells)
{
    std::vector<ExpertCell> kept;
    std::size_t leftOut = 0;
    for (const ExpertCell& cell : cells) {
        if (cell.expert < 0 || std::find(kept.begin(), kept.end(), cell) != kept.end()) continue;
        kept.size() < kMostExperts ? kept.push_back(cell) : static_cast<void>(++leftOut);
    }
    std::stable_partition(kept.begin(), kept.end(), [layer](const ExpertCell& cell) { return cell.layer == layer; });
    std::vector<std::int64_t> here;
    for (const ExpertCell& cell : kept)
        if (cell.layer == layer) here.push_back(cell.expert);
    // Those of the chosen layer go with it; what is chosen elsewhere stays or is another.
    const auto elsewhere = [](const std::vector<ExpertCell>& all, std::size_t from) {
        return std::vector(all.begin() + static_cast<std::ptrdiff_t>(from), all.end());
    };
    const bool others = elsewhere(kept, here.size()) != elsewhere(m_cells, m_experts.size());
    const std::int64_t before = expert();
    m_cells = std::move(kept);
    int parts = changes(m_layer, layer, Layer) | changes(m_experts, std::move(here), Experts) |
                changes(m_leftOut, leftOut, Experts);
    if (others) parts |= Experts;
    if (expert() != before) parts |= Expert;
    tell(parts);
}

} // namespace triptych
