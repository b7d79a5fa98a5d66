// triptych cost: what a training costs, by whom it is counted and how.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/command_catalog.h"
#include "app/commands/cost_output.h"
#include "app/commands/options.h"
#include "core/cost/cost_preset_file.h"
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
    for (const std::string& name : list_cost_presets()) {
        const auto preset = load_cost_preset(name);
        if (!preset) return report(preset.error());
        rows.push_back({name, preset->title, preset->source});
    }
    format == Format::Json ? print_cost_list_json(rows) : print_cost_list_text(rows);
    return ExitCode::Done;
}

/// The preset with what was measured, then what the user says: the last word is the user's.
Result<CostPreset> prepared(const CostOptions& options)
{
    auto preset = load_cost_preset(!options.preset.empty() ? options.preset
                                   : options.run.empty()   ? "deepseek-v3-paper"
                                                           : "this-machine");
    if (!preset) return preset.error();
    if (options.run.empty()) {
        fill(*preset, facts_of_this_machine());
    } else {
        const auto run = read_run_facts(options.run);
        if (!run) return run.error();
        if (fill(*preset, facts_of(*run)) == 0)
            return Error{fmt::format("{} has no input that a run could fill", preset->name),
                         "Price the run with --preset this-machine, or leave --run away."};
    }
    for (const std::string& setting : options.settings)
        if (Status status = apply_edit(*preset, setting); !status) return status.error();
    return preset;
}

Result<CostReport> priced(const CostOptions& options)
{
    CostReport all;
    if (!options.currency.empty()) {
        const auto currency = parse_currency(options.currency);
        if (!currency) return currency.error();
        all.currency = *currency;
    }
    auto preset = prepared(options);
    if (!preset) return preset.error();
    all.preset = preset.take();
    all.run = options.run;
    auto ledger = evaluate(all.preset, options.lens);
    if (!ledger) return ledger.error();
    all.ledger = ledger.take();
    if (Status status = add_band(all.preset, all.ledger); !status) return status.error();
    auto bars = tornado(all.preset, all.ledger.lens);
    if (!bars) return bars.error();
    all.tornado = bars.take();
    for (const CostLens& lens : all.preset.lenses) {
        if (lens.key == all.ledger.lens) continue;
        auto other = evaluate(all.preset, lens.key);
        if (!other) return other.error();
        all.other_lenses.push_back(other.take());
    }
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
