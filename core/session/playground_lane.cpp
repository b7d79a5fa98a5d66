// Loading a checkpoint beside whatever else the program holds, and writing with it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/playground_lane.h"

#include "core/config/parameter_count.h"
#include "core/cost/memory.h"
#include "core/formats/tokenizer_json.h"
#include "core/infer/prompt.h"
#include "core/session/best_guesses.h"
#include "core/util/system_memory.h"

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <utility>

namespace triptych {

namespace {

/// A pass over one token is short: threads would wait for each other, and for those of a training, more than they work.
constexpr int kThreads = 1;
/// Room for a text that is counted when a checkpoint is loaded; longer ones are counted when they begin.
constexpr std::int64_t kUsualPositions = 512;

double seconds_since(std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::span<const float> values(ConstView<1> logits)
{
    return {logits.as<float>(), static_cast<std::size_t>(logits.size(0))};
}

Status out_of_range(const char* what, const std::string& value, const char* range)
{
    return Error{fmt::format("{} is {}, which is not {}", what, value, range),
                 fmt::format("Choose {} {}.", what, range)};
}

} // namespace

Status check_request(const PlayRequest& request)
{
    const SamplingSettings& sampling = request.settings.sampling;
    if (!(sampling.temperature >= 0 && sampling.temperature <= 100))
        return out_of_range("temperature", fmt::format("{}", sampling.temperature), "between 0 and 100");
    if (!(sampling.top_p >= 0 && sampling.top_p <= 1))
        return out_of_range("top-p", fmt::format("{}", sampling.top_p), "between 0 and 1");
    if (sampling.top_k < 0) return out_of_range("top-k", fmt::format("{}", sampling.top_k), "0 or more");
    if (request.settings.max_new_tokens < 1)
        return out_of_range("the number of new tokens", fmt::format("{}", request.settings.max_new_tokens),
                            "1 or more");
    if (request.prompt.empty())
        return Error{"the prompt is empty", "Give at least one character; \"<bos>\" begins a new document."};
    return {};
}

/// The text under way, or the one that ended last.
struct PlaygroundLane::Text {
    Text(const PlayRequest& r, const Tokenizer& t, std::int64_t layers) : request(r), decoder(t), probe(layers) {}

    PlayRequest request;
    StreamingDecoder decoder;
    ReadingProbe probe;
    PlayProgress progress;
    std::int64_t told = 0; ///< readings, which is the position of the next
    bool drafts = false;
    bool cut = false;           ///< fewer tokens than were asked for have room
    std::optional<Guess> draft; ///< of the token to be chosen
};

PlaygroundLane::PlaygroundLane(PlayLane lane, std::int64_t memory_bytes, std::function<void(PlayEvent)> tell)
    : m_lane(lane), m_memory_bytes(memory_bytes > 0 ? memory_bytes : system_memory_bytes()), m_tell(std::move(tell))
{}
PlaygroundLane::~PlaygroundLane() = default;

void PlaygroundLane::load(const std::string& folder)
{
    stop();
    m_text.reset();
    m_model.reset(); // two models of one lane need not fit beside each other
    m_tokenizer.reset();
    show_progress();
    if (const Status opened = open(folder); !opened) {
        m_model.reset();
        m_tell(play::Refused{.lane = m_lane, .error = opened.error(), .loading = true});
    } else {
        m_tell(play::Loaded{m_lane, m_description});
    }
}

void PlaygroundLane::unload()
{
    stop();
    m_text.reset();
    m_model.reset();
    m_tokenizer.reset();
    show_progress();
    m_tell(play::Unloaded{m_lane});
}

Status PlaygroundLane::open(const std::string& folder)
{
    const auto found = find_checkpoint(folder);
    if (!found) return found.error();
    std::error_code ignored;
    if (!std::filesystem::exists(*found, ignored))
        return Error{"the checkpoint " + found->string() + " is not there any more",
                     "Choose another one: a run removes old checkpoints, and folders can be moved."};
    const auto files = HfCheckpoint::open(*found);
    if (!files) return files.error();
    PlayModel model;
    model.checkpoint = files->folder().string();
    if (std::filesystem::exists(files->folder() / "triptych" / "train_state.json", ignored)) {
        const auto state = read_train_state(*files);
        if (!state) return state.error();
        model.step = state->progress.step;
    }
    model.config = held_config(*files);
    model.parameters = estimated_parameters(model.config);
    if (const Status fits =
            check_memory(model.config, std::min(kUsualPositions, model.config.max_position_embeddings), 0);
        !fits)
        return fits;
    auto tokenizer = read_tokenizer(files->folder());
    if (!tokenizer) return tokenizer.error();
    if (const auto fits = encode_prompt("a", **tokenizer, model.config); !fits) return fits.error();
    auto loaded = LoadedModel::open(*found, DType::F32, kThreads);
    if (!loaded) return loaded.error();
    m_model = loaded.take();
    m_tokenizer = tokenizer.take();
    model.tokenizer = m_tokenizer->name();
    model.notes = m_model->notes();
    m_description = std::move(model);
    return {};
}

Status PlaygroundLane::check_memory(const ModelConfig& config, std::int64_t positions, std::int64_t loaded_bytes) const
{
    if (m_memory_bytes <= 0) return {};
    const auto weights = static_cast<std::int64_t>(estimated_parameters(config) * sizeof(float));
    std::int64_t need = weights;
    if (weights <= m_memory_bytes) { // the tensors of a model far too large are not even listed
        const auto planned = decoding_memory(config, positions);
        if (!planned) return planned.error();
        need = planned->total();
    }
    const std::int64_t held = std::max<std::int64_t>(resident_bytes() - loaded_bytes, 0);
    if (held + need <= m_memory_bytes) return {};
    return Error{fmt::format("to write {} tokens with this model takes {} of memory; the program holds {} already, and "
                             "this machine has {}",
                             positions, bytes_text(need), bytes_text(held), bytes_text(m_memory_bytes)),
                 "Empty the other lane, ask for fewer tokens, stop the training, or choose a smaller model."};
}

void PlaygroundLane::generate(const PlayRequest& request)
{
    stop();
    if (const Status begun = begin(request); !begun) {
        m_generator.reset();
        m_tell(play::Refused{.lane = m_lane, .error = begun.error()});
    }
}

Status PlaygroundLane::begin(const PlayRequest& request)
{
    if (!m_model) return Error{"this lane has no model", "Choose a checkpoint first."};
    if (const Status sound = check_request(request); !sound) return sound;
    const ModelConfig& config = m_model->config();
    const auto prompt = encode_prompt(request.prompt, *m_tokenizer, config);
    if (!prompt) return prompt.error();
    const auto length = static_cast<std::int64_t>(prompt->size());
    const std::int64_t capacity =
        length + std::min(request.settings.max_new_tokens, config.max_position_embeddings - length);
    const auto weights = static_cast<std::int64_t>(m_description.parameters * sizeof(float));
    if (const Status fits = check_memory(config, capacity, weights); !fits) return fits;

    m_text = std::make_unique<Text>(request, *m_tokenizer, config.num_hidden_layers);
    m_text->request.settings.max_new_tokens = capacity - length;
    m_text->cut = capacity - length < request.settings.max_new_tokens;
    m_text->drafts = config.num_nextn_predict_layers > 0;
    m_text->progress = {.prompt_tokens = length, .writing = true};
    m_generator = std::make_unique<Generator>(m_model->model(), m_model->params(), m_model->stream(), capacity,
                                              m_text->drafts ? Drafting::Yes : Drafting::No);
    m_generator->begin(*prompt, m_text->request.settings, &m_text->probe);
    play::Began began{.lane = m_lane, .request = request, .prompt = {}};
    for (std::int64_t i = 0; i < length; ++i) {
        began.prompt.push_back(shown((*prompt)[static_cast<std::size_t>(i)], i));
        began.prompt.back().from_prompt = true;
    }
    m_tell(std::move(began));
    show_progress();
    return {};
}

PlayToken PlaygroundLane::shown(TokenId token, std::int64_t position)
{
    PlayToken result;
    result.position = position;
    result.token = token;
    result.text = m_tokenizer->token_text(token);
    result.piece = m_text->decoder.push(token);
    return result;
}

void PlaygroundLane::step()
{
    if (m_text->progress.prompt_read < m_text->progress.prompt_tokens)
        read_prompt();
    else
        choose();
}

void PlaygroundLane::read_prompt()
{
    PlayProgress& progress = m_text->progress;
    const bool more = m_generator->read_prompt();
    progress.prompt_read = more ? progress.prompt_read + Generator::kChunk : progress.prompt_tokens;
    tell_readings();
    show_progress();
}

void PlaygroundLane::choose()
{
    Text& text = *m_text;
    const auto start = std::chrono::steady_clock::now();
    const auto token = m_generator->choose();
    if (!token) return finish(PlayEnd::EndToken);
    PlayToken chosen = shown(*token, text.progress.prompt_tokens + text.progress.tokens);
    chosen.probability = probability_of(values(m_generator->logits()), *token);
    chosen.alternatives = best_guesses(values(m_generator->logits()), *m_tokenizer);
    chosen.draft = std::exchange(text.draft, std::nullopt);
    m_tell(play::Chose{m_lane, std::move(chosen)});
    ++text.progress.tokens;
    const bool enough = text.progress.tokens >= text.request.settings.max_new_tokens;
    if (!enough && text.drafts) text.draft = best_guesses(values(m_generator->draft(*token)), *m_tokenizer, 1).front();
    m_generator->append(*token); // the last one too, so that its experts can be seen; there is a place for each
    tell_readings();
    text.progress.seconds += seconds_since(start);
    if (enough) return finish(text.cut ? PlayEnd::Full : PlayEnd::Length);
    show_progress();
}

void PlaygroundLane::tell_readings()
{
    for (TokenReading& reading : m_text->probe.take_readings())
        m_tell(play::Read{m_lane, m_text->told++, std::move(reading)});
}

void PlaygroundLane::finish(PlayEnd why)
{
    m_generator.reset();
    m_text->progress.writing = false;
    show_progress();
    m_tell(play::Ended{m_lane, why});
}

void PlaygroundLane::stop()
{
    if (writes()) finish(PlayEnd::Stopped);
}

void PlaygroundLane::abandon(const Error& error)
{
    m_generator.reset();
    if (m_text) m_text->progress.writing = false;
    show_progress();
    m_tell(play::Refused{.lane = m_lane, .error = error, .loading = m_model == nullptr});
}

void PlaygroundLane::show_progress()
{
    m_progress.put(m_text ? std::make_shared<const PlayProgress>(m_text->progress)
                          : std::make_shared<const PlayProgress>());
}

} // namespace triptych
