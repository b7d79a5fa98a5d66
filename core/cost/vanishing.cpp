// A walk to either side of the value until the sign changes, then halves.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/vanishing.h"

#include "core/cost/lens_program.h"
#include "core/util/quote.h"

#include <cmath>
#include <optional>

namespace triptych {

namespace {

constexpr int kWalked = 400;      // steps to either side
constexpr double kFactor = 1000;  // how far
constexpr int kHalvings = 100;    // more than the digits of a double
constexpr double kNothing = 1e-6; // USD: less than that is shown as zero

/// The amount of one line as a function of one input.
class Amount {
public:
    Amount(LensProgram& program, const CostPreset& preset, std::size_t input, std::size_t line)
        : m_program(program), m_input(preset.inputs[input]), m_number(input), m_line(line)
    {}
    ~Amount() { m_program.set_input(m_number, m_input.input.value); }
    Amount(const Amount&) = delete;
    Amount& operator=(const Amount&) = delete;

    /// Nothing where the input cannot have that value or the formula has none there.
    std::optional<double> at(double value)
    {
        if (!allowed(m_input.kind, value)) return std::nullopt;
        m_program.set_input(m_number, value);
        if (!m_program.run()) return std::nullopt;
        return m_program.amounts()[m_line].usd();
    }
    double own() const { return m_input.input.value; }

    /// Nearest zero on one side: +1 above the value, -1 below it.
    std::optional<double> zero(int side)
    {
        double near = own();
        auto sign = at(near);
        for (int i = 1; i <= kWalked && sign; ++i) {
            double next = near * std::pow(kFactor, static_cast<double>(side) / kWalked);
            auto there = at(next);
            if (!there && side > 0 && near < 1) there = at(next = 1); // the last share that makes sense
            if (!there) return std::nullopt;
            if (std::abs(*there) < kNothing) return next;
            if ((*there > 0) != (*sign > 0)) return between(near, next, *sign > 0);
            near = next;
        }
        return std::nullopt;
    }

private:
    double between(double low, double high, bool positive_at_low)
    {
        for (int i = 0; i < kHalvings; ++i) {
            const double middle = low + (high - low) / 2;
            const auto there = at(middle);
            ((there && (*there > 0) == positive_at_low) ? low : high) = middle;
        }
        return high;
    }

    LensProgram& m_program;
    const CostInput& m_input;
    std::size_t m_number;
    std::size_t m_line;
};

} // namespace

Result<std::vector<VanishingPoint>> vanishing_points(const CostPreset& preset, std::string_view lens_key,
                                                     std::string_view line_key)
{
    const auto lens = find_lens(preset, lens_key);
    if (!lens) return lens.error();
    std::size_t line = 0;
    while (line < (*lens)->lines.size() && (*lens)->lines[line].key != line_key) ++line;
    if (line == (*lens)->lines.size())
        return Error{"there is no line " + in_quotes(line_key) + " in the lens " + (*lens)->key,
                     "Name one of its lines."};
    LensProgram program(preset, **lens);
    if (Status status = program.run(); !status) return status.error();
    std::vector<VanishingPoint> points;
    if (std::abs(program.amounts()[line].usd()) < kNothing) return points; // it is nothing already
    for (const std::size_t input : program.inputs_of_line(line)) {
        Amount amount(program, preset, input, line);
        if (amount.own() == 0) continue;
        std::optional<double> nearest;
        for (const int side : {-1, 1})
            if (const auto zero = amount.zero(side))
                if (!nearest || std::abs(std::log(*zero / amount.own())) < std::abs(std::log(*nearest / amount.own())))
                    nearest = zero;
        const PriceInput& in = preset.inputs[input].input;
        if (nearest) points.push_back({input, *nearest, *nearest >= in.low && *nearest <= in.high});
    }
    return points;
}

} // namespace triptych
