// Names of parts, and changes of inputs.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/cost_preset.h"

#include "core/config/field.h"
#include "core/cost/closed_forms.h"
#include "core/util/quote.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace triptych {

namespace {

struct PartRow {
    LedgerPart part;
    char letter;
    std::string_view title;
};
constexpr std::array kParts = {
    PartRow{LedgerPart::Headline, 'A', "Headline"},
    PartRow{LedgerPart::UnitCost, 'B', "Owned hour"},
    PartRow{LedgerPart::Run, 'C', "Run"},
    PartRow{LedgerPart::Programme, 'D', "Programme"},
    PartRow{LedgerPart::People, 'E', "People"},
    PartRow{LedgerPart::Data, 'F', "Data"},
    PartRow{LedgerPart::Overheads, 'G', "Overheads"},
    PartRow{LedgerPart::Inference, 'I', "Inference"},
};

const PartRow& row_of(LedgerPart part)
{
    return *std::find_if(kParts.begin(), kParts.end(), [&](const PartRow& row) { return row.part == part; });
}

constexpr std::array kConstants = {
    CostConstant{"hours_per_year", "hour/year", kHoursPerYear},
    CostConstant{"hours_per_month", "hour/month", kHoursPerMonth},
    CostConstant{"hours_per_day", "hour/day", 24},
    CostConstant{"seconds_per_hour", "second/hour", kSecondsPerHour},
    CostConstant{"watts_per_kw", "W/kW", 1000},
    CostConstant{"tokens_per_mtoken", "token/Mtoken", 1e6},
};

Error unknown(std::string_view what, std::string_view key, const std::vector<std::string>& names)
{
    const auto near = near_matches(key, names);
    return Error{fmt::format("there is no {} {}", what, in_quotes(key)),
                 near.empty() ? fmt::format("There are: {}.", fmt::join(names, ", "))
                              : fmt::format("Did you mean {}?", fmt::join(near, " or "))};
}

std::string how_to_write(std::string_view key)
{
    return fmt::format("Write {0}=VALUE, or {0}=VALUE,LOW,HIGH, with a decimal point and no sign of thousands.", key);
}

Result<double> read_number(std::string_view text, std::string_view key)
{
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc() && end == text.data() + text.size()) return value;
    return Error{fmt::format("{} of {} is no number", in_quotes(text), key), how_to_write(key)};
}

} // namespace

char letter_of(LedgerPart part)
{
    return row_of(part).letter;
}

std::string_view title_of(LedgerPart part)
{
    return row_of(part).title;
}

std::optional<LedgerPart> ledger_part_from_letter(std::string_view letter)
{
    for (const PartRow& row : kParts)
        if (letter == std::string_view(&row.letter, 1)) return row.part;
    return std::nullopt;
}

std::span<const CostConstant> cost_constants()
{
    return kConstants;
}

Result<const CostLens*> find_lens(const CostPreset& preset, std::string_view key)
{
    std::vector<std::string> names;
    for (const CostLens& lens : preset.lenses) {
        if (key.empty() || lens.key == key) return &lens;
        names.push_back(lens.key);
    }
    return unknown("lens", key, names);
}

Status apply_edit(CostPreset& preset, const CostEdit& edit)
{
    std::vector<std::string> names;
    for (CostInput& input : preset.inputs) {
        names.push_back(input.key);
        if (input.key != edit.key) continue;
        PriceInput changed = input.input;
        changed.value = edit.value;
        changed.low = edit.low;
        changed.high = edit.high;
        changed.edited = true;
        if (Status status = validate(changed, input.kind, input.key, input.title); !status) return status;
        input.input = std::move(changed);
        return {};
    }
    return unknown("input", edit.key, names);
}

Status apply_edit(CostPreset& preset, std::string_view text)
{
    const std::size_t equals = text.find('=');
    if (equals == text.npos || equals == 0)
        return Error{fmt::format("{} sets nothing", in_quotes(text)), "Write KEY=VALUE, or KEY=VALUE,LOW,HIGH."};
    const std::string key(text.substr(0, equals));
    std::vector<double> numbers;
    for (std::size_t begin = equals + 1; begin <= text.size();) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        const auto value = read_number(text.substr(begin, end - begin), key);
        if (!value) return value.error();
        numbers.push_back(*value);
        begin = end + 1;
    }
    if (numbers.size() != 1 && numbers.size() != 3)
        return Error{
            fmt::format("{} has {} numbers, expected one, or three with its range", in_quotes(text), numbers.size()),
            how_to_write(key)};
    const bool range = numbers.size() == 3;
    return apply_edit(preset, CostEdit{key, numbers[0], numbers[range ? 1 : 0], numbers[range ? 2 : 0]});
}

Result<int> fill(CostPreset& preset, std::span<const CostFact> facts)
{
    int filled = 0;
    for (CostInput& input : preset.inputs)
        for (const CostFact& fact : facts) {
            if (input.from.empty() || input.from != fact.from) continue;
            if (!allowed(input.kind, fact.value))
                return Error{fmt::format("{} ({}) is {} but must be {} for {}", input.title, fact.source, fact.value,
                                         words_for(input.kind), preset.name),
                             "Price a run that has made a few steps."};
            PriceInput& in = input.input;
            in.value = in.low = in.high = fact.value;
            in.source = fact.source;
            in.date = fact.date;
            in.basis = PriceBasis::Measured;
            ++filled;
        }
    return filled;
}

} // namespace triptych
