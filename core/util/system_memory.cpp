// Memory of the machine by sysconf, of a container by its control group, of this process by /proc and getrusage.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/system_memory.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>

namespace triptych {

namespace {

/// A line of what the system tells of this process; 0 where there is none.
std::int64_t status_bytes(std::string_view key)
{
    constexpr std::int64_t kUnit = 1024;
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with(key)) return kUnit * std::strtoll(line.c_str() + key.size(), nullptr, 10);
    return 0;
}

} // namespace

std::int64_t system_memory_bytes()
{
    const std::int64_t pages = ::sysconf(_SC_PHYS_PAGES);
    const std::int64_t machine = pages > 0 ? pages * ::sysconf(_SC_PAGESIZE) : 0;
    std::ifstream limit("/sys/fs/cgroup/memory.max"); // "max" where there is no limit, which reads as no number
    std::int64_t container = 0;
    if (!(limit >> container) || container <= 0) return machine;
    return machine > 0 ? std::min(machine, container) : container;
}

std::int64_t peak_resident_bytes()
{
    return status_bytes("VmHWM:"); // not ru_maxrss, which a process inherits from the one that started it
}

std::int64_t resident_bytes()
{
    return status_bytes("VmRSS:");
}

std::int64_t page_faults()
{
    rusage usage{};
    return ::getrusage(RUSAGE_SELF, &usage) == 0 ? usage.ru_minflt : 0;
}

} // namespace triptych
