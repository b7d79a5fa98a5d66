// Parsing with CLI11, and its complaints in our words.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/program.h"

#include "app/commands/command_catalog.h"
#include "app/console/console.h"
#include "core/config/field.h"
#include "core/run/manifest.h"
#include "core/util/quote.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <map>
#include <memory>
#include <new>
#include <string>
#include <vector>

namespace triptych {

namespace {

std::string version_text()
{
    Manifest build;
    stamp(build);
    return "triptych " + build.version + (build.git_revision.empty() ? "" : " (" + build.git_revision + ")");
}

std::vector<std::string> command_names()
{
    std::vector<std::string> names;
    for (const CommandInfo& command : command_catalog()) names.emplace_back(command.name);
    return names;
}

std::string help_hint(const CLI::App* command)
{
    return command ? "See triptych " + command->get_name() + " --help" : "See triptych --help";
}

std::string suggestion(const std::string& word, const std::vector<std::string>& names, const std::string& otherwise)
{
    const auto near = near_matches(word, names);
    return near.empty() ? otherwise : fmt::format("Did you mean {}?", fmt::join(near, " or "));
}

std::vector<std::string> option_names(const CLI::App& command)
{
    std::vector<std::string> names;
    for (const CLI::Option* option : command.get_options())
        for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    return names;
}

/// What CLI11 found wrong, as one sentence and what to do.
Error explain(const CLI::ParseError& error, const CLI::App& app)
{
    const auto chosen = app.get_subcommands();
    const CLI::App* command = chosen.empty() ? nullptr : chosen.front();
    // A mistyped option first: what is then missing is most likely the option that was meant.
    const std::vector<std::string> extras = app.remaining(true);
    for (const std::string& extra : extras) {
        const std::string name = extra.substr(0, extra.find('='));
        if (name.starts_with("-"))
            return {"there is no option " + in_quotes(name),
                    suggestion(name, option_names(command ? *command : app), help_hint(command))};
    }
    if (dynamic_cast<const CLI::ExtrasError*>(&error) && !extras.empty())
        return {"the argument " + in_quotes(extras.back()) + " was not expected", help_hint(command)};
    // CLI11 writes "--steps: 1 required N missing" and "--model excludes --resume".
    std::string what = error.what();
    if (const auto missing = what.find(": 1 required"); missing != std::string::npos)
        what = what.substr(0, missing) + " needs a value";
    if (const auto several = what.find(": At Most 1 required"); several != std::string::npos)
        what = what.substr(0, several) + " was given more than once";
    if (const auto excludes = what.find(" excludes "); excludes != std::string::npos)
        what = what.substr(0, excludes) + " and " + what.substr(excludes + 10) + " cannot be given together";
    return {what, help_hint(command)};
}

/// "--steps N" and what it is for, without the rules between options that the program explains when they are broken.
class HelpFormatter : public CLI::Formatter {
public:
    std::string make_option_opts(const CLI::Option* option) const override
    {
        const std::string value = option->get_option_text().empty() ? "" : " " + option->get_option_text();
        return value + (option->get_required() && !option->get_positional() ? " (required)" : "");
    }
};

ExitCode run_action(const Action& action)
{
    try {
        return action();
    } catch (const std::bad_alloc&) {
        return report(
            {"there is not enough memory for this", "Choose a smaller model or batch, or close other programs."});
    } catch (const std::exception& e) {
        return report(
            {std::string("this failed: ") + e.what(), "Nothing of it was kept. If it happens again it is a defect."});
    }
}

} // namespace

ExitCode run_program(int argc, const char* const* argv)
{
    CLI::App app(
        "Trains and shows models of DeepSeek-V3's architecture: experts, latent attention, multi-token prediction.",
        "triptych");
    app.set_version_flag("--version", version_text(), "Print the version");
    app.set_help_flag("--help,-h", "Print this help");
    app.require_subcommand(1);
    app.footer("Every command has its own help: triptych train --help");
    const auto formatter = std::make_shared<HelpFormatter>();
    formatter->column_width(36);
    formatter->label("SUBCOMMAND", "COMMAND");
    app.formatter(formatter);
    std::map<const CLI::App*, Action> actions;
    for (const CommandInfo& info : command_catalog()) {
        CLI::App* command = app.add_subcommand(info.name, info.summary);
        actions[command] = info.add(*command);
    }

    if (argc < 2) {
        std::fputs(app.help().c_str(), stderr);
        return ExitCode::WrongUsage;
    }
    const std::string first = argv[1];
    const auto names = command_names();
    if (!first.starts_with("-") && std::find(names.begin(), names.end(), first) == names.end())
        return report_usage({"there is no command " + in_quotes(first),
                             suggestion(first, names, fmt::format("The commands are {}", fmt::join(names, ", ")))});
    ExitCode code = ExitCode::Done;
    try {
        app.parse(argc, argv);
        code = run_action(actions.at(app.get_subcommands().front()));
    } catch (const CLI::CallForHelp&) {
        print(app.help());
    } catch (const CLI::CallForVersion& version) {
        print(std::string(version.what()) + "\n");
    } catch (const CLI::ParseError& error) {
        return report_usage(explain(error, app));
    }
    if (const Status written = finish_output(); !written && code == ExitCode::Done) return report(written.error());
    return code;
}

} // namespace triptych
