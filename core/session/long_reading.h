// One long text read once by a model in pieces: every weight of one head, pictures of all heads.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/infer/loaded_model.h"
#include "core/session/attention_tiles.h"
#include "core/session/head_pictures.h"

#include <functional>
#include <span>

namespace triptych {

/// The small pictures of a long text.
class LongPictures final : public HeadPictures {
public:
    LongPictures(std::int64_t layers, std::int64_t heads, std::int64_t tokens);

    std::int64_t layers() const override { return m_layers; }
    std::int64_t heads() const override { return m_heads; }
    HeadThumbnail thumbnail(std::int64_t layer, std::int64_t head) const override;
    HeadHabits habits(std::int64_t layer, std::int64_t head) const override;

    /// The weights of a query of a head on keys 0 to query; each once.
    void add(std::int64_t layer, std::int64_t head, std::int64_t query, std::span<const float> weights);
    static std::int64_t bytes(std::int64_t layers, std::int64_t heads, std::int64_t tokens);

private:
    std::size_t index(std::int64_t layer, std::int64_t head) const
    {
        return static_cast<std::size_t>(layer * m_heads + head);
    }

    std::int64_t m_layers;
    std::int64_t m_heads;
    std::int64_t m_pool;
    std::vector<HeadThumbnail> m_thumbnails;
    std::vector<HabitCounter> m_counters;
};

/// What one reading fills. Pictures may be null: they are known already.
struct LongTarget {
    std::int64_t layer = 0;
    std::int64_t head = 0;
    AttentionTiles* tiles = nullptr;
    LongPictures* pictures = nullptr;
};

/// Queries from the first to the last, `piece` of them a pass, with the latents of those before in a cache. `go_on` is
/// asked after each pass with the number of queries read so far; false ends the reading. Replans the model. Throws what
/// ops throw.
void read_long_text(LoadedModel& model, std::span<const std::int32_t> tokens, std::int64_t piece,
                    const LongTarget& target, const std::function<bool(std::int64_t read)>& go_on);

/// Bytes that such a reading holds beside the weights, tiles and pictures counted too.
Result<std::int64_t> long_text_bytes(const ModelConfig& config, std::int64_t tokens);

} // namespace triptych
