// Ctrl-C, polite and impolite.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace triptych {

/// While one lives, the first SIGINT, SIGTERM or SIGHUP is only remembered, for work that must be saved first; the
/// second ends the program at once. One at a time.
class StopSignal {
public:
    StopSignal();
    StopSignal(const StopSignal&) = delete;
    StopSignal& operator=(const StopSignal&) = delete;
    ~StopSignal();

    bool requested() const;
};

} // namespace triptych
