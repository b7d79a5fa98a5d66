// A training in words: a line that keeps moving in a terminal, one line every log_every steps in a pipe.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/train_output.h"
#include "app/console/numbers.h"
#include "app/console/progress_line.h"
#include "core/session/event_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace triptych {

namespace {

using Clock = std::chrono::steady_clock;

/// How far a run is and how long it will take, by whichever limit comes first.
class Forecast {
public:
    explicit Forecast(const RunRequest& request) : m_limits(request) {}

    void begin(const event::RunStarted& started)
    {
        m_start = Clock::now();
        m_first = started.first_step;
        m_tokens_per_step = started.tokens_per_step;
        // A resumed or forked run that was given no limit goes on to its old one.
        const bool unlimited = m_limits.max_steps == 0 && m_limits.max_tokens == 0 && m_limits.max_minutes == 0;
        if (unlimited && !(m_limits.resume.empty() && m_limits.fork.empty())) m_limits.max_steps = started.max_steps;
    }

    struct Outlook {
        double fraction = 0; ///< 0 where there is no limit
        double seconds = 0;  ///< until the end; 0 where there is no limit
    };
    Outlook after(const StepReport& report) const
    {
        const double elapsed = std::chrono::duration<double>(Clock::now() - m_start).count();
        const double per_step = elapsed / static_cast<double>(std::max<std::int64_t>(report.step - m_first, 1));
        Outlook best;
        const auto consider = [&](double done, double limit, double seconds_left) {
            if (limit <= 0) return;
            const double fraction = std::min(done / limit, 1.0);
            if (best.fraction == 0 || seconds_left < best.seconds) best = {fraction, std::max(seconds_left, 0.0)};
        };
        const auto step = static_cast<double>(report.step);
        const auto max_steps = static_cast<double>(m_limits.max_steps);
        consider(step, max_steps, (max_steps - step) * per_step);
        const auto tokens = static_cast<double>(report.tokens);
        const auto max_tokens = static_cast<double>(m_limits.max_tokens);
        consider(tokens, max_tokens,
                 (max_tokens - tokens) / static_cast<double>(std::max<std::int64_t>(m_tokens_per_step, 1)) * per_step);
        consider(elapsed, 60 * m_limits.max_minutes, 60 * m_limits.max_minutes - elapsed);
        return best;
    }

private:
    RunRequest m_limits;
    std::int64_t m_first = 0;
    std::int64_t m_tokens_per_step = 0;
    Clock::time_point m_start;
};

std::string money_text(const StepNumbers& step)
{
    return fmt::format("{} (full cost {})", usd_text(step.headline_usd), usd_text(step.tco_usd));
}

std::string step_text(const StepNumbers& step)
{
    const StepReport& r = step.report;
    std::string text = fmt::format("step {:6}  loss {:.4f}  main {:.4f}", r.step, r.loss, r.main_loss);
    if (!r.mtp_losses.empty()) text += fmt::format("  mtp {:.4f}", r.mtp_loss);
    if (!r.loads.empty()) text += fmt::format("  MaxVio {:.2f}", r.max_vio);
    return text + fmt::format("  grad {:.2f}  lr {:.2e}  {} tok/s  {}", r.grad_norm, r.learning_rate,
                              count_text(r.tokens_per_second), money_text(step));
}

std::string started_text(const event::RunStarted& e)
{
    std::string text = to_text(e).message;
    if (!e.run_folder.empty()) text += "\nrun folder " + e.run_folder;
    if (e.first_step > 0) text += fmt::format(", going on after step {}", e.first_step);
    return text;
}

/// Text of the model as a quotation of its own: a bar before each line.
std::string quoted(const std::string& text)
{
    std::string result = "  | ";
    for (const char c : printable(text)) {
        result += c;
        if (c == '\n') result += "  | ";
    }
    return result;
}

/// An event as permanent lines; empty for those that are no news here.
std::string event_lines(const Event& event)
{
    if (const auto* e = std::get_if<event::RunStarted>(&event)) return started_text(*e);
    if (const auto* e = std::get_if<event::SampleText>(&event)) return quoted(e->text);
    if (const auto* e = std::get_if<event::Health>(&event)) return "note: " + e->message;
    if (const auto* e = std::get_if<event::Schedule>(&event)) return "note: " + to_text(*e).message;
    if (std::holds_alternative<event::StateChanged>(event)) return {};
    return to_text(event).message;
}

class PlainOutput final : public TrainOutput {
public:
    void end(const std::string& reason) override
    {
        if (m_last.report.step > m_shown) print(step_text(m_last) + "\n");
        print_now(reason + "\n");
    }

private:
    void show(const Event& event) override
    {
        if (const auto* e = std::get_if<event::RunStarted>(&event)) m_every = std::max<std::int64_t>(e->log_every, 1);
        if (const auto* e = std::get_if<event::SettingChanged>(&event); e && e->key == "log_every")
            m_every = static_cast<std::int64_t>(e->value);
        if (const std::string lines = event_lines(event); !lines.empty()) print_now(lines + "\n");
    }
    void show_step(const StepNumbers& step) override
    {
        m_last = step;
        if (step.report.step % m_every != 0) return;
        m_shown = step.report.step;
        print_now(step_text(step) + "\n");
    }

    StepNumbers m_last;
    std::int64_t m_every = 1;
    std::int64_t m_shown = 0;
};

class TerminalOutput final : public TrainOutput {
public:
    explicit TerminalOutput(const RunRequest& request) : m_forecast(request) {}

    void end(const std::string& reason) override
    {
        if (m_last.report.step > 0) m_line.update(progress_text(m_last), ProgressLine::Show::Always);
        m_line.finish();
        print_now(reason + "\n");
    }

private:
    void show(const Event& event) override
    {
        if (const auto* e = std::get_if<event::RunStarted>(&event)) m_forecast.begin(*e);
        if (const std::string lines = event_lines(event); !lines.empty()) m_line.print_above(lines);
    }
    void show_step(const StepNumbers& step) override
    {
        m_last = step;
        m_line.update(progress_text(step));
    }
    /// In a narrow terminal the bar is short, and the full cost has no place.
    std::string progress_text(const StepNumbers& step) const
    {
        const StepReport& r = step.report;
        const auto outlook = m_forecast.after(r);
        const int width = terminal_width() - 1;
        std::string text;
        if (outlook.fraction > 0)
            text = fmt::format("{} {:3.0f}%  ", progress_bar(outlook.fraction, std::clamp(width - 90, 5, 20)),
                               100 * outlook.fraction);
        text += fmt::format("step {}  loss {:.4f}  {} tok/s", r.step, r.loss, count_text(r.tokens_per_second));
        if (outlook.fraction > 0) text += "  ETA " + duration_text(outlook.seconds);
        text += "  " + usd_text(step.headline_usd);
        const std::string full = " (full cost " + usd_text(step.tco_usd) + ")";
        return static_cast<int>(text.size() + full.size()) <= width ? text + full : text;
    }

    ProgressLine m_line;
    Forecast m_forecast;
    StepNumbers m_last;
};

} // namespace

std::unique_ptr<TrainOutput> make_plain_output(const RunRequest&)
{
    return std::make_unique<PlainOutput>();
}

std::unique_ptr<TrainOutput> make_terminal_output(const RunRequest& request)
{
    return std::make_unique<TerminalOutput>(request);
}

} // namespace triptych
