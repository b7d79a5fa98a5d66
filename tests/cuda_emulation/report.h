// Findings of the emulation, and the source lines they point to.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <source_location>
#include <string>

namespace cuda_emulation {

using Place = std::source_location;

/// "rms_norm.cu:42"
std::string to_string(Place place);

/// Keeps a finding for take_reports().
void report(const std::string& finding);

/// The place of an instruction, given the address that a call made from it returns to: "rms_norm.cu:42", or for a
/// function that was inlined there "pack.h:27 from rms_norm.cu:42". Slow: it asks addr2line. "?" without debug
/// information.
std::string place_of(const void* return_address);
/// The name of a function, "rms_norm_forward_row_per_team_kernel<...>".
std::string name_of_function(const void* function);

} // namespace cuda_emulation
