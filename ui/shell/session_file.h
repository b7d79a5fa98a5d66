// What a window shows, whole, as a file: which runs, what is chosen in them, and how the window is arranged.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/layout_state.h"
#include "ui/shell/view_link.h"

namespace triptych {

struct SavedSession {
    QStringList runs; ///< absolute folders: the one that is shown, then those that are compared with it; may be empty
    ViewLink view;    ///< without a layout, which is below
    LayoutState layout;
    bool operator==(const SavedSession&) const = default;
};

/// One JSON object.
QByteArray toJson(const SavedSession& session);
/// Errors: no JSON, no session, one of another format, what viewLinkFromText() and layoutFromJson() refuse.
Result<SavedSession> sessionFromJson(const QByteArray& json);

/// Whether a file was meant to be a session, whole or not. Reads it: not for a thread that must not wait.
bool isSessionFile(const QString& file);

/// Errors: not writable; not readable, or no session.
Status writeSession(const SavedSession& session, const QString& file);
Result<SavedSession> readSession(const QString& file);

} // namespace triptych
