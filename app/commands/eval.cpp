// triptych eval: loss, bits per byte and balance on a text or on token ids, and the logits themselves.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/command_catalog.h"
#include "app/commands/options.h"
#include "app/console/numbers.h"
#include "app/console/progress_line.h"
#include "app/console/stop_signal.h"
#include "core/data/text_files.h"
#include "core/formats/safetensors_writer.h"
#include "core/formats/tokenizer_json.h"
#include "core/infer/evaluator.h"
#include "core/run/checkpoint.h"
#include "core/util/atomic_file.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <limits>
#include <memory>
#include <numbers>

namespace triptych {

namespace {

struct EvalOptions {
    std::string checkpoint;
    std::string data;
    std::string tokens;
    std::string tokens_file;
    std::string logits;
    std::int64_t window = 0;
    Format format = Format::Text;
};

/// What is evaluated: ids, and the bytes of text that they stand for without the first, which is not predicted.
struct EvalText {
    std::vector<std::int32_t> tokens;
    double predicted_bytes = 0; ///< 0: nobody knows
};

double bytes_without_first(const Tokenizer& tokenizer, const std::vector<std::int32_t>& tokens)
{
    double bytes = 0;
    for (std::size_t i = 1; i < tokens.size(); ++i) bytes += static_cast<double>(tokenizer.bytes_of(tokens[i]).size());
    return bytes;
}

Result<EvalText> read_data(const EvalOptions& options, const std::filesystem::path& checkpoint, std::int64_t vocab_size)
{
    const auto tokenizer = read_tokenizer(checkpoint);
    if (!tokenizer) return tokenizer.error();
    if ((*tokenizer)->vocab_size() > vocab_size)
        return Error{fmt::format("the tokenizer of {} has {} tokens, and the model only {}", checkpoint.string(),
                                 (*tokenizer)->vocab_size(), vocab_size),
                     "The tokenizer belongs to another model: give token ids by --tokens instead."};
    const auto files = find_text_files(options.data);
    if (!files) return files.error();
    EvalText text;
    for (const TextFile& file : files->files) {
        const auto contents = read_whole_file(file.path, std::size_t{1} << 31);
        if (!contents) return contents.error();
        (*tokenizer)->encode(std::string_view(*contents).substr(file.begin), text.tokens);
    }
    text.predicted_bytes = bytes_without_first(**tokenizer, text.tokens);
    return text;
}

Result<EvalText> read_ids(const EvalOptions& options, const std::filesystem::path& checkpoint, std::int64_t vocab_size)
{
    std::string ids = options.tokens;
    if (!options.tokens_file.empty()) {
        auto contents = read_whole_file(options.tokens_file);
        if (!contents) return contents.error();
        ids = contents.take();
    }
    auto tokens = parse_tokens(ids, vocab_size);
    if (!tokens) return tokens.error();
    EvalText text{tokens.take(), 0};
    // Without a tokenizer the loss is known and the bytes are not.
    if (const auto tokenizer = read_tokenizer(checkpoint))
        text.predicted_bytes = bytes_without_first(**tokenizer, text.tokens);
    return text;
}

/// The length that the checkpoint was trained on; else up to 1024 positions.
std::int64_t window_of(const EvalOptions& options, const std::filesystem::path& checkpoint, const ModelConfig& config)
{
    if (options.window > 0) return options.window;
    std::int64_t length = 1024;
    if (const auto files = HfCheckpoint::open(checkpoint))
        if (const auto state = read_train_state(*files)) length = state->config.sequence_length;
    return std::min(length, config.max_position_embeddings);
}

Status write_logits(const std::string& path, const SequenceLogits& result, std::int64_t length, std::int64_t vocab_size)
{
    std::vector<TensorToWrite> tensors = {
        {.name = "logits", .shape = {length, vocab_size}, .data = result.logits.data()}};
    if (!result.mtp_logits.empty())
        tensors.push_back({.name = "mtp_logits", .shape = {length - 1, vocab_size}, .data = result.mtp_logits.data()});
    return write_safetensors(path, tensors);
}

void show(const EvalOptions& options, const EvalText& text, const TextEvaluation& found)
{
    const double nothing = std::numeric_limits<double>::quiet_NaN();
    const double bits = text.predicted_bytes > 0 ? found.nats / std::numbers::ln2 / text.predicted_bytes : nothing;
    if (options.format == Format::Json) {
        // Not-a-number becomes null: no loss of a single token, no bytes without a tokenizer.
        print(nlohmann::ordered_json{{"tokens", text.tokens.size()},
                                     {"loss", found.loss()},
                                     {"bits_per_byte", bits},
                                     {"max_vio", found.max_vio}}
                  .dump() +
              "\n");
        return;
    }
    print(fmt::format("tokens         {}\n", text.tokens.size()));
    print(std::isnan(found.loss()) ? std::string("loss           none: a single token predicts nothing\n")
                                   : fmt::format("loss           {:.4f} nats per token, perplexity {}\n", found.loss(),
                                                 count_text(std::exp(found.loss()))));
    print(std::isnan(bits) ? std::string("bits per byte  unknown: the checkpoint has no tokenizer\n")
                           : fmt::format("bits per byte  {:.4f}\n", bits));
    print(fmt::format("MaxVio         {:.3f}\n", found.max_vio));
    if (!options.logits.empty()) print(fmt::format("logits         {}\n", options.logits));
}

/// Token ids, and a text whose logits are wanted, go through the model in one pass.
bool in_one_pass(const EvalOptions& options)
{
    return options.data.empty() || !options.logits.empty();
}

Status check_length(const EvalOptions& options, std::int64_t length, std::int64_t positions)
{
    if (in_one_pass(options) && length > positions)
        return Error{fmt::format("{} tokens are more than the {} positions of the model (max_position_embeddings)",
                                 length, positions),
                     "Give fewer tokens, or a text by --data without --logits, which is evaluated in windows."};
    if (!in_one_pass(options) && length < 2)
        return Error{options.data + " holds a single token, and the first of a text is not predicted",
                     "Give a longer text."};
    if (options.window > positions)
        return Error{fmt::format("--window {} is longer than the {} positions of the model (max_position_embeddings)",
                                 options.window, positions),
                     fmt::format("Choose --window {} or less.", positions)};
    return {};
}

/// The whole text, with a progress line where somebody watches.
TextEvaluation evaluate_in_windows(const EvalOptions& options, LoadedModel& model, const EvalText& text,
                                   std::int64_t window, const StopSignal& stop)
{
    ProgressLine line;
    const bool watched = options.format == Format::Text && is_terminal();
    const auto total = static_cast<double>(text.tokens.size() - 1);
    return evaluate_text(model, text.tokens, window, [&](std::int64_t done) {
        const double share = static_cast<double>(done) / total;
        if (watched)
            line.update(fmt::format("{} {:3.0f}%  {} of {} tokens", progress_bar(share, 24), 100 * share,
                                    count_text(static_cast<double>(done)), count_text(total)),
                        share < 1 ? ProgressLine::Show::WhenDue : ProgressLine::Show::Always);
        return !stop.requested();
    });
}

ExitCode evaluate(const EvalOptions& options)
{
    const auto checkpoint = find_checkpoint(options.checkpoint);
    if (!checkpoint) return report(checkpoint.error());
    const auto model = LoadedModel::open(*checkpoint);
    if (!model) return report(model.error());
    for (const std::string& note : (*model)->notes()) remark("note: " + note);
    const ModelConfig& config = (*model)->config();
    const auto text = options.data.empty() ? read_ids(options, *checkpoint, config.vocab_size)
                                           : read_data(options, *checkpoint, config.vocab_size);
    if (!text) return report(text.error());
    const auto length = static_cast<std::int64_t>(text->tokens.size());
    if (const Status fits = check_length(options, length, config.max_position_embeddings); !fits)
        return report(fits.error());

    if (in_one_pass(options)) {
        const SequenceLogits found = evaluate_sequence(**model, text->tokens);
        if (!options.logits.empty())
            if (const Status written = write_logits(options.logits, found, length, config.vocab_size); !written)
                return report(written.error());
        show(options, *text, found.evaluation);
        return ExitCode::Done;
    }
    const StopSignal stop;
    const std::int64_t window = window_of(options, *checkpoint, config);
    const TextEvaluation found = evaluate_in_windows(options, **model, *text, window, stop);
    if (found.predicted < length - 1) {
        remark(fmt::format("stopped after {} of {} tokens", found.predicted, length));
        return ExitCode::Stopped;
    }
    show(options, *text, found);
    return ExitCode::Done;
}

} // namespace

Action add_eval(CLI::App& command)
{
    auto options = std::make_shared<EvalOptions>();
    command.add_option("--checkpoint", options->checkpoint, "Checkpoint folder, or run folder for its latest one")
        ->required()
        ->option_text("DIR");
    auto* data = command.add_option("--data", options->data, "Text file, or folder of text files")->option_text("FILE");
    auto* tokens =
        command.add_option("--tokens", options->tokens, "Token ids; no tokenizer is needed")->option_text("\"1 2 3\"");
    auto* file = command.add_option("--tokens-file", options->tokens_file, "Token ids in a file, white space between")
                     ->option_text("F");
    command.add_option("--logits", options->logits, "Write the logits here, in F32")->option_text("OUT.safetensors");
    command.add_option("--window", options->window, "Positions of a window over --data; see below")
        ->option_text("N")
        ->check(whole_number(1));
    add_json(command, options->format);
    command.footer("The first token of a text is context, every other one is predicted once. Token ids are one "
                   "sequence, which must fit\n"
                   "into max_position_embeddings. A text (--data) of any length is cut into windows, each of which "
                   "begins with the last\n"
                   "token of the one before: as long as the sequences of its training where the checkpoint tells, else "
                   "1024 positions or\n"
                   "as many as the model has.\n\n"
                   "MaxVio is that of the whole text, averaged over the MoE layers: largest load / mean load - 1.\n\n"
                   "--logits writes `logits` [T, V] and, where the model has MTP, `mtp_logits` [T-1, V] of its first "
                   "module: row i is for\n"
                   "token i+2, given token i+1.");
    return [options, data, tokens, file] {
        const auto given = data->count() + tokens->count() + file->count();
        if (given != 1)
            return report_usage(
                {given == 0 ? "there is nothing to evaluate" : "--data, --tokens and --tokens-file exclude each other",
                 "Give one of --data FILE, --tokens \"1 2 3\" and --tokens-file F"});
        return evaluate(*options);
    };
}

} // namespace triptych
