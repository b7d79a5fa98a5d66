// Saying it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/window_cost_text.h"

#include "ui/widgets/number_text.h"

#include <QCoreApplication>

namespace triptych {

QString windowCostText(const std::optional<WindowCost>& cost)
{
    const auto share = [](double value) { return percentText(value, 2); };
    return QCoreApplication::translate("WindowCost",
                                       "this window: %1 of a core, pictures of the model %2 of the training")
        .arg(cost ? share(cost->window) : noNumber(), cost ? share(cost->pictures) : noNumber());
}

QString windowCostHint()
{
    return QCoreApplication::translate(
               "WindowCost",
               "Over the last %1 seconds. Window: CPU time of the thread that draws / wall time. Pictures: "
               "time that the training spends on the\nprobe text and on the rank of latents for this "
               "window / wall time. Where training keeps all cores busy, it is slower by about their\n"
               "sum; copies of loads and timings of kernels are not counted. While a hand is on the window it looks "
               "more often, and both are larger. A dash: no "
               "training goes on in this program, or\nthe system does not tell the time of a thread.")
        .arg(WindowMeter::kOver, 0, 'f', 0);
}

} // namespace triptych
