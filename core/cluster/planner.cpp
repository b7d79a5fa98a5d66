// Goes through every layout that divides, and keeps the cheapest that fits.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cluster/planner.h"

#include "core/cluster/layout_cost.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

namespace triptych {

namespace {

constexpr std::int64_t kLargestMicroBatch = 64; ///< sequences, of a search
/// Plans that differ by less are taken for equally cheap: the kernels' rates are not known better. Then the smaller
/// group of experts is the better one, since uneven loads, which are not computed here, hurt larger groups more.
constexpr double kIndistinct = 0.01;

std::vector<std::int64_t> divisors(std::int64_t n)
{
    std::vector<std::int64_t> found;
    for (std::int64_t i = 1; i * i <= n; ++i) {
        if (n % i != 0) continue;
        found.push_back(i);
        if (i != n / i) found.push_back(n / i);
    }
    std::sort(found.begin(), found.end());
    return found;
}

std::string text_of(const PlanLayout& l)
{
    return fmt::format("PP {} x EP {} x DP {} with {} and micro-batches of {}", l.pp, l.ep, l.dp, name_of(l.schedule),
                       l.micro_batch);
}

Error too_large(const ClusterPlan& plan, const std::string& which)
{
    const PlanMemory& m = plan.memory;
    return {fmt::format("{} {} needs {} on a GPU that has {}, {} too much: weights {}, gradients {}, optimizer {}, "
                        "activations {}, buffers {}",
                        which, text_of(plan.layout), gigabytes(m.total()), gigabytes(plan.memory_capacity),
                        gigabytes(m.total() - plan.memory_capacity), gigabytes(m.weights), gigabytes(m.gradients),
                        gigabytes(m.optimizer), gigabytes(m.activations), gigabytes(m.buffers)),
            "Take more GPUs (a power of two divides best) or ones with more memory, a larger --pp or --ep, or a "
            "smaller --micro-batch."};
}

/// Walks through layouts; what was computed for one micro-batch and group is kept for the others.
class Search {
public:
    explicit Search(const PlanRequest& request, std::stop_token stop = {})
        : m_request(request), m_stop(std::move(stop)),
          m_parts(model_work(request.model, request.format, request.sequence_length))
    {}

    /// From now on into this one, up to kMostKeptPlans.
    void keep_all_in(PlanSearch& kept) { m_kept = &kept; }
    void go_through_all();
    Result<ClusterPlan> outcome() const;

private:
    void go_through(std::int64_t gpus);
    void try_pipelines(std::int64_t pp, std::int64_t dp);
    ClusterPlan cheapest() const;
    void consider(const PlanLayout& layout);
    const PartCosts& costs(std::int64_t ep, std::int64_t micro_batch);

    const PlanRequest& m_request;
    std::stop_token m_stop;
    PlanSearch* m_kept = nullptr;
    std::vector<PartWork> m_parts;
    std::map<std::pair<std::int64_t, std::int64_t>, PartCosts> m_costs;
    std::vector<ClusterPlan> m_fitting;    ///< memory and deadline, in the order of the walk
    std::optional<ClusterPlan> m_fastest;  ///< that fits into memory, whatever the deadline
    std::optional<ClusterPlan> m_smallest; ///< in memory
    std::size_t m_considered = 0;
};

const PartCosts& Search::costs(std::int64_t ep, std::int64_t micro_batch)
{
    const auto key = std::pair(ep, micro_batch);
    const auto found = m_costs.find(key);
    if (found != m_costs.end()) return found->second;
    return m_costs.emplace(key, part_costs(m_request, m_parts, ep, micro_batch)).first->second;
}

void Search::consider(const PlanLayout& layout)
{
    if (m_stop.stop_requested() || !check_stages(layout.schedule, layout.pp)) return;
    const std::int64_t wanted = wanted_micro_batches(m_request, layout);
    // A schedule that wants more micro-batches than the batch has would change the training. An odd number may grow by
    // one.
    if (micro_batches_for(layout.schedule, layout.pp, wanted) > wanted + 1) return;
    const ClusterPlan plan = layout_cost(m_request, m_parts, costs(layout.ep, layout.micro_batch), layout);
    ++m_considered;
    if (m_kept && m_kept->plans.size() < kMostKeptPlans)
        m_kept->plans.push_back(plan);
    else if (m_kept)
        ++m_kept->left_out;
    if (!m_smallest || plan.memory.total() < m_smallest->memory.total()) m_smallest = plan;
    if (!plan.fits()) return;
    if (!m_fastest || plan.days < m_fastest->days) m_fastest = plan;
    if (m_request.deadline_days && plan.days > *m_request.deadline_days) return;
    m_fitting.push_back(plan);
}

void Search::try_pipelines(std::int64_t pp, std::int64_t dp)
{
    const std::int64_t experts = std::max<std::int64_t>(1, m_request.model.n_routed_experts);
    for (const std::int64_t ep : divisors(dp)) {
        if (experts % ep != 0 || (m_request.ep && *m_request.ep != ep)) continue;
        const std::int64_t first = m_request.micro_batch.value_or(1);
        const std::int64_t last = m_request.micro_batch.value_or(kLargestMicroBatch);
        for (std::int64_t size = first; size <= last && size <= m_request.batch / dp; size *= 2)
            for (const PipelineSchedule schedule : all_schedules())
                if (!m_request.schedule || *m_request.schedule == schedule)
                    consider({.pp = pp, .ep = ep, .dp = dp, .micro_batch = size, .schedule = schedule});
    }
}

void Search::go_through(std::int64_t gpus)
{
    for (const std::int64_t pp : divisors(gpus)) {
        if (pp > m_request.model.num_hidden_layers || (m_request.pp && *m_request.pp != pp)) continue;
        if (!m_request.dp || *m_request.dp == gpus / pp) try_pipelines(pp, gpus / pp);
    }
}

void Search::go_through_all()
{
    // With a deadline fewer GPUs may do, which cost less since their bubbles are shorter.
    const bool fewer_will_do = m_request.deadline_days.has_value();
    for (const std::int64_t gpus : fewer_will_do ? divisors(m_request.gpus) : std::vector{m_request.gpus})
        go_through(gpus);
}

/// By GPU-hours, not money: GPUs may be free.
ClusterPlan Search::cheapest() const
{
    double least = m_fitting.front().gpu_hours;
    for (const ClusterPlan& plan : m_fitting) least = std::min(least, plan.gpu_hours);
    const ClusterPlan* best = nullptr;
    const auto rank = [](const ClusterPlan& p) {
        return std::tuple(p.layout.ep, p.layout.pp, p.layout.micro_batch, p.gpu_hours);
    };
    for (const ClusterPlan& plan : m_fitting)
        if (plan.gpu_hours <= least * (1 + kIndistinct) && (best == nullptr || rank(plan) < rank(*best))) best = &plan;
    return *best;
}

Result<ClusterPlan> Search::outcome() const
{
    if (m_stop.stop_requested()) return Error{"the search was stopped", "Start it again."};
    if (!m_fitting.empty()) return cheapest();
    if (m_considered == 0)
        return Error{
            fmt::format("no layout divides {} GPUs, {} layers, {} routed experts and {} sequences a step as asked",
                        m_request.gpus, m_request.model.num_hidden_layers, m_request.model.n_routed_experts,
                        m_request.batch),
            "Leave out --pp, --ep, --dp, --micro-batch or --schedule, raise --batch, or take fewer GPUs: a power "
            "of two divides best."};
    if (!m_fastest)
        return too_large(*m_smallest, m_considered == 1 ? "the layout" : "no layout fits into memory; the smallest,");
    return Error{fmt::format("no layout is done within {:g} days: the fastest, {}, takes {:.3g} days on {} GPUs",
                             *m_request.deadline_days, text_of(m_fastest->layout), m_fastest->days,
                             m_fastest->layout.gpus()),
                 "Take more or faster GPUs, fewer tokens, or a later deadline."};
}

} // namespace

std::string gigabytes(double bytes)
{
    return fmt::format("{:.1f} GB", bytes / 1e9);
}

Result<ClusterPlan> evaluate_layout(const PlanRequest& request, const PlanLayout& layout)
{
    PlanRequest fixed = request;
    fixed.gpus = layout.gpus();
    fixed.deadline_days.reset(); // it would allow for fewer GPUs
    fixed.pp = layout.pp;
    fixed.ep = layout.ep;
    fixed.dp = layout.dp;
    fixed.micro_batch = layout.micro_batch;
    fixed.schedule = layout.schedule;
    if (const Status valid = check_request(fixed); !valid) return valid.error();
    const std::vector<PartWork> parts = model_work(request.model, request.format, request.sequence_length);
    return layout_cost(request, parts, part_costs(request, parts, layout.ep, layout.micro_batch), layout);
}

Result<ClusterPlan> plan_cluster(const PlanRequest& request)
{
    if (const Status valid = check_request(request); !valid) return valid.error();
    Search search(request);
    search.go_through_all();
    return search.outcome();
}

PlanSearch search_layouts(const PlanRequest& request, const std::stop_token& stop)
{
    if (const Status valid = check_request(request); !valid) return {.plans = {}, .left_out = 0, .best = valid.error()};
    PlanSearch found{.plans = {}, .left_out = 0, .best = Error{}};
    Search search(request, stop);
    search.keep_all_in(found);
    search.go_through_all();
    found.best = search.outcome();
    return found;
}

} // namespace triptych
