// Where the time goes: seconds, calls, FLOPs and bytes of every op that passes an observed stream.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/stream.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <span>
#include <vector>

namespace triptych {

/// Sums over the calls of one op.
struct OpTime {
    const char* name = "";
    double calls = 0; ///< a fraction where a mean is meant
    double seconds = 0;
    double flops = 0; ///< as the op declares them
    double bytes = 0; ///< likewise
    /// FLOP/s and bytes/s; 0 where it was not called.
    double flop_rate() const { return seconds > 0 ? flops / seconds : 0; }
    double byte_rate() const { return seconds > 0 ? bytes / seconds : 0; }
};

/// What an observation found. The seconds of its ops and those outside add up to all of it.
struct OpProfile {
    double seconds = 0;
    double outside_seconds = 0;   ///< between the ops
    std::vector<OpTime> ops = {}; ///< the longest first

    /// Everything times `factor`: "per token" out of "per text".
    OpProfile scaled(double factor) const;
};

/// Of several observations that of median length; of an even number the shorter of the middle two. At least one.
OpProfile median_profile(std::vector<OpProfile> profiles);

/// Observes between start() and stop(). Allocates nothing while ops run: names are those of the ops themselves, in a
/// table of fixed size whose last row takes in whatever does not fit. Ops on the CPU only: those of a GPU have merely
/// been queued when after() is called.
class OpTimes final : public OpObserver {
public:
    /// Rows of the table; the project has about forty ops.
    static constexpr std::size_t kRows = 64;

    /// Forgets what was seen and starts the clock.
    void start();
    void stop();
    void before(const OpCost& cost) override;
    void after(const OpCost& cost) override;

    OpProfile profile() const;

private:
    using Clock = std::chrono::steady_clock;
    OpTime& row(const char* name);

    std::array<OpTime, kRows> m_rows;
    std::size_t m_used = 0;
    Clock::time_point m_start{};
    Clock::time_point m_stop{};
    Clock::time_point m_op_start{};
};

} // namespace triptych
