// The OpenMP runtime reads its settings when it is loaded, before main(), so main() can only start over.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/openmp_environment.h"

#include <unistd.h>

#include <cstdlib>
#include <initializer_list>

namespace triptych {

void use_patient_threads(char** argv)
{
    // The runtime has bound this thread by now where it is told to bind threads, and a program started from here would
    // find that one core.
    for (const char* chosen : {"OMP_WAIT_POLICY", "GOMP_SPINCOUNT", "OMP_PROC_BIND", "OMP_PLACES", "GOMP_CPU_AFFINITY"})
        if (std::getenv(chosen)) return;
    setenv("GOMP_SPINCOUNT", "3000", 1);
    execv("/proc/self/exe", argv); // on failure we go on as we are, slower on a busy machine
}

} // namespace triptych
