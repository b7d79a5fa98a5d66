// One lens of a preset, laid out to be computed again and again with other inputs.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cost/cost_preset.h"
#include "core/cost/money.h"

#include <optional>
#include <string_view>
#include <vector>

namespace triptych {

/// Where every name of a preset has its value: constants, inputs, quantities, then the lines of one lens, in order. A
/// formula sees what stands before it, so that nothing can depend on itself.
class CostPlaces {
public:
    CostPlaces(const CostPreset& preset, const CostLens* lens) : m_preset(preset), m_lens(lens) {}

    /// Among constants, inputs, and the first so many quantities and lines.
    std::optional<std::size_t> find(std::string_view name, std::size_t quantities, std::size_t lines) const;
    std::size_t input(std::size_t number) const { return cost_constants().size() + number; }
    std::size_t quantity(std::size_t number) const { return input(m_preset.inputs.size()) + number; }
    std::size_t line(std::size_t number) const { return quantity(m_preset.quantities.size()) + number; }

private:
    const CostPreset& m_preset;
    const CostLens* m_lens; // none: quantities alone
};

/// Refers to preset and lens, which must outlive it.
class LensProgram {
public:
    LensProgram(const CostPreset& preset, const CostLens& lens);

    /// Puts a value in the place of an input, until it is replaced.
    void set_input(std::size_t number, double value) { m_values[m_places.input(number)] = value; }
    /// Computes everything from the inputs as they are set. Error: the first formula without a value.
    Status run();

    double quantity(std::size_t number) const { return m_values[m_places.quantity(number)]; }
    const std::vector<Money>& amounts() const { return m_amounts; } ///< of the lines
    Money total() const { return m_total; }
    std::optional<double> gpu_hours() const;

    /// Numbers of the inputs that a line depends on, directly or not, rising.
    std::vector<std::size_t> inputs_of_line(std::size_t number) const;

private:
    void collect_inputs(const Formula& formula, std::vector<bool>& found) const;

    const CostPreset& m_preset;
    const CostLens& m_lens;
    CostPlaces m_places;
    std::vector<double> m_values;
    std::vector<Money> m_amounts;
    Money m_total;
};

} // namespace triptych
