// The keys F, L, R, P and S wherever the focus is: they reach the curves where nothing nearer takes the letter.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/panel.h"

#include <QObject>
#include <QPointer>

namespace triptych {

class Arrangement;

/// Hears what is left of a key press in the window and in those of its pages: text fields, lists that are searched by
/// letters, maps and keys of a page have had it by then. It goes to the page that has the focus if that has curves,
/// else to the curves that had it last, else to the predella; of these to the first that can be seen.
class CurveKeys : public QObject {
    Q_OBJECT

public:
    /// Both outlive it.
    CurveKeys(QWidget& window, Arrangement& pages);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    bool hear(int key);
    bool give(Panel* page, int key);

    QWidget& m_window;
    Arrangement& m_pages;
    QPointer<Panel> m_last; ///< the page with curves that had the focus last
};

} // namespace triptych
