// Formulas of the cost presets: text that is shown, computed and checked for its units, so that what a reader sees is
// what was computed.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cost/unit.h"
#include "core/util/result.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace triptych {

/// Numbers, names, + - * / and brackets, and the functions of core/cost/formula_functions.h. Immutable. Evaluating
/// takes no memory and never fails: a division by zero gives what IEEE says.
class Formula {
public:
    /// Where a name's value stands among those that evaluate() is given; nothing for a name that is not known.
    using Resolve = std::function<std::optional<std::size_t>(std::string_view name)>;

    /// Errors say the column and, for a name, that it is unknown here. At most 2000 characters.
    static Result<Formula> parse(std::string text, const Resolve& resolve);

    const std::string& text() const { return m_text; }
    /// The places it reads, each once, rising.
    const std::vector<std::size_t>& reads() const { return m_reads; }
    double evaluate(std::span<const double> values) const;
    /// What the result is counted in, given the units of the places. Errors: a sum of unlike units, a function of what
    /// it does not take.
    Result<Unit> unit(std::span<const Unit> units) const;

private:
    friend class FormulaParser;

    /// One instruction of a stack machine.
    struct Step {
        enum class Kind : std::uint8_t { Number = 1, Place, Add, Subtract, Multiply, Divide, Negate, Call } kind;
        double number = 0;
        std::size_t place = 0; ///< of a value, or of a function in the list
    };

    std::string m_text;
    std::vector<Step> m_steps;
    std::vector<std::size_t> m_reads;
};

} // namespace triptych
