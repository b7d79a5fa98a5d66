// A run is saved also where the program is ended without a window being closed.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace triptych {

class SessionBridge;

/// While it lives, exit() first ends what is being trained, saved: Qt calls it when the display has gone, and comes
/// back to nobody. One at a time.
class SaveAtExit {
public:
    explicit SaveAtExit(SessionBridge& bridge);
    ~SaveAtExit();
    SaveAtExit(const SaveAtExit&) = delete;
    SaveAtExit& operator=(const SaveAtExit&) = delete;
};

} // namespace triptych
