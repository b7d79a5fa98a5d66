// Writing to stdout and stderr, and noticing when that fails.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/console.h"

#include "core/util/io_error.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>

namespace triptych {

namespace {

int lost_output = 0; ///< errno of the first write that failed

bool note_failure(bool written)
{
    if (!written && lost_output == 0) lost_output = errno;
    return lost_output == 0;
}

std::string sentence(std::string text)
{
    if (!text.empty() && text.back() != '.' && text.back() != '?' && text.back() != '!') text += '.';
    return text;
}

ExitCode report_as(const Error& error, ExitCode code)
{
    (void)finish_output(); // results first, where both go to one terminal
    std::string text = "triptych: " + sentence(error.what) + "\n";
    if (!error.hint.empty()) text += sentence(error.hint) + "\n";
    std::fputs(text.c_str(), stderr);
    return code;
}

} // namespace

bool print(std::string_view text)
{
    return note_failure(std::fwrite(text.data(), 1, text.size(), stdout) == text.size());
}

bool print_now(std::string_view text)
{
    return print(text) && note_failure(std::fflush(stdout) == 0);
}

Status finish_output()
{
    note_failure(std::fflush(stdout) == 0);
    if (lost_output == 0) return {};
    return io_error("write", "the output", lost_output);
}

ExitCode report(const Error& error)
{
    return report_as(error, ExitCode::Failed);
}

ExitCode report_usage(const Error& error)
{
    return report_as(error, ExitCode::WrongUsage);
}

void remark(std::string_view text)
{
    std::fprintf(stderr, "%.*s\n", static_cast<int>(text.size()), text.data());
}

bool is_terminal()
{
    const char* kind = std::getenv("TERM");
    return isatty(STDOUT_FILENO) == 1 && !(kind && std::string_view(kind) == "dumb");
}

int terminal_width()
{
    winsize size{};
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

std::string printable(std::string_view utf8)
{
    std::string result;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const auto c = static_cast<unsigned char>(utf8[i]);
        // U+0080..U+009F are control characters too; in UTF-8 they begin with C2.
        const bool c1 = c == 0xC2 && i + 1 < utf8.size() && static_cast<unsigned char>(utf8[i + 1]) < 0xA0;
        if (c1) ++i;
        const bool control = (c < 0x20 && c != '\n' && c != '\t') || c == 0x7F;
        result += c1 || control ? '?' : utf8[i];
    }
    return result;
}

} // namespace triptych
