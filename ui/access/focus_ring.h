// The ring around what has the focus, the same on all widgets, painted ones too.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QPointer>
#include <QWidget>

namespace triptych {

/// A frame of 2 px in the accent, over the widget that has the focus in a window. Text fields and boxes, which have an
/// edge that changes, are left out. The mouse goes through.
class FocusRing : public QWidget {
    Q_OBJECT

public:
    static constexpr int kWidth = 2; ///< px

    FocusRing(const Theme& theme, QWidget& window);

    /// Null: there is no ring just now.
    QWidget* target() const { return m_target; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void follow(QWidget* now);
    /// The widget, and all that may move it.
    void watch(bool on);
    void place();

    const Theme& m_theme;
    QWidget& m_window;
    QPointer<QWidget> m_target;
};

} // namespace triptych
