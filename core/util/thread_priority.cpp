// By the nice value, which on Linux belongs to a thread.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/thread_priority.h"

#ifdef __linux__
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace triptych {

void be_less_urgent()
{
#ifdef __linux__
    constexpr int kNice = 10; // about a tenth of the share of a thread that is not nice
    const auto thread = static_cast<id_t>(::syscall(SYS_gettid));
    ::setpriority(PRIO_PROCESS, thread, kNice); // may not fail for a thread's own, and would do no harm
#endif
}

} // namespace triptych
