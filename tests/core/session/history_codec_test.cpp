// Frames as bytes and back: within the errors that docs/run_format.md names, of the sizes it names, and never a crash.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/preset.h"
#include "core/data/byte_tokenizer.h"
#include "core/session/history_codec.h"
#include "core/session/history_scale.h"
#include "core/session/probe_reader.h"
#include "tests/support/history_frames.h"
#include "tests/support/mutate.h"
#include "tests/support/temp_folder.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <limits>

namespace triptych::test {
namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

HistoryShape shape_of(const std::string& preset, std::int64_t domains = 10, std::int64_t tokens = kMaxProbeTokens)
{
    return history_shape(load_model_config(preset).value(), domains, tokens);
}
HistorySizes sizes_of(HistoryKind kind, const HistoryShape& shape)
{
    return history_plan(kind, shape).sizes;
}
std::size_t on_disk(const std::string& payload)
{
    return HistoryRecord{.payload_bytes = static_cast<std::uint32_t>(payload.size())}.bytes();
}
/// Largest |is - was| / was.
double relative_error(const std::vector<float>& is, const std::vector<float>& was)
{
    EXPECT_EQ(is.size(), was.size());
    double largest = 0;
    for (std::size_t i = 0; i < std::min(is.size(), was.size()); ++i)
        largest = std::max(largest, was[i] == 0 ? std::abs(is[i]) : std::abs(static_cast<double>(is[i]) / was[i] - 1));
    return largest;
}
double absolute_error(const std::vector<float>& is, const std::vector<float>& was)
{
    EXPECT_EQ(is.size(), was.size());
    double largest = 0;
    for (std::size_t i = 0; i < std::min(is.size(), was.size()); ++i)
        largest = std::max(largest, std::abs(static_cast<double>(is[i]) - was[i]));
    return largest;
}

TEST(HistoryScale, IsAsExactAsItSays)
{
    for (double ratio = 1.0 / 256; ratio <= 256; ratio *= 1.0007) {
        EXPECT_LE(std::abs(LoadScale::unpack(LoadScale::pack(ratio)) / ratio - 1), 0.000086) << ratio;
        if (ratio >= 1.0 / 32 && ratio <= 32) {
            EXPECT_LE(std::abs(ShareScale::unpack(ShareScale::pack(ratio)) / ratio - 1), 0.0138) << ratio;
        }
        const double weight = ratio / 256;
        EXPECT_LE(std::abs(unpack_weight(pack_weight(weight)) - weight), std::sqrt(weight) / 255 + 4e-6) << weight;
        EXPECT_LE(std::abs(unpack_share(pack_share(weight)) - weight), 1.0 / 510 + 1e-7) << weight;
        EXPECT_LE(std::abs(unpack_brief(pack_brief(static_cast<float>(ratio))) / ratio - 1), 0.004) << ratio;
    }
    for (double small = 0; small < 1.0 / 256; small += 1e-5)
        EXPECT_LE(std::abs(LoadScale::unpack(LoadScale::pack(small)) - small), 0.002) << small;
    EXPECT_EQ(LoadScale::unpack(LoadScale::pack(1)), 1) << "a fair share is exact";
}

TEST(HistoryScale, TakesWhatIsNoNumberForNothing)
{
    for (const double none : {static_cast<double>(kNan), -1.0, -HUGE_VAL}) {
        EXPECT_EQ(LoadScale::pack(none), 0);
        EXPECT_EQ(ShareScale::pack(none), 0);
        EXPECT_EQ(pack_weight(none), 0);
        EXPECT_EQ(pack_share(none), 0);
    }
    EXPECT_EQ(LoadScale::unpack(LoadScale::pack(HUGE_VAL)), 256);
    EXPECT_EQ(ShareScale::unpack(ShareScale::pack(1e9)), 32);
    EXPECT_EQ((RangeScale{0.5F, 0.5F}.unpack(RangeScale{0.5F, 0.5F}.pack(0.5F))), 0.5F);
}

TEST(HistoryCodec, LoadsComeBackWithinTheirErrors)
{
    for (const char* preset : {"tiny", "experts256"}) {
        const HistoryShape shape = shape_of(preset);
        LoadFrame frame = load_frame(620, shape);
        frame.control.balancing = Balancing::Forced;
        frame.control.active = 300;
        frame.control.turn(2, 3, ExpertSwitch::Off);
        frame.control.turn(2, static_cast<std::int32_t>(shape.experts - 1), ExpertSwitch::Off);
        frame.control.turn(4, 8, ExpertSwitch::Off);
        const auto back = unpack_loads(pack_loads(frame), 620, sizes_of(HistoryKind::Loads, shape));
        ASSERT_TRUE(back.ok()) << back.error().what;
        EXPECT_EQ(back->step, 620);
        EXPECT_EQ(back->experts, frame.experts);
        EXPECT_EQ(back->control, frame.control);
        EXPECT_EQ(back->dead_fraction, frame.dead_fraction);
        ASSERT_EQ(back->layers.size(), frame.layers.size());
        for (std::size_t i = 0; i < frame.layers.size(); ++i) {
            EXPECT_EQ(back->layers[i].layer, frame.layers[i].layer);
            EXPECT_TRUE(back->layers[i].counts.empty());
            EXPECT_LE(relative_error(back->ratio[i], frame.ratio[i]), 0.0001);
            EXPECT_LE(absolute_error(back->layers[i].bias, frame.layers[i].bias), 0.2 / 131'000);
            EXPECT_FLOAT_EQ(static_cast<float>(back->max_vio[i]), static_cast<float>(frame.max_vio[i]));
            EXPECT_FLOAT_EQ(static_cast<float>(back->micro_balance[i].max_violation),
                            static_cast<float>(frame.micro_balance[i].max_violation));
            EXPECT_TRUE(std::isnan(back->micro_balance[i].variation)) << "it is not kept, and that is no zero";
        }
    }
}

TEST(HistoryCodec, WhatWasNotMeasuredIsEmptyAgain)
{
    const HistoryShape shape = shape_of("tiny", 0);
    LoadFrame frame = load_frame(1, shape);
    frame.micro_balance.clear();
    for (LayerLoad& load : frame.layers) load.bias.clear();
    frame.domain_share.clear();
    frame.lift.clear();
    frame.partners.clear();
    const auto back = unpack_loads(pack_loads(frame), 1, sizes_of(HistoryKind::Loads, shape));
    ASSERT_TRUE(back.ok());
    EXPECT_TRUE(back->micro_balance.empty());
    EXPECT_TRUE(back->layers[0].bias.empty());
    EXPECT_TRUE(back->control.empty());
    EXPECT_EQ(pack_detail(frame), "") << "nothing of it was measured";

    ProbeFrame probe = full_probe_frame(1, shape);
    probe.latent_rank.clear();
    probe.lens.clear();
    const auto again = unpack_probe(pack_probe(probe), 1, sizes_of(HistoryKind::Probe, shape), ByteTokenizer());
    ASSERT_TRUE(again.ok()) << again.error().what;
    EXPECT_TRUE(again->latent_rank.empty());
    EXPECT_TRUE(again->lens.empty());
    EXPECT_TRUE(again->routes[0].empty()) << "a dense layer";
}

TEST(HistoryCodec, DetailComesBackWithinItsErrors)
{
    for (const char* preset : {"tiny", "experts256", "bench-x"}) {
        const HistoryShape shape = shape_of(preset);
        const LoadFrame frame = load_frame(8, shape);
        auto back = unpack_loads(pack_loads(frame), 8, sizes_of(HistoryKind::Loads, shape));
        ASSERT_TRUE(back.ok());
        ASSERT_TRUE(unpack_detail(pack_detail(frame), *back).ok());
        ASSERT_EQ(back->domain_share.size(), frame.layers.size());
        ASSERT_EQ(back->partners.size(), frame.layers.size());
        EXPECT_EQ(back->lift.size(), frame.lift.size());
        EXPECT_EQ(back->group_share.size(), frame.group_share.size());
        for (std::size_t i = 0; i < frame.layers.size(); ++i) {
            for (std::size_t d = 0; d < 10; ++d)
                EXPECT_LE(relative_error(back->domain_share[i][d], frame.domain_share[i][d]), 0.0138);
            if (!frame.lift.empty()) {
                EXPECT_LE(relative_error(back->lift[i], frame.lift[i]), 0.0138);
            }
            if (!frame.group_share.empty()) {
                EXPECT_LE(absolute_error(back->group_share[i], frame.group_share[i]), 1.0 / 509);
            }
        }
    }
}

TEST(HistoryCodec, PartnersOfManyExpertsAreKeptAndThoseOfFewAreTheStrongestPairs)
{
    const HistoryShape many = shape_of("experts256");
    LoadFrame frame = load_frame(8, many);
    frame.partners[1][5].resize(3);
    LoadFrame back = unpack_loads(pack_loads(frame), 8, sizes_of(HistoryKind::Loads, many)).take();
    ASSERT_TRUE(unpack_detail(pack_detail(frame), back).ok());
    for (std::size_t k = 0; k < 8; ++k) EXPECT_EQ(back.partners[2][7][k].expert, frame.partners[2][7][k].expert);
    EXPECT_EQ(back.partners[1][5].size(), 3U);

    const HistoryShape few = shape_of("tiny");
    frame = load_frame(8, few);
    std::fill(frame.lift[0].begin(), frame.lift[0].end(), 0.5F);
    frame.lift[0][3] = 4;  // of 0 and 4
    frame.lift[0][14] = 8; // of 0 and 15
    frame.lift[0][15] = 0; // of 1 and 2
    back = unpack_loads(pack_loads(frame), 8, sizes_of(HistoryKind::Loads, few)).take();
    ASSERT_TRUE(unpack_detail(pack_detail(frame), back).ok());
    ASSERT_EQ(back.partners[0][0].size(), 8U);
    EXPECT_EQ(back.partners[0][0][0].expert, 15);
    EXPECT_EQ(back.partners[0][0][1].expert, 4);
    EXPECT_EQ(back.partners[0][0][2].expert, 1);
    EXPECT_EQ(back.partners[0][15][0].expert, 0);
    EXPECT_EQ(back.partners[0][1][1].expert, 3) << "1 and 2 were never chosen together";
}

TEST(HistoryCodec, AProbeComesBackWithinItsErrors)
{
    const HistoryShape shape = shape_of("tiny", 10, 47);
    const ProbeFrame frame = full_probe_frame(30, shape);
    const auto back = unpack_probe(pack_probe(frame), 30, sizes_of(HistoryKind::Probe, shape), ByteTokenizer());
    ASSERT_TRUE(back.ok()) << back.error().what;
    EXPECT_EQ(back->step, 30);
    EXPECT_EQ(back->tokens, frame.tokens);
    EXPECT_EQ(back->token_texts, frame.token_texts);
    EXPECT_EQ(back->layers, frame.layers);
    EXPECT_EQ(back->heads, frame.heads);
    EXPECT_EQ(back->pool, 1);
    EXPECT_EQ(back->routes, frame.routes);
    EXPECT_EQ(back->latent_rank, frame.latent_rank);
    EXPECT_EQ(back->rank_bound, 64);
    EXPECT_FLOAT_EQ(static_cast<float>(back->loss), static_cast<float>(frame.loss));
    EXPECT_LE(absolute_error(back->attention, frame.attention), 0.004);
    EXPECT_LE(relative_error(back->latent_norm, frame.latent_norm), 0.004);
    for (std::size_t layer = 1; layer < frame.route_weights.size(); ++layer)
        for (std::size_t t = 0; t < frame.tokens.size(); ++t)
            EXPECT_LE(absolute_error(back->route_weights[layer][t], frame.route_weights[layer][t]), 2.5 / 509);
    ASSERT_EQ(back->next.size(), frame.next.size());
    ASSERT_EQ(back->after_next.size(), 1U);
    EXPECT_TRUE(back->after_next[0].back().empty()) << "the last position drafts nothing";
    for (std::size_t t = 0; t < frame.next.size(); ++t)
        for (std::size_t k = 0; k < 5; ++k) {
            EXPECT_EQ(back->next[t][k].token, frame.next[t][k].token);
            EXPECT_EQ(back->next[t][k].text, frame.next[t][k].text);
            EXPECT_NEAR(back->next[t][k].probability, frame.next[t][k].probability, 0.002);
        }
    EXPECT_EQ(back->lens[2][5][0].token, frame.lens[2][5][0].token);
}

TEST(HistoryCodec, AttentionOfManyHeadsIsPooledByItsLargestWeight)
{
    HistoryShape shape = shape_of("tiny", 10, 96);
    shape.heads = 128;
    const ProbeFrame frame = full_probe_frame(30, shape);
    const std::int64_t pool = attention_pool(shape.layers, shape.heads, 96);
    EXPECT_EQ(pool, 2);
    const auto back = unpack_probe(pack_probe(frame), 30, sizes_of(HistoryKind::Probe, shape), ByteTokenizer());
    ASSERT_TRUE(back.ok()) << back.error().what;
    EXPECT_EQ(back->pool, pool);
    EXPECT_EQ(back->attention.size(), static_cast<std::size_t>(shape.layers * 128 * 48 * 48));
    for (const std::int64_t head : {0, 77, 127})
        for (std::int64_t q = 0; q < 96; q += 5)
            for (std::int64_t k = 0; k <= q; k += 3) {
                float largest = 0;
                for (std::int64_t i = q / 2 * 2; i < q / 2 * 2 + 2; ++i)
                    for (std::int64_t j = k / 2 * 2; j < k / 2 * 2 + 2; ++j)
                        largest = std::max(largest, frame.attention[attention_index(frame, 3, head, i, j)]);
                EXPECT_NEAR(back->attention[attention_index(*back, 3, head, q, k)], largest, 0.004);
            }
    const auto again = unpack_probe(pack_probe(*back), 30, sizes_of(HistoryKind::Probe, shape), ByteTokenizer());
    ASSERT_TRUE(again.ok()) << "what was pooled is not pooled again";
    EXPECT_EQ(again->attention, back->attention);
}

TEST(HistoryCodec, FramesAreAsLargeAsTheShapeSays)
{
    for (const char* preset : {"tiny", "small", "experts256", "bench-x"}) {
        const HistoryShape shape = shape_of(preset);
        const LoadFrame loads = load_frame(8, shape);
        EXPECT_EQ(on_disk(pack_loads(loads)), history_frame_bytes(HistoryKind::Loads, shape)) << preset;
        EXPECT_EQ(on_disk(pack_detail(loads)), history_frame_bytes(HistoryKind::Detail, shape)) << preset;
        EXPECT_EQ(on_disk(pack_probe(full_probe_frame(8, shape))), history_frame_bytes(HistoryKind::Probe, shape))
            << preset;
        EXPECT_EQ(on_disk(pack_acceptance(acceptance_frame(8, shape))),
                  history_frame_bytes(HistoryKind::Acceptance, shape))
            << preset;
        EXPECT_EQ(on_disk(pack_kernels(kernel_frame(8))), history_frame_bytes(HistoryKind::Kernels, shape)) << preset;
        EXPECT_EQ(on_disk(pack_words(loads)), history_frame_bytes(HistoryKind::Words, shape)) << preset;
    }
}

TEST(HistoryCodec, AcceptedDraftsComeBackExactly)
{
    HistoryShape shape = shape_of("tiny");
    for (const std::int64_t depths : {1, 3})
        for (const std::int64_t domains : {0, 10}) {
            shape.mtp_depth = depths;
            shape.domains = domains;
            const AcceptanceFrame frame = acceptance_frame(40, shape);
            const auto back = unpack_acceptance(pack_acceptance(frame), 40, sizes_of(HistoryKind::Acceptance, shape));
            ASSERT_TRUE(back.ok()) << depths << " modules, " << domains << " domains";
            EXPECT_EQ(back->step, 40);
            EXPECT_EQ(back->by_position, frame.by_position);
            EXPECT_EQ(back->by_domain, frame.by_domain);
            EXPECT_EQ(back->reached, frame.reached);
            EXPECT_EQ(back->domains.size(), frame.domains.size()) << "whose labels are in run.json";
        }
}

TEST(HistoryCodec, TimesOfOpsComeBack)
{
    for (const std::int64_t ops : {std::int64_t{1}, std::int64_t{37}, kMostOps}) {
        const KernelFrame frame = kernel_frame(45, ops);
        const auto back = unpack_kernels(pack_kernels(frame), 45);
        ASSERT_TRUE(back.ok()) << ops;
        EXPECT_EQ(back->step, 45);
        EXPECT_EQ(back->seconds, frame.seconds);
        EXPECT_EQ(back->outside_seconds, frame.outside_seconds);
        EXPECT_EQ(back->peak_flops, frame.peak_flops);
        EXPECT_EQ(back->peak_bytes_per_second, frame.peak_bytes_per_second);
        ASSERT_EQ(back->ops.size(), frame.ops.size());
        for (std::size_t i = 0; i < frame.ops.size(); ++i) {
            EXPECT_EQ(back->ops[i].name, frame.ops[i].name);
            EXPECT_EQ(back->ops[i].calls, frame.ops[i].calls);
            EXPECT_NEAR(back->ops[i].seconds / frame.ops[i].seconds, 1, 6e-8);
            EXPECT_NEAR(back->ops[i].flops / frame.ops[i].flops, 1, 6e-8);
            EXPECT_NEAR(back->ops[i].bytes / frame.ops[i].bytes, 1, 6e-8);
        }
    }
}

TEST(HistoryCodec, TokensOfExpertsComeBackWithTheirTexts)
{
    const HistoryShape shape = shape_of("tiny");
    LoadFrame frame = load_frame(64, shape);
    frame.words[2].clear(); // none came often enough yet
    frame.word_share[2] = 0;
    LoadFrame back = load_frame(70, shape);
    ASSERT_TRUE(unpack_words(pack_words(frame), 64, ByteTokenizer(), back).ok());
    EXPECT_EQ(back.words_step, 64);
    EXPECT_EQ(back.step, 70);
    ASSERT_EQ(back.words.size(), frame.words.size());
    for (std::size_t i = 0; i < frame.words.size(); ++i) {
        EXPECT_FLOAT_EQ(static_cast<float>(back.word_share[i]), static_cast<float>(frame.word_share[i]));
        ASSERT_EQ(back.words[i].size(), frame.words[i].size());
        for (std::size_t e = 0; e < frame.words[i].size(); ++e) {
            ASSERT_EQ(back.words[i][e].size(), frame.words[i][e].size());
            for (std::size_t k = 0; k < frame.words[i][e].size(); ++k) {
                const LoadFrame::Word& word = back.words[i][e][k];
                EXPECT_EQ(word.token, frame.words[i][e][k].token);
                EXPECT_EQ(word.text, ByteTokenizer().token_text(word.token));
                EXPECT_NEAR(word.share, frame.words[i][e][k].share, 1.0 / 509);
            }
        }
    }
    for (auto& layer : frame.words) layer.clear();
    EXPECT_EQ(pack_words(frame), "") << "nothing of it was measured";
}

TEST(HistoryCodec, CutFramesOfTimesAndTokensAreRefusedInWords)
{
    const HistoryShape shape = shape_of("tiny");
    const std::string times = pack_kernels(kernel_frame(8, 3));
    for (std::size_t bytes = 0; bytes < times.size(); ++bytes) {
        const auto cut = unpack_kernels(times.substr(0, bytes), 8);
        ASSERT_FALSE(cut.ok()) << bytes;
        EXPECT_EQ(cut.error().what, "the frame of step 8 is damaged");
    }
    EXPECT_FALSE(unpack_kernels(times + "x", 8).ok()) << "more than a frame";
    const LoadFrame frame = load_frame(8, shape);
    const std::string words = pack_words(frame);
    for (std::size_t bytes = 0; bytes < words.size(); bytes += 7) {
        LoadFrame with = frame;
        const Status cut = unpack_words(words.substr(0, bytes), 9, ByteTokenizer(), with);
        ASSERT_FALSE(cut.ok()) << bytes;
        EXPECT_EQ(cut.error().what, "the frame of step 9 is damaged");
        EXPECT_EQ(with.words_step, 8) << "it stays as it was";
    }
    LoadFrame other = load_frame(8, shape_of("experts256"));
    EXPECT_FALSE(unpack_words(words, 9, ByteTokenizer(), other).ok()) << "of another model";
}

TEST(HistoryCodec, ThePageOnTheFormatNamesTheBytesOfEveryFile)
{
    const std::string page = slurp(TRIPTYCH_SOURCE_DIR "/docs/run_format.md");
    ASSERT_FALSE(page.empty());
    const auto grouped = [](std::size_t number) {
        std::string digits = std::to_string(number);
        for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
        return digits;
    };
    for (const char* preset : {"tiny", "experts256", "deepseek-v3"})
        for (const HistoryKind kind : kHistoryKinds) {
            const HistoryShape shape = shape_of(preset);
            const std::size_t bytes = history_frame_bytes(kind, shape);
            const HistoryLimits limits = history_plan(kind, shape).limits;
            const std::size_t frames = limits.most_frames + (kind == HistoryKind::Loads ? kMostKeptFrames : 0);
            const std::string row = fmt::format(
                "| `{}` | `{}` | {} | {} | {:.2f} | {} | {:.2f} |", preset, history_file_name(kind), grouped(bytes),
                limits.first_stride, static_cast<double>(bytes) / static_cast<double>(limits.first_stride) / 1000,
                grouped(limits.most_frames), static_cast<double>(kHistoryHeaderBytes + frames * bytes) / 1e6);
            EXPECT_NE(page.find(row), std::string::npos) << row;
        }
}

TEST(HistoryCodec, AFrameThatDoesNotFitToItselfIsNotPacked)
{
    const HistoryShape shape = shape_of("tiny");
    LoadFrame loads = load_frame(8, shape);
    loads.ratio[1].pop_back();
    EXPECT_EQ(pack_loads(loads), "");
    EXPECT_EQ(pack_detail(loads), "");
    EXPECT_EQ(pack_loads(LoadFrame{}), "");
    ProbeFrame probe = full_probe_frame(8, shape);
    probe.attention.pop_back();
    EXPECT_EQ(pack_probe(probe), "");
    probe = full_probe_frame(8, shape);
    probe.routes[2][4].pop_back();
    EXPECT_EQ(pack_probe(probe), "");
    EXPECT_EQ(pack_probe(ProbeFrame{}), "");
    AcceptanceFrame drafts = acceptance_frame(8, shape);
    drafts.by_domain[0].pop_back();
    EXPECT_EQ(pack_acceptance(drafts), "");
    EXPECT_EQ(pack_acceptance(AcceptanceFrame{}), "");
    KernelFrame times = kernel_frame(8, 2);
    times.ops[1].name += "y"; // too long
    EXPECT_EQ(pack_kernels(times), "");
    times = kernel_frame(8, 2);
    times.ops[1].seconds = std::nan("");
    EXPECT_EQ(pack_kernels(times), "");
    EXPECT_EQ(pack_kernels(kernel_frame(8, kMostOps + 1)), "");
    EXPECT_EQ(pack_kernels(KernelFrame{}), "");
    loads = load_frame(8, shape);
    loads.words[1].pop_back();
    EXPECT_EQ(pack_words(loads), "");
    EXPECT_EQ(pack_words(LoadFrame{}), "");
}

TEST(HistoryCodec, DamagedFramesAreRefusedOrPossible)
{
    const HistoryShape shape = shape_of("tiny", 3, 12);
    const LoadFrame loads = load_frame(8, shape);
    const std::string whole[] = {pack_loads(loads),
                                 pack_detail(loads),
                                 pack_probe(full_probe_frame(8, shape)),
                                 pack_acceptance(acceptance_frame(8, shape)),
                                 pack_kernels(kernel_frame(8, 30)),
                                 pack_words(loads)};
    int possible[6] = {};
    for (std::uint64_t round = 0; round < 12'000; ++round) {
        const std::size_t kind = round % 6;
        const std::string bytes = mutated(whole[kind], 9, round);
        if (kind == 0) {
            const auto back = unpack_loads(bytes, 8, sizes_of(HistoryKind::Loads, shape));
            possible[0] += back.ok();
            for (std::size_t i = 0; back && i < 4; ++i) EXPECT_EQ(back->ratio[i].size(), 16U);
        } else if (kind == 1) {
            LoadFrame frame = loads;
            const Status read = unpack_detail(bytes, frame);
            possible[1] += read.ok();
            EXPECT_TRUE(frame.domain_share.empty() || frame.domain_share.size() == 4);
            EXPECT_TRUE(read.ok() || frame.lift == loads.lift);
        } else if (kind == 3) {
            const auto back = unpack_acceptance(bytes, 8, sizes_of(HistoryKind::Acceptance, shape));
            possible[3] += back.ok();
            for (const auto& count : back ? back->by_domain.at(0) : std::vector<AcceptanceFrame::Count>())
                EXPECT_LE(count.accepted, count.drafts);
        } else if (kind == 4) {
            const auto back = unpack_kernels(bytes, 8);
            possible[4] += back.ok();
            for (const auto& op : back ? back->ops : std::vector<KernelFrame::Row>())
                EXPECT_TRUE(op.seconds >= 0 && std::isfinite(op.seconds) && !op.name.empty());
        } else if (kind == 5) {
            LoadFrame frame = loads;
            const Status read = unpack_words(bytes, 9, ByteTokenizer(), frame);
            possible[5] += read.ok();
            EXPECT_EQ(frame.words_step, read.ok() ? 9 : 8);
            for (const auto& layer : frame.words) EXPECT_TRUE(layer.empty() || layer.size() == 16U);
            for (const auto& word : frame.words[1].empty() ? loads.words[1][8] : frame.words[1][8])
                EXPECT_TRUE(word.token >= 0 && word.share <= 1);
        } else if (const auto back = unpack_probe(bytes, 8, sizes_of(HistoryKind::Probe, shape), ByteTokenizer())) {
            ++possible[2];
            EXPECT_EQ(back->routes.size(), 5U);
            EXPECT_EQ(back->next.size(), back->tokens.size());
            for (const auto& layer : back->routes)
                for (const auto& token : layer)
                    for (const std::int32_t expert : token) EXPECT_TRUE(expert >= 0 && expert < 16);
        }
    }
    for (const int count : possible) EXPECT_GT(count, 300);
}

} // namespace
} // namespace triptych::test
