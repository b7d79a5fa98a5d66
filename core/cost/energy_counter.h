// The energy that this machine's processors (RAPL) or GPUs (NVML) count themselves, where the system lets us read it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cost/nvml_counter.h"
#include "core/util/result.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace triptych {

/// Sum over all processor packages, or all GPUs, whatever runs on them. Memory, disks, fans and losses of the power
/// supply are not in it. Many systems let only root read that of processors.
class EnergyCounter {
public:
    /// `powercap`: the system's folder, another one in tests. Error: no such counters, or not readable, with what to
    /// do.
    static Result<EnergyCounter> open(const std::filesystem::path& powercap = "/sys/class/powercap");

    /// Of the GPUs, for trainings on them. Errors as NvmlCounter::open() has them.
    static Result<EnergyCounter> open_gpus(const std::string& library = "libnvidia-ml.so.1");

    /// Whose word it is: "RAPL, the processors of the machine", "NVML, 2 GPUs".
    std::string source() const;

    /// Since the last call, or open(). A counter that ran over once is put right; one that cannot be read any more adds
    /// nothing. To be asked at least every few minutes, since counters run over.
    double take_joules();

private:
    struct Package {
        std::filesystem::path file;
        std::uint64_t last = 0;  ///< microjoules
        std::uint64_t range = 0; ///< where the counter begins again at zero; 0: not known
    };
    std::vector<Package> m_packages;
    std::optional<NvmlCounter> m_gpus; ///< in the place of packages
    std::chrono::steady_clock::time_point m_asked;
};

} // namespace triptych
