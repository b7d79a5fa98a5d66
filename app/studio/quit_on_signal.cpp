// From a signal handler, which may do next to nothing, to the event loop: through a pipe.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/quit_on_signal.h"

#include <fcntl.h>
#include <unistd.h>

#include <QApplication>
#include <QSocketNotifier>

#include <csignal>

namespace triptych {

namespace {

int g_pipe[2] = {-1, -1};

extern "C" void tellEventLoop(int number)
{
    std::signal(number, SIG_DFL);
    const char byte = 1;
    [[maybe_unused]] const auto written = ::write(g_pipe[1], &byte, 1);
}

} // namespace

void quitOnSignal(QObject* parent)
{
    if (::pipe2(g_pipe, O_CLOEXEC | O_NONBLOCK) != 0) return; // without it a signal ends the program as usual
    auto* notifier = new QSocketNotifier(g_pipe[0], QSocketNotifier::Read, parent);
    QObject::connect(notifier, &QSocketNotifier::activated, parent, [notifier] {
        notifier->setEnabled(false);
        QApplication::closeAllWindows();
    });
    for (const int number : {SIGINT, SIGTERM, SIGHUP})
        if (std::signal(number, tellEventLoop) == SIG_IGN) std::signal(number, SIG_IGN); // nohup wants it so
}

} // namespace triptych
