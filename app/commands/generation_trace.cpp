// Gathers the taps of a pass, then writes one line a token.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/generation_trace.h"

#include "core/util/atomic_file.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <map>
#include <string>
#include <vector>

namespace triptych {

namespace {

using Json = nlohmann::ordered_json;

struct TracedToken {
    TokenId id = 0;
    bool from_prompt = false;
};

/// A copy of a view's rows.
template <class T>
std::vector<std::vector<T>> rows_of(ConstView<2> view)
{
    std::vector<std::vector<T>> rows;
    for (std::int64_t r = 0; r < view.size(0); ++r) {
        const T* row = view.as<T>() + r * view.row_stride();
        rows.emplace_back(row, row + view.size(1));
    }
    return rows;
}

/// Six decimals: more would be noise of F32, and the file is long enough.
double rounded(float value)
{
    return std::round(static_cast<double>(value) * 1e6) / 1e6;
}

} // namespace

struct GenerationTrace::State {
    State(AtomicFile out, const Tokenizer& t, std::int64_t l, std::int64_t h)
        : file(std::move(out)), tokenizer(t), layers(l), heads(h)
    {}

    AtomicFile file;
    const Tokenizer& tokenizer;
    std::int64_t layers;
    std::int64_t heads;
    std::vector<TracedToken> tokens; ///< all so far
    std::size_t written = 0;         ///< of these
    Status status;

    // Of the pass under way.
    std::map<std::int64_t, std::vector<std::vector<std::int32_t>>> experts; ///< [layer][token][K]
    std::map<std::int64_t, std::vector<std::vector<float>>> weights;        ///< [layer][token][K]
    std::map<std::pair<std::int64_t, std::int64_t>, std::vector<std::vector<float>>>
        attention; ///< [layer, head][token][key]
};

Result<std::unique_ptr<GenerationTrace>> GenerationTrace::create(const std::filesystem::path& path,
                                                                 const Tokenizer& tokenizer, std::int64_t layers,
                                                                 std::int64_t heads)
{
    auto file = AtomicFile::create(path);
    if (!file) return file.error();
    return std::unique_ptr<GenerationTrace>(
        new GenerationTrace(std::make_unique<State>(file.take(), tokenizer, layers, heads)));
}

GenerationTrace::GenerationTrace(std::unique_ptr<State> state) : m_state(std::move(state)) {}
GenerationTrace::~GenerationTrace() = default;

void GenerationTrace::add_token(TokenId token, bool from_prompt)
{
    m_state->tokens.push_back({token, from_prompt});
}

bool GenerationTrace::wants(const Tap& tap) const
{
    return tap.point == TapPoint::Attention || tap.point == TapPoint::RouterExperts ||
           tap.point == TapPoint::RouterWeights;
}

void GenerationTrace::take(const Tap& tap, ConstView<2> view)
{
    State& s = *m_state;
    // The first tap of the first layer begins a pass.
    if (tap.point == TapPoint::Attention && tap.layer == 0 && tap.head == 0) write_pass();
    if (tap.point == TapPoint::Attention) s.attention[{tap.layer, tap.head}] = rows_of<float>(view);
    if (tap.point == TapPoint::RouterExperts) s.experts[tap.layer] = rows_of<std::int32_t>(view);
    if (tap.point == TapPoint::RouterWeights) s.weights[tap.layer] = rows_of<float>(view);
}

void GenerationTrace::write_pass()
{
    State& s = *m_state;
    const std::size_t count = s.attention.empty() ? 0 : s.attention.begin()->second.size();
    for (std::size_t t = 0; t < count && s.written < s.tokens.size(); ++t, ++s.written) {
        const TracedToken& token = s.tokens[s.written];
        Json line = {
            {"position", s.written},       {"token", token.id},       {"text", s.tokenizer.token_text(token.id)},
            {"prompt", token.from_prompt}, {"routes", Json::array()}, {"attention", Json::array()}};
        for (const auto& [layer, experts] : s.experts) {
            Json weights = Json::array();
            for (const float weight : s.weights[layer][t]) weights.push_back(rounded(weight));
            line["routes"].push_back({{"layer", layer}, {"experts", experts[t]}, {"weights", std::move(weights)}});
        }
        for (std::int64_t layer = 0; layer < s.layers; ++layer) {
            Json heads = Json::array();
            for (std::int64_t head = 0; head < s.heads; ++head) {
                const auto& row = s.attention[{layer, head}][t];
                Json keys = Json::array();
                for (std::size_t key = 0; key <= s.written; ++key) keys.push_back(rounded(row[key]));
                heads.push_back(std::move(keys));
            }
            line["attention"].push_back(std::move(heads));
        }
        const std::string text = line.dump() + "\n";
        if (s.status) s.status = s.file.write(text.data(), text.size());
    }
    s.experts.clear();
    s.weights.clear();
    s.attention.clear();
}

Status GenerationTrace::finish()
{
    write_pass();
    return m_state->status ? m_state->file.commit() : m_state->status;
}

} // namespace triptych
