// Without an event loop, and without a display.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/save_at_exit.h"

#include "ui/bridge/session_bridge.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>

namespace triptych {

namespace {

using namespace std::chrono_literals;

constexpr auto kPatience = 60s; // for a large model and a slow disk

SessionBridge* g_bridge = nullptr;

bool is_over(SessionState state)
{
    return state == SessionState::Idle || state == SessionState::Finished || state == SessionState::Failed;
}

extern "C" void save_run()
{
    if (!g_bridge || is_over(g_bridge->state())) return;
    g_bridge->post(command::Stop{});
    const auto until = std::chrono::steady_clock::now() + kPatience;
    while (!is_over(g_bridge->state()) && std::chrono::steady_clock::now() < until) std::this_thread::sleep_for(20ms);
    std::fprintf(stderr, "triptych-studio: its display has gone; the run %s.\n",
                 is_over(g_bridge->state()) ? "was saved" : "could not be saved in time");
    std::fflush(nullptr);
    std::_Exit(EXIT_FAILURE); // threads still use what would be torn down
}

} // namespace

SaveAtExit::SaveAtExit(SessionBridge& bridge)
{
    [[maybe_unused]] static const int registered = std::atexit(save_run);
    g_bridge = &bridge;
}

SaveAtExit::~SaveAtExit()
{
    g_bridge = nullptr;
}

} // namespace triptych
