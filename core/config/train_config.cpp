// The rows that describe TrainConfig, and the rules between its members.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/train_config.h"

#include <fmt/format.h>

namespace triptych {

namespace {

constexpr double kMaxSteps = 1e12;
constexpr double kMaxTokens = 1 << 27;
constexpr const char* kRecomputes[] = {"none", "norms", "layers"};
constexpr const char* kPrecisions[] = {"auto", "f32", "bf16", "fp8-sim", "f64"};

std::vector<Field<TrainConfig>> make_batch_fields()
{
    using T = TrainConfig;
    return {
        {"sequence_length", "Sequence length", "tokens", "T: tokens of one sequence; 4096 in section 4.2.",
         &T::sequence_length, 2, kMaxTokens},
        {"batch_size", "Batch", "sequences", "B: sequences of one pass.", &T::batch_size, 1, 1 << 20},
        {"gradient_accumulation_steps", "Accumulation", "passes", "Passes whose gradients make one optimizer step.",
         &T::gradient_accumulation_steps, 1, 1 << 20},
        {"schedule_steps", "Planned steps", "steps",
         "Steps the learning rate is planned over; 0 takes the limit of the run.", &T::schedule_steps, 0, kMaxSteps},
    };
}

std::vector<Field<TrainConfig>> make_optimizer_fields()
{
    using T = TrainConfig;
    constexpr Change kLive = Change::WhileTraining;
    return {
        {"learning_rate", "Learning rate", "", "Peak of the schedule; 2.2e-4 in section 4.2.", &T::learning_rate, 0, 10,
         kLive},
        {"min_learning_rate", "Final learning rate", "",
         "Where the cosine ends, section 4.2; 0 takes a tenth of the peak.", &T::min_learning_rate, 0, 10, kLive},
        {"warmup_steps", "Warm-up", "steps", "Linear rise from 0; 2000 in section 4.2.", &T::warmup_steps, 0,
         kMaxSteps},
        {"constant_fraction", "Constant share", "",
         "Share of the schedule before the cosine; 10 of 14.8T tokens in section 4.2.", &T::constant_fraction, 0, 1},
        {"decay_fraction", "Cosine share", "",
         "Share of the schedule that the cosine takes; 4.3 of 14.8T in section 4.2.", &T::decay_fraction, 0, 1},
        {"beta1", "Beta 1", "", "AdamW: memory of the mean; 0.9 in section 4.2.", &T::beta1, 0, 0.99999},
        {"beta2", "Beta 2", "", "AdamW: memory of the square; 0.95 in section 4.2.", &T::beta2, 0, 0.999999},
        {"adam_eps", "Adam epsilon", "", "AdamW: added to the root of the square.", &T::adam_eps, 1e-30, 1},
        {"weight_decay", "Weight decay", "", "AdamW: 0.1 in section 4.2; norms and biases have none.", &T::weight_decay,
         0, 10, kLive},
        {"gradient_clip", "Gradient clip", "", "Longest norm of all gradients; 1.0 in section 4.2; 0 sets no limit.",
         &T::gradient_clip, 0, 1e9, kLive},
    };
}

std::vector<Field<TrainConfig>> make_objective_fields()
{
    using T = TrainConfig;
    constexpr Change kLive = Change::WhileTraining;
    return {
        {"bias_update_speed", "Bias update speed", "1/step",
         "gamma: step of the experts' selection bias, section 2.1.2.", &T::bias_update_speed, 0, 1, kLive},
        {"balance_loss_alpha", "Balance loss", "", "alpha: weight of the sequence-wise balance loss, eq. 17.",
         &T::balance_loss_alpha, 0, 10, kLive},
        {"mtp_loss_weight", "MTP loss", "", "lambda: weight of the MTP loss, eq. 25; 0.3, later 0.1.",
         &T::mtp_loss_weight, 0, 10, kLive},
        {"router", "Router", "", "How experts are chosen and balanced, section 2.1.2.", &T::router},
    };
}

std::vector<Field<TrainConfig>> make_run_fields()
{
    using T = TrainConfig;
    constexpr Change kLive = Change::WhileTraining;
    return {
        {"seed", "Seed", "", "Start of all random numbers; the same seed and threads give the same losses.", &T::seed,
         0, 9007199254740992.0},
        {"validation_fraction", "Validation share", "", "Share of the data that is held out.", &T::validation_fraction,
         0, 0.9},
        {"eval_every", "Evaluate every", "steps", "Steps between two evaluations; 0 makes none.", &T::eval_every, 0,
         kMaxSteps, kLive},
        {"eval_batches", "Evaluation size", "passes", "Passes of one evaluation.", &T::eval_batches, 1, 1 << 20, kLive},
        {"log_every", "Log every", "steps", "Steps between two lines of the log.", &T::log_every, 1, kMaxSteps, kLive},
        {"probe_every", "Record probe every", "steps",
         "Steps between two pictures of the probe text that a run keeps, for a look back; 0 keeps those that somebody sees.",
         &T::probe_every, 0, kMaxSteps, kLive},
        {"precision", "Precision", "", "Number format of products, section 3.3; auto takes bf16 where the CPU multiplies it, else f32.", &T::precision, 0, 0,
         Change::BeforeTraining, kPrecisions},
        {"recompute", "Recompute", "",
         "What backward computes again to save memory, section 3.2.3; norms: RMSNorm, up-projections, SwiGLU; layers: all "
         "but the residual stream.",
         &T::recompute, 0, 0, Change::BeforeTraining, kRecomputes},
        {"threads", "Threads", "", "Threads of the kernels; 0 takes one for each core.", &T::threads, 0, 4096},
    };
}

} // namespace

const std::vector<Field<TrainConfig>>& train_config_fields()
{
    static const std::vector<Field<TrainConfig>> fields = [] {
        std::vector<Field<TrainConfig>> all;
        for (const auto& part :
             {make_batch_fields(), make_optimizer_fields(), make_objective_fields(), make_run_fields()})
            all.insert(all.end(), part.begin(), part.end());
        return all;
    }();
    return fields;
}

Status validate(const TrainConfig& c)
{
    if (Status status = check_ranges(train_config_fields(), c); !status) return status;
    if (c.final_learning_rate() > c.learning_rate)
        return Error{
            fmt::format("min_learning_rate is {}, above learning_rate ({})", c.min_learning_rate, c.learning_rate),
            "Choose a smaller min_learning_rate, or 0 for a tenth of learning_rate."};
    if (c.constant_fraction + c.decay_fraction > 1 + 1e-9)
        return Error{
            fmt::format("constant_fraction ({}) and decay_fraction ({}) are more than the whole schedule together",
                        c.constant_fraction, c.decay_fraction),
            "Choose them so that their sum is at most 1."};
    if (c.router.empty()) return Error{"router is empty", "Choose router=sigmoid_noaux, for instance."};
    const double tokens = static_cast<double>(c.sequence_length) * static_cast<double>(c.batch_size);
    if (tokens > kMaxTokens)
        return Error{
            fmt::format("sequence_length {} times batch_size {} is {:.3g} tokens in one pass, more than {:.3g}",
                        c.sequence_length, c.batch_size, tokens, kMaxTokens),
            "Choose a smaller batch_size and a larger gradient_accumulation_steps."};
    return {};
}

Status validate(const TrainConfig& c, const ModelConfig& model)
{
    if (c.sequence_length > model.max_position_embeddings)
        return Error{
            fmt::format("sequence_length is {}, longer than the {} positions of the model (max_position_embeddings)",
                        c.sequence_length, model.max_position_embeddings),
            fmt::format("Set sequence_length={} or less, or a larger max_position_embeddings.",
                        model.max_position_embeddings)};
    if (c.sequence_length <= model.num_nextn_predict_layers)
        return Error{fmt::format("sequence_length is {}, too short for an MTP depth of {} (num_nextn_predict_layers)",
                                 c.sequence_length, model.num_nextn_predict_layers),
                     fmt::format("Set sequence_length={} or more.", model.num_nextn_predict_layers + 1)};
    return {};
}

} // namespace triptych
