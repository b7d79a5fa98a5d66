// A panel that is brought up to date when it is seen.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/panel.h"

#include <utility>

namespace triptych {

class LazyPanel : public Panel {
public:
    using Panel::Panel;

protected:
    /// Shows what there is now.
    virtual void refresh() = 0;
    /// At once where it is seen, else as soon as it is.
    void refreshSoon()
    {
        m_stale = !isVisible();
        if (!m_stale) refresh();
    }
    /// Whether a part of it may be shown anew now: somebody sees it. Else all of it will be, as soon as somebody does.
    bool mayRefreshPart()
    {
        m_stale = m_stale || !isVisible();
        return !m_stale;
    }
    void showEvent(QShowEvent* event) override
    {
        Panel::showEvent(event);
        if (std::exchange(m_stale, false)) refresh();
    }

private:
    bool m_stale = false;
};

} // namespace triptych
