// triptych inspect: what is this?
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/command_catalog.h"
#include "app/commands/inspection.h"
#include "app/commands/options.h"

#include <filesystem>
#include <memory>

namespace triptych {

namespace {

struct InspectOptions {
    std::string path;
    Format format = Format::Text;
};

ExitCode inspect(const InspectOptions& options)
{
    std::error_code ignored;
    const std::filesystem::path path = options.path;
    if (std::filesystem::exists(path / "run.json", ignored)) return show_run(path, options.format);
    if (path.filename() == "run.json" && std::filesystem::exists(path, ignored))
        return show_run(path.has_parent_path() ? path.parent_path() : ".", options.format);
    const auto model = describe_model(options.path);
    return model ? show_model(*model, options.format) : report(model.error());
}

} // namespace

Action add_inspect(CLI::App& command)
{
    auto options = std::make_shared<InspectOptions>();
    command.add_option("PATH", options->path, "Run folder, checkpoint folder, config.json, or the name of a preset")
        ->required();
    add_json(command, options->format);
    command.footer("Of a model: parameters, tensors, cache bytes per token in bf16 against other kinds of attention, "
                   "FLOPs of training\n"
                   "per token (causal, without MTP), memory to train and to run here. Of a run: how far it got, and at "
                   "what cost.");
    return [options] { return inspect(*options); };
}

} // namespace triptych
