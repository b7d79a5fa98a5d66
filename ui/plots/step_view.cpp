// Following, zooming and panning over steps.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/step_view.h"

#include "ui/plots/nice_numbers.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace triptych {

namespace {

/// A picture of a run ends at a round number, so that it grows now and then and not at every step.
constexpr double kPieces = 10;

} // namespace

void StepView::setExtent(double first, double newest)
{
    if (first == m_first && newest == m_newest) return;
    m_first = first;
    m_newest = std::max(first, newest);
    if (m_following) place();
}

void StepView::convert(const std::function<double(double)>& place, double first, double newest, double fewest)
{
    const double lower = place(m_lower);
    const double upper = place(m_upper);
    const std::optional<double> cursor = m_cursor ? std::optional(place(*m_cursor)) : std::nullopt;
    m_first = first;
    m_newest = std::max(first, newest);
    m_fewest = fewest;
    if (m_span > 0) m_span = upper - lower;
    m_following ? this->place() : apply(lower, upper);
    if (cursor) moveCursor(*cursor);
}

void StepView::place()
{
    if (m_span == 0) {
        const double piece = niceStep(std::max(m_newest - m_first, m_fewest) / kPieces);
        apply(std::floor(m_first / piece) * piece, (std::floor(m_newest / piece) + 1) * piece);
    } else {
        const double right = m_newest + 0.02 * m_span;
        apply(right - m_span, right);
    }
}

void StepView::apply(double lower, double upper)
{
    if (lower == m_lower && upper == m_upper) return;
    m_lower = lower;
    m_upper = upper;
    emit rangeChanged();
}

void StepView::setFollowing(bool following)
{
    if (following == m_following) return;
    m_following = following;
    emit followingChanged();
}

void StepView::setGrowing(bool growing)
{
    if (growing == m_growing) return;
    m_growing = growing;
    emit growingChanged();
}

void StepView::takeOver(const StepView& other)
{
    m_span = other.m_span;
    setFollowing(other.m_following);
    m_following ? place() : apply(other.m_lower, other.m_upper);
}

void StepView::setRange(double lower, double upper)
{
    if (!std::isfinite(lower) || !std::isfinite(upper)) return;
    if (lower > upper) std::swap(lower, upper);
    const double all = std::max(m_newest - m_first, m_fewest);
    const double middle = std::clamp((lower + upper) / 2, m_first, std::max(m_newest, m_first + m_fewest / 4));
    const double span = std::clamp(upper - lower, m_fewest, 2 * all);
    setFollowing(false);
    // Where neither end was touched by the limits, the range is just what was asked for.
    if (span == upper - lower && middle == (lower + upper) / 2)
        apply(lower, upper);
    else
        apply(middle - span / 2, middle + span / 2);
}

void StepView::zoom(double factor, double around)
{
    // At the limits it stops instead of drifting.
    const double all = std::max(m_newest - m_first, m_fewest);
    const double span = m_upper - m_lower;
    factor = std::clamp(span * factor, m_fewest, 2 * all) / span;
    setRange(around - (around - m_lower) * factor, around + (m_upper - around) * factor);
}

void StepView::pan(double steps)
{
    setRange(m_lower + steps, m_upper + steps);
}

void StepView::follow()
{
    if (m_following) return;
    const double span = m_upper - m_lower;
    m_span = span < m_newest - m_first ? span : 0;
    setFollowing(true);
    place();
}

void StepView::showAll()
{
    m_span = 0;
    setFollowing(true);
    place();
}

void StepView::stopFollowing()
{
    setFollowing(false);
}

void StepView::setCursor(double step)
{
    if (!m_pinned) moveCursor(step);
}

void StepView::moveCursor(double step)
{
    if (m_cursor == step) return;
    m_cursor = step;
    emit cursorChanged();
}

void StepView::clearCursor()
{
    if (m_pinned || !m_cursor) return;
    m_cursor.reset();
    emit cursorChanged();
}

void StepView::pinCursor()
{
    if (m_pinned || !m_cursor) return;
    m_pinned = true;
    emit pinnedChanged();
}

void StepView::unpinCursor()
{
    if (!std::exchange(m_pinned, false)) return;
    emit pinnedChanged();
}

} // namespace triptych
