// Time by op of a run that trains, for whoever looks at it and for its history: a few of its steps are observed, the
// others are left alone.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/frame.h"
#include "core/train/op_times.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace triptych {

/// Ops on the CPU only, see OpTimes.
class KernelWatch {
public:
    static constexpr std::int64_t kEvery = 5;   ///< of so many steps one is observed
    static constexpr std::size_t kMedianOf = 7; ///< so many of them are remembered, and that of median length is told

    void watch(bool wanted);
    /// How fast the memory is read, once, which takes about 40 ms. Frames before have no number for it.
    void measure_memory(int threads);
    bool is_watched() const { return m_watched; }

    /// Observes the step that is made while it exists, where it is that step's turn.
    class Step {
    public:
        Step(KernelWatch& watch, Stream& stream, std::int64_t step);
        ~Step();
        Step(const Step&) = delete;
        Step& operator=(const Step&) = delete;

    private:
        KernelWatch& m_watch;
        Stream* m_stream; ///< null: not its turn
        std::int64_t m_step;
    };

    /// What there is to show since the last call; null: no step was observed since. matrix_peak: FLOP/s.
    std::shared_ptr<const KernelFrame> take_frame(double matrix_peak);

private:
    bool m_watched = false;
    double m_read_bandwidth = 0;
    OpTimes m_times;
    std::vector<OpProfile> m_profiles; ///< of the last steps observed, at most kMedianOf, a ring
    std::size_t m_next = 0;            ///< place in the ring
    std::int64_t m_step = 0;           ///< the last one observed
    bool m_fresh = false;
};

} // namespace triptych
