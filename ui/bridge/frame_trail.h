// Frames that came, some of them kept in memory, so that one can look back without reading a file.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace triptych {

/// By step, rising. Where there would be too many every second one goes, and of those to come every second one only is
/// kept: the trail lies evenly from the first frame to the newest, which is always there.
template <class Frame>
class FrameTrail {
public:
    explicit FrameTrail(std::size_t most = 256) : m_most(most) {}

    /// A frame at or before the newest replaces what was from its step on: a run that was resumed says it again. Null
    /// is left out.
    void add(std::shared_ptr<const Frame> frame)
    {
        if (!frame) return;
        for (; !m_frames.empty() && m_frames.back()->step >= frame->step; m_loose = false) m_frames.pop_back();
        if (m_loose && !m_frames.empty()) m_frames.pop_back();
        m_frames.push_back(std::move(frame));
        m_loose = m_sinceKept != 0;
        m_sinceKept = (m_sinceKept + 1) % m_stride;
        if (!m_loose && m_frames.size() >= m_most) thin();
    }

    /// The newest at or before a step; null before the first.
    std::shared_ptr<const Frame> at(std::int64_t step) const
    {
        const auto after =
            std::upper_bound(m_frames.begin(), m_frames.end(), step,
                             [](std::int64_t s, const std::shared_ptr<const Frame>& frame) { return s < frame->step; });
        return after == m_frames.begin() ? nullptr : *(after - 1);
    }

    const std::vector<std::shared_ptr<const Frame>>& frames() const { return m_frames; }
    void clear() { *this = FrameTrail(m_most); }

private:
    void thin()
    {
        std::size_t kept = 0;
        for (std::size_t i = 0; i < m_frames.size(); ++i) {
            const bool newest = i + 1 == m_frames.size();
            m_loose = newest && i % 2 != 0;
            if (i % 2 == 0 || newest) m_frames[kept++] = std::move(m_frames[i]);
        }
        m_frames.resize(kept);
        m_sinceKept = ((m_loose ? m_stride : 0) + 1) % (2 * m_stride);
        m_stride *= 2;
    }

    std::size_t m_most;
    std::vector<std::shared_ptr<const Frame>> m_frames;
    std::size_t m_stride = 1;
    std::size_t m_sinceKept = 0;
    bool m_loose = false; ///< the newest is there only until the next one comes
};

} // namespace triptych
