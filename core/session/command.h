// What one may ask of a session; obeyed at the next step boundary.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace triptych {

/// Everything a run starts from. Settings are "key=value" of the model or training configuration, applied in order.
struct RunRequest {
    std::string model = "tiny";                      ///< preset name or path of a config.json
    std::vector<std::string> data = {"builtin:mixed"}; ///< files, folders, builtin:DOMAIN
    std::vector<std::string> settings;
    std::string run_folder;                          ///< empty: nothing is written
    std::string resume;                              ///< run folder to go on with; what is above is then ignored
    std::vector<std::string> moved_data;             ///< where a resumed run's data lie now; empty: where they lay
    std::int64_t max_steps = 0;                      ///< 0: until stopped
    std::int64_t max_tokens = 0;
    double max_minutes = 0;
    std::int64_t checkpoint_every = 0;               ///< steps; 0: only at the end
    std::string device = "cpu";
};

namespace command {
struct Start {
    RunRequest request;
};
struct Pause {};
struct Resume {};
struct StepOnce {}; ///< one step, then paused
struct Stop {};     ///< saves where the run has a folder, then idle
struct SaveCheckpoint {};
/// A training setting that may change while it trains (train_config rows marked so): "learning_rate", "bias_update_speed".
struct Set {
    std::string key;
    double value = 0;
};
struct SetProbeText {
    std::string text;
};
struct SetProbeEvery {
    std::int64_t steps = 10; ///< 0: nobody watches, no probe pass is made
};
} // namespace command

using Command = std::variant<command::Start, command::Pause, command::Resume, command::StepOnce, command::Stop,
                             command::SaveCheckpoint, command::Set, command::SetProbeText, command::SetProbeEvery>;

} // namespace triptych
