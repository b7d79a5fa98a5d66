// Reading the command line.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/arguments.h"

#include "app/studio/outcome.h"
#include "core/util/error_text.h"

#include <CLI/CLI.hpp>

#include <cstdio>

namespace triptych {

namespace {

const std::map<std::string, ThemeChoice> kThemes = {
    {"system", ThemeChoice::System}, {"light", ThemeChoice::Light}, {"dark", ThemeChoice::Dark}};

const std::map<std::string, ExportLook> kLooks = {
    {"paper", ExportLook::Paper}, {"light", ExportLook::Light}, {"dark", ExportLook::Dark}};

/// "1280x800".
std::string read_size(const std::string& text, StudioArguments& arguments)
{
    int used = 0;
    const bool read = std::sscanf(text.c_str(), "%dx%d%n", &arguments.width, &arguments.height, &used) == 2 &&
                      used == static_cast<int>(text.size());
    const bool possible =
        arguments.width >= 320 && arguments.height >= 240 && arguments.width <= 10000 && arguments.height <= 10000;
    return read && possible ? "" : "expected WIDTHxHEIGHT from 320x240 to 10000x10000, like 1280x800, not " + text;
}

void add_language(CLI::App& cli, StudioArguments& arguments)
{
    static const std::map<std::string, LanguageChoice> languages = [] {
        std::map<std::string, LanguageChoice> ids;
        for (const LanguageInfo& info : languageCatalog()) ids[info.id] = info.choice;
        return ids;
    }();
    cli.add_option("--lang", arguments.language, "language of the window: texts, and how its numbers are separated")
        ->transform(CLI::CheckedTransformer(languages))
        ->type_name("ID");
}

void add_view(CLI::App& cli, StudioArguments& arguments)
{
    cli.add_option("--view", "what to show, as the menu File copies it: \"step=620&layer=3&expert=9&head=1&token=4&"
                             "layout=Triptych\"; each part may be left out")
        ->type_name("TEXT")
        ->each([&arguments](const std::string& text) {
            const auto view = viewLinkFromText(QString::fromStdString(text));
            if (!view) throw CLI::ValidationError(in_words(view.error()));
            arguments.view = *view;
        });
}

void add_screenshots(CLI::App& cli, StudioArguments& arguments, std::vector<std::string>& runs)
{
    auto* screenshots =
        cli.add_subcommand("screenshots", "One picture of the whole window and one of each panel; no display needed");
    screenshots->add_option("RUN", runs, "folder of a run; those of more are compared with the first")->required();
    screenshots->add_option("--out", arguments.out, "folder for the PNG files; made where it is missing")->required();
    screenshots->add_option("--size", "size of the window, WIDTHxHEIGHT")
        ->default_str("1280x800")
        ->each([&arguments](const std::string& text) {
            if (const std::string wrong = read_size(text, arguments); !wrong.empty()) throw CLI::ValidationError(wrong);
        });
    screenshots->add_option("--scale", arguments.scale, "device pixels per pixel, for sharp pictures")
        ->check(CLI::Range(0.5, 4.0))
        ->capture_default_str();
    screenshots->add_option("--theme", arguments.theme, "look of the window")
        ->transform(CLI::CheckedTransformer(kThemes))
        ->default_str("system");
    add_language(*screenshots, arguments);
    add_view(*screenshots, arguments);
    screenshots->callback([&arguments] { arguments.task = StudioTask::Screenshots; });
}

/// "16x10".
std::string read_centimetres(const std::string& text, ExportForm& form)
{
    int used = 0;
    const bool read = std::sscanf(text.c_str(), "%lfx%lf%n", &form.widthCm, &form.heightCm, &used) == 2 &&
                      used == static_cast<int>(text.size());
    return read ? "" : "expected WIDTHxHEIGHT in centimetres, like 16x10, not " + text;
}

void add_export(CLI::App& cli, StudioArguments& arguments, std::string& run)
{
    FigureArguments& figure = arguments.figure;
    auto* command =
        cli.add_subcommand("export", "One panel as a figure (PNG, SVG, PDF) or a table (CSV); no display needed");
    command->add_option("RUN", run, "folder of a run")->required();
    command->add_option("--panel", figure.panel, "which one: its id, like moe or predella; a wrong one lists them all")
        ->required();
    command->add_option("--out", figure.file, "file to write; its ending says what: .png, .svg, .pdf or .csv")
        ->required();
    command->add_option("--dpi", figure.form.dpi, "dots per inch of a PNG file")
        ->check(CLI::Range(kLeastExportDpi, kMostExportDpi))
        ->capture_default_str();
    command->add_option("--size", "WIDTHxHEIGHT in centimetres")
        ->default_str("16x10")
        ->each([&figure](const std::string& text) {
            if (const std::string wrong = read_centimetres(text, figure.form); !wrong.empty())
                throw CLI::ValidationError(wrong);
        });
    command->add_option("--theme", figure.form.look, "look: paper, or light and dark as on the screen")
        ->transform(CLI::CheckedTransformer(kLooks))
        ->default_str("paper");
    command->add_option("--step", figure.step, "step to show; the newest where not given")
        ->check(CLI::NonNegativeNumber);
    add_view(*command, arguments);
    command->callback([&arguments] { arguments.task = StudioTask::Export; });
}

void add_report(CLI::App& cli, StudioArguments& arguments, std::vector<std::string>& runs)
{
    ReportArguments& report = arguments.report;
    auto* command = cli.add_subcommand(
        "report", "The training report of a run, or of several side by side (PDF, HTML, CSV, JSON); no display needed");
    command->add_option("RUN", runs, "folder of a run; of more the report is a comparison")->required();
    command->add_option("--out", report.file, "file to write; its ending says what: .pdf, .html, .csv or .json")
        ->required();
    command->add_option("--title", report.title, "heading of the report");
    command
        ->add_option("--set", report.prices,
                     "an assumption of the two ledgers, KEY=VALUE[,LOW,HIGH] as in triptych cost; again and again")
        ->type_name("KEY=VALUE")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    add_language(*command, arguments);
    command->callback([&arguments] { arguments.task = StudioTask::Report; });
}

} // namespace

ParsedArguments parse_studio_arguments(int argc, const char* const* argv)
{
    StudioArguments arguments;
    std::vector<std::string> pictured;
    std::string exported_run;
    std::vector<std::string> reported;
    CLI::App cli("Triptych: train models of DeepSeek-V3's architecture, see them learn, and what it costs.",
                 "triptych-studio");
    cli.set_version_flag("--version", "triptych-studio " TRIPTYCH_VERSION);
    cli.require_subcommand(0, 1);
    cli.add_option("--run", arguments.runs,
                   "folder of a run to open; the curves of those after the first are drawn beside its own");
    cli.add_flag(
        "--demo", arguments.demo,
        "start the demo training at once; without a display it trains for a while, then saves pictures and its "
        "report");
    cli.add_option("--minutes", arguments.minutes, "how long the demo trains where there is no display")
        ->check(CLI::Range(0.01, 1e6))
        ->capture_default_str();
    cli.add_option("--theme", arguments.theme, "look of the window")
        ->transform(CLI::CheckedTransformer(kThemes))
        ->default_str("system");
    add_language(cli, arguments);
    add_view(cli, arguments);
    cli.add_option("--session", arguments.session,
                   "file of File, Save this session: its runs, what is chosen in them and the layout");
    add_screenshots(cli, arguments, pictured);
    add_export(cli, arguments, exported_run);
    add_report(cli, arguments, reported);
    try {
        cli.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        return {std::nullopt, cli.exit(e) == 0 ? 0 : kWrongUsage};
    }
    if (arguments.task == StudioTask::Screenshots) arguments.runs = pictured;
    if (arguments.task == StudioTask::Export) arguments.runs = {exported_run};
    if (arguments.task == StudioTask::Report) arguments.runs = reported;
    return {arguments, 0};
}

} // namespace triptych
