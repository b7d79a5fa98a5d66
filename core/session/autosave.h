// Checkpoints that nobody asked for, so that a killed process or a power cut costs minutes and not the run.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

namespace triptych {

/// Of a checkpoint.
enum class SavedBy : std::uint8_t { Wish = 1, Itself };

/// When the next one is due, and which are left. They take the disk of two: one may be read while the next is written.
class Autosave {
public:
    static constexpr std::size_t kMost = 2;

    /// From one checkpoint to the next; zero: with every step.
    void set_pause(std::chrono::duration<double> pause) { m_pause = pause; }

    bool is_due() const { return Clock::now() - m_last >= m_pause; }
    /// One was saved for good, by hand or by steps; the next is due as long after it.
    void kept(const std::filesystem::path& checkpoint);
    /// One was saved by itself; the oldest of more than kMost is removed.
    void saved(const std::filesystem::path& checkpoint);
    /// The run has ended and is saved: removes them all.
    void clear();

private:
    using Clock = std::chrono::steady_clock;
    std::chrono::duration<double> m_pause = std::chrono::minutes(5);
    Clock::time_point m_last = Clock::now();
    std::vector<std::filesystem::path> m_saved; ///< the oldest first
};

} // namespace triptych
