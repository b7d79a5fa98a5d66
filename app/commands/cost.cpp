// triptych cost: what a training costs, by whom it is counted and how.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/command_catalog.h"
#include "app/commands/cost_output.h"
#include "app/commands/options.h"
#include "core/cost/closed_forms.h"
#include "core/cost/cost_preset_file.h"
#include "core/cost/hour_price.h"
#include "core/cost/run_facts.h"

#include <fmt/format.h>

#include <memory>

namespace triptych {

namespace {

struct CostOptions {
    std::string preset;
    std::string lens;
    std::string run;
    std::vector<std::string> settings;
    std::string currency;
    std::string write;
    bool list = false;
    Format format = Format::Text;
};

ExitCode list_presets(Format format)
{
    std::vector<CostListRow> rows;
    ExitCode code = ExitCode::Done;
    for (const std::string& name : list_cost_presets()) {
        const auto preset = load_cost_preset(name);
        if (preset)
            rows.push_back({name, preset->title, preset->source});
        else
            code = report(preset.error()); // the others are listed all the same
    }
    format == Format::Json ? print_cost_list_json(rows) : print_cost_list_text(rows);
    return code;
}

/// The preset with what was measured, then what the user says: the last word is the user's.
Result<CostPreset> prepared(const CostOptions& options, const std::optional<RunCost>& run)
{
    auto preset = load_cost_preset(!options.preset.empty() ? options.preset
                                   : run                   ? "this-machine"
                                                           : "deepseek-v3-paper");
    if (!preset) return preset.error();
    const auto filled = fill(*preset, run ? facts_of(run->facts) : facts_of_this_machine());
    if (!filled) return filled.error();
    if (run && *filled == 0)
        return Error{fmt::format("{} has no input that a run could fill", preset->name),
                     "Price the run with --preset this-machine, or leave --run away."};
    for (const std::string& setting : options.settings)
        if (Status status = apply_edit(*preset, setting); !status) return status.error();
    return preset;
}

void price_run(const CostReport& all, RunCost& run)
{
    const auto hour = price_of_an_hour(all.preset, all.ledger, run.facts.device_seconds / kSecondsPerHour);
    if (!hour) return;
    run.usd_per_hour = *hour;
    run.rates = cost_rates(run.facts.last_steps, run.usd_per_hour);
    if (run.facts.planned_steps > 0)
        run.projection = project_cost(run.facts.last_steps, run.facts.planned_steps, run.usd_per_hour);
    if (run.facts.time) run.time = price_time(*run.facts.time, run.usd_per_hour);
}

Result<CostReport> priced(const CostOptions& options)
{
    CostReport all;
    if (!options.currency.empty()) {
        const auto currency = parse_currency(options.currency);
        if (!currency) return currency.error();
        all.currency = *currency;
    }
    if (!options.run.empty()) {
        auto facts = read_run_facts(options.run);
        if (!facts) return facts.error();
        all.run.emplace();
        all.run->folder = options.run;
        all.run->facts = facts.take();
    }
    auto preset = prepared(options, all.run);
    if (!preset) return preset.error();
    all.preset = preset.take();
    auto ledger = evaluate(all.preset, options.lens);
    if (!ledger) return ledger.error();
    all.ledger = ledger.take();
    if (Status status = add_band(all.preset, all.ledger); !status) return status.error();
    auto bars = running_tornado(all.preset, all.ledger.lens);
    if (!bars) return bars.error();
    all.tornado = bars.take();
    for (const CostLens& lens : all.preset.lenses) {
        if (lens.key == all.ledger.lens) continue;
        auto other = evaluate(all.preset, lens.key);
        if (!other) return other.error();
        all.other_lenses.push_back(other.take());
    }
    if (all.run) price_run(all, *all.run);
    return all;
}

ExitCode cost(const CostOptions& options)
{
    if (options.list) return list_presets(options.format);
    const auto all = priced(options);
    if (!all) return report(all.error());
    if (!options.write.empty())
        if (const Status status = write_cost_preset(options.write, all->preset); !status) return report(status.error());
    options.format == Format::Json ? print_cost_json(*all) : print_cost_text(*all);
    return ExitCode::Done;
}

} // namespace

Action add_cost(CLI::App& command)
{
    auto options = std::make_shared<CostOptions>();
    auto* preset =
        command.add_option("--preset", options->preset, "Preset, or a JSON file that was written by --write");
    preset->option_text("NAME|FILE");
    command.add_option("--lens", options->lens, "Way to count; the preset's first where not given")
        ->option_text("NAME");
    auto* run = command.add_option("--run", options->run, "Price the hours of a run instead of the preset's");
    run->option_text("DIR");
    command.add_option("--set", options->settings, "Replaces an input, with its range where one is given; repeatable")
        ->option_text("KEY=VALUE[,LOW,HIGH]")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    command.add_option("--currency", options->currency, "Shows another currency at this rate for a dollar")
        ->option_text("CODE=RATE");
    command.add_option("--write", options->write, "Saves preset and edits as a file to edit and to give to --preset")
        ->option_text("FILE");
    command.add_flag("--list", options->list, "Lists the presets")->excludes(preset)->excludes(run);
    add_json(command, options->format);
    command.footer(
        "Without --preset: deepseek-v3-paper, or with --run this-machine. Low and high are the 5 % and 95 %\n"
        "quantiles of the amounts when every input is drawn from its range, with a fixed seed.");
    return [options] { return cost(*options); };
}

} // namespace triptych
