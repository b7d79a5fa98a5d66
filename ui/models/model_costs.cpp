// The list of models and lenses, and their amounts.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/model_costs.h"

#include "core/cost/cost_preset_file.h"

#include <algorithm>
#include <map>
#include <optional>

namespace triptych {

namespace {

struct Place {
    const char* model;
    LensFamily family;
    const char* preset;
    const char* lens;
};

using enum LensFamily;
constexpr Place kPlaces[] = {
    {"DeepSeek-R1", Rent, "deepseek-r1-nature", "rental"},
    {"DeepSeek-R1", Rent, "deepseek-r1-nature", "with_base"},
    {"DeepSeek-R1", Own, "deepseek-epoch", "r1"},
    {"DeepSeek-R1", Claim, "deepseek-r1-press", "press_claim"},
    {"DeepSeek-V3", Own, "semianalysis-fleet", "v3_share"},
    {"DeepSeek-V3", Own, "deepseek-v3-owned", "epoch"},
    {"DeepSeek-V3", Own, "deepseek-v3-owned", "straight_line"},
    {"DeepSeek-V3", Own, "deepseek-epoch", "v3"},
    {"DeepSeek-V3", Rent, "deepseek-v3-paper", "rental"},
    {"DeepSeek-V3", Wider, "deepseek-v3-programme", "compute"},
    {"DeepSeek-V3", Wider, "deepseek-v3-programme", "with_people"},
    {"GPT-4", Own, "gpt-4-epoch", "amortised"},
    {"GPT-4", Rent, "gpt-4-epoch", "cloud"},
    {"GPT-4", Purchase, "gpt-4-epoch", "acquisition"},
    {"GPT-4", Claim, "gpt-4-epoch", "statement"},
    {"GPT-4", Claim, "gpt-4-epoch", "technical_creation"},
    {"GPT-4o", Own, "gpt-4o-epoch", "amortised"},
    {"GPT-4o", Claim, "gpt-4o-epoch", "statement"},
    {"Gemini 1.0 Ultra", Own, "gemini-1.0-ultra-epoch", "amortised"},
    {"Gemini 1.0 Ultra", Rent, "gemini-1.0-ultra-epoch", "cloud"},
    {"Gemini 1.0 Ultra", Purchase, "gemini-1.0-ultra-epoch", "acquisition"},
    {"Llama 3.1 405B", Own, "llama-3.1-405b-epoch", "amortised"},
    {"Llama 3.1 405B", Rent, "llama-3.1-405b-epoch", "cloud"},
    {"Llama 3.1 405B", Purchase, "llama-3.1-405b-epoch", "acquisition"},
    {"GPT-4.5", Own, "gpt-4.5-epoch", "amortised"},
    {"Grok-3", Own, "grok-3-epoch", "amortised"},
    {"Grok-3", Rent, "grok-3-epoch", "cloud"},
    {"Grok-3", Purchase, "grok-3-epoch", "acquisition"},
};

/// Claimed where an input of the amount is; else as the preset says.
PriceBasis basisOf(const CostPreset& preset, const Ledger& ledger)
{
    for (const CostInput& input : preset.inputs)
        for (const LedgerLine& line : ledger.lines)
            if (input.input.basis == PriceBasis::Claimed &&
                std::find(line.inputs.begin(), line.inputs.end(), input.key) != line.inputs.end())
                return PriceBasis::Claimed;
    return preset.basis;
}

std::optional<ModelCost> costOf(const Place& place, const CostPreset& preset)
{
    auto ledger = evaluate(preset, place.lens);
    if (!ledger) return std::nullopt;
    ModelCost cost;
    cost.family = place.family;
    cost.preset = preset.name;
    cost.ledger = ledger.take();
    static_cast<void>(add_band(preset, cost.ledger)); // without one where a range has no value
    cost.basis = basisOf(preset, cost.ledger);
    cost.source = cost.ledger.lines.front().source;
    for (const LedgerLine& line : cost.ledger.lines) cost.date = std::max(cost.date, line.date);
    cost.pressClaim = cost.preset == "deepseek-r1-press";
    return cost;
}

} // namespace

double ModelCosts::spread() const
{
    const double least = costs.empty() ? 0 : costs.front().ledger.total.usd();
    return least > 0 ? costs.back().ledger.total.usd() / least : 1;
}

std::vector<ModelCosts> modelCosts(std::vector<std::string>& missing)
{
    std::map<std::string, std::optional<CostPreset>> presets;
    std::vector<ModelCosts> all;
    for (const Place& place : kPlaces) {
        if (!presets.contains(place.preset)) {
            auto read = load_cost_preset(place.preset);
            presets[place.preset] = read ? std::optional(read.take()) : std::nullopt;
            if (!presets[place.preset]) missing.emplace_back(place.preset);
        }
        const auto& preset = presets[place.preset];
        auto cost = preset ? costOf(place, *preset) : std::nullopt;
        if (!cost) continue;
        if (all.empty() || all.back().model != place.model) all.push_back({place.model, {}});
        all.back().costs.push_back(std::move(*cost));
    }
    for (ModelCosts& model : all)
        std::stable_sort(model.costs.begin(), model.costs.end(),
                         [](const ModelCost& a, const ModelCost& b) { return a.ledger.total < b.ledger.total; });
    return all;
}

} // namespace triptych
