// The rows of parameters and the plan of a pass, in the terms of whoever looks.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/memory_plan.h"

#include "core/model/model_structure.h"

namespace triptych {

namespace {

using Region = PlanEntry::Region;

constexpr std::int64_t kMoments = 2; // of AdamW: mean and square of the gradient

Region region_of(Lifetime lifetime)
{
    switch (lifetime) {
    case Lifetime::Kept: return Region::Kept;
    case Lifetime::Layer: return Region::Layer;
    case Lifetime::Scratch: break;
    }
    return Region::Scratch;
}

/// The roles of a row have buffers of their own, with the row at the same place in each; buffers that are not trained
/// follow the weights.
void add_parameters(const ParamRows& rows, DType dtype, std::vector<PlanEntry>& plan)
{
    const auto size = static_cast<std::int64_t>(size_of(dtype));
    const std::int64_t trained = rows.elements(ParamRole::Trained);
    for (const ParamRow& row : rows.rows()) {
        const bool is_trained = row.role == ParamRole::Trained;
        PlanEntry entry{.name = row.name,
                        .dtype = std::string(name_of(dtype)),
                        .shape = row.shape,
                        .region = Region::Weights,
                        .offset = (row.offset + (is_trained ? 0 : trained)) * size,
                        .bytes = row.count() * size};
        plan.push_back(entry);
        if (!is_trained) continue;
        entry.region = Region::Gradients;
        plan.push_back(entry);
        entry.region = Region::Moments;
        for (std::int64_t i = 0; i < kMoments; ++i) {
            entry.offset = (row.offset + i * trained) * size;
            plan.push_back(entry);
        }
    }
}

/// Memory whose inside is the business of kernels.
void add_whole(const char* name, Region region, std::size_t bytes, std::vector<PlanEntry>& plan)
{
    if (bytes > 0)
        plan.push_back({.name = name,
                        .dtype = "",
                        .shape = {},
                        .region = region,
                        .offset = 0,
                        .bytes = static_cast<std::int64_t>(bytes)});
}

} // namespace

Result<std::vector<PlanEntry>> memory_plan(const RunSetup& setup)
{
    const auto structure = model_structure(setup.model, *setup.router, setup.precision);
    if (!structure) return structure.error();
    const ParamRows rows = (*structure)->declare();
    Planner planner(PlanFor::Training, recompute_of(setup.train.recompute));
    (*structure)->plan(planner, {.batch = setup.train.batch_size, .length = setup.train.sequence_length});

    std::vector<PlanEntry> plan;
    plan.reserve(4 * rows.rows().size() + planner.rows().size() + 2);
    add_parameters(rows, setup.precision.wide, plan);
    add_whole("matrices, packed for products", Region::Packed,
              ParamStore::packed_bytes_of(rows, setup.precision.narrow, StoreFor::Training), plan);
    add_whole("squares of experts' gradients", Region::Sums, ParamStore::squares_bytes_of(rows), plan);
    for (const PlanRow& row : planner.rows())
        plan.push_back({.name = row.name,
                        .dtype = std::string(name_of(row.dtype)),
                        .shape = row.shape,
                        .region = region_of(row.lifetime),
                        .offset = static_cast<std::int64_t>(row.offset),
                        .bytes = static_cast<std::int64_t>(row.bytes)});
    return plan;
}

} // namespace triptych
