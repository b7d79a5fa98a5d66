// triptych generate: a checkpoint continues a text, with the latent cache.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/command_catalog.h"
#include "app/commands/generation_trace.h"
#include "app/commands/options.h"
#include "app/console/numbers.h"
#include "app/console/stop_signal.h"
#include "core/formats/tokenizer_json.h"
#include "core/infer/generator.h"
#include "core/infer/loaded_model.h"
#include "core/infer/prompt.h"
#include "core/run/checkpoint.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <memory>

namespace triptych {

namespace {

struct GenerateOptions {
    std::string checkpoint;
    std::string prompt;
    GenerationSettings settings{.sampling = {.temperature = 0.7, .seed = 1}};
    std::string attention = "absorbed";
    std::string precision = "f32";
    bool speculative = false;
    std::string trace;
    Format format = Format::Text;
};

/// Shows the text as it comes. On a terminal nothing in it may steer the terminal.
class TextStream {
public:
    explicit TextStream(const Tokenizer& tokenizer) : m_decoder(tokenizer), m_terminal(is_terminal()) {}

    bool push(TokenId token) { return show(m_decoder.push(token)); }
    void finish() { show(m_decoder.finish() + "\n"); }
    bool show(const std::string& text) { return print_now(m_terminal ? printable(text) : text); }

private:
    StreamingDecoder m_decoder;
    bool m_terminal;
};

double tokens_per_second(const Generation& generation)
{
    return generation.seconds > 0 ? static_cast<double>(generation.tokens.size()) / generation.seconds : 0;
}

void show_json(const Generation& generation, std::size_t prompt_tokens, const Tokenizer& tokenizer)
{
    print(nlohmann::ordered_json{{"text", tokenizer.decode(generation.tokens)},
                                 {"tokens", generation.tokens.size()},
                                 {"prompt_tokens", prompt_tokens},
                                 {"tokens_per_second", tokens_per_second(generation)},
                                 {"draft_proposed", 0},
                                 {"draft_accepted", 0}}
              .dump() +
          "\n");
}

void show_summary(const Generation& generation, std::size_t prompt_tokens)
{
    remark(fmt::format("{} tokens after {} of the prompt in {:.2f} s, {} tokens/s", generation.tokens.size(),
                       prompt_tokens, generation.seconds, count_text(tokens_per_second(generation))));
}

ExitCode generate(const GenerateOptions& options)
{
    if (options.speculative)
        return report({"--speculative is not possible in this version: it decodes one token at a time",
                       "Leave out --speculative; drafting with the MTP module is planned."});
    const auto checkpoint = find_checkpoint(options.checkpoint);
    if (!checkpoint) return report(checkpoint.error());
    const auto model = LoadedModel::open(*checkpoint, precision_of(options.precision).narrow);
    if (!model) return report(model.error());
    for (const std::string& note : (*model)->notes()) remark("note: " + note);
    const auto tokenizer = read_tokenizer(*checkpoint);
    if (!tokenizer) return report(tokenizer.error());
    const ModelConfig& config = (*model)->config();
    const auto prompt = encode_prompt(options.prompt, **tokenizer, config);
    if (!prompt) return report(prompt.error());

    std::unique_ptr<GenerationTrace> trace;
    if (!options.trace.empty()) {
        auto created =
            GenerationTrace::create(options.trace, **tokenizer, config.num_hidden_layers, config.num_attention_heads);
        if (!created) return report(created.error());
        trace = created.take();
        for (const TokenId token : *prompt) trace->add_token(token, true);
    }
    GenerationSettings settings = options.settings;
    settings.form = options.attention == "naive" ? AttentionForm::Materialized : AttentionForm::Absorbed;
    const auto room = config.max_position_embeddings - static_cast<std::int64_t>(prompt->size());
    settings.max_new_tokens = std::min(settings.max_new_tokens, room);
    Generator generator((*model)->model(), (*model)->params(), (*model)->stream(),
                        static_cast<std::int64_t>(prompt->size()) + settings.max_new_tokens);

    const StopSignal stop;
    TextStream text(**tokenizer);
    if (options.format == Format::Text)
        for (const TokenId token : *prompt) text.push(token);
    const Generation generation = generator.generate(
        *prompt, settings,
        [&](TokenId token) {
            if (trace) trace->add_token(token, false);
            const bool heard = options.format == Format::Json || text.push(token);
            return heard && !stop.requested();
        },
        trace.get());
    if (options.format == Format::Text) text.finish();
    if (trace)
        if (const Status written = trace->finish(); !written) return report(written.error());
    if (options.format == Format::Json)
        show_json(generation, prompt->size(), **tokenizer);
    else
        show_summary(generation, prompt->size());
    return stop.requested() ? ExitCode::Stopped : ExitCode::Done;
}

} // namespace

Action add_generate(CLI::App& command)
{
    auto options = std::make_shared<GenerateOptions>();
    SamplingSettings& sampling = options->settings.sampling;
    command.add_option("--checkpoint", options->checkpoint, "Checkpoint folder, or run folder for its latest one")
        ->required()
        ->option_text("DIR");
    command.add_option("--prompt", options->prompt, "Text to continue; \"<bos>\" begins a new document")
        ->required()
        ->option_text("TEXT");
    command.add_option("--max-new-tokens", options->settings.max_new_tokens, "Stop after so many; 128 where not given")
        ->option_text("N")
        ->check(whole_number(1));
    command.add_option("--temperature", sampling.temperature, "0: always the likeliest token; 0.7 where not given")
        ->option_text("X")
        ->check(number(0, 100));
    command.add_option("--top-p", sampling.top_p, "Draw from the likeliest tokens with this probability together")
        ->option_text("X")
        ->check(number(0, 1));
    command.add_option("--top-k", sampling.top_k, "Draw from so many likeliest tokens; 0: all")
        ->option_text("N")
        ->check(whole_number(0));
    command.add_option("--seed", sampling.seed, "Of the draws; 1 where not given")
        ->option_text("N")
        ->check(whole_number(0));
    command.add_flag("--speculative", options->speculative, "Draft with the MTP module (not in this version)");
    command
        .add_option("--attention", options->attention,
                    "Over the cached latents, or over keys and values made from them")
        ->option_text("absorbed,naive")
        ->check(one_of({"absorbed", "naive"}));
    command.add_option("--precision", options->precision, "Number format of the weights; f32 where not given")
        ->option_text("f32,bf16")
        ->check(one_of({"f32", "bf16"}));
    command.add_option("--trace", options->trace, "Write routes and attention of each token here, as JSON lines")
        ->option_text("FILE");
    add_json(command, options->format);
    command.footer("Prints the prompt and what follows it as it comes; the speed goes to stderr. Ends at the model's "
                   "end token, at\n"
                   "--max-new-tokens or where its positions end. The same seed gives the same text.");
    return [options] { return generate(*options); };
}

} // namespace triptych
