// The errors of the runtime: one that stays, as after a kernel that failed, and one that the next look clears.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <driver_types.h>

namespace cuda_emulation {

struct ErrorState {
    cudaError_t sticky = cudaSuccess;
    cudaError_t last = cudaSuccess;

    /// What a call returns that itself succeeds.
    cudaError_t result() const { return sticky; }
    /// What a call returns that fails.
    cudaError_t fail(cudaError_t error)
    {
        if (sticky != cudaSuccess) return sticky;
        last = error;
        return error;
    }
};

ErrorState& error_state();

} // namespace cuda_emulation
