// Memory of the machine by sysconf, of a container by its control group.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/system_memory.h"

#include <unistd.h>

#include <algorithm>
#include <fstream>

namespace triptych {

std::int64_t system_memory_bytes()
{
    const std::int64_t pages = ::sysconf(_SC_PHYS_PAGES);
    const std::int64_t machine = pages > 0 ? pages * ::sysconf(_SC_PAGESIZE) : 0;
    std::ifstream limit("/sys/fs/cgroup/memory.max"); // "max" where there is no limit, which reads as no number
    std::int64_t container = 0;
    if (!(limit >> container) || container <= 0) return machine;
    return machine > 0 ? std::min(machine, container) : container;
}

} // namespace triptych
