// One line at the bottom of a terminal that is written again and again, and permanent lines above it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace triptych {

/// For terminals only: ask is_terminal() first. The destructor leaves the last state standing.
class ProgressLine {
public:
    ProgressLine() = default;
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;
    ~ProgressLine();

    /// Shows the text, cut to the width of the terminal, at most ten times a second unless it must be shown.
    enum class Show : std::uint8_t { WhenDue = 1, Always };
    void update(const std::string& text, Show show = Show::WhenDue);
    /// Prints a permanent line above.
    void print_above(std::string_view text);
    /// Ends the line, with what it shows.
    void finish();

private:
    std::string m_text;
    std::chrono::steady_clock::time_point m_shown{};
    bool m_open = false;
};

/// "[#####-----]": `fraction` of `width` characters.
std::string progress_bar(double fraction, int width);

} // namespace triptych
