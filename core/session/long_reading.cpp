// Passes over pieces, and what is kept of their weights.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/long_reading.h"

#include "core/cost/memory.h"
#include "core/infer/generator.h"

#include <algorithm>

namespace triptych {

LongPictures::LongPictures(std::int64_t layers, std::int64_t heads, std::int64_t tokens)
    : m_layers(layers), m_heads(heads), m_pool(thumbnail_pool(tokens)),
      m_thumbnails(static_cast<std::size_t>(layers * heads), empty_thumbnail(tokens)),
      m_counters(static_cast<std::size_t>(layers * heads))
{}

HeadThumbnail LongPictures::thumbnail(std::int64_t layer, std::int64_t head) const
{
    return m_thumbnails[index(layer, head)];
}

HeadHabits LongPictures::habits(std::int64_t layer, std::int64_t head) const
{
    return m_counters[index(layer, head)].habits();
}

void LongPictures::add(std::int64_t layer, std::int64_t head, std::int64_t query, std::span<const float> weights)
{
    pool_row(m_thumbnails[index(layer, head)], m_pool, query, weights);
    m_counters[index(layer, head)].add(weights);
}

std::int64_t LongPictures::bytes(std::int64_t layers, std::int64_t heads, std::int64_t tokens)
{
    const auto side = static_cast<std::int64_t>(empty_thumbnail(tokens).side);
    return layers * heads * (side * side + static_cast<std::int64_t>(sizeof(HeadThumbnail) + sizeof(HabitCounter)));
}

namespace {

/// Takes the weights of a piece's queries out of its pass.
class PieceProbe final : public Probe {
public:
    PieceProbe(const LongTarget& target, std::int64_t tokens, std::int64_t layers)
        : m_target(target), m_tokens(tokens), m_layers(layers)
    {}

    /// The next pass is over these queries.
    void begin(std::int64_t first, std::int64_t count)
    {
        m_first = first;
        m_rows.assign(static_cast<std::size_t>(count * m_tokens), 0.0F);
    }
    /// Of the target's head, [count, tokens].
    std::span<const float> rows() const { return m_rows; }

    bool wants(const Tap& tap) const override
    {
        return tap.point == TapPoint::Attention && tap.layer < m_layers && (m_target.pictures || is_target(tap));
    }
    void take(const Tap& tap, ConstView<2> view) override
    {
        for (std::int64_t r = 0; r < view.size(0); ++r) {
            const float* weights = view.as<float>() + r * view.row_stride();
            const std::int64_t query = m_first + r;
            const std::span<const float> seen(weights, static_cast<std::size_t>(query + 1));
            if (m_target.pictures) m_target.pictures->add(tap.layer, tap.head, query, seen);
            if (is_target(tap)) std::copy(seen.begin(), seen.end(), m_rows.begin() + r * m_tokens);
        }
    }

private:
    bool is_target(const Tap& tap) const { return tap.layer == m_target.layer && tap.head == m_target.head; }

    const LongTarget& m_target;
    std::int64_t m_tokens;
    std::int64_t m_layers;
    std::int64_t m_first = 0;
    std::vector<float> m_rows;
};

} // namespace

void read_long_text(LoadedModel& model, std::span<const std::int32_t> tokens, std::int64_t piece,
                    const LongTarget& target, const std::function<bool(std::int64_t read)>& go_on)
{
    const auto count = static_cast<std::int64_t>(tokens.size());
    const ModelConfig& config = model.config();
    Planner planner(PlanFor::Inference);
    const Slot<2> logits = Generator::plan(planner, model.model(), count);
    const Workspace workspace(model.stream().device(), planner);
    LatentCache cache(config, model.stream().device(), model.model().dtype(), count);
    PieceProbe probe(target, count, config.num_hidden_layers);
    Pass pass{.stream = model.stream(), .workspace = workspace, .params = model.params()};
    pass.cache = &cache;
    pass.form = AttentionForm::Materialized; // the one whose weights can be seen
    pass.probe = &probe;
    for (std::int64_t first = 0; first < count; first += piece) {
        const std::int64_t queries = std::min(piece, count - first);
        probe.begin(first, queries);
        model.model().decode(pass, tokens.subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(queries)),
                             workspace.at(logits));
        if (const Status added = target.tiles->append(probe.rows()); !added)
            throw std::invalid_argument("read_long_text: " + added.error().what);
        if (!go_on(first + queries)) return;
    }
}

Result<std::int64_t> long_text_bytes(const ModelConfig& config, std::int64_t tokens)
{
    const auto decoding = decoding_memory(config, tokens);
    if (!decoding) return decoding.error();
    const std::int64_t levels = tokens * tokens + tokens * tokens / 3;
    const std::int64_t rows = std::min(tokens, Generator::kChunk) * tokens * static_cast<std::int64_t>(sizeof(float));
    return decoding->activations + decoding->cache + levels + rows +
           LongPictures::bytes(config.num_hidden_layers, config.num_attention_heads, tokens);
}

} // namespace triptych
