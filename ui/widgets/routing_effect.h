// What a change of the election of experts did to the validation loss, in words that claim no more than is known.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/run_feed.h"
#include "ui/widgets/expert_lines.h"

#include <QString>

#include <vector>

namespace triptych {

struct RoutingEffect {
    QString text;        ///< empty: nothing was changed
    QString explanation; ///< what the numbers are, and what they are not
};

/// Of the last change at or before the moment shown: the last validation before it against the newest one after it.
/// changes: by rising step, each in force from the step after its own.
RoutingEffect routingEffect(const std::vector<LineMark>& changes, const RunFeed& feed);

} // namespace triptych
