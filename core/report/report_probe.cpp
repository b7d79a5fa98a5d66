// What a run made of its probe text, and which drafts of its MTP modules would have been kept.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/report_parts.h"
#include "core/session/training_run.h"
#include "core/util/error_text.h"

#include <algorithm>
#include <limits>
#include <memory>

namespace triptych {

namespace {

constexpr std::size_t kMostExamples = 6;
constexpr std::size_t kFewestExamples = 4; // where heads have few habits, more of each

struct Head {
    std::int64_t layer = 0;
    std::int64_t head = 0;
    HeadHabits habits;
};

std::vector<float> weights_of(const ProbeFrame& frame, const Head& of)
{
    const auto tokens = static_cast<std::int64_t>(frame.tokens.size());
    const std::int64_t side = (tokens + frame.pool - 1) / frame.pool;
    const auto begin =
        frame.attention.begin() + static_cast<std::ptrdiff_t>(attention_index(frame, of.layer, of.head, 0, 0));
    return {begin, begin + static_cast<std::ptrdiff_t>(side * side)};
}

/// The clearest of each habit first, then the next clearest, so that the few that are shown differ.
std::vector<AttentionExample> examples(const std::shared_ptr<const ProbeFrame>& frame)
{
    const ProbePictures pictures(frame);
    std::vector<Head> heads;
    for (std::int64_t layer = 0; layer < frame->layers; ++layer)
        for (std::int64_t head = 0; head < frame->heads; ++head)
            heads.push_back({layer, head, pictures.habits(layer, head)});
    std::vector<AttentionExample> chosen;
    for (std::size_t rank = 0; rank < 2 || (rank < heads.size() && chosen.size() < kFewestExamples); ++rank)
        for (const Habit habit : kHabits) {
            std::vector<Head> alike;
            for (const Head& head : heads)
                if (head.habits.strongest() == habit) alike.push_back(head);
            std::stable_sort(alike.begin(), alike.end(),
                             [habit](const Head& a, const Head& b) { return a.habits.of(habit) > b.habits.of(habit); });
            if (rank >= alike.size() || chosen.size() >= kMostExamples) continue;
            const Head& head = alike[rank];
            chosen.push_back({head.layer, head.head, habit, head.habits, weights_of(*frame, head)});
        }
    return chosen;
}

/// Whether the frame has what its sizes promise.
bool has_attention(const ProbeFrame& frame)
{
    if (frame.tokens.empty() || frame.layers < 1 || frame.heads < 1 || frame.pool < 1) return false;
    const auto tokens = static_cast<std::int64_t>(frame.tokens.size());
    const std::int64_t side = (tokens + frame.pool - 1) / frame.pool;
    return static_cast<std::int64_t>(frame.attention.size()) == frame.layers * frame.heads * side * side;
}

std::shared_ptr<const ProbeFrame> newest_recorded(const ReportSources& from)
{
    if (!from.history) return nullptr;
    const auto frame = from.history->probe(std::numeric_limits<std::int64_t>::max());
    return frame && *frame && has_attention(**frame) ? *frame : nullptr;
}

double share(const AcceptanceFrame::Count& count)
{
    return count.drafts > 0 ? static_cast<double>(count.accepted) / static_cast<double>(count.drafts)
                            : std::numeric_limits<double>::quiet_NaN();
}

/// Of all positions together.
AcceptanceFrame::Count sum_of(const std::vector<AcceptanceFrame::Count>& counts)
{
    AcceptanceFrame::Count sum;
    for (const auto& count : counts) {
        sum.drafts += count.drafts;
        sum.accepted += count.accepted;
    }
    return sum;
}

/// 1 + p1 + p1 p2 + ..., with the drafts that were reached.
double tokens_per_step(const AcceptanceFrame& frame)
{
    double tokens = 1;
    double all = 1;
    for (const AcceptanceFrame::Count& reached : frame.reached) {
        if (reached.drafts == 0) break;
        all *= share(reached);
        tokens += all;
    }
    return tokens;
}

} // namespace

void add_attention(const ReportSources& from, RunReport& report)
{
    ReportAttention attention;
    std::shared_ptr<const ProbeFrame> frame = newest_recorded(from);
    if (!frame) {
        const auto read = read_recorded_probe(from.folder, kDefaultProbeText);
        if (!read)
            return lack(report, ReportPart::Attention,
                        without_folder("The run kept no look at its probe text, and its checkpoint cannot be asked: " +
                                           in_words(read.error()),
                                       from.folder));
        frame = *read;
        attention.source = AttentionSource::Checkpoint;
    }
    if (!frame || !has_attention(*frame))
        return lack(report, ReportPart::Attention, "The run kept no attention of its probe text.");
    attention.step = frame->step;
    attention.token_texts = frame->token_texts;
    attention.pool = frame->pool;
    attention.loss = frame->loss;
    attention.examples = examples(frame);
    report.attention = std::move(attention);
}

void add_acceptance(const ReportSources& from, RunReport& report)
{
    if (from.run.started.mtp_depth == 0) return lack(report, ReportPart::Acceptance, "The model has no MTP module.");
    if (from.run.acceptance.empty()) {
        const bool shares = report.curve({Metric::DepthAcceptance, 1}) != nullptr;
        return lack(report, ReportPart::Acceptance,
                    shares ? "The run kept no counts of accepted drafts; their shares are in its curves."
                           : "The run had no validation that counts the drafts of its MTP modules.");
    }
    ReportAcceptance acceptance;
    acceptance.frame = *from.run.acceptance.back();
    for (const auto& depth : acceptance.frame.by_position) acceptance.rate.push_back(share(sum_of(depth)));
    acceptance.tokens_per_step = tokens_per_step(acceptance.frame);
    report.acceptance = std::move(acceptance);
}

} // namespace triptych
