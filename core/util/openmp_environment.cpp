// The OpenMP runtime reads its settings when it is loaded, before main(), so main() can only start over.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/openmp_environment.h"

#include <cstdlib>

#include <unistd.h>

namespace triptych {

void use_patient_threads(char** argv)
{
    if (std::getenv("OMP_WAIT_POLICY") || std::getenv("GOMP_SPINCOUNT")) return;
    setenv("OMP_WAIT_POLICY", "passive", 1);
    execv("/proc/self/exe", argv); // on failure we go on as we are, slower on a busy machine
}

} // namespace triptych
