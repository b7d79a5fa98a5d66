// How often pictures of a model that trains are made for those who watch, so that watching hardly slows it down.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace triptych {

/// An account of time: it grows with a small share of the training's, pictures are paid from it, and the next one is
/// due as soon as nothing is owed. What is there from the beginning lets the first ones follow each other quickly.
/// While somebody attends, with a hand on the window, pictures cost nothing. Seconds throughout, on a clock that never
/// goes back; not for several threads.
class PicturePace {
public:
    static constexpr double kShare = 0.002; ///< of the time, while nobody attends
    static constexpr double kAtFirst = 0.1; ///< s to begin with
    static constexpr double kLeast = 0.24;  ///< s between the beginnings of two pictures, whoever attends

    bool is_due(double now);
    /// A picture was made.
    void pay(double began, double ended);
    void attend(bool attended) { m_attended = attended; }
    /// All that pictures took.
    double spent() const { return m_spent; }

private:
    void grow(double now);

    double m_account = kAtFirst;
    double m_grown = 0; ///< when the account grew last
    double m_began = 0; ///< the last picture
    double m_spent = 0;
    bool m_any = false; ///< whether there was a picture: the clock's zero says nothing
    bool m_attended = false;
};

} // namespace triptych
