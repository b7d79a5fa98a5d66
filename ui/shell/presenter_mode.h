// For an audience: large type, one wing or all three, and a sentence that says what the numbers mean.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/run_feed.h"
#include "ui/panels/selection.h"
#include "ui/shell/layout_keeper.h"
#include "ui/shell/text_scale.h"

#include <QLabel>

namespace triptych {

/// What is shown, in a sentence made of the numbers of the moment shown. "all" places where there are several.
QString presenterSentence(const RunFeed& feed, const Selection& selection, const std::set<PanelPlace>& shown);

/// Hides and shows; keys belong to the window. There and back leaves everything as it was.
class PresenterMode : public QObject {
    Q_OBJECT

public:
    /// What it needs of the window; all of it outlives the mode.
    struct Parts {
        Arrangement& arrangement;
        LayoutKeeper& layouts;
        TextScale& text;
        const RunFeed& feed;
        const Selection& selection;
        QLabel& caption;
        QList<QWidget*> settings; ///< hidden meanwhile
    };
    explicit PresenterMode(const Parts& parts, QObject* parent = nullptr);

    bool isOn() const { return m_on; }
    void enter();
    void leave();
    /// The three wings: what all places are to it.
    static std::set<PanelPlace> wings();

signals:
    void changed();

private:
    void refresh();

    Parts m_parts;
    QList<QWidget*> m_hidden; ///< by it, not before
    bool m_on = false;
};

} // namespace triptych
