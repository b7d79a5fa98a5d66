// A feed full of plausible data, the same every time: a run that learned for a while, with loads, probe, samples,
// marks.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cost/run_meter.h"
#include "core/session/event.h"
#include "core/session/frame.h"
#include "core/session/history_shape.h"
#include "core/session/pair_counter.h"
#include "ui/bridge/run_feed.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

namespace triptych::test {

/// The shape of the run; the defaults are those of the preset "tiny".
struct SyntheticRun {
    std::int64_t steps = 1200;
    std::int64_t max_steps = 5000;
    std::int64_t layers = 4;    ///< main layers, the first of them dense
    std::int64_t mtp_depth = 1; ///< 0: no MTP anywhere
    std::int64_t experts = 16;
    std::int64_t experts_per_token = 4;
    std::int64_t groups = 1; ///< of experts
    std::int64_t heads = 4;
    std::int64_t eval_every = 100;
    double seconds_per_step = 0.6;
    std::string probe = "The cat sat on the mat. Die Katze 12+3=15";
    std::vector<std::string> domains = {"english", "german", "arithmetic", "code"};
};

/// A number in [0, 1) that depends on nothing but the arguments.
inline double noise(std::int64_t a, std::int64_t b = 0, std::int64_t c = 0)
{
    auto x = static_cast<std::uint64_t>(a) * 0x9E3779B97F4A7C15u + static_cast<std::uint64_t>(b) * 0xC2B2AE3D27D4EB4Fu +
             static_cast<std::uint64_t>(c) * 0x165667B19E3779F9u + 0x27D4EB2F165667C5u;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return static_cast<double>((x ^ (x >> 31)) >> 11) / 9007199254740992.0;
}

/// A falling loss in nats per token, with the noise of small batches.
inline double synthetic_loss(std::int64_t step)
{
    const double s = static_cast<double>(step);
    return 1.25 + 4.3 * std::exp(-s / 90) + 0.9 * std::exp(-s / 900) + 0.22 * (noise(step, 1) - 0.5);
}

inline event::RunStarted synthetic_start(const SyntheticRun& run = {})
{
    event::RunStarted started;
    started.model = "tiny";
    started.data = {"builtin:mixed"};
    started.domains = run.domains;
    started.device = "CPU, 2 threads, f32";
    started.parameters = 1'834'112;
    started.active_parameters = 983'040;
    started.mtp_parameters = 350'000;
    started.layers = run.layers;
    started.mtp_depth = run.mtp_depth;
    started.heads = run.heads;
    started.experts = run.experts;
    started.experts_per_token = run.experts_per_token;
    started.config.n_group = run.groups;
    started.latent_values = 80;
    started.mha_values = 256;
    started.tokens_per_step = 2048;
    started.flops_per_token = 5.9e6;
    started.max_steps = run.max_steps;
    started.planned_bytes = 61 << 20;
    started.parameter_bytes = 29 << 20;
    started.learning_rate = 1e-3;
    started.bias_update_speed = 1e-3;
    started.prices = RunPrices::this_machine(2);
    return started;
}

/// The layers that route: main ones after the first, then the MTP blocks.
inline std::vector<std::int64_t> routed_layers(const SyntheticRun& run)
{
    std::vector<std::int64_t> layers(static_cast<std::size_t>(run.layers - 1 + run.mtp_depth));
    std::iota(layers.begin(), layers.end(), std::int64_t{1});
    return layers;
}

/// Lift of a layer's pairs between a third and twice of chance; 0 and 1 always go together.
inline PairLift synthetic_pairs(const SyntheticRun& run, std::int64_t layer)
{
    PairLift pairs;
    std::vector<float> lift;
    for (std::int64_t i = 0; i < run.experts; ++i)
        for (std::int64_t j = i + 1; j < run.experts; ++j)
            lift.push_back(i + j == 1 ? 3.5F : static_cast<float>(0.3 + 1.7 * std::pow(noise(layer, i, j), 2)));
    pairs.partners = strongest_partners(lift, run.experts);
    if (run.experts <= kMostPairedExperts) pairs.lift = std::move(lift);
    return pairs;
}

/// Of each expert so many tokens that choose it more often than by chance, the strongest first.
inline std::vector<std::vector<LoadFrame::Word>> synthetic_words(const SyntheticRun& run, std::int64_t layer)
{
    constexpr std::array kTexts = {"␣", "e", "th", "=", "{", "↵", "1", "ing"};
    std::vector<std::vector<LoadFrame::Word>> words(static_cast<std::size_t>(run.experts));
    for (std::size_t e = 0; e < words.size(); ++e) {
        double share = 0.35 + 0.6 * noise(layer, static_cast<std::int64_t>(e), 11);
        for (std::size_t k = 0; k < kTexts.size() && share > 0.3; ++k, share *= 0.85)
            words[e].push_back({static_cast<std::int32_t>(10 + (e + k) % kTexts.size()), static_cast<float>(share),
                                kTexts[(e + k) % kTexts.size()]});
    }
    return words;
}

/// Loads that even out as the run goes on; in the last routed layer one expert is dead.
inline std::shared_ptr<const LoadFrame> synthetic_loads(const SyntheticRun& run, std::int64_t step)
{
    auto frame = std::make_shared<LoadFrame>();
    frame->step = step;
    frame->experts = run.experts;
    frame->domains = run.domains;
    const double unevenness = 0.2 + 1.6 * std::exp(-static_cast<double>(step) / 250);
    const auto layers = routed_layers(run);
    for (const std::int64_t layer : layers) {
        LayerLoad load{layer, {}, {}};
        std::vector<float> ratio;
        std::vector<std::vector<float>> share(run.domains.size());
        for (std::int64_t e = 0; e < run.experts; ++e) {
            const bool dead = layer == layers.back() && e == run.experts - 1;
            const double r =
                dead ? 0 : std::exp(unevenness * (noise(layer, e) - 0.5) * 2 + 0.1 * noise(step, layer, e));
            ratio.push_back(static_cast<float>(r));
            load.counts.push_back(std::llround(r * 2048.0 * static_cast<double>(run.experts_per_token) /
                                               static_cast<double>(run.experts)));
            load.bias.push_back(static_cast<float>(0.1 * (1 - r)));
            for (std::size_t d = 0; d < share.size(); ++d)
                share[d].push_back(static_cast<float>(r * noise(layer, e, static_cast<std::int64_t>(d) + 7)));
        }
        for (auto& domain : share) {
            const float total = std::accumulate(domain.begin(), domain.end(), 0.0f);
            for (float& s : domain) s /= total;
        }
        frame->layers.push_back(load);
        frame->max_vio.push_back(static_cast<double>(*std::max_element(ratio.begin(), ratio.end())) - 1);
        frame->dead_fraction.push_back(layer == layers.back() ? 1.0 / static_cast<double>(run.experts) : 0);
        frame->ratio.push_back(std::move(ratio));
        if (!share.empty()) frame->domain_share.push_back(std::move(share));
        PairLift pairs = synthetic_pairs(run, layer);
        if (!pairs.lift.empty()) frame->lift.push_back(std::move(pairs.lift));
        frame->partners.push_back(std::move(pairs.partners));
        frame->words.push_back(synthetic_words(run, layer));
        if (layer == layers.back()) frame->words.back().back().clear(); // the dead one
        frame->words_step = step;
        frame->word_share.push_back(0.3 + 0.4 * noise(layer, step, 12));
        if (run.groups > 1) frame->group_share.emplace_back();
        for (std::int64_t g = 0; run.groups > 1 && g < run.groups; ++g)
            frame->group_share.back().push_back(static_cast<float>(0.2 + 0.6 * noise(layer, g, 5)));
    }
    return frame;
}

/// Five guesses that add up to less than one, the likeliest first. `right` is the true byte.
inline std::vector<Guess> synthetic_guesses(char right, double sureness, std::int64_t salt)
{
    const char others[] = {' ', 'e', 't', 'a', 'n'};
    const bool hit = noise(salt, 3) < sureness;
    std::vector<Guess> guesses;
    float left = 1;
    for (int k = 0; k < 5; ++k) {
        const char c = hit && k == 0 ? right : others[k];
        const float p = left * static_cast<float>(0.35 + 0.5 * sureness * noise(salt, k));
        left -= p;
        guesses.push_back({static_cast<std::int32_t>(static_cast<unsigned char>(c)), p, std::string(1, c)});
    }
    return guesses;
}

/// Of latents of 64 numbers: rises as the run goes on, and is lower in later layers.
inline double synthetic_rank(std::int64_t layer, std::int64_t step)
{
    const double most = 55 - 30 * static_cast<double>(layer) / static_cast<double>(layer + 3);
    return 8 + (most - 8) * (1 - std::exp(-static_cast<double>(step) / 300)) + 0.4 * noise(step, layer, 9);
}

/// One token per byte of the probe text; attention is causal and adds up to 1 over the keys.
inline std::shared_ptr<const ProbeFrame> synthetic_probe(const SyntheticRun& run, std::int64_t step)
{
    auto frame = std::make_shared<ProbeFrame>();
    const auto t = static_cast<std::int64_t>(run.probe.size());
    const auto at = [&](std::int64_t i) { return run.probe[static_cast<std::size_t>(i)]; };
    const double sureness = 0.9 - 0.8 * std::exp(-static_cast<double>(step) / 400);
    frame->step = step;
    frame->layers = run.layers + run.mtp_depth;
    frame->heads = run.heads;
    frame->loss = synthetic_loss(step);
    for (const char c : run.probe) {
        frame->tokens.push_back(static_cast<unsigned char>(c));
        frame->token_texts.emplace_back(1, c);
    }
    for (std::int64_t l = 0; l < frame->layers; ++l) {
        for (std::int64_t h = 0; h < run.heads; ++h)
            for (std::int64_t q = 0; q < t; ++q) {
                std::vector<double> weights(static_cast<std::size_t>(t));
                for (std::int64_t k = 0; k <= q; ++k)
                    weights[static_cast<std::size_t>(k)] =
                        std::exp(-static_cast<double>(q - k) / (1.0 + 3.0 * static_cast<double>(h))) +
                        2 * std::pow(noise(l * 31 + h, q, k), 8);
                const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
                for (const double w : weights) frame->attention.push_back(static_cast<float>(w / total));
            }
        for (std::int64_t i = 0; i < t; ++i)
            frame->latent_norm.push_back(static_cast<float>(6 + 2 * noise(l, i) + 0.5 * static_cast<double>(l)));
        frame->routes.emplace_back();
        frame->route_weights.emplace_back();
        for (std::int64_t i = 0; l > 0 && i < t; ++i) {
            std::vector<std::int32_t> chosen(static_cast<std::size_t>(run.experts));
            std::iota(chosen.begin(), chosen.end(), 0);
            std::sort(chosen.begin(), chosen.end(),
                      [&](auto a, auto b) { return noise(l, at(i), a) > noise(l, at(i), b); });
            chosen.resize(static_cast<std::size_t>(run.experts_per_token));
            frame->routes.back().push_back(chosen);
            frame->route_weights.back().emplace_back(chosen.size(), 1.0f / static_cast<float>(chosen.size()));
        }
    }
    for (std::int64_t l = 0; l < frame->layers; ++l)
        frame->latent_rank.push_back(static_cast<float>(synthetic_rank(l, step)));
    frame->rank_bound = 64;
    for (std::int64_t i = 0; i < t; ++i)
        frame->next.push_back(synthetic_guesses(i + 1 < t ? at(i + 1) : ' ', sureness, i));
    for (std::int64_t depth = 1; depth <= run.mtp_depth; ++depth) {
        frame->after_next.emplace_back();
        for (std::int64_t i = 0; i < t; ++i)
            frame->after_next.back().push_back(
                i + depth < t ? synthetic_guesses(i + depth + 1 < t ? at(i + depth + 1) : ' ', 0.8 * sureness, i + 1000)
                              : std::vector<Guess>{});
    }
    return frame;
}

/// Everything one step records; every eval_every steps the validation, too.
inline std::vector<Sample> synthetic_step(const SyntheticRun& run, std::int64_t step)
{
    const double loss = synthetic_loss(step);
    const double seconds = run.seconds_per_step * (0.95 + 0.1 * noise(step, 2));
    const RunMeter meter(RunPrices::this_machine(2));
    const double device_seconds = run.seconds_per_step * static_cast<double>(step);
    std::vector<Sample> samples = {
        {Metric::Loss, step, loss + 0.3 * (loss + 0.3)},
        {Metric::MainLoss, step, loss},
        {Metric::BalanceLoss, step, 4e-4},
        {Metric::GradNorm, step, 0.4 + noise(step, 4)},
        {Metric::LearningRate, step, 1e-3 * std::min(1.0, static_cast<double>(step) / 50)},
        {Metric::Tokens, step, static_cast<double>(2048 * step)},
        {Metric::StepSeconds, step, seconds},
        {Metric::TokensPerSecond, step, 2048 / seconds},
        {Metric::Mfu, step, 0.37 / seconds},
        {Metric::MaxVio, step, 0.1 + 1.5 * std::exp(-static_cast<double>(step) / 250) + 0.1 * noise(step, 5)},
        {Metric::HeadlineUsd, step, meter.headline_usd(device_seconds)},
        {Metric::TcoUsd, step, meter.tco_usd(device_seconds)},
        {Metric::TrainSeconds, step, device_seconds},
        {Metric::WallSeconds, step, device_seconds + (step > 500 ? 3600 : 0)}, // paused for an hour
    };
    if (run.mtp_depth > 0) samples.push_back({Metric::MtpLoss, step, loss + 0.3 + 0.1 * noise(step, 6)});
    for (std::int64_t k = 1; k <= run.mtp_depth; ++k)
        samples.push_back({{Metric::DepthLoss, k}, step, loss + 0.3 * static_cast<double>(k)});
    for (const std::int64_t layer : routed_layers(run)) {
        const double uneven = std::exp(-static_cast<double>(step) / 250) + 0.1 * noise(step, layer, 8);
        samples.push_back({{Metric::LayerMaxVio, layer}, step, 0.1 + 1.5 * uneven});
        samples.push_back({{Metric::LayerMinVio, layer}, step, std::min(1.0, 0.1 + 0.8 * uneven)});
        samples.push_back({{Metric::LayerLoadCv, layer}, step, 0.05 + 0.6 * uneven});
        samples.push_back({{Metric::LayerDiversity, layer}, step, 1 - 0.3 * std::min(1.0, uneven)});
        samples.push_back({{Metric::LayerDeadFraction, layer}, step, 0});
        samples.push_back({{Metric::LayerBiasSpread, layer}, step, 1e-3 * std::min(200.0, static_cast<double>(step))});
    }
    if (step % 10 == 0)
        for (std::int64_t l = 0; l < run.layers + run.mtp_depth; ++l)
            samples.push_back({{Metric::LayerLatentRank, l}, step, synthetic_rank(l, step)});
    if (run.eval_every > 0 && step % run.eval_every == 0) {
        samples.push_back({Metric::ValLoss, step, loss + 0.08});
        samples.push_back({Metric::ValMtpLoss, step, loss + 0.4});
        samples.push_back({Metric::ValBitsPerByte, step, (loss + 0.08) / std::log(2.0)});
        samples.push_back({Metric::ValMaxVio, step, 0.2});
        for (std::int64_t k = 1; k <= run.mtp_depth; ++k) {
            samples.push_back({{Metric::DepthValLoss, k}, step, loss + 0.4});
            samples.push_back({{Metric::DepthAcceptance, k}, step, 0.7 / static_cast<double>(k)});
        }
        if (run.mtp_depth > 0) samples.push_back({Metric::ValSpeedUp, step, run.mtp_depth > 1 ? 1.9 : 1.7});
        for (std::size_t d = 0; d < run.domains.size(); ++d) {
            const auto domain = static_cast<std::int64_t>(d);
            samples.push_back({{Metric::DomainValLoss, domain}, step, loss + 0.2 * noise(domain, 9)});
            if (run.mtp_depth > 0)
                samples.push_back({{Metric::DomainAcceptance, domain}, step, 0.4 + 0.5 * noise(domain, 10)});
        }
    }
    return samples;
}

/// A part of each region; those of scratch lie one upon the other.
inline event::MemoryPlanned synthetic_plan(const SyntheticRun& run)
{
    using Region = PlanEntry::Region;
    auto rows = std::make_shared<std::vector<PlanEntry>>();
    for (int region = 1; region <= PlanEntry::kRegions; ++region) {
        std::int64_t offset = 0;
        for (std::int64_t layer = 0; layer < run.layers; ++layer) {
            const std::int64_t bytes = 4096 * (1 + (layer + region) % 5);
            rows->push_back({.name = "layers." + std::to_string(layer) + ".part",
                             .dtype = "f32",
                             .shape = {bytes / 16, 4},
                             .region = static_cast<Region>(region),
                             .offset = offset,
                             .bytes = bytes});
            if (region < static_cast<int>(Region::Scratch)) offset += bytes;
        }
    }
    std::int64_t held = 0;
    for (const std::int64_t bytes : region_bytes(*rows)) held += bytes;
    return {rows, held};
}

inline std::shared_ptr<const KernelFrame> synthetic_kernels(std::int64_t step)
{
    auto frame = std::make_shared<KernelFrame>();
    frame->step = step;
    frame->seconds = 0.1;
    frame->outside_seconds = 0.01;
    frame->peak_flops = 200e9;
    frame->peak_bytes_per_second = 20e9;
    frame->ops = {{.name = "grouped_linear", .calls = 12, .seconds = 0.06, .flops = 6e9, .bytes = 3e8},
                  {.name = "adamw", .calls = 1, .seconds = 0.03, .flops = 0, .bytes = 6e8}};
    return frame;
}

/// Drafts of a validation, better known towards the end of a sequence.
inline std::shared_ptr<const AcceptanceFrame> synthetic_acceptance(const SyntheticRun& run, std::int64_t step)
{
    auto frame = std::make_shared<AcceptanceFrame>();
    frame->step = step;
    frame->domains = run.domains;
    for (std::int64_t k = 1; k <= run.mtp_depth; ++k) {
        frame->reached.push_back({4000, 2800});
        auto& positions = frame->by_position.emplace_back();
        for (std::int64_t p = 0; p < AcceptanceFrame::kPositions; ++p)
            positions.push_back({1000, 300 + 400 * p / AcceptanceFrame::kPositions + std::llround(90 * noise(p, k))});
        frame->by_domain.emplace_back(run.domains.size(), AcceptanceFrame::Count{8000, 5600});
    }
    return frame;
}

/// Steps [first, last] at once, as a poll of the session would bring them.
inline void append_steps(RunFeed& feed, const SyntheticRun& run, std::int64_t first, std::int64_t last)
{
    std::vector<Sample> samples;
    for (std::int64_t step = first; step <= last; ++step)
        for (const Sample& sample : synthetic_step(run, step)) samples.push_back(sample);
    feed.append(samples);
    feed.setLoads(synthetic_loads(run, last));
    feed.setProbe(synthetic_probe(run, last));
    if (run.mtp_depth > 0 && run.eval_every > 0 && last >= run.eval_every)
        feed.setAcceptance(synthetic_acceptance(run, last / run.eval_every * run.eval_every));
}

/// A run that is going on, with everything a panel could show: curves, two changed settings, log lines of every kind.
inline void fill_feed(RunFeed& feed, const SyntheticRun& run = {})
{
    feed.take(event::StateChanged{SessionState::Preparing, ""});
    feed.take(synthetic_start(run));
    feed.take(synthetic_plan(run));
    feed.take(event::StateChanged{SessionState::Running, ""});
    feed.setKernels(synthetic_kernels(5));
    append_steps(feed, run, 1, run.steps / 2);
    feed.take(event::SettingChanged{run.steps / 2, "learning_rate", 5e-4});
    feed.take(event::Validation{run.steps / 2, synthetic_loss(run.steps / 2) + 0.08, 2.1, 0.2});
    feed.take(event::SampleText{run.steps / 2, "The cat sat on the mat and then\nthe cat said: \"12+3=15\".\n"});
    append_steps(feed, run, run.steps / 2 + 1, run.steps);
    feed.take(event::SettingChanged{run.steps * 3 / 4, "bias_update_speed", 2e-3});
    feed.take(event::Health{run.steps, "imbalance", "layer 4: one expert has got no token for 20 steps"});
    feed.take(event::CheckpointSaved{run.steps, "runs/demo/checkpoints/step-001200"});
    feed.showNewestNumbers();
}

} // namespace triptych::test
