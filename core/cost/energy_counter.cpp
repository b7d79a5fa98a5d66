// Reads /sys/class/powercap/intel-rapl:N, which AMD's processors have under the same name; GPUs are asked by NVML.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/energy_counter.h"

#include <algorithm>
#include <fstream>
#include <optional>
#include <string>
#include <utility>

namespace triptych {

namespace {

namespace fs = std::filesystem;

std::optional<std::uint64_t> read_count(const fs::path& file)
{
    std::ifstream in(file);
    std::uint64_t value = 0;
    if (!(in >> value)) return std::nullopt;
    return value;
}

/// "intel-rapl:0" is a package; "intel-rapl:0:1" is a part of one, and counted there. Packages alone: others ("psys")
/// count the same energy again.
bool is_package(const fs::path& folder)
{
    const std::string name = folder.filename().string();
    if (!name.starts_with("intel-rapl:") || std::count(name.begin(), name.end(), ':') != 1) return false;
    std::ifstream in(folder / "name");
    std::string word;
    return in >> word && word.starts_with("package");
}

} // namespace

Result<EnergyCounter> EnergyCounter::open(const fs::path& powercap)
{
    EnergyCounter counter;
    bool refused = false;
    std::error_code error;
    for (fs::directory_iterator it(powercap, error), end; !error && it != end; it.increment(error)) {
        if (!is_package(it->path())) continue;
        const auto now = read_count(it->path() / "energy_uj");
        if (now)
            counter.m_packages.push_back(
                {it->path() / "energy_uj", *now, read_count(it->path() / "max_energy_range_uj").value_or(0)});
        else
            refused = true;
    }
    if (!counter.m_packages.empty()) return counter;
    if (refused)
        return Error{"the energy counters of this machine may not be read",
                     "Let an administrator make energy_uj in " + powercap.string() +
                         "/intel-rapl:0 readable, or set the power by hand: --set watts=..."};
    return Error{"this machine has no energy counters of its processors",
                 "Set the power by hand, as a meter shows it: --set watts=..."};
}

Result<EnergyCounter> EnergyCounter::open_gpus(const std::string& library)
{
    auto gpus = NvmlCounter::open(library);
    if (!gpus) return gpus.error();
    EnergyCounter counter;
    counter.m_gpus = gpus.take();
    counter.m_asked = std::chrono::steady_clock::now();
    return counter;
}

std::string EnergyCounter::source() const
{
    return m_gpus ? "NVML, " + m_gpus->source() : "RAPL, the processors of the machine";
}

double EnergyCounter::take_joules()
{
    if (m_gpus) {
        const auto now = std::chrono::steady_clock::now();
        return m_gpus->take_joules(std::chrono::duration<double>(now - std::exchange(m_asked, now)).count());
    }
    double micro = 0;
    for (Package& package : m_packages) {
        const auto now = read_count(package.file);
        if (!now) continue;
        if (*now >= package.last)
            micro += static_cast<double>(*now - package.last);
        else if (package.range > package.last)
            micro += static_cast<double>(package.range - package.last + *now);
        package.last = *now;
    }
    return micro * 1e-6;
}

} // namespace triptych
