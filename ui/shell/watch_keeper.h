// What nobody can see is not computed: tells the session what the visible panels need.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/command.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <vector>

namespace triptych {

class Panel;

/// Posts command::Watch where the union of Panel::watches() over the panels that can be seen has changed. Behind
/// another tab, folded away, in a minimised or hidden window nothing is seen.
class WatchKeeper : public QObject {
    Q_OBJECT

public:
    explicit WatchKeeper(std::function<void(Command)> post, QObject* parent = nullptr);

    void add(Panel* panel);
    /// A panel may need other things than before, or a window was minimised; looked at when the event loop comes round.
    void lookSoon() { m_soon.start(); }
    /// As the session has it.
    const WatchSet& watched() const { return m_watched; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void look();

    std::function<void(Command)> m_post;
    std::vector<Panel*> m_panels;
    WatchSet m_watched; ///< a session begins with the default
    QTimer m_soon;
};

/// All that one or the other has.
WatchSet operator|(const WatchSet& a, const WatchSet& b);

} // namespace triptych
