// One optimizer step after another: forward, backward, clip, AdamW, bias update. No threads, no files, no printing.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/train_config.h"
#include "core/model/model.h"
#include "core/train/batch_source.h"
#include "core/train/evaluation_watch.h"
#include "core/train/optimizer.h"
#include "core/train/step_report.h"
#include "core/util/result.h"

#include <memory>

namespace triptych {

struct EvaluationReport {
    std::int64_t tokens = 0;
    double loss = 0;          ///< nats per token, main model
    double mtp_loss = 0;      ///< nats per token, mean over depths
    double bits_per_byte = 0;
    double max_vio = 0;       ///< over the whole evaluation, mean over MoE layers (MaxVio_global of arXiv 2408.15664)
    std::vector<double> mtp_losses = {}; ///< nats per token, by depth
};

/// Where training stands; with the weights and moments all that a checkpoint needs.
struct TrainProgress {
    std::int64_t step = 0;   ///< steps done
    std::int64_t tokens = 0; ///< trained on
    double device_seconds = 0;
    double flops = 0; ///< of the model, by the formula of core/config/parameter_count.h, for the experts in force
    bool operator==(const TrainProgress&) const = default;
};

/// The largest bias that hands may set, either way. Affinities lie between 0 and 1, so it decides alone long before;
/// beyond it gamma would be lost in the rounding of f32.
inline constexpr double kMaxExpertBias = 100;

class Trainer {
public:
    /// Configurations must be valid. precision: F64 for the signature and gradient checks. schedule_steps: see
    /// learning_rate_at. The source must outlive the trainer. Weights are zero until initialize() or a checkpoint fills them.
    Trainer(const ModelConfig& model, const TrainConfig& train, const RouterInfo& router, Precision precision,
            const BatchSource& source, std::int64_t schedule_steps);

    /// Fresh weights from the seed, step 0.
    void initialize();
    /// Goes on from a checkpoint whose weights and moments were read into params().
    void restore(const TrainProgress& progress) { m_progress = progress; }

    /// One optimizer step over gradient_accumulation_steps micro-batches; the report stands until the next one. Once
    /// every thread has had work, a step takes no memory but what the source takes, and no lock; a few bytes a layer
    /// where experts are off. Throws what ops throw.
    const StepReport& step();
    /// The model on the validation batches, at most eval_batches of them. watch: told of all it says; may be null.
    EvaluationReport evaluate(EvaluationWatch* watch = nullptr);

    const TrainProgress& progress() const { return m_progress; }
    /// Whether weights and moments are those after the last step: not where a step threw while it changed them.
    bool intact() const { return !m_changing; }
    const ModelConfig& model_config() const { return m_model.config(); }
    const TrainConfig& config() const { return m_config; }
    /// Takes effect with the next step; shapes must stay as they are.
    void set_config(const TrainConfig& config) { m_config = config; }
    /// What hands do to the election of experts, from the next pass on; validations and probes obey it too. The error
    /// says why it cannot be: check_control(), or forced balancing on a GPU.
    Status set_control(const RoutingControl& control);
    const RoutingControl& control() const { return m_control; }
    /// The selection bias of one expert; what follows moves from there by gamma. The error says why it cannot be: no
    /// such expert, a router without bias, a number beyond kMaxExpertBias.
    Status set_expert_bias(std::int64_t layer, std::int64_t expert, double bias);
    Model& model() { return m_model; }
    const ParamStore& params() const { return m_params; }
    /// Whoever takes this may change weights: products read them anew at the next pass.
    ParamStore& params()
    {
        m_params.set_unpacked();
        return m_params;
    }
    /// For passes beside those of the training.
    const ParamStore& packed_params()
    {
        pack();
        return m_params;
    }
    const Planner& plan() const { return m_plan; }
    /// The memory of the plan; between two steps other passes that fit may use it.
    const Workspace& workspace() const { return *m_workspace; }
    Stream& stream() { return m_stream; }
    /// FLOPs of one step by the formula of core/config/parameter_count.h, MTP included, with as many experts for a
    /// token as control() has.
    double step_flops() const { return m_step_flops; }
    /// Watches every training pass until set to null.
    void set_probe(Probe* probe) { m_probe = probe; }
    /// The micro-batch that is being trained, for probes.
    const TokenBatch& current_batch() const { return m_batch.batch; }

private:
    Pass pass(Phase phase);
    ModelLosses evaluate_batch(const TokenBatch& batch, EvaluationWatch* watch);
    /// Brings packed copies up to date if somebody else changed weights.
    void pack();
    /// The micro-batches of a step: gradients in the store, losses in the report.
    void accumulate(std::int64_t step);
    void fill_report();
    void count_flops();
    const TransformerLayer& moe_layer(std::int64_t layer) const;

    TrainConfig m_config;
    const BatchSource& m_source;
    std::int64_t m_schedule_steps;
    Stream m_stream;
    Model m_model;
    ParamStore m_params;
    Planner m_plan;
    std::unique_ptr<Workspace> m_workspace;
    Optimizer m_optimizer;
    RoutingStats m_stats;
    RoutingControl m_control;
    TrainProgress m_progress;
    bool m_changing = false; ///< weights and moments are between two steps
    double m_step_flops = 0;
    Probe* m_probe = nullptr;
    // Of the step under way; kept so that their memory is.
    BatchBuffer m_batch;
    ModelLosses m_losses;
    StepReport m_report;
};

/// Mean over MoE layers of max load / mean load - 1, of the experts that are on; 0 without MoE layers.
double mean_max_violation(const RoutingStats& stats, const RoutingControl& control = {});

} // namespace triptych
