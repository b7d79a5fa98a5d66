// What balancing is for, measured: the same small model is trained twice from the same seed, without it and with it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/stream_source.h"
#include "core/train/health.h"
#include "core/train/trainer.h"
#include "tests/support/tiny_config.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <numeric>

namespace triptych::test {
namespace {

constexpr std::int64_t kSteps = 350;
constexpr std::int64_t kSlowFrom =
    200; // from here on the bias moves slowly, as the paper stills it at the end of training
constexpr double kFast = 0.01;
constexpr double kSlow = 0.002;
constexpr std::int64_t kWindow = 50; // steps over which MaxVio is averaged

/// Two MoE layers of 16 experts, of which each token visits two; no shared expert that would do the work of the dead.
ModelConfig model()
{
    ModelConfig c;
    c.vocab_size = 264;
    c.hidden_size = 32;
    c.moe_intermediate_size = 16;
    c.num_hidden_layers = 2;
    c.num_attention_heads = 2;
    c.n_shared_experts = 0;
    c.n_routed_experts = 16;
    c.num_experts_per_tok = 2;
    c.first_k_dense_replace = 0;
    c.kv_lora_rank = 16;
    c.qk_nope_head_dim = 8;
    c.qk_rope_head_dim = 8;
    c.v_head_dim = 16;
    c.num_nextn_predict_layers = 0;
    c.initializer_range = 0.1;
    return c;
}

/// A high rate without warm-up: a router that goes astray early, as those of large models do over more steps than a
/// test has. Many short sequences, so that every batch holds every domain and MaxVio shows the router and not the luck
/// of the draw.
TrainConfig training()
{
    TrainConfig c;
    c.sequence_length = 16;
    c.batch_size = 256;
    c.learning_rate = 0.02;
    c.warmup_steps = 0;
    c.constant_fraction = 0.3;
    c.decay_fraction = 0.6;
    c.threads = 2;
    return c;
}

struct Outcome {
    double first_vio = 0;    ///< MaxVio of the untrained router
    double highest_vio = 0;  ///< largest mean over a window
    double last_vio = 0;     ///< mean over the last window
    std::int64_t starving = 0; ///< experts with less than a twentieth of their share over the last window
    std::int64_t deaths = 0;   ///< notes of the health monitor on experts without any token for 50 steps
    bool imbalance_told = false;
    EvaluationReport evaluation;
};

Outcome train_with(const std::string& router, double bias_update_speed)
{
    TrainConfig config = training();
    config.bias_update_speed = bias_update_speed;
    config.balance_loss_alpha = 0; // the bias alone
    auto stream = TokenStream::open({"builtin:mixed"}, {.batch_size = config.batch_size,
                                                        .sequence_length = config.sequence_length,
                                                        .mtp_depth = 0,
                                                        .micro_steps = 1,
                                                        .seed = static_cast<std::uint64_t>(config.seed)});
    const StreamSource source(stream.take(), 4);
    Trainer trainer(model(), config, *find_router(router).value(), DType::F32, source, kSteps);
    trainer.initialize();
    HealthMonitor health(model().num_experts_per_tok);
    Outcome outcome;
    std::vector<double> vio;
    std::map<std::int64_t, std::vector<std::int64_t>> tokens; // [layer][expert] in the last window
    for (std::int64_t step = 1; step <= kSteps; ++step) {
        if (step == kSlowFrom && bias_update_speed > 0) {
            config.bias_update_speed = kSlow;
            trainer.set_config(config);
        }
        const StepReport report = trainer.step();
        vio.push_back(report.max_vio);
        for (const LayerLoad& load : report.loads) {
            if (step <= kSteps - kWindow) continue;
            auto& sums = tokens[load.layer];
            sums.resize(load.counts.size());
            std::transform(sums.begin(), sums.end(), load.counts.begin(), sums.begin(), std::plus<>());
        }
        for (const HealthNote& note : health.check(report)) {
            outcome.deaths += note.kind == "dead_experts";
            outcome.imbalance_told |= note.kind == "imbalance";
        }
        const auto count = std::min<std::size_t>(kWindow, vio.size());
        double mean = 0;
        for (std::size_t i = vio.size() - count; i < vio.size(); ++i) mean += vio[i] / static_cast<double>(count);
        if (step == 1) outcome.first_vio = mean;
        if (step >= kWindow) outcome.highest_vio = std::max(outcome.highest_vio, mean);
        outcome.last_vio = mean;
    }
    for (const auto& [layer, sums] : tokens) {
        const auto all = std::accumulate(sums.begin(), sums.end(), std::int64_t{0});
        outcome.starving += std::count_if(sums.begin(), sums.end(), [&](std::int64_t expert) {
            return 20 * expert * static_cast<std::int64_t>(sums.size()) < all;
        });
    }
    outcome.evaluation = trainer.evaluate();
    return outcome;
}

/// A training step by step, with its health notes.
class Twin {
public:
    Twin(const std::string& router, const TrainConfig& config)
        : m_source(open(config)), m_trainer(model(), config, *find_router(router).value(), DType::F32, m_source, kSteps)
    {
        m_trainer.initialize();
    }

    /// The notes on balance of one more step.
    std::vector<HealthNote> step()
    {
        const StepReport& report = m_trainer.step();
        m_losses.push_back(report.main_loss);
        std::vector<HealthNote> notes = m_health.check(report);
        std::erase_if(notes, [](const HealthNote& note) { return note.kind == "nan" || note.kind == "loss_spike"; });
        return notes;
    }
    /// Mean over the last ten steps.
    double loss() const
    {
        const std::size_t count = std::min<std::size_t>(10, m_losses.size());
        return std::accumulate(m_losses.end() - static_cast<std::ptrdiff_t>(count), m_losses.end(), 0.0) /
               static_cast<double>(count);
    }

private:
    static StreamSource open(const TrainConfig& config)
    {
        auto stream = TokenStream::open({"builtin:mixed"}, {.batch_size = config.batch_size,
                                                            .sequence_length = config.sequence_length,
                                                            .mtp_depth = 0,
                                                            .micro_steps = 1,
                                                            .seed = static_cast<std::uint64_t>(config.seed)});
        return StreamSource(stream.take(), 4);
    }

    StreamSource m_source;
    Trainer m_trainer;
    HealthMonitor m_health{model().num_experts_per_tok};
    std::vector<double> m_losses;
};

/// Seen on two threads: the alerts come at step 51, the first at which there are any, with MaxVio at 4.5 and the tokens
/// of a layer on 5 of 16 experts. Until then the loss without balancing is 0.4 % above that of its twin at most, and
/// from step 30 on below it.
TEST(BalanceExperiment, AnAlertTellsOfACollapseBeforeTheLossIsOnePercentWorse)
{
    TrainConfig config = training();
    config.batch_size = 48;
    config.balance_loss_alpha = 0;
    config.bias_update_speed = kFast;
    Twin none("none", config);
    Twin balanced("sigmoid_noaux", config);
    std::vector<HealthNote> notes;
    for (std::int64_t step = 1; step <= kSteps && notes.empty(); ++step) {
        notes = none.step();
        EXPECT_TRUE(balanced.step().empty()) << "a false alarm in step " << step;
        ASSERT_LT(none.loss(), 1.01 * balanced.loss()) << "step " << step;
    }
    ASSERT_FALSE(notes.empty()) << "no alert in " << kSteps << " steps";
    const auto tells_of = [&](const char* kind) {
        return std::any_of(notes.begin(), notes.end(), [&](const HealthNote& note) { return note.kind == kind; });
    };
    EXPECT_TRUE(tells_of("imbalance") || tells_of("dead_experts"));
}

/// Seen with seeds 1 to 6 on two threads with AVX-512 (MaxVio is the mean of the last 50 steps, the loss that of the
/// evaluation in nats):
///   without balancing  MaxVio 4.3 3.7 4.2 4.5 5.1 3.2, loss 1.47 1.59 1.46 1.48 1.54 1.45, 12 11 13 7 13 12 of 32
///                      experts starve; deaths told 0 3 3 4 4 0 times (with other sums, 1 to 3 in each run)
///   bias update        MaxVio .16 .16 .17 .19 .15 .19, loss 1.40 1.49 1.41 1.43 1.50 1.42, none starves or dies
/// The untrained router has a MaxVio of 1.2 to 2.8. The thresholds below leave each of these runs room.
TEST(BalanceExperiment, WithoutBalancingExpertsStarveAndWithTheBiasUpdateLoadsEvenOutAtNoCostInLoss)
{
    const Outcome none = train_with("none", 0);
    const Outcome balanced = train_with("sigmoid_noaux", kFast);

    EXPECT_GT(none.highest_vio, 1.25 * none.first_vio) << "MaxVio climbs";
    EXPECT_GT(none.last_vio, 2) << "and stays: the busiest expert has three times its share";
    EXPECT_GE(none.starving, 4) << "experts starve";

    EXPECT_LT(balanced.last_vio, 0.3);
    EXPECT_LT(balanced.evaluation.max_vio, 0.3) << "over text that was not trained on";
    EXPECT_EQ(balanced.starving, 0);
    EXPECT_EQ(balanced.deaths, 0);

    EXPECT_LT(balanced.evaluation.loss, 2.2) << "both have learned: a uniform guess costs 5.6 nats";
    EXPECT_LT(balanced.evaluation.loss, none.evaluation.loss + 0.02) << "balance costs nothing";
}

} // namespace
} // namespace triptych::test
