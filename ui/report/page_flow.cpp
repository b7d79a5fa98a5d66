// Breaking pages.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/page_flow.h"

namespace triptych {

namespace {

class Pages {
public:
    explicit Pages(double height) : m_height(height) {}

    /// With what may not be parted from it.
    void place(const PageItem* first, const PageItem* end)
    {
        double needed = m_y;
        for (const PageItem* item = first; item != end; ++item)
            needed += (item == first && empty() ? 0 : item->space) + item->height;
        if (needed > m_height && !empty()) turn(*first);
        for (const PageItem* item = first; item != end; ++item) add(*item);
    }
    std::vector<PlacedPage> pages() && { return std::move(m_pages); }

private:
    bool empty() const { return m_pages.back().empty(); }
    void turn(const PageItem& next)
    {
        m_pages.emplace_back();
        m_y = 0;
        if (next.head) put(*next.head);
    }
    void put(const PageItem& item)
    {
        if (!empty()) m_y += item.space;
        m_pages.back().push_back({&item, m_y});
        m_y += item.height;
    }
    void add(const PageItem& item)
    {
        if (!empty() && m_y + item.space + item.height > m_height) turn(item);
        put(item);
    }

    double m_height;
    double m_y = 0;
    std::vector<PlacedPage> m_pages{1};
};

} // namespace

std::vector<PlacedPage> placeOnPages(const std::vector<PageItem>& items, double pageHeight)
{
    Pages pages(pageHeight);
    const PageItem* const end = items.data() + items.size();
    for (const PageItem* first = items.data(); first != end;) {
        const PageItem* last = first;
        while (last + 1 != end && last->after == PageBreak::Never) ++last;
        pages.place(first, last + 1);
        first = last + 1;
    }
    return std::move(pages).pages();
}

} // namespace triptych
