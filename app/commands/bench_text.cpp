// Benchmarks for people: what came out, what it is measured against, and where the time went.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/bench_output.h"
#include "app/console/numbers.h"
#include "core/cost/memory.h"

#include <fmt/format.h>

namespace triptych {

namespace {

constexpr double kGiga = 1e-9;
constexpr double kMilli = 1e3;
constexpr double kMicro = 1e6;

/// "16.9", with three digits or more.
std::string short_number(double value)
{
    return fmt::format("{:.{}f}", value, value < 9.995 ? 2 : value < 99.95 ? 1 : 0);
}

/// A rate for a table; an op that computes nothing, or whose bytes nobody counts, has none.
std::string rate_text(double per_second)
{
    return per_second > 0 ? short_number(per_second * kGiga) : "-";
}

std::string percent(double share)
{
    return fmt::format("{:.1f} %", 100 * share);
}

/// "815 ms (median of 20, 801 to 902)".
std::string spread_text(const Spread& seconds, std::int64_t count)
{
    return fmt::format("{} ms  (median of {}, {} to {})", short_number(seconds.median * kMilli), count,
                       short_number(seconds.least * kMilli), short_number(seconds.most * kMilli));
}

std::string title(const std::string& model, const std::string& precision, std::int64_t threads)
{
    return fmt::format("{}, {}, {} thread{}\n\n", model, precision, threads, threads == 1 ? "" : "s");
}

std::string row(const char* name, const std::string& value)
{
    return fmt::format("{:<16} {}\n", name, value);
}

constexpr const char* kOpRow = "{:<32} {:>10} {:>8} {:>10} {:>9} {:>8}\n";

/// Where the time of one step or token went.
std::string profile_table(const OpProfile& profile, const std::string& unit, const std::string& of, double per_second)
{
    const auto share = [&](double seconds) { return percent(seconds / profile.seconds); };
    const auto time = [&](double seconds) { return fmt::format("{:.2f}", seconds * per_second); };
    std::string text = "\n" + fmt::format(kOpRow, "op", unit + "/" + of, "share", "calls/" + of, "GFLOP/s", "GB/s");
    for (const OpTime& op : profile.ops)
        text += fmt::format(kOpRow, op.name, time(op.seconds), share(op.seconds), fmt::format("{:.0f}", op.calls),
                            rate_text(op.flop_rate()), rate_text(op.byte_rate()));
    const auto sum = [&](const char* name, double seconds) {
        text += fmt::format("{:<32} {:>10} {:>8}\n", name, time(seconds), share(seconds));
    };
    sum("outside ops", profile.outside_seconds);
    sum("all, with the clock around ops", profile.seconds);
    return text;
}

std::string memory_text(const TrainBench& b)
{
    std::string text = bytes_text(b.planned_bytes) + " planned";
    if (b.peak_resident_bytes > 0) text += fmt::format(", {} held at most", bytes_text(b.peak_resident_bytes));
    return text + fmt::format(", {:.0f} page faults a step", b.page_faults);
}

/// Two lines, or none where it was not measured.
std::string floor_text(const TrainBench& b)
{
    if (!b.floor) return {};
    const FloorTimes& parts = b.floor->parts;
    const auto ms = [](double seconds) { return short_number(seconds * kMilli); };
    return row("product floor", fmt::format("{} ms, {} GFLOP/s  (oneDNN: dense {}, experts {}, attention {} ms)",
                                            ms(b.floor->seconds.median), short_number(b.floor_rate() * kGiga),
                                            ms(parts.dense), ms(parts.experts), ms(parts.attention))) +
           row("share of floor", percent(b.share_of_floor()));
}

} // namespace

std::string bench_text(const std::string& model, const TrainBench& b)
{
    return title(fmt::format("{}: {} parameters, {} active", model, count_text(static_cast<double>(b.parameters.total)),
                             count_text(static_cast<double>(b.parameters.active))),
                 b.train.precision, b.train.threads) +
           row("training", fmt::format("{:.0f} tokens/s", b.tokens_per_second())) +
           row("step", fmt::format("{} of {} x {} tokens", spread_text(b.step_seconds, b.steps), b.train.batch_size,
                                   b.train.sequence_length)) +
           row("work", fmt::format("{} GFLOP/s, {} GFLOP a step", short_number(b.flop_rate() * kGiga),
                                   short_number(b.step_flops * kGiga))) +
           row("matrix peak",
               fmt::format("{} GFLOP/s in {}  (median, {} to {})", short_number(b.matrix_peak.median * kGiga),
                           b.train.precision == "bf16" ? "bf16" : "f32", short_number(b.matrix_peak.least * kGiga), short_number(b.matrix_peak.most * kGiga))) +
           row("share of peak", percent(b.share_of_peak())) + floor_text(b) +
           row("first step", fmt::format("{} ms after the start", short_number(b.first_step_seconds * kMilli))) +
           row("memory", memory_text(b)) + row("MaxVio", fmt::format("{:.3f}", b.max_vio)) +
           profile_table(b.profile, "ms", "step", kMilli);
}

std::string bench_text(const std::string& model, const DecodeBench& b)
{
    return title(model, b.precision, b.threads) +
           row("decoding", fmt::format("{} tokens/s, one sequence", short_number(b.tokens_per_second()))) +
           row("token",
               fmt::format("{} texts: {} new tokens, {} different ones, after {}",
                           spread_text(b.token_seconds, b.texts), b.new_tokens, b.different_tokens, b.prompt_tokens)) +
           row("weights", fmt::format("{} read for a token", bytes_text(static_cast<std::int64_t>(b.weight_bytes)))) +
           row("memory",
               fmt::format("{} GB/s read  (median, {} to {})", short_number(b.read_bandwidth.median * kGiga),
                           short_number(b.read_bandwidth.least * kGiga), short_number(b.read_bandwidth.most * kGiga))) +
           row("limit", fmt::format("{} tokens/s, were reading the weights all", short_number(b.limit()))) +
           row("share of limit", percent(b.share_of_limit())) + profile_table(b.profile, "us", "token", kMicro);
}

std::string bench_text(const OpBench& b)
{
    constexpr const char* kRow = "{:<32} {:>10} {:>9} {:>8} {:>8} {:>8} {:>7}\n";
    std::string text = title("every op", b.precision, b.threads);
    text += fmt::format(kRow, "op", "ms/call", "GFLOP/s", "of peak", "GB/s", "of read", "calls");
    for (const OpBenchRow& r : b.rows) {
        const auto share = [](double rate, double limit) { return rate > 0 ? percent(rate / limit) : "-"; };
        text += fmt::format(kRow, r.cost.name, fmt::format("{:.3f}", r.seconds.median * kMilli),
                            rate_text(r.flop_rate()), share(r.flop_rate(), b.matrix_peak.median),
                            rate_text(r.byte_rate()), share(r.byte_rate(), b.read_bandwidth.median), r.calls);
    }
    return text + fmt::format("\nof peak: of {} GFLOP/s, {} matrix products in the same run; of read: of {} GB/s, all "
                              "threads reading memory.\nWhat fits into the caches reads faster than that.\n",
                              short_number(b.matrix_peak.median * kGiga), b.precision,
                              short_number(b.read_bandwidth.median * kGiga));
}

} // namespace triptych
