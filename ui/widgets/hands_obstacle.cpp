// The words.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/hands_obstacle.h"

#include <QCoreApplication>

namespace triptych {

QString handsObstacle(const RunFeed& feed)
{
    const auto tr = [](const char* text) { return QCoreApplication::translate("Hands", text); };
    if (feed.isHeld())
        return tr(QT_TRANSLATE_NOOP("Hands", "The window shows a step that was: go back to live to change this."));
    if (!feed.run())
        return tr(QT_TRANSLATE_NOOP("Hands", "There is no run yet; a training can be changed while it runs."));
    if (!feed.isLive())
        return tr(QT_TRANSLATE_NOOP("Hands", "The run has ended; a training can be changed while it runs."));
    return {};
}

} // namespace triptych
