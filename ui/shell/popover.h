// A few controls that lie over the window while they are needed, below the button that shows them.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QToolButton;

namespace triptych {

/// Opens and closes by its button, closes by Escape. Takes the content; what it does is not known here, close() is for
/// who does.
class Popover : public QFrame {
    Q_OBJECT

public:
    Popover(QToolButton* button, QWidget* content, QWidget* window);

    /// The first control gets the focus; the button has it again afterwards.
    void open();
    void fold();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void place();

    QToolButton* m_button;
    QWidget* m_content;
};

} // namespace triptych
