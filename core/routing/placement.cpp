// Replicating and packing, greedily.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/routing/placement.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace triptych {

namespace {

Status check(std::span<const double> loads, std::int64_t gpus, std::int64_t replicas, Nodes nodes = {})
{
    const auto experts = static_cast<std::int64_t>(loads.size());
    if (gpus < 1 || experts < 1 || experts % gpus != 0)
        return Error{fmt::format("{} experts cannot be spread evenly over {} GPUs", experts, gpus),
                     "Choose a number of GPUs that divides the number of experts."};
    if (replicas < 0 || replicas % gpus != 0)
        return Error{fmt::format("{} copies cannot be spread evenly over {} GPUs", replicas, gpus),
                     "Choose a multiple of the number of GPUs, or 0."};
    if (nodes.groups < 1 || experts % nodes.groups != 0)
        return Error{fmt::format("{} experts are not {} groups of as many", experts, nodes.groups),
                     "Choose the n_group of the model."};
    if (nodes.count < 1 || gpus % nodes.count != 0 || nodes.groups % nodes.count != 0)
        return Error{fmt::format("{} GPUs and {} groups of experts cannot be spread evenly over {} nodes", gpus,
                                 nodes.groups, nodes.count),
                     "Choose a number of nodes that divides both."};
    return {};
}

/// [E] slots of each expert.
std::vector<std::int64_t> slots_of(std::span<const double> loads, std::int64_t replicas)
{
    std::vector<std::int64_t> slots(loads.size(), 1);
    const auto by_slot = [&](std::size_t e) { return loads[e] / static_cast<double>(slots[e]); };
    for (std::int64_t r = 0; r < replicas; ++r) {
        std::size_t busiest = 0;
        for (std::size_t e = 1; e < loads.size(); ++e)
            if (by_slot(e) > by_slot(busiest)) busiest = e;
        ++slots[busiest];
    }
    return slots;
}

/// Fills in the loads.
Placement weigh(std::vector<std::vector<std::int32_t>> experts, std::span<const double> loads)
{
    std::vector<std::int64_t> slots(loads.size(), 0);
    for (const auto& gpu : experts)
        for (const std::int32_t e : gpu) ++slots[static_cast<std::size_t>(e)];
    Placement placement{.experts = std::move(experts), .load = {}};
    for (const auto& gpu : placement.experts) {
        double load = 0;
        for (const std::int32_t e : gpu)
            load += loads[static_cast<std::size_t>(e)] / static_cast<double>(slots[static_cast<std::size_t>(e)]);
        placement.load.push_back(load);
    }
    return placement;
}

/// The GPU with room and the least load, one that has the expert already after all that have not.
std::size_t best_gpu(const Placement& placement, std::int32_t expert, std::size_t room)
{
    std::size_t best = placement.experts.size();
    bool best_has = false;
    for (std::size_t g = 0; g < placement.experts.size(); ++g) {
        const auto& there = placement.experts[g];
        if (there.size() == room) continue;
        const bool has = std::find(there.begin(), there.end(), expert) != there.end();
        const bool better =
            best == placement.experts.size() || (has != best_has ? best_has : placement.load[g] < placement.load[best]);
        if (!better) continue;
        best = g;
        best_has = has;
    }
    return best;
}

Placement pack(std::span<const double> loads, std::int64_t gpus, std::int64_t replicas)
{
    const std::vector<std::int64_t> slots = slots_of(loads, replicas);
    const auto by_slot = [&](std::int32_t e) {
        return loads[static_cast<std::size_t>(e)] / static_cast<double>(slots[static_cast<std::size_t>(e)]);
    };
    std::vector<std::int32_t> order;
    for (std::size_t e = 0; e < slots.size(); ++e)
        order.insert(order.end(), static_cast<std::size_t>(slots[e]), static_cast<std::int32_t>(e));
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return by_slot(a) > by_slot(b); });
    const std::size_t room = order.size() / static_cast<std::size_t>(gpus);
    Placement placement{.experts = std::vector<std::vector<std::int32_t>>(static_cast<std::size_t>(gpus)),
                        .load = std::vector<double>(static_cast<std::size_t>(gpus))};
    for (const std::int32_t e : order) {
        const std::size_t g = best_gpu(placement, e, room);
        placement.experts[g].push_back(e);
        placement.load[g] += by_slot(e);
    }
    return weigh(std::move(placement.experts), loads);
}

/// [node] the experts of the groups that it gets.
std::vector<std::vector<std::int32_t>> experts_of_nodes(std::span<const double> loads, Nodes nodes)
{
    const std::size_t size = loads.size() / static_cast<std::size_t>(nodes.groups);
    std::vector<double> of_group(static_cast<std::size_t>(nodes.groups));
    for (std::size_t e = 0; e < loads.size(); ++e) of_group[e / size] += loads[e];
    // A group on a node is what a slot is on a GPU.
    const Placement groups = pack(of_group, nodes.count, 0);
    std::vector<std::vector<std::int32_t>> experts;
    for (std::vector<std::int32_t> there : groups.experts) {
        std::sort(there.begin(), there.end());
        auto& of_node = experts.emplace_back();
        for (const std::int32_t group : there)
            for (std::size_t i = 0; i < size; ++i)
                of_node.push_back(static_cast<std::int32_t>(static_cast<std::size_t>(group) * size + i));
    }
    return experts;
}

/// Each node by itself.
Placement pack_nodes(std::span<const double> loads, std::int64_t gpus, std::int64_t replicas, Nodes nodes)
{
    std::vector<std::vector<std::int32_t>> all;
    for (const std::vector<std::int32_t>& experts : experts_of_nodes(loads, nodes)) {
        std::vector<double> own;
        for (const std::int32_t e : experts) own.push_back(loads[static_cast<std::size_t>(e)]);
        for (std::vector<std::int32_t> gpu : pack(own, gpus / nodes.count, replicas / nodes.count).experts) {
            for (std::int32_t& e : gpu) e = experts[static_cast<std::size_t>(e)];
            all.push_back(std::move(gpu));
        }
    }
    return weigh(std::move(all), loads);
}

} // namespace

double Placement::worst() const
{
    return load.empty() ? 0 : *std::max_element(load.begin(), load.end());
}

double Placement::mean() const
{
    return load.empty() ? 0 : std::accumulate(load.begin(), load.end(), 0.0) / static_cast<double>(load.size());
}

double Placement::imbalance() const
{
    return mean() > 0 ? worst() / mean() : 1;
}

Result<Placement> place_in_order(std::span<const double> loads, std::int64_t gpus)
{
    if (const Status ok = check(loads, gpus, 0); !ok) return ok.error();
    std::vector<std::vector<std::int32_t>> experts(static_cast<std::size_t>(gpus));
    const std::size_t slots = loads.size() / experts.size();
    for (std::size_t e = 0; e < loads.size(); ++e) experts[e / slots].push_back(static_cast<std::int32_t>(e));
    return weigh(std::move(experts), loads);
}

Result<Placement> place_packed(std::span<const double> loads, std::int64_t gpus, std::int64_t replicas, Nodes nodes)
{
    if (const Status ok = check(loads, gpus, replicas, nodes); !ok) return ok.error();
    Placement packed = nodes.count == 1 ? pack(loads, gpus, replicas) : pack_nodes(loads, gpus, replicas, nodes);
    Placement in_order = place_in_order(loads, gpus).take();
    if (packed.worst() <= in_order.worst()) return packed;
    // Copies beside their originals change nothing, so that the loads are those that are there.
    for (auto& gpu : in_order.experts) gpu.insert(gpu.end(), static_cast<std::size_t>(replicas / gpus), gpu.front());
    return in_order;
}

double time_saved(const Placement& before, const Placement& after)
{
    return before.worst() > 0 ? 1 - after.worst() / before.worst() : 0;
}

} // namespace triptych
