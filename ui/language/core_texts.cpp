// The list, and looking up.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/language/core_texts.h"

#include <QCoreApplication>

#include <string>

namespace triptych {

namespace {

constexpr const char* kTexts[] = {
    // Settings: name, unit, explanation (core/config/train_config.h)
    QT_TRANSLATE_NOOP("Core", "Sequence length"),
    QT_TRANSLATE_NOOP("Core", "tokens"),
    QT_TRANSLATE_NOOP("Core", "T: tokens of one sequence; 4096 in section 4.2."),
    QT_TRANSLATE_NOOP("Core", "Batch"),
    QT_TRANSLATE_NOOP("Core", "sequences"),
    QT_TRANSLATE_NOOP("Core", "B: sequences of one pass."),
    QT_TRANSLATE_NOOP("Core", "Accumulation"),
    QT_TRANSLATE_NOOP("Core", "passes"),
    QT_TRANSLATE_NOOP("Core", "Passes whose gradients make one optimizer step."),
    QT_TRANSLATE_NOOP("Core", "Planned steps"),
    QT_TRANSLATE_NOOP("Core", "steps"),
    QT_TRANSLATE_NOOP("Core", "Steps the learning rate is planned over; 0 takes the limit of the run."),
    QT_TRANSLATE_NOOP("Core", "Learning rate"),
    QT_TRANSLATE_NOOP("Core", "Peak of the schedule; 2.2e-4 in section 4.2."),
    QT_TRANSLATE_NOOP("Core", "Final learning rate"),
    QT_TRANSLATE_NOOP("Core", "Where the cosine ends, section 4.2; 0 takes a tenth of the peak."),
    QT_TRANSLATE_NOOP("Core", "Warm-up"),
    QT_TRANSLATE_NOOP("Core", "Linear rise from 0; 2000 in section 4.2."),
    QT_TRANSLATE_NOOP("Core", "Constant share"),
    QT_TRANSLATE_NOOP("Core", "Share of the schedule before the cosine; 10 of 14.8T tokens in section 4.2."),
    QT_TRANSLATE_NOOP("Core", "Cosine share"),
    QT_TRANSLATE_NOOP("Core", "Share of the schedule that the cosine takes; 4.3 of 14.8T in section 4.2."),
    QT_TRANSLATE_NOOP("Core", "Beta 1"),
    QT_TRANSLATE_NOOP("Core", "AdamW: memory of the mean; 0.9 in section 4.2."),
    QT_TRANSLATE_NOOP("Core", "Beta 2"),
    QT_TRANSLATE_NOOP("Core", "AdamW: memory of the square; 0.95 in section 4.2."),
    QT_TRANSLATE_NOOP("Core", "Adam epsilon"),
    QT_TRANSLATE_NOOP("Core", "AdamW: added to the root of the square."),
    QT_TRANSLATE_NOOP("Core", "Weight decay"),
    QT_TRANSLATE_NOOP("Core", "AdamW: 0.1 in section 4.2; norms and biases have none."),
    QT_TRANSLATE_NOOP("Core", "Gradient clip"),
    QT_TRANSLATE_NOOP("Core", "Longest norm of all gradients; 1.0 in section 4.2; 0 sets no limit."),
    QT_TRANSLATE_NOOP("Core", "Bias update speed"),
    QT_TRANSLATE_NOOP("Core", "1/step"),
    QT_TRANSLATE_NOOP("Core", "gamma: step of the experts' selection bias, section 2.1.2."),
    QT_TRANSLATE_NOOP("Core", "Balance loss"),
    QT_TRANSLATE_NOOP("Core", "alpha: weight of the sequence-wise balance loss, eq. 17."),
    QT_TRANSLATE_NOOP("Core", "MTP loss"),
    QT_TRANSLATE_NOOP("Core", "lambda: weight of the MTP loss, eq. 25; 0.3, later 0.1."),
    QT_TRANSLATE_NOOP("Core", "Router"),
    QT_TRANSLATE_NOOP("Core", "How experts are chosen and balanced, section 2.1.2."),
    QT_TRANSLATE_NOOP("Core", "Seed"),
    QT_TRANSLATE_NOOP("Core", "Start of all random numbers; the same seed and threads give the same losses."),
    QT_TRANSLATE_NOOP("Core", "Validation share"),
    QT_TRANSLATE_NOOP("Core", "Share of the data that is held out."),
    QT_TRANSLATE_NOOP("Core", "Evaluate every"),
    QT_TRANSLATE_NOOP("Core", "Steps between two evaluations; 0 makes none."),
    QT_TRANSLATE_NOOP("Core", "Evaluation size"),
    QT_TRANSLATE_NOOP("Core", "Passes of one evaluation."),
    QT_TRANSLATE_NOOP("Core", "Log every"),
    QT_TRANSLATE_NOOP("Core", "Steps between two lines of the log."),
    QT_TRANSLATE_NOOP("Core", "Record probe every"),
    QT_TRANSLATE_NOOP("Core", "Steps between two pictures of the probe text that a run keeps, for a look back; 0 keeps "
                              "those that somebody sees."),
    QT_TRANSLATE_NOOP("Core", "Precision"),
    QT_TRANSLATE_NOOP("Core",
                      "Number format of products, section 3.3; auto takes bf16 where the CPU multiplies it, else f32."),
    QT_TRANSLATE_NOOP("Core", "Recompute"),
    QT_TRANSLATE_NOOP("Core", "What backward computes again to save memory, section 3.2.3; norms: RMSNorm, "
                              "up-projections, SwiGLU; layers: all but the residual stream."),
    QT_TRANSLATE_NOOP("Core", "Threads"),
    QT_TRANSLATE_NOOP("Core", "Threads of the kernels; 0 takes one for each core."),
    // Settings of a model: unit, explanation (core/config/model_config_fields.h)
    QT_TRANSLATE_NOOP("Core", "Number of token ids, padding included."),
    QT_TRANSLATE_NOOP("Core", "d: width of the residual stream, section 2.1."),
    QT_TRANSLATE_NOOP("Core", "Inner width of the dense feed-forward layers, section 4.2."),
    QT_TRANSLATE_NOOP("Core", "Inner width of one expert, section 4.2."),
    QT_TRANSLATE_NOOP("Core", "Transformer layers without the MTP modules, section 4.2."),
    QT_TRANSLATE_NOOP("Core", "n_h, section 2.1.1."),
    QT_TRANSLATE_NOOP("Core", "N_s: experts that every token visits, section 2.1.2."),
    QT_TRANSLATE_NOOP("Core", "N_r: experts to choose from, section 2.1.2; 0 makes every layer dense."),
    QT_TRANSLATE_NOOP("Core", "K_r: routed experts a token visits, section 2.1.2."),
    QT_TRANSLATE_NOOP("Core", "Groups of experts, one a node in the paper, section 2.1.2."),
    QT_TRANSLATE_NOOP("Core", "M: groups a token may visit, section 2.1.2."),
    QT_TRANSLATE_NOOP("Core", "The first layers have no experts, section 4.2."),
    QT_TRANSLATE_NOOP("Core", "After the dense layers, every so many layers has experts."),
    QT_TRANSLATE_NOOP("Core", "Factor on the weights of the routed experts."),
    QT_TRANSLATE_NOOP("Core", "Whether the weights of the chosen experts sum to one, eq. 13."),
    QT_TRANSLATE_NOOP("Core", "noaux_tc adds a bias to the scores before choosing, eq. 16; greedy does not."),
    QT_TRANSLATE_NOOP("Core", "Affinity of token and expert: sigmoid in V3 (eq. 15), softmax in V2."),
    QT_TRANSLATE_NOOP("Core", "d'_c: width of the compressed query, eq. 6; 0 compresses nothing."),
    QT_TRANSLATE_NOOP("Core", "d_c: width of the cached latent, eq. 1."),
    QT_TRANSLATE_NOOP("Core", "d_h: per head part of query and key without rotation, section 2.1.1."),
    QT_TRANSLATE_NOOP("Core", "d_h^R: rotated part of query and key, eq. 3; even."),
    QT_TRANSLATE_NOOP("Core", "Width of a head's value, section 2.1.1."),
    QT_TRANSLATE_NOOP("Core", "Added to the mean square in RMSNorm."),
    QT_TRANSLATE_NOOP("Core", "Base of the rotation frequencies."),
    QT_TRANSLATE_NOOP("Core", "Positions the model is made for."),
    QT_TRANSLATE_NOOP("Core", "D: modules that predict further tokens, section 2.2; 0 has none."),
    QT_TRANSLATE_NOOP("Core", "Standard deviation of the initial weights; 0.006 in section 4.2."),
    QT_TRANSLATE_NOOP("Core", "Whether the output head is the embedding."),
    QT_TRANSLATE_NOOP("Core", "Id that begins a document."),
    QT_TRANSLATE_NOOP("Core", "Id that ends a document."),
    QT_TRANSLATE_NOOP("Core", "s: how many times longer the context becomes, section 4.3."),
    QT_TRANSLATE_NOOP("Core", "Context of the pre-training, section 4.3."),
    QT_TRANSLATE_NOOP("Core", "turns"),
    QT_TRANSLATE_NOOP("Core", "beta: dimensions that turn oftener keep their frequency, section 4.3."),
    QT_TRANSLATE_NOOP("Core", "alpha: dimensions that turn less are interpolated, section 4.3."),
    QT_TRANSLATE_NOOP("Core", "Scale of cosine and sine, divided by that of mscale_all_dim."),
    QT_TRANSLATE_NOOP("Core", "Scale of the attention scores, squared; 0 leaves them."),
    // Metrics: explanation, unit (core/run/metric.h)
    QT_TRANSLATE_NOOP("Core", "What is minimised: main + weighted MTP + balance loss."),
    QT_TRANSLATE_NOOP("Core", "nats/token"),
    QT_TRANSLATE_NOOP("Core", "Cross entropy of the next token."),
    QT_TRANSLATE_NOOP("Core", "Mean cross entropy of the MTP modules, unweighted."),
    QT_TRANSLATE_NOOP("Core", "Sequence-wise balance loss over all MoE layers, alpha included."),
    QT_TRANSLATE_NOOP("Core", "Global L2 norm of the gradient before clipping."),
    QT_TRANSLATE_NOOP("Core", "Step size of the optimizer."),
    QT_TRANSLATE_NOOP("Core", "Lambda: how much the mean of the MTP losses counts in the loss."),
    QT_TRANSLATE_NOOP("Core", "Gamma of the loss-free balancing."),
    QT_TRANSLATE_NOOP("Core", "Tokens trained on since the first step."),
    QT_TRANSLATE_NOOP("Core", "Model FLOPs since the first step, with as many experts for a token as it chose."),
    QT_TRANSLATE_NOOP("Core", "FLOP"),
    QT_TRANSLATE_NOOP("Core", "Wall time of the step."),
    QT_TRANSLATE_NOOP("Core", "s"),
    QT_TRANSLATE_NOOP("Core", "Tokens of the step over its wall time."),
    QT_TRANSLATE_NOOP("Core", "tokens/s"),
    QT_TRANSLATE_NOOP("Core", "Model FLOPs of the step over what the device's peak could do in that time."),
    QT_TRANSLATE_NOOP("Core", "Mean over MoE layers of max load / mean load - 1."),
    QT_TRANSLATE_NOOP(
        "Core", "The same of each micro-batch by itself, mean over those of the step; missing where there is one."),
    QT_TRANSLATE_NOOP("Core", "Main loss on the validation split."),
    QT_TRANSLATE_NOOP("Core", "Mean MTP loss on the validation split."),
    QT_TRANSLATE_NOOP("Core", "Validation loss per byte of text."),
    QT_TRANSLATE_NOOP("Core", "bits/byte"),
    QT_TRANSLATE_NOOP("Core", "MaxVio over the whole validation split."),
    QT_TRANSLATE_NOOP("Core", "Tokens per step of the main model if drafts that it would choose itself are kept: 1 + "
                              "p1 + p1 p2 + ..., on the validation split; drafting not counted."),
    QT_TRANSLATE_NOOP("Core", "Device-hours so far at the rental price."),
    QT_TRANSLATE_NOOP("Core", "USD"),
    QT_TRANSLATE_NOOP("Core", "Device-hours so far at full cost of ownership."),
    QT_TRANSLATE_NOOP("Core", "Device time so far, over all sessions of the run."),
    QT_TRANSLATE_NOOP("Core", "Time by the clock since the run was begun, with pauses."),
    QT_TRANSLATE_NOOP("Core", "Max load / mean load - 1 of the layer's experts."),
    QT_TRANSLATE_NOOP("Core", "1 - min load / mean load of the layer's experts."),
    QT_TRANSLATE_NOOP("Core", "Standard deviation of the expert loads over their mean."),
    QT_TRANSLATE_NOOP("Core", "exp(entropy of the loads) / number of experts."),
    QT_TRANSLATE_NOOP("Core", "Share of the experts that got no token."),
    QT_TRANSLATE_NOOP("Core", "Largest minus smallest balancing bias."),
    QT_TRANSLATE_NOOP("Core", "Cross entropy of one MTP module, unweighted."),
    QT_TRANSLATE_NOOP("Core", "The same on the validation split."),
    QT_TRANSLATE_NOOP(
        "Core", "Share of an MTP module's drafts of the validation split that the main model would choose itself."),
    QT_TRANSLATE_NOOP("Core", "Main loss on the tokens of one domain."),
    QT_TRANSLATE_NOOP("Core", "Acceptance of the first MTP module on the texts of one domain."),
    QT_TRANSLATE_NOOP(
        "Core", "Effective rank of the latents that the cache keeps, on a sample of the data; with the probe text."),
    // Routers (core/routing/router_catalog.h)
    QT_TRANSLATE_NOOP("Core", "Sigmoid, loss-free balancing"),
    QT_TRANSLATE_NOOP(
        "Core",
        "Sigmoid affinities; an expert bias steers the selection towards balance. DeepSeek-V3 report section 2.1.2."),
    QT_TRANSLATE_NOOP("Core", "Softmax, auxiliary loss"),
    QT_TRANSLATE_NOOP("Core",
                      "Softmax affinities balanced by an auxiliary loss alone. DeepSeek-V2 report section 2.2.3."),
    QT_TRANSLATE_NOOP("Core", "Sigmoid, no balancing"),
    QT_TRANSLATE_NOOP("Core", "Sigmoid affinities and nothing against collapse: what the balancing is for."),
    // Built-in texts (core/data/synthetic_tasks.h)
    QT_TRANSLATE_NOOP("Core", "English: short stories"),
    QT_TRANSLATE_NOOP("Core", "German: short stories"),
    QT_TRANSLATE_NOOP("Core", "Arithmetic with right answers"),
    QT_TRANSLATE_NOOP("Core", "Code in the manner of Python and C"),
    QT_TRANSLATE_NOOP("Core", "JSON objects"),
    QT_TRANSLATE_NOOP("Core", "Chess: legal moves"),
    QT_TRANSLATE_NOOP("Core", "Server logs with ISO times"),
    QT_TRANSLATE_NOOP("Core", "Markdown tables with totals"),
    QT_TRANSLATE_NOOP("Core", "Roman numerals"),
    QT_TRANSLATE_NOOP("Core", "Rhymed verse"),
    // Prices (core/cost/run_meter.h)
    QT_TRANSLATE_NOOP("Core", "Rental price"),
    QT_TRANSLATE_NOOP("Core", "Purchase price"),
    QT_TRANSLATE_NOOP("Core", "Useful life"),
    QT_TRANSLATE_NOOP("Core", "Utilisation"),
    QT_TRANSLATE_NOOP("Core", "Power while training"),
    QT_TRANSLATE_NOOP("Core", "Power overhead of the building (PUE)"),
    QT_TRANSLATE_NOOP("Core", "Electricity price"),
    QT_TRANSLATE_NOOP("Core", "Share of this run in its programme"),
    QT_TRANSLATE_NOOP("Core", "Share of people in the programme"),
};

} // namespace

QString coreText(std::string_view english)
{
    return QCoreApplication::translate("Core", std::string(english).c_str());
}

std::span<const char* const> coreTexts()
{
    return kTexts;
}

} // namespace triptych
