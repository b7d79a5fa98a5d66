// The energy that NVIDIA GPUs count themselves, by NVML, which the driver brings; nothing of it is needed to build.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/result.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace triptych {

/// Of all GPUs that the driver shows, whatever runs on them: board and memory, not the machine around them. A GPU that
/// counts no energy (before Volta) is asked for its power, and its energy is power times time. Not for several threads.
class NvmlCounter {
public:
    /// `library`: another one in tests. Errors: no such library (no driver), one without what is needed, no GPU that
    /// tells energy or power; with what to do.
    static Result<NvmlCounter> open(const std::string& library = "libnvidia-ml.so.1");

    NvmlCounter(NvmlCounter&&) noexcept;
    NvmlCounter& operator=(NvmlCounter&&) noexcept;
    ~NvmlCounter();

    /// Since the last call, or open(). A GPU that answers no more, or whose count went back (its driver was loaded
    /// anew), adds nothing, and is gone on with from its next answer. `seconds`: since then, for those that tell power
    /// alone.
    double take_joules(double seconds);

    /// "2 GPUs" or "2 GPUs, 1 of them by power": for who says where a figure comes from.
    std::string source() const;

private:
    struct Library;
    struct Gpu {
        void* handle = nullptr;
        bool counts = false; ///< energy; else power
        std::uint64_t last_millijoules = 0;
        double last_watts = 0;
        bool known = false; ///< whether the last answer was one
    };
    explicit NvmlCounter(std::unique_ptr<Library> library);

    std::unique_ptr<Library> m_library;
    std::vector<Gpu> m_gpus;
};

} // namespace triptych
