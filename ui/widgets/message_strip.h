// A message over the wings: what went wrong and what to do, until it is closed. It moves nothing.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QFrame>

class QLabel;
class QToolButton;

namespace triptych {

/// Lies at the top of its parent, as wide as the text needs.
class MessageStrip : public QFrame {
    Q_OBJECT

public:
    MessageStrip(const Theme& theme, QWidget* parent);

    void show(const QString& what, const QString& hint);
    QString text() const;

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void applyColors();
    void nameButton();
    void place();

    const Theme& m_theme;
    QLabel* m_what;
    QLabel* m_hint;
    QToolButton* m_close;
};

} // namespace triptych
