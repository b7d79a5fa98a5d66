// What a panel leaves free for the menu of its card.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace triptych {

/// px at the right end of the first row of a panel: in a card without a title the button of the menu is there.
inline constexpr int kRoomForMenu = 14;

} // namespace triptych
