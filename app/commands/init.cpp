// triptych init: a freshly initialised checkpoint.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/command_catalog.h"
#include "app/commands/options.h"
#include "app/console/json_line.h"
#include "app/console/numbers.h"
#include "core/config/parameter_count.h"
#include "core/config/preset.h"
#include "core/infer/loaded_model.h"
#include "core/run/checkpoint.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <memory>

namespace triptych {

namespace {

struct InitOptions {
    std::string model;
    std::string out;
    std::uint64_t seed = 1;
    Format format = Format::Text;
};

ExitCode init(const InitOptions& options)
{
    const auto config = load_model_config(options.model);
    if (!config) return report(config.error());
    const auto fresh = LoadedModel::create(*config, options.seed);
    if (!fresh) return report(fresh.error());
    if (const Status saved = save_model(options.out, *config, (*fresh)->params()); !saved) return report(saved.error());
    const ParameterCount count = count_parameters(*config);
    if (options.format == Format::Json)
        print_json(nlohmann::ordered_json{
            {"checkpoint", options.out}, {"parameters", count.total}, {"mtp_parameters", count.mtp}});
    else
        print(fmt::format("{}: {} parameters{}, seed {}\n", options.out, count_text(static_cast<double>(count.total)),
                          count.mtp > 0 ? " and " + count_text(static_cast<double>(count.mtp)) + " of MTP" : "",
                          options.seed));
    return ExitCode::Done;
}

} // namespace

Action add_init(CLI::App& command)
{
    auto options = std::make_shared<InitOptions>();
    command.add_option("--model", options->model, "Preset, config.json, or folder with one")
        ->required()
        ->option_text("NAME|FILE");
    command.add_option("--seed", options->seed, "Of the weights; 1 where not given")
        ->option_text("N")
        ->check(whole_number(0));
    command.add_option("--out", options->out, "New folder of the checkpoint; nothing that exists is replaced")
        ->required()
        ->option_text("DIR");
    add_json(command, options->format);
    command.footer(
        "Writes a folder that transformers opens: config.json, model.safetensors in F32 and, where the vocabulary\n"
        "has room for 264 tokens, the byte tokenizer. A training with the same seed starts from the same weights.");
    return [options] { return init(*options); };
}

} // namespace triptych
