// The part of an axis that plots show, and the place that is pointed at: shared by all plots that stand on it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <functional>
#include <optional>

namespace triptych {

/// In units of the axis, which are steps as long as nobody says otherwise. Plots ask it what to show and tell it what a
/// person did; they never tell each other, so nothing echoes. Follows the newest step until somebody zooms or pans;
/// then it stays where it is, however far the run goes, until follow() or showAll().
class StepView : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    double lower() const { return m_lower; }
    double upper() const { return m_upper; }
    bool isFollowing() const { return m_following; }
    /// Whether more steps are to come; true until it is told otherwise.
    bool isGrowing() const { return m_growing; }
    void setGrowing(bool growing);
    /// Whether the whole run is shown, growing with it.
    bool showsAll() const { return m_following && m_span == 0; }
    /// The step pointed at, by mouse or keyboard.
    std::optional<double> cursor() const { return m_cursor; }

    /// Steps of the run so far; moves the view where it follows. Each plot tells it when its data changed.
    void setExtent(double first, double newest);
    /// The axis counts something else from now on: each place goes to another, and what is in sight stays in sight.
    /// Extent, and what four steps are, in the new unit.
    void convert(const std::function<double(double)>& place, double first, double newest, double fewest);
    /// The narrowest picture.
    void setFewest(double fewest) { m_fewest = fewest; }
    /// What another one shows, of the same run and unit: its part, and whether it follows.
    void takeOver(const StepView& other);
    /// By hand: following ends. Kept within reach of the run, and no narrower than a few steps.
    void setRange(double lower, double upper);
    /// By hand: factor < 1 shows fewer steps; the given step stays in its place.
    void zoom(double factor, double around);
    /// By hand: positive steps look further to the right.
    void pan(double steps);
    /// Back to the newest step, with as many steps as are shown now.
    void follow();
    /// Back to the whole run, and following.
    void showAll();
    void stopFollowing();

    /// Both do nothing while the place is pinned.
    void setCursor(double step);
    void clearCursor();
    /// The place stays where it is, wherever the mouse goes; moveCursor() takes the pin with it. Nothing is pinned
    /// where nothing is pointed at.
    void pinCursor();
    void unpinCursor();
    bool isPinned() const { return m_pinned; }
    void moveCursor(double step);

signals:
    void rangeChanged();
    void followingChanged();
    void growingChanged();
    void cursorChanged();
    void pinnedChanged();

private:
    void place();
    void apply(double lower, double upper);
    void setFollowing(bool following);

    double m_first = 0;
    double m_newest = 1;
    double m_lower = 0;
    double m_upper = 10;
    double m_fewest = 4;
    double m_span = 0; ///< steps shown while following; 0: all
    bool m_following = true;
    bool m_growing = true;
    bool m_pinned = false;
    std::optional<double> m_cursor;
};

} // namespace triptych
