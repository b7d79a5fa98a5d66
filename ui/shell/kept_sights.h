// What is seen of a panel's content, handed on to another panel of its kind.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace triptych {

class Panel;

/// Scroll bars, the parts of maps that are seen, chosen rows of tables and the shares of splitters, each from its
/// counterpart in `before`. Scroll bars follow when they reach so far: their ranges come with content and layout.
void keepSights(const Panel& before, Panel& after);

} // namespace triptych
