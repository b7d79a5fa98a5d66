// The thread that reads long texts: the newest request wins, and what the one before left is used again.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/long_attention.h"

#include "core/config/parameter_count.h"
#include "core/cost/memory.h"
#include "core/formats/tokenizer_json.h"
#include "core/infer/prompt.h"
#include "core/run/checkpoint.h"
#include "core/session/long_reading.h"
#include "core/util/request_box.h"
#include "core/util/system_memory.h"
#include "core/util/thread_priority.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <thread>
#include <utility>

namespace triptych {

namespace {

constexpr int kThreads = 1; ///< those of a training keep the cores

/// A run's checkpoint that a request means; any other folder as it is.
std::string folder_of(const LongTextRequest& request)
{
    if (request.until >= 0)
        for (const StoredCheckpoint& stored : list_checkpoints(request.folder)) // the newest first
            if (stored.step <= request.until) return stored.path.string();
    return request.folder;
}

} // namespace

class LongAttentionReader::Worker {
public:
    explicit Worker(std::int64_t memory_bytes)
        : m_memory_bytes(memory_bytes > 0 ? memory_bytes : system_memory_bytes()),
          m_thread([this](const std::stop_token& stop) { loop(stop); })
    {}

    std::uint64_t post(std::optional<LongTextRequest> request)
    {
        const std::uint64_t ticket = ++m_newest;
        m_box.put({ticket, std::move(request)});
        return ticket;
    }
    const FrameBox<LongAttention>& progress() const { return m_progress; }

private:
    struct Asked {
        std::uint64_t ticket = 0;
        std::optional<LongTextRequest> request; ///< nothing: close
    };

    void loop(const std::stop_token& stop)
    {
        be_less_urgent();
        while (const std::optional<Asked> asked = m_box.take(stop)) {
            if (asked->request)
                obey(*asked->request, asked->ticket, stop);
            else
                forget();
        }
    }
    bool wanted(const std::stop_token& stop) const { return m_state.ticket == m_newest && !stop.stop_requested(); }

    void forget()
    {
        m_state = {};
        m_text.clear();
        m_model.reset();
        m_tokenizer.reset();
        m_folder.clear();
        m_progress.put(nullptr);
    }
    void tell(LongAttention::State state)
    {
        m_state.state = state;
        m_progress.put(std::make_shared<const LongAttention>(m_state));
    }
    void fail(Error error)
    {
        m_state.error = std::move(error);
        m_state.pictures.reset();
        tell(LongAttention::State::Failed);
    }

    /// The one place that catches what ops throw: shapes, devices, memory.
    void obey(const LongTextRequest& request, std::uint64_t ticket, const std::stop_token& stop)
    {
        try {
            const std::string folder = folder_of(request);
            // What is in memory needs no folder: a run removes old checkpoints.
            const bool loaded = m_model && m_state.text && m_folder == folder;
            const auto found = loaded ? Result<std::filesystem::path>(m_folder) : find_checkpoint(folder);
            const bool known = found && m_model && m_state.text && m_folder == *found && m_text == request.text;
            LongAttention state;
            state.ticket = ticket;
            if (known) {
                state.text = m_state.text;
                state.pictures = m_state.pictures;
            }
            m_state = std::move(state); // the tiles of the head before are let go of
            tell(LongAttention::State::Loading);
            if (!found) return fail(found.error());
            if (!known) {
                if (const Status prepared = prepare(*found, request.text); !prepared) return fail(prepared.error());
            }
            read(request, stop);
        } catch (const std::exception& e) {
            fail({std::string("the text cannot be read: ") + e.what(),
                  "This is a defect or a lack of memory: note the message. A training beside it goes on."});
        }
    }

    Status prepare(const std::filesystem::path& checkpoint, const std::string& text)
    {
        if (m_folder != checkpoint) {
            m_folder.clear();
            m_model.reset();
        }
        m_text.clear();
        const auto files = HfCheckpoint::open(checkpoint);
        if (!files) return files.error();
        auto made = std::make_shared<LongText>();
        made->checkpoint = files->folder().string();
        std::error_code ignored;
        if (std::filesystem::exists(files->folder() / "triptych" / "train_state.json", ignored)) {
            const auto state = read_train_state(*files);
            if (!state) return state.error();
            made->step = state->progress.step;
        }
        const ModelConfig config = held_config(*files);
        auto tokenizer = read_tokenizer(files->folder());
        if (!tokenizer) return tokenizer.error();
        m_tokenizer = tokenizer.take();
        if (const auto fits = encode_prompt("a", *m_tokenizer, config); !fits) return fits.error();
        if (const Status cut = take_tokens(*made, text, config); !cut) return cut;
        if (const Status fits = check_memory(config, static_cast<std::int64_t>(made->tokens.size())); !fits)
            return fits;
        if (!m_model) {
            auto loaded = LoadedModel::open(checkpoint, DType::F32, kThreads);
            if (!loaded) return loaded.error();
            m_model = loaded.take();
        }
        m_folder = checkpoint;
        m_text = text;
        m_state.text = std::move(made);
        return {};
    }

    Status take_tokens(LongText& made, const std::string& text, const ModelConfig& config) const
    {
        made.layers = config.num_hidden_layers;
        made.heads = config.num_attention_heads;
        made.most_tokens = std::min(LongText::kMostTokens, config.max_position_embeddings);
        made.tokens = m_tokenizer->encode(text, SpecialTokens::Parsed);
        made.whole_tokens = static_cast<std::int64_t>(made.tokens.size());
        if (made.tokens.empty()) return Error{"the text is empty", "Give at least one character."};
        if (made.whole_tokens > made.most_tokens) made.tokens.resize(static_cast<std::size_t>(made.most_tokens));
        for (const std::int32_t token : made.tokens) made.token_texts.push_back(m_tokenizer->token_text(token));
        return {};
    }

    Status check_memory(const ModelConfig& config, std::int64_t tokens) const
    {
        if (m_memory_bytes <= 0) return {};
        std::int64_t need = m_model ? 0 : static_cast<std::int64_t>(estimated_parameters(config) * sizeof(float));
        if (need <= m_memory_bytes) { // the tensors of a model far too large are not even listed
            const auto reading = long_text_bytes(config, tokens);
            if (!reading) return reading.error();
            need += *reading;
        }
        const std::int64_t held = std::max<std::int64_t>(resident_bytes(), 0);
        if (held + need <= m_memory_bytes) return {};
        return Error{fmt::format("to read {} tokens with this model takes {} of memory; the program holds {} already, "
                                 "and this machine has {}",
                                 tokens, bytes_text(need), bytes_text(held), bytes_text(m_memory_bytes)),
                     "Give a shorter text, stop the training, or choose a smaller model."};
    }

    void read(const LongTextRequest& request, const std::stop_token& stop)
    {
        const LongText& text = *m_state.text;
        const auto tokens = static_cast<std::int64_t>(text.tokens.size());
        m_state.layer = std::clamp<std::int64_t>(request.layer, 0, text.layers - 1);
        m_state.head = std::clamp<std::int64_t>(request.head, 0, text.heads - 1);
        if (!wanted(stop)) return;
        const auto tiles = std::make_shared<AttentionTiles>(tokens);
        const auto pictures =
            m_state.pictures ? nullptr : std::make_shared<LongPictures>(text.layers, text.heads, tokens);
        m_state.tiles = tiles;
        tell(LongAttention::State::Reading);
        read_long_text(*m_model, text.tokens, kPiece,
                       {.layer = m_state.layer, .head = m_state.head, .tiles = tiles.get(), .pictures = pictures.get()},
                       [&](std::int64_t queries) {
                           if (!wanted(stop)) return false;
                           m_state.read = queries;
                           if (queries < tokens) tell(LongAttention::State::Reading);
                           return true;
                       });
        if (!tiles->complete() || !wanted(stop)) return;
        if (pictures) m_state.pictures = pictures;
        tell(LongAttention::State::Done);
    }

    std::int64_t m_memory_bytes;
    RequestBox<Asked> m_box;
    std::atomic<std::uint64_t> m_newest{0}; ///< ticket
    FrameBox<LongAttention> m_progress;

    // Of the worker's thread.
    LongAttention m_state;
    std::string m_text;             ///< that m_state.text has the tokens of
    std::filesystem::path m_folder; ///< that m_model was loaded from
    std::unique_ptr<LoadedModel> m_model;
    std::unique_ptr<Tokenizer> m_tokenizer;

    std::jthread m_thread; // last: it starts when everything else is there, and is stopped and joined first
};

LongAttentionReader::LongAttentionReader(std::int64_t memory_bytes) : m_worker(std::make_unique<Worker>(memory_bytes))
{}
LongAttentionReader::~LongAttentionReader() = default;

std::uint64_t LongAttentionReader::read(LongTextRequest request)
{
    return m_worker->post(std::move(request));
}

void LongAttentionReader::close()
{
    m_worker->post(std::nullopt);
}

const FrameBox<LongAttention>& LongAttentionReader::progress() const
{
    return m_worker->progress();
}

} // namespace triptych
