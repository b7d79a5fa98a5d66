// From the text of a formula to its steps.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cost/formula.h"

namespace triptych {

/// A parser by descent over one text:
///   sum     = product { ("+" | "-") product }
///   product = factor { ("*" | "/") factor }
///   factor  = "-" factor | number | name | name "(" sum { "," sum } ")" | "(" sum ")"
class FormulaParser {
public:
    FormulaParser(std::string text, const Formula::Resolve& resolve);
    Result<Formula> parse();

private:
    using Kind = Formula::Step::Kind;

    struct Operator {
        char sign;
        Kind kind;
    };

    // Each false once there is an error.
    bool sum(int depth);
    bool product(int depth);
    bool factor(int depth);
    /// Parts with one of two operators between, from left to right.
    bool chain(int depth, bool (FormulaParser::*part)(int), Operator one, Operator other);
    bool number();
    bool word(int depth);
    bool call(const std::string& name, int depth);

    bool refuse(const std::string& what, const std::string& hint);
    bool push(Kind kind, double number, std::size_t place);
    void reduce(Kind kind, std::size_t values, std::size_t place = 0);
    /// Skips blanks; takes the character if it comes next.
    bool take(char c);
    char next();

    Formula m_formula;
    const Formula::Resolve& m_resolve;
    std::size_t m_at = 0;
    std::size_t m_height = 0; // of the stack
    Error m_error;
};

} // namespace triptych
