// The closed forms of three pipeline schedules.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cluster/schedule.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace triptych {

namespace {

struct ScheduleName {
    PipelineSchedule schedule;
    std::string_view name;
};
constexpr std::array kNames = {ScheduleName{PipelineSchedule::OneForwardOneBackward, "1f1b"},
                               ScheduleName{PipelineSchedule::ZeroBubble, "zb1p"},
                               ScheduleName{PipelineSchedule::DualPipe, "dualpipe"}};

} // namespace

std::string_view name_of(PipelineSchedule schedule)
{
    for (const ScheduleName& row : kNames)
        if (row.schedule == schedule) return row.name;
    return "?";
}

std::optional<PipelineSchedule> schedule_from_name(std::string_view name)
{
    for (const ScheduleName& row : kNames)
        if (row.name == name) return row.schedule;
    return std::nullopt;
}

std::vector<PipelineSchedule> all_schedules()
{
    std::vector<PipelineSchedule> schedules;
    for (const ScheduleName& row : kNames) schedules.push_back(row.schedule);
    return schedules;
}

double bubble_seconds(PipelineSchedule schedule, std::int64_t pp, const StageSeconds& s)
{
    const auto stages = static_cast<double>(pp);
    double bubble = 0;
    switch (schedule) {
    case PipelineSchedule::OneForwardOneBackward: bubble = (stages - 1) * (s.forward + s.backward); break;
    case PipelineSchedule::ZeroBubble: bubble = (stages - 1) * (s.forward + s.backward - 2 * s.weights); break;
    case PipelineSchedule::DualPipe: bubble = (stages / 2 - 1) * (s.both + s.backward - 3 * s.weights); break;
    }
    return std::max(0.0, bubble);
}

std::int64_t lone_micro_batches(PipelineSchedule schedule, std::int64_t pp, std::int64_t micro_batches)
{
    return schedule == PipelineSchedule::DualPipe ? std::min(pp, micro_batches) : micro_batches;
}

double work_seconds(PipelineSchedule schedule, std::int64_t pp, std::int64_t micro_batches, const StageSeconds& s)
{
    const std::int64_t lone = lone_micro_batches(schedule, pp, micro_batches);
    return static_cast<double>(lone) * (s.forward + s.backward) + static_cast<double>(micro_batches - lone) * s.both;
}

double kept_micro_batches(PipelineSchedule schedule, std::int64_t pp, std::int64_t micro_batches)
{
    return static_cast<double>(std::min(micro_batches, schedule == PipelineSchedule::DualPipe ? pp + 1 : pp));
}

double held_stages(PipelineSchedule schedule)
{
    return schedule == PipelineSchedule::DualPipe ? 2 : 1;
}

std::int64_t micro_batches_for(PipelineSchedule schedule, std::int64_t pp, std::int64_t wanted)
{
    if (schedule != PipelineSchedule::DualPipe) return std::max<std::int64_t>(1, wanted);
    return std::max(2 * pp, wanted + wanted % 2);
}

Status check_stages(PipelineSchedule schedule, std::int64_t pp)
{
    if (schedule != PipelineSchedule::DualPipe || pp % 2 == 0) return {};
    return Error{
        fmt::format("DualPipe runs from both ends of the pipeline and needs an even number of stages, not {}", pp),
        fmt::format("Choose --pp {}, or --schedule zb1p.", pp + 1)};
}

} // namespace triptych
