// DeepSeekMoE, forward and backward.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/moe_ffn.h"

#include "kernels/ops/elementwise.h"
#include "kernels/ops/grouped_linear.h"
#include "kernels/ops/permute.h"
#include "kernels/ops/swiglu.h"

namespace triptych {

MoeFfn::MoeFfn(const ModelConfig& config, std::int64_t layer, std::unique_ptr<Router> router)
    : m_layer(layer), m_hidden(config.hidden_size), m_width(config.moe_intermediate_size),
      m_experts(config.n_routed_experts), m_top_k(config.num_experts_per_tok),
      m_prefix("model.layers." + std::to_string(layer) + ".mlp."),
      m_gate(m_prefix + "gate.weight", m_hidden, m_experts, Packing::No), m_router(std::move(router))
{
    if (config.n_shared_experts > 0)
        m_shared.emplace(m_prefix + "shared_experts.", m_hidden, m_width * config.n_shared_experts);
}

void MoeFfn::declare(ParamRows& rows)
{
    m_gate.declare(rows);
    m_router->declare(rows);
    ParamRow gate_up{.name = m_prefix + "experts.gate_up_proj",
                     .shape = {m_experts, 2 * m_width, m_hidden},
                     .packing = Packing::Yes,
                     .gradient_writes = GradientWrites::Once};
    ParamRow down{.name = m_prefix + "experts.down_proj",
                  .shape = {m_experts, m_hidden, m_width},
                  .packing = Packing::Yes,
                  .gradient_writes = GradientWrites::Once};
    for (std::int64_t e = 0; e < m_experts; ++e) {
        const std::string expert = m_prefix + "experts." + std::to_string(e) + ".";
        gate_up.parts.push_back({expert + "gate_proj.weight", {m_width, m_hidden}});
        gate_up.parts.push_back({expert + "up_proj.weight", {m_width, m_hidden}});
        down.parts.push_back({expert + "down_proj.weight", {m_hidden, m_width}});
    }
    m_gate_up = rows.add(std::move(gate_up));
    m_down = rows.add(std::move(down));
    if (m_shared) m_shared->declare(rows);
}

void MoeFfn::plan(Planner& planner, Precision precision, const TokenShape& shape)
{
    const Planner::Scope scope(planner, "moe");
    const DType narrow = precision.narrow;
    const DType wide = precision.wide;
    const std::int64_t n = shape.tokens();
    const std::int64_t rows = n * m_top_k;
    m_counts = planner.keep<1>("counts", DType::I32, {m_experts});
    m_offsets = planner.keep<1>("offsets", DType::I32, {m_experts + 1});
    m_order = planner.keep<1>("order", DType::I32, {rows});
    m_position = planner.keep<1>("position", DType::I32, {rows});
    m_gate_up_out = planner.keep<2>("gate_up", narrow, {rows, 2 * m_width});
    m_recompute = planner.recompute();
    m_activated = planner.renew<2>("activated", narrow, {rows, m_width});
    m_sorted = planner.scratch<2>("sorted", narrow, {rows, m_hidden});
    m_logits = planner.scratch<2>("logits", wide, {n, m_experts});
    if (planner.purpose() == PlanFor::Training) {
        m_d_activated = planner.scratch<2>("d_activated", narrow, {rows, m_width});
        m_d_weights = planner.scratch<2>("d_weights", wide, {n, m_top_k});
    }
    m_router->plan(planner, wide, shape);
    if (m_shared) m_shared->plan(planner, precision, shape);
}

void MoeFfn::dispatch(Pass& pass, const Routing& routing)
{
    const std::int64_t rows = routing.experts.count();
    const View<1> counts = pass.at(m_counts, m_experts);
    run(pass.stream, PlanDispatch{.experts = routing.experts,
                                  .counts = counts,
                                  .offsets = pass.at(m_offsets, m_experts + 1),
                                  .order = pass.at(m_order, rows),
                                  .position = pass.at(m_position, rows)});
    if (pass.stats) pass.stats->add(m_layer, counts.as<std::int32_t>(), m_experts);
}

SwiGluForward MoeFfn::activation(Pass& pass) const
{
    const std::int64_t rows = m_routing_weights.count();
    // The weights come before the down projection, so that backward needs neither its output nor a pass to apply them.
    return {.gate_up = pass.at(m_gate_up_out, rows),
            .y = pass.at(m_activated, rows),
            .weights = m_routing_weights.reshape<1>({rows}),
            .order = pass.at(m_order, rows)};
}

void MoeFfn::forward(Pass& pass, ConstView<2> x, View<2> y, ConstView<2> residual)
{
    const std::int64_t n = pass.tokens();
    // First, because in inference its memory is the router's memory afterwards.
    if (m_shared)
        m_shared->forward(pass, x, y, residual);
    else if (residual)
        run(pass.stream, Copy{.x = residual, .y = y});
    m_gate.forward(pass, x, pass.at(m_logits, n));
    const Routing routing = m_router->forward(pass, pass.at(m_logits, n));
    m_routing_weights = routing.weights;
    dispatch(pass, routing);
    const std::int64_t rows = routing.experts.count();
    const View<1> offsets = pass.at(m_offsets, m_experts + 1);
    const View<1> order = pass.at(m_order, rows);
    const View<2> gate_up = pass.at(m_gate_up_out, rows);
    const View<2> activated = pass.at(m_activated, rows);
    const View<2> out = pass.at(m_sorted, rows);
    run(pass.stream, GroupedLinearForward{.x = x,
                                          .offsets = offsets,
                                          .weight = pass.params.weight<3>(m_gate_up),
                                          .y = gate_up,
                                          .order = order,
                                          .packed = pass.params.packed_forward(m_gate_up, x.dtype()),
                                          .then = activation(pass)});
    run(pass.stream, GroupedLinearForward{.x = activated,
                                          .offsets = offsets,
                                          .weight = pass.params.weight<3>(m_down),
                                          .y = out,
                                          .packed = pass.params.packed_forward(m_down, activated.dtype())});
    run(pass.stream, PermuteBackward{.dy = out,
                                     .position = pass.at(m_position, rows),
                                     .dx = y,
                                     .mode = m_shared || residual ? WriteMode::Accumulate : WriteMode::Overwrite});
}

void MoeFfn::backward(Pass& pass, ConstView<2> x, ConstView<2> dy, View<2> dx)
{
    const std::int64_t n = pass.tokens();
    const std::int64_t rows = m_routing_weights.count();
    const View<1> offsets = pass.at(m_offsets, m_experts + 1);
    const View<1> order = pass.at(m_order, rows);
    const View<2> gate_up = pass.at(m_gate_up_out, rows);
    const View<2> d_activated = pass.at(m_d_activated, rows);
    const View<2> d_sorted = pass.at(m_sorted, rows);
    const View<2> d_weights = for_chosen(pass.at(m_d_weights, n), m_routing_weights.size(1));
    const View<2> d_logits = pass.at(m_logits, n); // the logits themselves are needed no more

    if (m_recompute == Recompute::Norms) run(pass.stream, activation(pass));
    run(pass.stream, GroupedLinearBackwardWeight{.x = pass.at(m_activated, rows),
                                                 .dy = dy,
                                                 .offsets = offsets,
                                                 .dweight = pass.params.gradient<3>(m_down),
                                                 .dy_order = order,
                                                 .mode = pass.gradient_mode,
                                                 .squares = pass.params.gradient_squares(m_down)});
    // In place: the values of gate and up are needed no more.
    const SwiGluBackward through_activation{.gate_up = gate_up,
                                            .dy = d_activated,
                                            .dgate_up = gate_up,
                                            .weights = m_routing_weights.reshape<1>({rows}),
                                            .order = order,
                                            .dweights = d_weights.reshape<1>({rows})};
    run(pass.stream, GroupedLinearBackwardInput{.dy = dy,
                                                .offsets = offsets,
                                                .weight = pass.params.weight<3>(m_down),
                                                .dx = d_activated,
                                                .order = order,
                                                .packed = pass.params.packed_backward(m_down, dy.dtype()),
                                                .then = through_activation});
    run(pass.stream, GroupedLinearBackwardWeight{.x = x,
                                                 .dy = gate_up,
                                                 .offsets = offsets,
                                                 .dweight = pass.params.gradient<3>(m_gate_up),
                                                 .x_order = order,
                                                 .mode = pass.gradient_mode,
                                                 .squares = pass.params.gradient_squares(m_gate_up)});
    run(pass.stream, GroupedLinearBackwardInput{.dy = gate_up,
                                                .offsets = offsets,
                                                .weight = pass.params.weight<3>(m_gate_up),
                                                .dx = d_sorted,
                                                .packed = pass.params.packed_backward(m_gate_up, gate_up.dtype())});
    if (m_shared) m_shared->backward(pass, x, dy, dx);
    run(pass.stream, PermuteBackward{.dy = d_sorted,
                                     .position = pass.at(m_position, rows),
                                     .dx = dx,
                                     .mode = m_shared ? WriteMode::Accumulate : WriteMode::Overwrite});
    m_router->backward(pass, d_weights, d_logits);
    m_gate.backward(pass, x, d_logits, dx, WriteMode::Accumulate);
}

} // namespace triptych
