// Going through frames.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/moment.h"

#include <algorithm>

namespace triptych {

void Moment::set(std::optional<std::int64_t> step)
{
    if (m_step == step) return;
    m_step = step;
    emit changed();
}

void Moment::show(std::int64_t step)
{
    set(step);
}

void Moment::goLive()
{
    set(std::nullopt);
}

void Moment::move(int frames)
{
    if (m_frames.empty() || frames == 0) return;
    const auto count = static_cast<std::ptrdiff_t>(m_frames.size());
    // The place of the frame that is shown: the last at or before the step; -1 before the first of all.
    std::ptrdiff_t place = count;
    if (m_step) place = std::upper_bound(m_frames.begin(), m_frames.end(), *m_step) - m_frames.begin() - 1;
    const std::ptrdiff_t next = std::max<std::ptrdiff_t>(place + frames, 0);
    if (next >= count) return goLive();
    show(m_frames[static_cast<std::size_t>(next)]);
}

} // namespace triptych
