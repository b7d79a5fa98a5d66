// Assumptions of this preset are laid over a copy of the source.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/cost_sheet.h"

#include "core/util/quote.h"

#include <algorithm>

namespace triptych {

namespace {

std::string lens_and_line(std::string_view lens, std::string_view line)
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
            if (lens_and_line(lens.key, line.key) == name) return true;
    return false;
}

} // namespace

CostSheet::CostSheet(CostPreset source, std::shared_ptr<Assumptions> assumptions, std::string name)
    : m_file(std::move(source)), m_source(m_file),
      m_assumptions(assumptions ? std::move(assumptions) : std::make_shared<Assumptions>()),
      m_name(name.empty() ? m_file.name : std::move(name))
{
    for (const CostInput& input : m_file.inputs) m_keys[name_of(input.key)] = input.key;
    follow();
    apply();
}

/// No name of a quantity has a "#" in it.
std::string CostSheet::name_of(const std::string& key) const
{
    const CostInput* input = find_input(m_file, key);
    return input && !input->means.empty() ? input->means : m_name + '#' + key;
}

std::string CostSheet::name_of_line(std::string_view lens_and_line) const
{
    return m_name + '#' + std::string(lens_and_line);
}

Assumptions::Names CostSheet::names() const
{
    return [this](const std::string& name) {
        const std::string own = m_name + '#';
        return m_keys.contains(name) || (name.starts_with(own) && has_line(m_file, name.substr(own.size())));
    };
}

bool CostSheet::is_edited(std::string_view key) const
{
    return m_changes.values.contains(std::string(key));
}

bool CostSheet::is_left_out(std::string_view lens, std::string_view line) const
{
    return m_changes.left_out.contains(lens_and_line(lens, line));
}

Status CostSheet::set(const std::string& key, double value, EditPace pace)
{
    CostPreset tried = m_source;
    if (Status status = apply_edit(tried, CostEdit{key, value, value, value}); !status) return status;
    const bool as_source = find_input(m_source, key)->input.value == value;
    m_assumptions->change({{name_of(key), as_source ? std::nullopt : std::optional(value)}},
                          pace == EditPace::Drag ? name_of(key) : std::string());
    follow();
    return {};
}

void CostSheet::reset(const std::string& key)
{
    m_assumptions->change({{name_of(key), std::nullopt}});
    follow();
}

void CostSheet::reset_all()
{
    Assumptions::Change all;
    const auto of_this = names();
    for (const auto& [name, value] : m_assumptions->values())
        if (of_this(name)) all[name] = std::nullopt;
    m_assumptions->change(all);
    follow();
}

Status CostSheet::leave_out(const std::string& lens, const std::string& line, bool out)
{
    const std::string name = lens_and_line(lens, line);
    if (!has_line(m_source, name))
        return Error{"there is no line " + in_quotes(name) + " in " + m_source.name,
                     "Name a lens and one of its lines."};
    m_assumptions->change({{name_of_line(name), out ? std::optional(1.0) : std::nullopt}});
    follow();
    return {};
}

Result<int> CostSheet::fill(std::span<const CostFact> facts)
{
    CostPreset filled = m_file;
    auto count = triptych::fill(filled, facts);
    if (!count) return count;
    m_source = std::move(filled);
    follow();
    apply();
    return count;
}

void CostSheet::undo()
{
    m_assumptions->undo(names());
    follow();
}

void CostSheet::redo()
{
    m_assumptions->redo(names());
    follow();
}

bool CostSheet::follow()
{
    CostChanges now;
    const std::string own = m_name + '#';
    for (const auto& [name, value] : m_assumptions->values()) {
        if (const auto input = m_keys.find(name); input != m_keys.end()) {
            CostPreset tried = m_source;
            if (apply_edit(tried, CostEdit{input->second, value, value, value})) now.values[input->second] = value;
        } else if (name.starts_with(own) && has_line(m_file, name.substr(own.size()))) {
            now.left_out.insert(name.substr(own.size()));
        }
    }
    if (now == m_changes) return false;
    m_changes = std::move(now);
    apply();
    return true;
}

void CostSheet::apply()
{
    m_preset = m_source;
    for (const auto& [key, value] : m_changes.values)
        static_cast<void>(apply_edit(m_preset, CostEdit{key, value, value, value})); // was taken before
    for (CostLens& lens : m_preset.lenses)
        for (CostLine& line : lens.lines)
            line.left_out = line.left_out || m_changes.left_out.contains(lens_and_line(lens.key, line.key));
}

} // namespace triptych
