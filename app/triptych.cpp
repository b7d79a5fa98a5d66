// The command line program: what a cluster node, a script and a terminal run. No Qt, no display.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/program.h"
#include "core/util/openmp_environment.h"

#include <csignal>

int main(int argc, char** argv)
{
    triptych::use_patient_threads(argv);
    // A file that may not grow further is an error to be told, not the end of the process.
    std::signal(SIGXFSZ, SIG_IGN);
    return static_cast<int>(triptych::run_program(argc, argv));
}
