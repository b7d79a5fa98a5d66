// Two validations and what lies between them.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/routing_effect.h"

#include "ui/widgets/number_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <optional>

namespace triptych {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(RoutingEffect)
};

struct Validation {
    std::int64_t step = 0;
    double loss = 0;
};

/// The newest at or before a step.
std::optional<Validation> validationAt(const RunFeed& feed, std::int64_t step)
{
    const auto& series = feed.series();
    const auto at = series.indexed(Metric::ValLoss).indexAt(static_cast<double>(step));
    if (!at) return std::nullopt;
    return Validation{series.series(Metric::ValLoss).steps[*at], series.series(Metric::ValLoss).values[*at]};
}

QString differenceText(double difference)
{
    if (!std::isfinite(difference)) return noNumber();
    const QString size = fixedText(std::abs(difference), 3);
    return (difference < 0 ? QString(QChar(0x2212)) : QStringLiteral("+")) + size;
}

/// "layer 3, expert 9 is off" of "step 900: layer 3, expert 9 is off".
QString nameOf(const LineMark& change)
{
    const qsizetype colon = change.text.indexOf(QStringLiteral(": "));
    return colon < 0 ? change.text : change.text.mid(colon + 2);
}

} // namespace

RoutingEffect routingEffect(const std::vector<LineMark>& changes, const RunFeed& feed)
{
    const std::int64_t shown = feed.shownStep();
    const auto after = std::partition_point(changes.begin(), changes.end(),
                                            [&](const LineMark& change) { return change.step <= shown; });
    if (after == changes.begin()) return {};
    const LineMark& last = *(after - 1);
    const auto before = validationAt(feed, last.step);
    const auto newest = validationAt(feed, shown);
    RoutingEffect effect;
    effect.explanation = Words::tr(
        "Validation loss: mean cross entropy of the main model, in nats per token, of the last validation before the\n"
        "change and of the newest one after it (DeepSeek-V3 report, section 2.1.2, on the election of experts).\n"
        "The model trained on between them: what it learnt meanwhile, and how other experts took over, is in the\n"
        "difference, too. Right after the change it is nearest to what the change alone costs.");
    if (!before) {
        effect.text = Words::tr("What “%1” costs is not known: no validation came before it.").arg(nameOf(last));
        return effect;
    }
    const auto since = std::partition_point(changes.begin(), after,
                                            [&](const LineMark& change) { return change.step < before->step; });
    const auto count = after - since;
    const QString what = count > 1 ? Words::tr("%1 changes of the election").arg(countText(count))
                                   : QStringLiteral("“%1”").arg(nameOf(last));
    const QString then = Words::tr("validation loss %1 at step %2", "before the change")
                             .arg(fixedText(before->loss, 3), countText(before->step));
    if (!newest || newest->step <= last.step)
        effect.text = Words::tr("%1: %2; the next validation tells what the model loses").arg(what, then);
    else
        effect.text = Words::tr("%1: %2, %3 at step %4: %5 nats, training included")
                          .arg(what, then, fixedText(newest->loss, 3), countText(newest->step),
                               differenceText(newest->loss - before->loss));
    return effect;
}

} // namespace triptych
