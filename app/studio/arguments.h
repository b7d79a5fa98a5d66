// The command line of triptych-studio.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/export/export_sheet.h"
#include "ui/language/language.h"
#include "ui/shell/view_link.h"
#include "ui/theme/theme.h"

#include <optional>
#include <string>
#include <vector>

namespace triptych {

enum class StudioTask : std::uint8_t { Desktop = 1, Screenshots, Export, Report };

/// Of Export.
struct FigureArguments {
    std::string panel; ///< id in the catalog
    std::string file;  ///< its ending says what it is to be
    ExportForm form;
    std::optional<std::int64_t> step; ///< nothing: the newest
};

/// Of Report.
struct ReportArguments {
    std::string file; ///< its ending says what it is to be
    std::string title;
    std::vector<std::string> prices; ///< "key=value" of the ledgers
};

struct StudioArguments {
    StudioTask task = StudioTask::Desktop;
    std::vector<std::string> runs; ///< folders: the first is shown, the others are compared with it; of Export the
                                   ///< one
    bool demo = false;
    double minutes = 2; ///< of the demo, without a display
    ThemeChoice theme = ThemeChoice::System;
    std::optional<LanguageChoice> language; ///< nothing: as the last window had it
    ViewLink view;
    std::string session; ///< file with all of it; empty: none
    std::string out;  ///< folder of the pictures
    int width = 1280; ///< of a picture of the window, in device-independent pixels
    int height = 800;
    double scale = 1; ///< device pixels per such pixel
    FigureArguments figure;
    ReportArguments report;
};

struct ParsedArguments {
    std::optional<StudioArguments> arguments; ///< nothing: end with this exit code, everything is said
    int exit_code = 0;
};

/// Prints help, version or what is wrong with the arguments by itself. Wrong usage has exit code 2.
ParsedArguments parse_studio_arguments(int argc, const char* const* argv);

} // namespace triptych
