// triptych bench: how fast this machine trains, decodes and runs each op, against what it could do.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/bench_output.h"
#include "app/commands/command_catalog.h"
#include "app/commands/options.h"
#include "app/console/progress_line.h"

#include <fmt/format.h>

#include <memory>

namespace triptych {

namespace {

struct BenchOptions {
    std::string what;
    BenchRequest request;
    Format format = Format::Text;
};

/// A bar while it measures, where somebody watches. Measuring waits for it a few microseconds, between what is timed.
BenchProgress progress_of(const BenchOptions& options, ProgressLine& line)
{
    if (options.format == Format::Json || !is_terminal()) return nullptr;
    return [&options, &line](double share) {
        line.update(fmt::format("bench {} {} {:3.0f}%", options.what, progress_bar(share, 24), 100 * share),
                    share < 1 ? ProgressLine::Show::WhenDue : ProgressLine::Show::Always);
    };
}

/// What the benchmark found, ready to be printed.
Result<std::string> measure(const BenchOptions& options)
{
    ProgressLine line;
    const BenchProgress progress = progress_of(options, line);
    const bool json = options.format == Format::Json;
    const std::string& model = options.request.model;
    if (options.what == "train") {
        const auto bench = bench_training(options.request, progress);
        if (!bench) return bench.error();
        return json ? bench_json(model, *bench) : bench_text(model, *bench);
    }
    if (options.what == "decode") {
        const auto bench = bench_decoding(options.request, progress);
        if (!bench) return bench.error();
        return json ? bench_json(model, *bench) : bench_text(model, *bench);
    }
    const auto bench = bench_ops(options.request, selftest::op_cases(), progress);
    if (!bench) return bench.error();
    return json ? bench_json(*bench) : bench_text(*bench);
}

ExitCode bench(const BenchOptions& options)
{
    const auto found = measure(options);
    if (!found) return report(found.error());
    print(*found);
    return ExitCode::Done;
}

} // namespace

Action add_bench(CLI::App& command)
{
    auto options = std::make_shared<BenchOptions>();
    BenchRequest& request = options->request;
    command.add_option("WHAT", options->what, "train, decode or ops")
        ->required()
        ->option_text(" ")
        ->check(one_of({"train", "decode", "ops"}));
    auto* model = command.add_option("--model", request.model, "Preset, config.json, or folder with one; else bench-s")
                      ->option_text("NAME|FILE");
    add_precision(command, request.precision);
    command.add_option("--threads", request.threads, "One for each core where not given")
        ->option_text("N")
        ->check(whole_number(1, 4096));
    command
        .add_option("--steps", request.repetitions, "Time so many steps, texts or calls; else what fits a short time")
        ->option_text("N")
        ->check(whole_number(1, 1'000'000));
    auto* length = command.add_option("--seq", request.sequence_length, "Tokens of a sequence (train)")
                       ->option_text("N")
                       ->check(whole_number(2));
    auto* batch = command.add_option("--batch", request.batch_size, "Sequences of a step (train)")
                      ->option_text("N")
                      ->check(whole_number(1));
    auto* floor = command.add_flag_callback(
        "--floor", [&request] { request.floor = MeasureFloor::Yes; },
        "Measure the step's matrix products by oneDNN alone too (train)");
    add_json(command, options->format);
    command.footer(
        "train   tokens/s of fresh weights on made-up tokens, the share of the matrix peak, and the time by op\n"
        "decode  tokens/s of one sequence, the share of what reading the weights would allow, and the time by op\n"
        "ops     every op by itself, at sizes of a small training; needs no model\n\n"
        "Limits are measured in the same run, in turns with what is compared with them: on a shared machine look at\n"
        "shares and medians, and run it twice. --floor takes as long again as the steps.\n\n"
        "Examples:\n"
        "  triptych bench train --model bench-m\n"
        "  triptych bench train --model bench-s --floor\n"
        "  triptych bench decode --model mine/config.json --threads 1 --json\n");
    return [options, model, length, batch, floor] {
        for (const CLI::Option* option : {length, batch, floor})
            if (options->what != "train" && !option->empty())
                return report_usage(
                    {option->get_name() + " belongs to bench train, not to bench " + options->what, "Leave it out"});
        if (options->what == "ops" && !model->empty()) remark("note: bench ops needs no model; --model is not used");
        return bench(*options);
    };
}

} // namespace triptych
