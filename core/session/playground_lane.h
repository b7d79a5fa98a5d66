// One lane of the playground: a model, and the text it writes, a pass at a time.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/tokenizer.h"
#include "core/infer/generator.h"
#include "core/infer/loaded_model.h"
#include "core/run/frame_box.h"
#include "core/session/playground_message.h"

#include <functional>
#include <memory>

namespace triptych {

/// Of one thread, but for progress(). Events go to `tell`. What throws in step() or generate() ends by abandon().
class PlaygroundLane {
public:
    /// memory_bytes: what the program may hold in all; 0: what the machine has.
    PlaygroundLane(PlayLane lane, std::int64_t memory_bytes, std::function<void(PlayEvent)> tell);
    ~PlaygroundLane();

    void load(const std::string& folder);
    void unload();
    void generate(const PlayRequest& request);
    /// Ends the text under way, if there is one.
    void stop();
    /// The text ends with an error, the model stays.
    void abandon(const Error& error);

    bool writes() const { return m_generator != nullptr; }
    /// One pass: a piece of the prompt, or one token.
    void step();

    const FrameBox<PlayProgress>& progress() const { return m_progress; }

private:
    struct Text;

    Status open(const std::string& folder);
    Status check_memory(const ModelConfig& config, std::int64_t positions, std::int64_t loaded_bytes) const;
    Status begin(const PlayRequest& request);
    void read_prompt();
    void choose();
    void tell_readings();
    void finish(PlayEnd why);
    void show_progress();
    PlayToken shown(TokenId token, std::int64_t position);

    PlayLane m_lane;
    std::int64_t m_memory_bytes;
    std::function<void(PlayEvent)> m_tell;
    FrameBox<PlayProgress> m_progress;

    PlayModel m_description;
    std::unique_ptr<LoadedModel> m_model;
    std::unique_ptr<Tokenizer> m_tokenizer;
    std::unique_ptr<Text> m_text;
    std::unique_ptr<Generator> m_generator; ///< while a text is written
};

} // namespace triptych
