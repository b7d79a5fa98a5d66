// Texts and what is measured around them.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bench/decode_bench.h"

#include "core/bench/bench_source.h"
#include "core/train/read_bandwidth.h"
#include "core/config/parameter_count.h"
#include "core/infer/generator.h"
#include "core/infer/loaded_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace triptych {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::int64_t kPromptTokens = 32;
constexpr std::int64_t kNewTokens = 128;

/// Texts of one length, from one prompt, with or without an observer.
class Writer {
public:
    Writer(LoadedModel& model, std::int64_t prompt_tokens, std::int64_t new_tokens)
        : m_stream(model.stream()),
          m_generator(model.model(), model.params(), model.stream(), prompt_tokens + new_tokens),
          m_prompt(bench_tokens(model.config().vocab_size, prompt_tokens, 0)), m_settings{
                                                                                   .sampling = {.temperature = 0},
                                                                                   .max_new_tokens = new_tokens}
    {}

    /// Seconds a token.
    double write()
    {
        const Generation text = m_generator.generate(m_prompt, m_settings);
        m_different = static_cast<std::int64_t>(std::set(text.tokens.begin(), text.tokens.end()).size());
        return text.seconds / static_cast<double>(text.forward_passes);
    }
    /// In the last text.
    std::int64_t different_tokens() const { return m_different; }
    /// Of a token.
    OpProfile observe()
    {
        m_stream.set_observer(&m_times);
        std::int64_t tokens = 0;
        const Generation text = m_generator.generate(m_prompt, m_settings, [&](std::int32_t) {
            if (tokens++ == 0) m_times.start(); // what the prompt took is not decoding
            return true;
        });
        m_times.stop();
        m_stream.set_observer(nullptr);
        return m_times.profile().scaled(1 / static_cast<double>(text.forward_passes));
    }

private:
    Stream& m_stream;
    Generator m_generator;
    std::vector<std::int32_t> m_prompt;
    GenerationSettings m_settings;
    OpTimes m_times;
    std::int64_t m_different = 0;
};

/// The model, with an end token that it never writes: every text has the same length.
Result<std::unique_ptr<LoadedModel>> endless_model(const RunSetup& setup)
{
    const std::string& precision = setup.train.precision;
    if (precision != "f32" && precision != "bf16")
        return Error{fmt::format("generation in precision \"{}\" is not possible in this version", precision),
                     "Use --precision f32 or bf16."};
    if (setup.model.max_position_embeddings < 2)
        return Error{"the model has a single position (max_position_embeddings), which leaves no room for a new token",
                     "Choose a model with more positions."};
    ModelConfig config = setup.model;
    config.eos_token_id = -1;
    config.max_position_embeddings = std::min(config.max_position_embeddings, kPromptTokens + kNewTokens);
    return LoadedModel::create(config, static_cast<std::uint64_t>(setup.train.seed),
                               static_cast<int>(setup.train.threads), precision_of(precision).narrow);
}

} // namespace

double active_weight_bytes(const ModelConfig& config, DType dtype)
{
    const ParameterCount count = count_parameters(config);
    const std::int64_t read = count.active - (config.tie_word_embeddings ? 0 : count.embedding);
    return static_cast<double>(read) * static_cast<double>(size_of(dtype));
}

Result<DecodeBench> bench_decoding(const BenchRequest& request, const BenchProgress& progress)
{
    BenchRequest resolved = request;
    if (resolved.precision == "auto") resolved.precision = "f32";
    const auto setup = bench_setup(resolved);
    if (!setup) return setup.error();
    const auto model = endless_model(*setup);
    if (!model) return model.error();
    const std::int64_t positions = (*model)->config().max_position_embeddings;
    DecodeBench result;
    result.precision = setup->train.precision;
    result.threads = setup->train.threads;
    result.prompt_tokens = std::min(kPromptTokens, positions / 2);
    result.new_tokens = std::min(kNewTokens, positions - result.prompt_tokens);
    result.weight_bytes = active_weight_bytes(setup->model, precision_of(result.precision).narrow);

    Writer writer(**model, result.prompt_tokens, result.new_tokens);
    const ReadBandwidth memory(static_cast<int>(result.threads));
    if (progress) progress(0);
    writer.write(); // the first text takes memory and makes the kernels

    const Repetition repetition{.asked = request.repetitions, .seconds = 10, .least = 5, .most = 100};
    const auto start = Clock::now();
    std::vector<double> seconds;
    std::vector<double> rates;
    std::vector<OpProfile> profiles;
    for (double share = 0; share < 1;) {
        rates.push_back(memory.measure());
        seconds.push_back(writer.write());
        if (seconds.size() % 2 == 1) profiles.push_back(writer.observe());
        share = repetition.share_done(static_cast<std::int64_t>(seconds.size()), seconds_since(start));
        if (progress) progress(share);
    }
    rates.push_back(memory.measure());
    result.different_tokens = writer.different_tokens();
    result.texts = static_cast<std::int64_t>(seconds.size());
    result.token_seconds = spread_of(std::move(seconds));
    result.read_bandwidth = spread_of(std::move(rates));
    result.profile = median_profile(std::move(profiles));
    return result;
}

} // namespace triptych
