// What is known of one token of a playground's text: what else it could have been, its draft, its experts, its view.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/playground_bridge.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QLabel;
class QScrollArea;

namespace triptych {

class ElidedLabel;
class GuessBars;

class PlayedToken : public QWidget {
    Q_OBJECT

public:
    explicit PlayedToken(const Theme& theme, QWidget* parent = nullptr);

    /// token: -1 says how to choose one.
    void show(const PlayText& text, const QString& lane, int token);
    /// Everything it says, as plain text.
    QString words() const;

    QSize sizeHint() const override { return {300, 120}; }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void arrange();

    const Theme& m_theme;
    ElidedLabel* m_title;
    ElidedLabel* m_choice;
    ElidedLabel* m_draft;
    GuessBars* m_guesses;
    QLabel* m_layers;
    QScrollArea* m_scroll;
    bool m_hasGuesses = false;
};

} // namespace triptych
