// Measures both forms of attention on a thread of its own, when somebody asks.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/infer/form_timing.h"

#include <memory>
#include <optional>
#include <vector>

namespace triptych {

/// Used from one thread, which it never blocks, but for the destructor: that stops and joins, within one token.
class FormTimer {
public:
    struct Progress {
        bool running = false;
        std::vector<FormTime> times; ///< so far, by rising context
        std::optional<Error> error;
    };

    FormTimer();
    ~FormTimer();
    FormTimer(const FormTimer&) = delete;
    FormTimer& operator=(const FormTimer&) = delete;

    /// Begins, and forgets what was measured before. Does nothing while a measurement goes on. threads: see
    /// time_forms().
    void start(const ModelConfig& config, int threads = 0);
    /// Asks for an early end; what was told stays.
    void stop();
    Progress progress() const;

private:
    class Worker;
    std::unique_ptr<Worker> m_worker; ///< null before the first start
};

} // namespace triptych
