// What both forms of attention take on this machine: one token after another against a cache of any length.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/model_config.h"
#include "core/util/result.h"

#include <cstdint>
#include <functional>
#include <stop_token>
#include <vector>

namespace triptych {

/// Seconds that the attention of all main layers takes for one token: the median of a few. Not-a-number: not measured,
/// since it would take too long.
struct FormTime {
    std::int64_t context = 0; ///< positions in the cache, the token itself among them
    double absorbed = 0;
    double materialized = 0;
};

/// The contexts that are measured.
inline constexpr std::int64_t kTimedContexts[] = {128, 512, 2048, 8192};

/// Runs the attention blocks of the main layers with fresh weights of F32 against caches of numbers, in both forms by
/// turns, a fraction of a second each, and tells of each context when it is done. threads: 0 takes one for each core.
/// Ends early, without an error, within one token of a stop. Errors: more memory than is free, or what ops throw.
Status time_forms(const ModelConfig& config, int threads, const std::stop_token& stop,
                  const std::function<void(const FormTime&)>& told);

} // namespace triptych
