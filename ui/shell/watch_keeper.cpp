// Following what can be seen.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/watch_keeper.h"

#include "ui/panels/panel.h"

#include <QEvent>

namespace triptych {

WatchKeeper::WatchKeeper(std::function<void(Command)> post, QObject* parent) : QObject(parent), m_post(std::move(post))
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(0);
    connect(&m_soon, &QTimer::timeout, this, &WatchKeeper::look);
}

void WatchKeeper::add(Panel* panel)
{
    m_panels.push_back(panel);
    panel->installEventFilter(this);
    connect(panel, &QObject::destroyed, this, [this, panel] { std::erase(m_panels, panel); });
}

bool WatchKeeper::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Show || event->type() == QEvent::Hide) lookSoon();
    return QObject::eventFilter(watched, event);
}

void WatchKeeper::look()
{
    WatchSet wanted{.probe = false};
    for (const Panel* panel : m_panels)
        if (panel->isVisible() && !panel->window()->isMinimized()) wanted = wanted | panel->watches();
    if (wanted == m_watched) return;
    m_watched = wanted;
    m_post(command::Watch{wanted});
}

WatchSet operator|(const WatchSet& a, const WatchSet& b)
{
    return {a.probe || b.probe, a.lens || b.lens, a.pairs || b.pairs, a.kernels || b.kernels};
}

} // namespace triptych
