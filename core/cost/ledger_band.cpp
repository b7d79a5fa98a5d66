// What the ranges of the inputs do to the amounts: many draws at once, and one input at a time.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/ledger.h"
#include "core/cost/lens_program.h"
#include "core/util/hash64.h"
#include "kernels/base/rng.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

/// Half of the draws lie below the value and half above: the value is the median, however lopsided the range is.
double drawn(const PriceInput& input, double u)
{
    return u < 0.5 ? input.low + (input.value - input.low) * (2 * u)
                   : input.value + (input.high - input.value) * (2 * u - 1);
}

/// The 5 % and the 95 % quantile of the draws, widened to hold the value. Sorts the draws.
template <class T>
std::pair<T, T> band_of(std::vector<T>& draws, T value)
{
    std::sort(draws.begin(), draws.end());
    const auto at = [&](double share) {
        return draws[static_cast<std::size_t>(std::lround(share * static_cast<double>(draws.size() - 1)))];
    };
    return {std::min(at(0.05), value), std::max(at(0.95), value)};
}

/// All draws of one lens, by line and by quantity.
struct Draws {
    std::vector<std::vector<Money>> lines;
    std::vector<std::vector<double>> quantities;
    std::vector<Money> totals;
};

Result<Draws> draw(const CostPreset& preset, const CostLens& lens, const BandOptions& options)
{
    LensProgram program(preset, lens);
    Draws draws;
    draws.lines.resize(lens.lines.size());
    draws.quantities.resize(preset.quantities.size());
    std::vector<Philox> streams;
    // A stream for each input by its name: one more input changes no draw of the others.
    for (const CostInput& input : preset.inputs) streams.emplace_back(options.seed, hash64(input.key));
    for (int sample = 0; sample < options.samples; ++sample) {
        for (std::size_t i = 0; i < preset.inputs.size(); ++i)
            program.set_input(i, drawn(preset.inputs[i].input, streams[i].uniform(static_cast<std::uint64_t>(sample))));
        if (Status status = program.run(); !status)
            return Error{"within the ranges of the inputs, " + status.error().what, status.error().hint};
        for (std::size_t i = 0; i < draws.lines.size(); ++i) draws.lines[i].push_back(program.amounts()[i]);
        for (std::size_t i = 0; i < draws.quantities.size(); ++i) draws.quantities[i].push_back(program.quantity(i));
        draws.totals.push_back(program.total());
    }
    return draws;
}

} // namespace

Status add_band(const CostPreset& preset, Ledger& ledger, const BandOptions& options)
{
    if (options.samples < 1)
        return Error{fmt::format("a band of {} draws cannot be drawn", options.samples), "Ask for one draw or more."};
    const auto lens = find_lens(preset, ledger.lens);
    if (!lens) return lens.error();
    const bool ranged = std::any_of(preset.inputs.begin(), preset.inputs.end(),
                                    [](const CostInput& i) { return i.input.low < i.input.high; });
    if (!ranged) return {}; // every draw would be the amounts themselves
    auto draws = draw(preset, **lens, options);
    if (!draws) return draws.error();
    for (std::size_t i = 0; i < ledger.lines.size(); ++i)
        std::tie(ledger.lines[i].low, ledger.lines[i].high) = band_of(draws->lines[i], ledger.lines[i].usd);
    for (std::size_t i = 0; i < ledger.quantities.size(); ++i)
        std::tie(ledger.quantities[i].low, ledger.quantities[i].high) =
            band_of(draws->quantities[i], ledger.quantities[i].value);
    std::tie(ledger.low, ledger.high) = band_of(draws->totals, ledger.total);
    return {};
}

std::uint64_t TornadoBar::swing() const
{
    const auto low = static_cast<std::uint64_t>(at_low.micro());
    const auto high = static_cast<std::uint64_t>(at_high.micro());
    return at_low < at_high ? high - low : low - high; // wraps to the right distance
}

Result<std::vector<TornadoBar>> tornado(const CostPreset& preset, std::string_view lens_key)
{
    const auto lens = find_lens(preset, lens_key);
    if (!lens) return lens.error();
    LensProgram program(preset, **lens);
    const std::uint64_t rounding = (*lens)->lines.size(); // half a micro-dollar a line, at either end
    std::vector<TornadoBar> bars;
    for (std::size_t i = 0; i < preset.inputs.size(); ++i) {
        const CostInput& input = preset.inputs[i];
        TornadoBar bar{input.key, input.title, {}, {}};
        for (const auto& [value, total] : {std::pair(input.input.low, &bar.at_low), {input.input.high, &bar.at_high}}) {
            program.set_input(i, value);
            if (Status status = program.run(); !status) return status.error();
            *total = program.total();
        }
        program.set_input(i, input.input.value);
        if (bar.swing() > rounding) bars.push_back(std::move(bar));
    }
    std::stable_sort(bars.begin(), bars.end(),
                     [](const TornadoBar& a, const TornadoBar& b) { return a.swing() > b.swing(); });
    return bars;
}

Result<RunningTornado> running_tornado(const CostPreset& preset, std::string_view lens_key)
{
    const auto lens = find_lens(preset, lens_key);
    if (!lens) return lens.error();
    CostPreset cut = preset;
    std::vector<CostLine>& lines = cut.lenses[static_cast<std::size_t>(*lens - preset.lenses.data())].lines;
    RunningTornado whole;
    for (std::size_t left = lines.size(); left-- > 0;) {
        auto bars = tornado(cut, (*lens)->key);
        if (!bars) return bars.error();
        const auto ledger = evaluate(cut, (*lens)->key);
        if (!ledger) return ledger.error();
        RunningTornado found{left, ledger->total, bars.take()};
        if (!found.bars.empty()) return found;
        if (left + 1 == lines.size()) whole = std::move(found);
        lines[left].left_out = true; // the total is that after the line before
    }
    return whole;
}

} // namespace triptych
