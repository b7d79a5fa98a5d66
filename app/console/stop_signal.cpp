// Handlers that do next to nothing, as handlers must.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/stop_signal.h"

#include <unistd.h>

#include <array>
#include <csignal>
#include <string_view>

namespace triptych {

namespace {

constexpr std::array kSignals = {SIGINT, SIGTERM, SIGHUP};
constexpr std::string_view kMessage = "\nStopping after this step; once more ends at once.\n";

volatile std::sig_atomic_t requests = 0;
std::array<struct sigaction, kSignals.size()> previous;

extern "C" void on_stop_signal(int signal)
{
    requests = requests + 1;
    if (requests > 1) {
        // The default action: the shell sees that the program was killed.
        std::signal(signal, SIG_DFL);
        std::raise(signal);
        return;
    }
    if (isatty(STDERR_FILENO) == 1) (void)!write(STDERR_FILENO, kMessage.data(), kMessage.size());
}

} // namespace

StopSignal::StopSignal()
{
    requests = 0;
    struct sigaction action = {};
    action.sa_handler = on_stop_signal;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    for (std::size_t i = 0; i < kSignals.size(); ++i) {
        sigaction(kSignals[i], &action, &previous[i]);
        // Somebody (nohup) wants this one ignored.
        if (previous[i].sa_handler == SIG_IGN) sigaction(kSignals[i], &previous[i], nullptr);
    }
}

StopSignal::~StopSignal()
{
    for (std::size_t i = 0; i < kSignals.size(); ++i) sigaction(kSignals[i], &previous[i], nullptr);
}

bool StopSignal::requested() const
{
    return requests > 0;
}

} // namespace triptych
