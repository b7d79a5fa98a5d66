// Makes waiting threads of OpenMP sleep soon instead of spinning for long, which only the environment of a starting
// process can say.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace triptych {

/// To be called first in main(). Starts the program anew with GOMP_SPINCOUNT=3000, some 40 us, where the user has
/// chosen nothing: on a busy machine threads that spin for long made a training step twenty times slower, and the
/// window needs a core too; threads that sleep at once take 30 us to wake, as long as a product of decoding, and those
/// that still spin take one. Returns when the environment is as it should be.
void use_patient_threads(char** argv);

} // namespace triptych
