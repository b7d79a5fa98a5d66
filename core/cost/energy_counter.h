// The energy that this machine's processors count themselves (RAPL), where the system lets us read it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/result.h"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace triptych {

/// Sum over all processor packages, whatever runs on them. Memory, disks, fans and losses of the power supply are not
/// in it. Many systems let only root read it.
class EnergyCounter {
public:
    /// `powercap`: the system's folder, another one in tests. Error: no such counters, or not readable, with what to
    /// do.
    static Result<EnergyCounter> open(const std::filesystem::path& powercap = "/sys/class/powercap");

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
};

} // namespace triptych
