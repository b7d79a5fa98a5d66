// One clock for all pictures: what changed is drawn once a frame, and only where somebody can see it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <functional>
#include <vector>

class QWidget;

namespace triptych {

/// Thirty frames a second, sixty for a moment after a hand moved something. Where the pictures of a frame take more
/// than 20 ms, those without the focus are drawn at every second one only: the window stays quick to the hand.
class FrameClock : public QObject {
    Q_OBJECT

public:
    explicit FrameClock(QObject* parent = nullptr);

    /// `draw` is called after ask(), when the card's turn has come and it can be seen; a hidden card that was asked for
    /// is drawn when it is shown. Forgotten with the card. A second call for a card replaces the first.
    void add(QWidget& card, std::function<void()> draw);
    void remove(QWidget& card);

    /// Data have changed: with the next frame.
    void ask(QWidget& card);
    /// A hand has changed something: as soon as what goes on now is done.
    void hurry(QWidget& card);
    /// Draws at once, as a frame of its own, where the card can be seen.
    void drawNow(QWidget& card);
    /// Sixty frames a second for the next second.
    void interact();

    /// 60, 30, or 15 for pictures without the focus while they take too long.
    int framesPerSecond() const;
    /// Of the last second, in ms; 0 where nothing was drawn.
    double worstFrameMs() const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    enum class Due : std::uint8_t { Never = 1, WithNextFrame, Soon };
    struct Card {
        QWidget* widget = nullptr;
        std::function<void()> draw;
        Due due = Due::Never;
    };

    Card* find(const QObject* widget);
    void schedule();
    void drawFrame();
    void drop(const QObject* widget);
    int interval() const;
    int untilNextFrame() const;
    bool skips(const Card& card) const;

    std::vector<Card> m_cards;
    QTimer m_timer;
    QElapsedTimer m_sinceFrame; ///< since the last one began
    QElapsedTimer m_sinceDrawn; ///< since it was done
    QElapsedTimer m_sinceTouched;
    QElapsedTimer m_sinceWorst;
    double m_worst = 0; ///< ms
    bool m_slow = false;
    bool m_odd = false; ///< every second frame
};

} // namespace triptych
