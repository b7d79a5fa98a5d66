// A stack machine over doubles, and the same over units.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/formula.h"

#include "core/cost/formula_functions.h"
#include "core/cost/formula_parser.h"

#include <algorithm>
#include <array>

namespace triptych {

Result<Formula> Formula::parse(std::string text, const Resolve& resolve)
{
    return FormulaParser(std::move(text), resolve).parse();
}

double Formula::evaluate(std::span<const double> values) const
{
    std::array<double, kMaxFormulaDepth> stack{};
    std::size_t top = 0; // the first free
    for (const Step& step : m_steps) {
        switch (step.kind) {
        case Step::Kind::Number: stack[top++] = step.number; break;
        case Step::Kind::Place: stack[top++] = values[step.place]; break;
        case Step::Kind::Negate: stack[top - 1] = -stack[top - 1]; break;
        case Step::Kind::Call: {
            const FormulaFunction& function = formula_function_list()[step.place];
            top -= function.arguments.size();
            stack[top] = function.compute(&stack[top]);
            ++top;
            break;
        }
        default: {
            --top;
            double& left = stack[top - 1];
            const double right = stack[top];
            if (step.kind == Step::Kind::Add)
                left += right;
            else if (step.kind == Step::Kind::Subtract)
                left -= right;
            else if (step.kind == Step::Kind::Multiply)
                left *= right;
            else
                left /= right;
        }
        }
    }
    return stack[0];
}

Result<Unit> Formula::unit(std::span<const Unit> units) const
{
    std::vector<Unit> stack;
    for (const Step& step : m_steps) {
        switch (step.kind) {
        case Step::Kind::Number: stack.emplace_back(); break;
        case Step::Kind::Place: stack.push_back(units[step.place]); break;
        case Step::Kind::Negate: break;
        case Step::Kind::Call: {
            const FormulaFunction& function = formula_function_list()[step.place];
            const std::size_t first = stack.size() - function.arguments.size();
            const auto result = function.unit(std::span(stack).subspan(first));
            if (!result) return Error{"in " + m_text + ": " + result.error().what, result.error().hint};
            stack.resize(first);
            stack.push_back(*result);
            break;
        }
        default: {
            const Unit right = stack.back();
            stack.pop_back();
            Unit& left = stack.back();
            if (step.kind == Step::Kind::Multiply) {
                left = left.times(right);
            } else if (step.kind == Step::Kind::Divide) {
                left = left.over(right);
            } else if (!(left == right)) {
                return Error{"in " + m_text + ": " + left.text() + " and " + right.text() + " cannot be added",
                             "Bring both to the same unit."};
            }
        }
        }
    }
    return stack.front();
}

} // namespace triptych
