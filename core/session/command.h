// What one may ask of a session; obeyed at the next step boundary.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/routing/routing_control.h"

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
    /// Run folder that a new run begins with a checkpoint of: model, data and all settings are that run's, but for
    /// `settings`. Model and data above are then ignored. Empty: a run from its first step.
    std::string fork;
    std::int64_t fork_step = -1;                     ///< of the checkpoint; -1: the latest that opens
    std::vector<std::string> moved_data;             ///< where a resumed or forked run's data lie now; empty: where they lay
    std::int64_t max_steps = 0;                      ///< 0: until stopped
    std::int64_t max_tokens = 0;
    double max_minutes = 0;
    std::int64_t checkpoint_every = 0;               ///< steps; 0: only at the end
    std::string device = "cpu";
};

/// The sender's number of a command, which the answer repeats. 0: nobody waits for one.
using Ticket = std::uint64_t;

/// What somebody looks at; what nobody looks at is not computed.
struct WatchSet {
    bool probe = true;    ///< passes of the probe text, as SetProbeEvery says
    bool lens = false;    ///< ProbeFrame::lens
    bool pairs = false;   ///< LoadFrame::lift and partners, words and word_share
    bool kernels = false; ///< KernelFrame
    bool operator==(const WatchSet&) const = default;
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
/// A training setting that may change while it trains (train_config rows marked so): "learning_rate",
/// "bias_update_speed"; or kActiveExperts, how many experts a token chooses, 1 to the configured number. Answered by
/// event::SettingChanged or event::Refused.
struct Set {
    std::string key;
    double value = 0;
    Ticket ticket = 0;
};
// Hands on the election of experts, each answered by event::RoutingChanged or event::Refused. Layers are numbered as in
// tensor names.
struct SwitchExpert {
    std::int64_t layer = 0;
    std::int64_t expert = 0;
    ExpertSwitch to = ExpertSwitch::Off;
    Ticket ticket = 0;
};
struct SetExpertBias {
    std::int64_t layer = 0;
    std::int64_t expert = 0;
    double bias = 0;
    Ticket ticket = 0;
};
struct SetBalancing {
    Balancing to = Balancing::Learned;
    Ticket ticket = 0;
};
/// All experts on, balancing learned. Biases stay as they are, and how many experts a token chooses.
struct ClearRouting {
    Ticket ticket = 0;
};
/// Of the session, not of one run: it holds until the next one.
struct Watch {
    WatchSet what;
};
/// Of the session, as Watch is: somebody has a hand on what is shown, and waits for pictures. Without, they take a
/// small share of the training's time, see PicturePace.
struct Attend {
    bool attended = true;
};
struct SetProbeText {
    std::string text;
};
struct SetProbeEvery {
    std::int64_t steps = 10; ///< at most so often; 0: no probe pass is made
};
/// The token of the probe text whose lens is read where those of all tokens are too many.
struct SetProbeFocus {
    std::int64_t token = -1; ///< position in the text; -1: none
};
} // namespace command

using RoutingCommand =
    std::variant<command::SwitchExpert, command::SetExpertBias, command::SetBalancing, command::ClearRouting>;
using Command = std::variant<command::Start, command::Pause, command::Resume, command::StepOnce, command::Stop,
                             command::SaveCheckpoint, command::Set, command::SwitchExpert, command::SetExpertBias,
                             command::SetBalancing, command::ClearRouting, command::Watch, command::Attend,
                             command::SetProbeText, command::SetProbeEvery, command::SetProbeFocus>;

} // namespace triptych
