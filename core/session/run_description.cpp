// Describing a run by its configuration.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/run_description.h"

#include "core/config/parameter_count.h"
#include "core/session/probe_reader.h"

#include <fmt/format.h>

namespace triptych {

namespace {

/// Of a layer; none where every layer is dense, whatever the configuration says of experts.
std::int64_t experts_of(const ModelConfig& model)
{
    const std::int64_t layers = model.num_hidden_layers + model.num_nextn_predict_layers;
    for (std::int64_t layer = 0; layer < layers; ++layer)
        if (model.is_moe_layer(layer)) return model.n_routed_experts;
    return 0;
}

} // namespace

event::RunStarted describe_run(const RunSetup& setup, const std::vector<std::string>& domains,
                               const ModelMemory& memory)
{
    const ModelConfig& model = setup.model;
    const ParameterCount count = count_parameters(model);
    event::RunStarted started;
    started.model = setup.request.model;
    started.data = setup.request.data;
    started.domains = domains;
    started.run_folder = setup.request.run_folder;
    started.device = fmt::format("CPU, {} thread{}, {}", setup.train.threads, setup.train.threads == 1 ? "" : "s",
                                 setup.train.precision);
    started.precision = setup.train.precision;
    started.log_every = setup.train.log_every;
    started.parameters = count.total;
    started.active_parameters = count.active;
    started.mtp_parameters = count.mtp;
    started.layers = model.num_hidden_layers;
    started.mtp_depth = model.num_nextn_predict_layers;
    started.heads = model.num_attention_heads;
    started.experts = experts_of(model);
    started.experts_per_token = model.num_experts_per_tok;
    started.latent_values = model.kv_lora_rank + model.qk_rope_head_dim;
    started.mha_values = model.num_attention_heads * (model.qk_head_dim() + model.v_head_dim);
    started.tokens_per_step = setup.train.tokens_per_step();
    started.flops_per_token =
        training_flops_per_token(model, setup.train.sequence_length, CountMask::Causal, CountMtp::Yes);
    started.max_steps = setup.schedule_steps;
    started.planned_bytes = memory.activations;
    started.parameter_bytes = memory.total() - memory.activations;
    started.learning_rate = setup.train.learning_rate;
    started.bias_update_speed = setup.train.bias_update_speed;
    started.prices = RunPrices::this_machine(static_cast<int>(setup.train.threads));
    started.mtp_loss_weight = setup.train.mtp_loss_weight;
    started.balance_loss_alpha = setup.train.balance_loss_alpha;
    if (setup.router && started.experts > 0) started.router = setup.router->id;
    started.probe_tokens = longest_probe(setup.train);
    started.config = model;
    return started;
}

} // namespace triptych
