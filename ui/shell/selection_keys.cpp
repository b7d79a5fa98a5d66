// Stepping through what can be chosen.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/selection_keys.h"

#include <algorithm>

namespace triptych {

namespace {

/// From -1, nothing, to the first.
std::int64_t stepped(std::int64_t from, int places, std::int64_t count)
{
    if (from < 0) return 0;
    return std::clamp<std::int64_t>(from + places, 0, std::max<std::int64_t>(count - 1, 0));
}

} // namespace

void stepLayer(Selection& selection, const event::RunStarted& run, int places)
{
    selection.setLayer(stepped(selection.layer(), places, run.layers + run.mtp_depth));
}

void stepExpert(Selection& selection, const event::RunStarted& run, int places)
{
    if (run.experts <= 0) return;
    const std::int64_t first = run.config.first_k_dense_replace;
    selection.setExpertOfLayer(std::max(selection.layer(), first), stepped(selection.expert(), places, run.experts));
}

void stepHead(Selection& selection, const event::RunStarted& run, int places)
{
    selection.setHead(stepped(selection.head(), places, run.heads));
}

} // namespace triptych
