// What goes into a playground and what comes out of it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/model_config.h"
#include "core/infer/generator.h"
#include "core/run/checkpoint.h"
#include "core/session/frame.h"
#include "core/session/token_reading.h"
#include "core/util/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace triptych {

/// Two models, or one with two settings, beside each other.
enum class PlayLane : std::uint8_t { A = 1, B };
inline constexpr PlayLane kPlayLanes[] = {PlayLane::A, PlayLane::B};

/// A text to go on from, with the defaults of `triptych generate`.
struct PlayRequest {
    std::string prompt;
    GenerationSettings settings{.sampling = {.temperature = 0.7, .seed = 1}};
};

/// Refuses what no text can be drawn with: temperature 0..100, top-p 0..1, top-k from 0, at least one new token, a
/// prompt that is not empty.
Status check_request(const PlayRequest& request);

/// The model of a lane.
struct PlayModel {
    std::string checkpoint; ///< its folder
    std::int64_t step = -1; ///< how long it was trained; -1: the folder does not tell
    double parameters = 0;
    std::string tokenizer; ///< its name
    ModelConfig config;
    std::vector<std::string> notes; ///< what a user should know about the files
};

struct PlayToken {
    std::int64_t position = 0; ///< in the text, the prompt's first token is 0
    std::int32_t token = 0;
    std::string text;  ///< for display, see Tokenizer::token_text()
    std::string piece; ///< what it adds to the text; empty while a character is not whole
    bool from_prompt = false;
    // Of tokens that the model chose:
    float probability = 0;           ///< the model's own, before temperature, top-p and top-k
    std::vector<Guess> alternatives; ///< the likeliest at this place, best first
    /// What the first MTP module expected here, before the token before this one was read; nothing without MTP and for
    /// the first token.
    std::optional<Guess> draft;
};

enum class PlayEnd : std::uint8_t {
    Length = 1, ///< as many tokens as were asked for
    EndToken,   ///< the model ended the text
    Full,       ///< no position is left
    Stopped,
};

namespace play {
// Commands.
/// A checkpoint folder, or that of a run for its newest checkpoint. Ends what the lane writes.
struct Load {
    PlayLane lane = PlayLane::A;
    std::string folder;
};
struct Unload {
    PlayLane lane = PlayLane::A;
};
/// Ends what the lane writes and begins a new text.
struct Generate {
    PlayLane lane = PlayLane::A;
    PlayRequest request;
};
struct Stop {
    PlayLane lane = PlayLane::A;
};
/// Which checkpoints a run has.
struct List {
    std::string run_folder;
};

// Events.
struct Loaded {
    PlayLane lane = PlayLane::A;
    PlayModel model;
};
struct Unloaded {
    PlayLane lane = PlayLane::A;
};
struct Began {
    PlayLane lane = PlayLane::A;
    PlayRequest request;
    std::vector<PlayToken> prompt;
};
struct Chose {
    PlayLane lane = PlayLane::A;
    PlayToken token;
};
/// Of one token after the other, the prompt's too, each soon after it is there.
struct Read {
    PlayLane lane = PlayLane::A;
    std::int64_t position = 0;
    TokenReading reading;
};
struct Ended {
    PlayLane lane = PlayLane::A;
    PlayEnd why = PlayEnd::Length;
};
/// A command that was not obeyed, or a text that could not go on. `loading`: it was about the checkpoint.
struct Refused {
    PlayLane lane = PlayLane::A;
    Error error;
    bool loading = false;
};
struct Listed {
    std::string run_folder;
    std::vector<StoredCheckpoint> checkpoints; ///< the newest first
};
} // namespace play

using PlayCommand = std::variant<play::Load, play::Unload, play::Generate, play::Stop, play::List>;
using PlayEvent = std::variant<play::Loaded, play::Unloaded, play::Began, play::Chose, play::Read, play::Ended,
                               play::Refused, play::Listed>;

/// How far a lane is; the latest wins.
struct PlayProgress {
    std::int64_t prompt_tokens = 0;
    std::int64_t prompt_read = 0;
    std::int64_t tokens = 0; ///< new ones
    double seconds = 0;      ///< this lane's work for them, without waiting for the other lane and without the prompt
    bool writing = false;

    double tokens_per_second() const { return seconds > 0 ? static_cast<double>(tokens) / seconds : 0; }
};

} // namespace triptych
