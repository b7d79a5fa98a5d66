// The time that the whole window shows: the newest step, or one that somebody went back to.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <cstdint>
#include <optional>
#include <vector>

namespace triptych {

/// Knows nothing of data: who reads frames tells it at which steps there are some, and follows changed(). A change is
/// told once, and only when it is one.
class Moment : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// Nothing while live.
    std::optional<std::int64_t> step() const { return m_step; }
    bool isLive() const { return !m_step; }

    void show(std::int64_t step);
    void goLive();
    /// So many frames on, or back where negative; from the last one on goes live. Nothing happens without frames.
    void move(int frames);

    /// The steps that move() goes through, rising.
    void setFrames(std::vector<std::int64_t> steps) { m_frames = std::move(steps); }
    const std::vector<std::int64_t>& frames() const { return m_frames; }

signals:
    void changed();

private:
    void set(std::optional<std::int64_t> step);

    std::optional<std::int64_t> m_step;
    std::vector<std::int64_t> m_frames;
};

} // namespace triptych
