// The commands in the order in which one meets them.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/command_catalog.h"

#include <array>

namespace triptych {

std::span<const CommandInfo> command_catalog()
{
    static constexpr std::array kCommands = {
        CommandInfo{"train", "Train a model, or go on with a run", add_train},
        CommandInfo{"generate", "Let a checkpoint continue a text", add_generate},
        CommandInfo{"eval", "Measure how well a checkpoint predicts a text", add_eval},
        CommandInfo{"init", "Write a freshly initialised checkpoint", add_init},
        CommandInfo{"inspect", "Describe a model, a checkpoint or a run", add_inspect},
        CommandInfo{"metrics", "Write the numbers of runs for TensorBoard or as CSV", add_metrics},
        CommandInfo{"cost", "Price a training: the headline, what owning costs, and what others have claimed",
                    add_cost},
        CommandInfo{"plan", "Plan a training on a cluster: time, memory, money", add_plan},
        CommandInfo{"selftest", "Compare every kernel with the f64 reference", add_selftest},
        CommandInfo{"bench", "Measure training, decoding or every op against what this machine can do", add_bench},
    };
    return kCommands;
}

} // namespace triptych
