// Makes waiting threads of OpenMP sleep instead of spin, which only the environment of a starting process can say.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace triptych {

/// To be called first in main(). Starts the program anew with OMP_WAIT_POLICY=passive where the user has chosen nothing: on a busy
/// machine spinning threads made a training step twenty times slower, and the window needs a core too. Returns when the
/// environment is as it should be.
void use_patient_threads(char** argv);

} // namespace triptych
