// Putting things one below the other onto pages: what belongs together stays together, heads come again.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>

#include <functional>
#include <memory>
#include <vector>

class QPainter;

namespace triptych {

/// Whether a page may end after an item.
enum class PageBreak : std::uint8_t { Allowed = 1, Never };

/// What is never cut: a line, a row, a figure.
struct PageItem {
    double height = 0;
    double space = 0; ///< above it, unless it is the first of a page
    PageBreak after = PageBreak::Allowed;
    std::function<void(QPainter&, QPointF)> paint = {}; ///< at its upper left corner
    std::shared_ptr<const PageItem> head = {}; ///< once more above it where it is the first of a page; may be null
};

struct PlacedItem {
    const PageItem* item = nullptr;
    double y = 0; ///< from the top of the text
};
using PlacedPage = std::vector<PlacedItem>;

/// Items that no page may end between move to the next page together, unless even an empty one has no room for them.
/// Points into `items`. Always at least one page.
std::vector<PlacedPage> placeOnPages(const std::vector<PageItem>& items, double pageHeight);

} // namespace triptych
