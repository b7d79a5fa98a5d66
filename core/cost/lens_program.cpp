// Computes from left to right, since everything depends on what stands before it alone.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/lens_program.h"

#include <fmt/format.h>

#include <cmath>

namespace triptych {

std::optional<std::size_t> CostPlaces::find(std::string_view name, std::size_t quantities, std::size_t lines) const
{
    const auto constants = cost_constants();
    for (std::size_t i = 0; i < constants.size(); ++i)
        if (constants[i].key == name) return i;
    for (std::size_t i = 0; i < m_preset.inputs.size(); ++i)
        if (m_preset.inputs[i].key == name) return input(i);
    for (std::size_t i = 0; i < quantities; ++i)
        if (m_preset.quantities[i].key == name) return quantity(i);
    for (std::size_t i = 0; m_lens && i < lines; ++i)
        if (m_lens->lines[i].key == name) return line(i);
    return std::nullopt;
}

LensProgram::LensProgram(const CostPreset& preset, const CostLens& lens)
    : m_preset(preset), m_lens(lens), m_places(preset, &lens), m_values(m_places.line(lens.lines.size())),
      m_amounts(lens.lines.size())
{
    const auto constants = cost_constants();
    for (std::size_t i = 0; i < constants.size(); ++i) m_values[i] = constants[i].value;
    for (std::size_t i = 0; i < preset.inputs.size(); ++i) set_input(i, preset.inputs[i].input.value);
}

Status LensProgram::run()
{
    const auto failed = [this](const std::string& key, const Formula& formula, const std::string& why) {
        return Error{fmt::format("{}: {} = {}: {}", m_preset.name, key, formula.text(), why),
                     "Change the inputs that it is made of; a share of zero and a life of zero years have no price."};
    };
    for (std::size_t i = 0; i < m_preset.quantities.size(); ++i) {
        const CostQuantity& quantity = m_preset.quantities[i];
        const double value = quantity.formula.evaluate(m_values);
        if (!std::isfinite(value)) return failed(quantity.key, quantity.formula, "this is no finite number");
        m_values[m_places.quantity(i)] = value;
    }
    for (std::size_t i = 0; i < m_lens.lines.size(); ++i) {
        const CostLine& line = m_lens.lines[i];
        const auto amount = Money::from_usd(line.formula.evaluate(m_values));
        if (!amount) return failed(line.key, line.formula, amount.error().what);
        m_amounts[i] = *amount;
        m_values[m_places.line(i)] = amount->usd();
    }
    m_total = {};
    for (std::size_t i = 0; i < m_lens.lines.size(); ++i) {
        if (m_lens.lines[i].left_out) continue;
        const auto total = add(m_total, m_amounts[i]);
        if (!total) return total.error();
        m_total = *total;
    }
    return {};
}

std::optional<double> LensProgram::gpu_hours() const
{
    if (m_lens.gpu_hours.empty()) return std::nullopt;
    const auto place = m_places.find(m_lens.gpu_hours, m_preset.quantities.size(), 0);
    return place ? std::optional(m_values[*place]) : std::nullopt;
}

std::vector<std::size_t> LensProgram::inputs_of_line(std::size_t number) const
{
    std::vector<bool> found(m_values.size());
    collect_inputs(m_lens.lines[number].formula, found);
    std::vector<std::size_t> inputs;
    for (std::size_t i = 0; i < m_preset.inputs.size(); ++i)
        if (found[m_places.input(i)]) inputs.push_back(i);
    return inputs;
}

void LensProgram::collect_inputs(const Formula& formula, std::vector<bool>& found) const
{
    for (const std::size_t place : formula.reads()) {
        if (found[place]) continue;
        found[place] = true;
        if (place >= m_places.line(0))
            collect_inputs(m_lens.lines[place - m_places.line(0)].formula, found);
        else if (place >= m_places.quantity(0))
            collect_inputs(m_preset.quantities[place - m_places.quantity(0)].formula, found);
    }
}

} // namespace triptych
