// The attention of a text far longer than the probe text, read with a checkpoint on a thread of its own.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/frame_box.h"
#include "core/session/attention_tiles.h"
#include "core/session/head_pictures.h"
#include "core/util/result.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace triptych {

/// What is read: a text, and of one head every weight.
struct LongTextRequest {
    std::string folder;     ///< of a checkpoint, or of a run
    std::string text;       ///< "<bos>" begins a document, as in prompts
    std::int64_t layer = 0; ///< of the main model; beyond it the last one, likewise the head
    std::int64_t head = 0;
    std::int64_t until = -1; ///< of a run the newest checkpoint at or before this step; -1, or none: the newest
};

/// Known before the first query is read, and the same for all heads.
struct LongText {
    static constexpr std::int64_t kMostTokens = 4096;

    std::string checkpoint;               ///< its folder
    std::int64_t step = -1;               ///< how long it was trained; -1: the folder does not tell
    std::vector<std::int32_t> tokens;     ///< as many as are read
    std::vector<std::string> token_texts; ///< for display
    std::int64_t whole_tokens = 0;        ///< of the text; above tokens.size() where it was cut
    std::int64_t most_tokens = 0;         ///< what the model and this program read at most
    std::int64_t layers = 0;              ///< of the main model
    std::int64_t heads = 0;
};

/// How far a reading is. Values; the tiles fill while it goes on.
struct LongAttention {
    enum class State : std::uint8_t { Loading = 1, Reading, Done, Failed };

    std::uint64_t ticket = 0; ///< of the request
    State state = State::Loading;
    std::int64_t read = 0;                ///< queries
    std::shared_ptr<const LongText> text; ///< null while loading
    std::int64_t layer = 0;               ///< of the tiles
    std::int64_t head = 0;
    std::shared_ptr<const AttentionTiles> tiles;  ///< null while loading
    std::shared_ptr<const HeadPictures> pictures; ///< of all heads; null until a text was read to its end once
    std::optional<Error> error;                   ///< where it failed
};

/// One thread asks; any may look at the progress. The destructor ends what is read within a piece of 256 queries, and
/// joins; a checkpoint that is being loaded is loaded to its end first. Like the playground it takes one CPU thread, and
/// lets a training go before.
class LongAttentionReader {
public:
    static constexpr std::int64_t kPiece = AttentionTiles::kTile; ///< queries a pass

    /// memory_bytes: what the program may hold in all; 0: what the machine has.
    explicit LongAttentionReader(std::int64_t memory_bytes = 0);
    ~LongAttentionReader();
    LongAttentionReader(const LongAttentionReader&) = delete;
    LongAttentionReader& operator=(const LongAttentionReader&) = delete;

    /// Ends what is read and reads this instead. Another head of the same text with the same checkpoint keeps model and
    /// pictures.
    std::uint64_t read(LongTextRequest request);
    /// Ends what is read and lets go of model and text.
    void close();
    /// The newest state of the newest request that has begun; null before the first and after close().
    const FrameBox<LongAttention>& progress() const;

private:
    class Worker;
    std::unique_ptr<Worker> m_worker;
};

} // namespace triptych
