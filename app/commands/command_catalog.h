// The one list of commands: parsing, help and the tests over all commands read it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/console/exit_code.h"

#include <functional>
#include <span>

namespace CLI {
class App;
}

namespace triptych {

/// What a command does once its options are read.
using Action = std::function<ExitCode()>;

struct CommandInfo {
    const char* name;
    const char* summary; ///< one line, for the list of commands
    /// Declares the command's options; what it returns reads them when it is called.
    Action (*add)(CLI::App& command);
};

/// In the order of `triptych --help`.
std::span<const CommandInfo> command_catalog();

// One source a command.
Action add_train(CLI::App& command);
Action add_generate(CLI::App& command);
Action add_eval(CLI::App& command);
Action add_init(CLI::App& command);
Action add_inspect(CLI::App& command);
Action add_metrics(CLI::App& command);
Action add_cost(CLI::App& command);
Action add_plan(CLI::App& command);
Action add_selftest(CLI::App& command);
Action add_bench(CLI::App& command);

} // namespace triptych
