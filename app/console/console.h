// The two streams to people and programs: stdout for results, stderr for what went wrong.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/console/exit_code.h"
#include "core/util/result.h"

#include <string>
#include <string_view>

namespace triptych {

/// Whether JSON or text is wanted.
enum class Format : std::uint8_t { Text = 1, Json };

/// Writes to stdout. False once stdout cannot take any more (closed pipe, full disk).
bool print(std::string_view text);
/// The same, at once: for lines that somebody follows.
bool print_now(std::string_view text);
/// Flushes stdout. An error when anything printed so far was lost.
Status finish_output();

/// "triptych: what.\nhint\n" on stderr; returns Failed.
ExitCode report(const Error& error);
/// The same for a command line that was not understood; returns WrongUsage.
ExitCode report_usage(const Error& error);
/// A remark on stderr.
void remark(std::string_view text);

/// Whether stdout is a terminal that can rewrite a line.
bool is_terminal();
/// Columns of the terminal, 80 where it does not say.
int terminal_width();

/// Text from a model or a file, safe to show: control characters other than newline and tab become "?", so that nothing
/// steers the terminal.
std::string printable(std::string_view utf8);

} // namespace triptych
