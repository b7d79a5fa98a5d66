// Adds up a training's memory.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/memory_need.h"

#include "core/config/parameter_count.h"
#include "core/cost/memory.h"
#include "core/util/system_memory.h"

#include <fmt/format.h>

namespace triptych {

namespace {

double parameter_bytes(const RunSetup& setup)
{
    constexpr double kCopies = 4; // weights, gradients, two moments
    return kCopies * static_cast<double>(size_of(setup.precision.wide)) * estimated_parameters(setup.model);
}

} // namespace

MemoryNeed memory_need(const RunSetup& setup)
{
    const auto planned = training_memory(setup.model, setup.train);
    if (!planned) return {parameter_bytes(setup), 0};
    return {static_cast<double>(planned->total() - planned->activations), static_cast<double>(planned->activations)};
}

Status check_memory(const RunSetup& setup)
{
    constexpr double kGiB = 1 << 30;
    const auto there = static_cast<double>(system_memory_bytes());
    const double parameters = parameter_bytes(setup);
    // A model far too large is not even declared: the list of its tensors alone would be long.
    const MemoryNeed need = there > 0 && parameters > there ? MemoryNeed{parameters, 0} : memory_need(setup);
    if (there == 0 || need.total() <= there) return {};
    const bool batch = need.activation_bytes > need.parameter_bytes;
    return Error{
        fmt::format("this training needs {:.1f} GiB of memory ({:.1f} for {:.3g} parameters with gradients and "
                    "moments, {:.1f} for activations), and this machine has {:.1f}",
                    need.total() / kGiB, need.parameter_bytes / kGiB, estimated_parameters(setup.model),
                    need.activation_bytes / kGiB, there / kGiB),
        batch ? "Choose a smaller batch_size or sequence_length; gradient_accumulation_steps makes up for it."
              : "Choose a smaller model: tiny, small or base, for instance."};
}

} // namespace triptych
