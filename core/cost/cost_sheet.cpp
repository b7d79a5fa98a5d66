// Changes are kept by name and laid over a copy of the source.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/cost_sheet.h"

#include "core/util/quote.h"

#include <algorithm>

namespace triptych {

namespace {

constexpr std::size_t kMostUndone = 200;

std::string name_of_line(std::string_view lens, std::string_view line)
{
    return std::string(lens) + '/' + std::string(line);
}

const CostInput* find_input(const CostPreset& preset, std::string_view key)
{
    const auto found =
        std::find_if(preset.inputs.begin(), preset.inputs.end(), [&](const CostInput& i) { return i.key == key; });
    return found == preset.inputs.end() ? nullptr : &*found;
}

bool has_line(const CostPreset& preset, std::string_view name)
{
    for (const CostLens& lens : preset.lenses)
        for (const CostLine& line : lens.lines)
            if (name_of_line(lens.key, line.key) == name) return true;
    return false;
}

} // namespace

CostSheet::CostSheet(CostPreset source) : m_source(std::move(source)), m_preset(m_source) {}

bool CostSheet::is_edited(std::string_view key) const
{
    return m_changes.values.contains(std::string(key));
}

bool CostSheet::is_left_out(std::string_view lens, std::string_view line) const
{
    return m_changes.left_out.contains(name_of_line(lens, line));
}

Status CostSheet::set(const std::string& key, double value, EditPace pace)
{
    CostPreset tried = m_source;
    if (Status status = apply_edit(tried, CostEdit{key, value, value, value}); !status) return status;
    const bool as_source = find_input(m_source, key)->input.value == value;
    CostChanges changed = m_changes;
    changed.values.erase(key);
    if (!as_source) changed.values[key] = value;
    const std::string drag = pace == EditPace::Drag ? key : std::string();
    if (changed == m_changes) {
        m_dragged = drag;
        return {};
    }
    remember(drag);
    m_changes = std::move(changed);
    apply();
    return {};
}

void CostSheet::reset(const std::string& key)
{
    if (!is_edited(key)) return;
    remember({});
    m_changes.values.erase(key);
    apply();
}

void CostSheet::reset_all()
{
    if (m_changes.empty()) return;
    remember({});
    m_changes = {};
    apply();
}

Status CostSheet::leave_out(const std::string& lens, const std::string& line, bool out)
{
    const std::string name = name_of_line(lens, line);
    if (!has_line(m_source, name))
        return Error{"there is no line " + in_quotes(name) + " in " + m_source.name,
                     "Name a lens and one of its lines."};
    if (out == m_changes.left_out.contains(name)) return {};
    remember({});
    if (out)
        m_changes.left_out.insert(name);
    else
        m_changes.left_out.erase(name);
    apply();
    return {};
}

void CostSheet::restore(const CostChanges& changes)
{
    CostChanges known;
    for (const auto& [key, value] : changes.values) {
        CostPreset tried = m_source;
        if (apply_edit(tried, CostEdit{key, value, value, value})) known.values[key] = value;
    }
    for (const std::string& name : changes.left_out)
        if (has_line(m_source, name)) known.left_out.insert(name);
    m_changes = std::move(known);
    m_before.clear();
    m_after.clear();
    m_dragged.clear();
    apply();
}

Result<int> CostSheet::fill(std::span<const CostFact> facts)
{
    CostPreset filled = m_source;
    auto count = triptych::fill(filled, facts);
    if (!count) return count;
    m_source = std::move(filled);
    apply();
    return count;
}

void CostSheet::undo()
{
    if (m_before.empty()) return;
    m_after.push_back(std::move(m_changes));
    m_changes = std::move(m_before.back());
    m_before.pop_back();
    m_dragged.clear();
    apply();
}

void CostSheet::redo()
{
    if (m_after.empty()) return;
    m_before.push_back(std::move(m_changes));
    m_changes = std::move(m_after.back());
    m_after.pop_back();
    m_dragged.clear();
    apply();
}

/// The steps of one drag have one way back, to before the first.
void CostSheet::remember(const std::string& drag)
{
    const bool goes_on = !drag.empty() && drag == m_dragged;
    m_dragged = drag;
    m_after.clear();
    if (goes_on) return;
    m_before.push_back(m_changes);
    if (m_before.size() > kMostUndone) m_before.erase(m_before.begin());
}

void CostSheet::apply()
{
    m_preset = m_source;
    for (const auto& [key, value] : m_changes.values)
        static_cast<void>(apply_edit(m_preset, CostEdit{key, value, value, value})); // was taken before
    for (CostLens& lens : m_preset.lenses)
        for (CostLine& line : lens.lines)
            line.left_out = line.left_out || m_changes.left_out.contains(name_of_line(lens.key, line.key));
}

} // namespace triptych
