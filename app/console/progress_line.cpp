// Rewriting a terminal line by carriage return and "erase to the end".
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/progress_line.h"

#include "app/console/console.h"

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

constexpr auto kInterval = std::chrono::milliseconds(100);
constexpr const char* kStartOver = "\r\x1b[K";

} // namespace

ProgressLine::~ProgressLine()
{
    finish();
}

void ProgressLine::update(const std::string& text, Show show)
{
    const auto now = std::chrono::steady_clock::now();
    // One column stays free: a terminal that is filled to its edge wraps, and the line could not be rewritten.
    m_text = text.substr(0, static_cast<std::size_t>(std::max(terminal_width() - 1, 1)));
    if (show == Show::WhenDue && now - m_shown < kInterval) return;
    print_now(kStartOver + m_text);
    m_shown = now;
    m_open = true;
}

void ProgressLine::print_above(std::string_view text)
{
    std::string all = m_open ? kStartOver : "";
    all += std::string(text) + "\n";
    if (m_open) all += m_text;
    print_now(all);
}

void ProgressLine::finish()
{
    if (!m_open) return;
    print_now(kStartOver + m_text + "\n");
    m_open = false;
}

std::string progress_bar(double fraction, int width)
{
    const double share = std::isfinite(fraction) ? std::clamp(fraction, 0.0, 1.0) : 0.0;
    const int filled = static_cast<int>(share * width);
    return "[" + std::string(static_cast<std::size_t>(filled), '#') +
           std::string(static_cast<std::size_t>(width - filled), '-') + "]";
}

} // namespace triptych
