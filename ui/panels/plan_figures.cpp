// Numbers of a plan in words.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/plan_figures.h"

#include "core/cluster/all_to_all.h"
#include "ui/bridge/shown_currency.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/step_timeline_view.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

QString say(const char* text)
{
    return QCoreApplication::translate("Planner", text);
}

QString secondsText(double seconds)
{
    const int decimals = seconds < 0.1 ? 4 : seconds < 10 ? 2 : 1;
    return QCoreApplication::translate("Planner", "%1 s", "seconds").arg(fixedText(seconds, decimals));
}

QString ofWhole(double part, double whole)
{
    return QStringLiteral("%1 · %2").arg(secondsText(part), percentText(part / whole));
}

/// What was measured where the planner said `predicted`: between the two errors. Empty without figures.
QString rangeText(double least, double largest, const TrainingErrors& errors, QString (*text)(double))
{
    if (errors.of.empty()) return {};
    QString from = text(least);
    const QString to = text(largest);
    // One unit for both, where it is the same.
    const auto unitOf = [](const QString& words) {
        return words.mid(static_cast<int>(
            std::find_if(words.begin(), words.end(), [](QChar c) { return c.isSpace(); }) - words.begin()));
    };
    if (unitOf(from) == unitOf(to)) from.chop(unitOf(from).size());
    return QCoreApplication::translate("Planner", "corrected %1–%2").arg(from, to);
}

QString rangeHint(const TrainingErrors& errors)
{
    if (errors.of.empty()) return {};
    return QCoreApplication::translate(
               "Planner", "\nCorrected: what would be measured if the planner erred here as it does for the "
                          "published\ntrainings of %1: by %2 to %3.")
        .arg(QString::fromStdString(errors.of), errorText(errors.least), errorText(errors.largest));
}

double exchangeSeconds(const ExchangeTraffic& traffic)
{
    return std::max(traffic.nvlink_seconds, traffic.network_seconds);
}

ExchangeTraffic trafficOf(const PlanRequest& request, const ModelConfig& model, const ClusterPlan& plan)
{
    return exchange_traffic(model, request.gpu, expert_group(plan.layout.ep, request.gpu.domain), request.format);
}

QString microseconds(double seconds)
{
    return QCoreApplication::translate("Planner", "%1 µs").arg(fixedText(seconds * 1e6, 2));
}

} // namespace

QString layoutText(const PlanLayout& layout)
{
    return QCoreApplication::translate("Planner", "PP %1 × EP %2 × DP %3 · %4 · micro-batches of %5")
        .arg(countText(layout.pp), countText(layout.ep), countText(layout.dp), scheduleTitle(layout.schedule),
             countText(layout.micro_batch));
}

double priceOf(const PlanRequest& request)
{
    return request.usd_per_gpu_hour.value_or(request.gpu.usd_per_hour);
}

QString priceSource(const PlanRequest& request)
{
    if (request.usd_per_gpu_hour) return say(QT_TRANSLATE_NOOP("Planner", "as typed"));
    for (const auto& [key, figure] : request.gpu.figures)
        if (key == "usd_per_gpu_hour")
            return QString::fromStdString(figure.source) + QStringLiteral(", ") + QString::fromStdString(figure.date);
    return say(QT_TRANSLATE_NOOP("Planner", "no source is known"));
}

QString planTimeText(double days)
{
    if (days >= 2) return QCoreApplication::translate("Planner", "%1 days").arg(fixedText(days, days < 100 ? 1 : 0));
    return QCoreApplication::translate("Planner", "%1 hours").arg(fixedText(24 * days, 1));
}

QString planMoneyText(double usd)
{
    const double shown = usd * ShownCurrency::get().perUsd();
    return std::abs(shown) >= 1e6 ? currencySign() + largeText(shown) : shownMoneyText(shown);
}

QString errorText(double share)
{
    return (share >= 0 ? QStringLiteral("+") : QString()) + percentText(share);
}

QString planSummary(const PlanAnswer& answer)
{
    if (!answer.plan) return answer.refusal ? QString::fromStdString(answer.refusal->what) : QString();
    const ClusterPlan& plan = *answer.plan;
    const QString found =
        QCoreApplication::translate("Planner", "%1 · %2 a step and pipeline · on %3 %4")
            .arg(layoutText(plan.layout), countText(plan.micro_batches), countText(plan.layout.gpus()),
                 QString::fromStdString(answer.request.gpu.name).toUpper());
    if (!answer.refusal) return found;
    return plan.fits() ? QCoreApplication::translate("Planner", "Too late: %1").arg(found)
                       : QCoreApplication::translate("Planner", "Does not fit: %1").arg(found);
}

std::vector<FigureCell> planCells(const PlanAnswer& answer, const TrainingErrors& errors)
{
    const ClusterPlan& p = *answer.plan;
    const auto range = [&](double value, QString (*text)(double)) {
        return rangeText(value / (1 + errors.least), value / (1 + errors.largest), errors, text);
    };
    const QString hint = rangeHint(errors);
    const double price = priceOf(answer.request);
    const QString source = priceSource(answer.request);
    return {
        {say(QT_TRANSLATE_NOOP("Planner", "training time")), planTimeText(p.days), range(p.days, planTimeText),
         QCoreApplication::translate("Planner",
                                     "tokens / (tokens per second) = %1 / %2.\nOf an undisturbed run: without "
                                     "failures, checkpoints, evaluation (docs/planner.md).")
                 .arg(largeText(answer.request.tokens), largeText(p.tokens_per_second)) +
             hint},
        {say(QT_TRANSLATE_NOOP("Planner", "money")), planMoneyText(p.usd), range(p.usd, planMoneyText),
         QCoreApplication::translate(
             "Planner", "GPU-hours × price = %1 × %2.\nPrice: %3.\nThis run only: no failed runs, no people, "
                        "no ownership.")
                 .arg(largeText(p.gpu_hours), usdText(price), source) +
             hint},
        {say(QT_TRANSLATE_NOOP("Planner", "GPU-hours")), largeText(p.gpu_hours), range(p.gpu_hours, largeText),
         QCoreApplication::translate("Planner", "GPUs × hours; %1 for 1T tokens.")
                 .arg(largeText(p.gpu_hours_per_trillion_tokens)) +
             hint},
        {say(QT_TRANSLATE_NOOP("Planner", "MFU, causal")), percentText(p.mfu),
         errors.of.empty()
             ? QString()
             : QCoreApplication::translate("Planner", "%1 full attention").arg(percentText(p.mfu_noncausal)),
         QCoreApplication::translate("Planner",
                                     "Model FLOPs used: 3 × forward FLOPs of a token × tokens per second over "
                                     "the BF16 peak of all GPUs,\nwithout MTP (arXiv 2505.09343, table 4).") +
             hint},
        {say(QT_TRANSLATE_NOOP("Planner", "a step")), secondsText(p.step_seconds), range(p.step_seconds, secondsText),
         QCoreApplication::translate("Planner", "work + bubble + update, for %1 tokens: %2 sequences of %3.")
                 .arg(largeText(static_cast<double>(p.sequences * answer.request.sequence_length)),
                      countText(p.sequences), countText(answer.request.sequence_length)) +
             hint},
        {say(QT_TRANSLATE_NOOP("Planner", "memory per GPU")), bytesText(p.memory.total()),
         QCoreApplication::translate("Planner", "of %1, unchecked").arg(bytesText(p.memory_capacity)),
         QCoreApplication::translate("Planner",
                                     "Weights, gradients, optimizer, activations and buffers of the stage that "
                                     "holds most.\nDeepSeek-V3 report, sections 3.2 and 3.3. "
                                     "No figure is published to check it by.")},
    };
}

std::vector<BarPart> memoryParts(const ClusterPlan& plan)
{
    const PlanMemory& m = plan.memory;
    std::vector<BarPart> parts = {
        {say(QT_TRANSLATE_NOOP("Planner", "weights")),
         m.weights,
         {},
         say(QT_TRANSLATE_NOOP("Planner",
                               "BF16, and a copy in FP8 of what multiplies in it; DualPipe holds two stages.")),
         &ThemeColors::mla},
        {say(QT_TRANSLATE_NOOP("Planner", "gradients")),
         m.gradients,
         {},
         say(QT_TRANSLATE_NOOP("Planner", "F32 sums.")),
         &ThemeColors::moe},
        {say(QT_TRANSLATE_NOOP("Planner", "optimizer")),
         m.optimizer,
         {},
         say(QT_TRANSLATE_NOOP("Planner", "F32 master copy and two BF16 moments, each GPU its share (ZeRO-1).")),
         &ThemeColors::mtp},
        {say(QT_TRANSLATE_NOOP("Planner", "activations")),
         m.activations,
         {},
         say(QT_TRANSLATE_NOOP("Planner", "Of all micro-batches on their way: PP, and PP + 1 with DualPipe.")),
         &ThemeColors::validation},
        {say(QT_TRANSLATE_NOOP("Planner", "buffers")),
         m.buffers,
         {},
         say(QT_TRANSLATE_NOOP("Planner", "Outputs of one layer, logits, and 2 GB assumed for driver and libraries.")),
         &ThemeColors::muted}};
    for (BarPart& part : parts) part.number = bytesText(part.value);
    const double free = plan.memory_capacity - m.total();
    if (free > 0)
        parts.push_back({say(QT_TRANSLATE_NOOP("Planner", "free")), free, bytesText(free),
                         say(QT_TRANSLATE_NOOP("Planner", "Of what may be used of the GPU's memory.")),
                         &ThemeColors::muted, BarFill::Hatched});
    return parts;
}

std::vector<BarPart> stepParts(const PlanRequest& request, const ClusterPlan& plan)
{
    const ExchangeTraffic traffic = trafficOf(request, request.model, plan);
    const QString slower = traffic.network_seconds > traffic.nvlink_seconds
                               ? say(QT_TRANSLATE_NOOP("Planner", "exposed all-to-all (InfiniBand)"))
                               : say(QT_TRANSLATE_NOOP("Planner", "exposed all-to-all (NVLink)"));
    const double whole = plan.step_seconds;
    const auto part = [whole](const QString& name, double value, const QString& why, QColor ThemeColors::*color,
                              BarFill fill = BarFill::Solid) {
        return BarPart{name, value, ofWhole(value, whole), why, color, fill};
    };
    return {
        part(say(QT_TRANSLATE_NOOP("Planner", "kernels")), plan.work_seconds - plan.exposed_seconds,
             QCoreApplication::translate("Planner",
                                         "Products, attention and passes over memory, and what is lost between them; "
                                         "behind them %1 of exchanges are hidden.")
                 .arg(secondsText(std::max(0.0, plan.exchange_seconds - plan.exposed_seconds))),
             &ThemeColors::mla),
        part(slower, plan.exposed_seconds,
             QCoreApplication::translate("Planner", "What no kernels hide of dispatch and combine, %1 of a step in "
                                                    "all. The slower network, named here, sets the time.")
                 .arg(secondsText(plan.exchange_seconds)),
             &ThemeColors::moe),
        part(say(QT_TRANSLATE_NOOP("Planner", "bubble")), plan.bubble_seconds,
             say(QT_TRANSLATE_NOOP("Planner",
                                   "What a GPU waits for its neighbours while the pipeline fills and drains. 1F1B: "
                                   "(PP − 1)(F + B);\nZB1P: (PP − 1)(F + B − 2W); DualPipe: (PP/2 − 1)(F&B + B − "
                                   "3W). DeepSeek-V3 report, table 2.")),
             &ThemeColors::muted, BarFill::Hatched),
        part(say(QT_TRANSLATE_NOOP("Planner", "update")), plan.update_seconds,
             say(QT_TRANSLATE_NOOP("Planner", "Gradients summed over GPUs in F32, AdamW, weights sent back in BF16.")),
             &ThemeColors::mtp)};
}

std::vector<BarRow> exchangeRows(const PlanRequest& request, const ClusterPlan& plan)
{
    const ExchangeTraffic with = trafficOf(request, request.model, plan);
    const ExchangeTraffic without = trafficOf(request, without_node_limit(request.model), plan);
    if (exchangeSeconds(with) <= 0) return {};
    const auto row = [](const QString& name, double bytes, double seconds, BarTone tone) {
        return BarRow{name, bytes, QStringLiteral("%1 · %2").arg(bytesText(bytes), microseconds(seconds)),
                      QCoreApplication::translate(
                          "Planner", "Dispatch in FP8 (with FP8 training) and combine in BF16 of one token in "
                                     "one MoE layer, forward.\nA copy goes over the network once to each "
                                     "node, then over NVLink: DeepSeek-V3 report, section 3.2.2."),
                      tone};
    };
    const QString limit = QCoreApplication::translate("Planner", "limit %1/%2")
                              .arg(countText(request.model.topk_group), countText(request.model.n_group));
    const QString none = say(QT_TRANSLATE_NOOP("Planner", "no limit"));
    const auto named = [](const char* network, const QString& how) { return QLatin1String(network) + ", " + how; };
    std::vector<BarRow> rows = {
        row(named("InfiniBand", limit), with.network_bytes, with.network_seconds, BarTone::Accent),
        row(named("InfiniBand", none), without.network_bytes, without.network_seconds, BarTone::Muted),
        row(named("NVLink", limit), with.nvlink_bytes, with.nvlink_seconds, BarTone::Accent),
        row(named("NVLink", none), without.nvlink_bytes, without.nvlink_seconds, BarTone::Muted)};
    return rows;
}

const ClusterPlan& planOf(const PlanAnswer& answer, int point)
{
    const auto at = static_cast<std::size_t>(point);
    if (at < answer.search.plans.size()) return answer.search.plans[at];
    return at == answer.search.plans.size() && answer.search.best ? *answer.search.best : *answer.plan;
}

std::vector<ScatterPoint> layoutPoints(const PlanAnswer& answer, PlanAxes axes)
{
    std::vector<ScatterPoint> points;
    const auto add = [&](const ClusterPlan& p, ScatterSign sign) {
        const double other = axes == PlanAxes::DaysAndMemory ? p.memory.total() / 1e9 : p.usd;
        points.push_back(
            {p.days, other, sign,
             QCoreApplication::translate("Planner", "%1 on %2 GPUs\n%3, %4, MFU %5\n%6 of %7 on the fullest "
                                                    "GPU\nA click takes this layout into the form.")
                 .arg(layoutText(p.layout), countText(p.layout.gpus()), planTimeText(p.days), planMoneyText(p.usd),
                      percentText(p.mfu), bytesText(p.memory.total()), bytesText(p.memory_capacity))});
    };
    for (const ClusterPlan& p : answer.search.plans) {
        const bool late = answer.request.deadline_days && p.days > *answer.request.deadline_days;
        add(p, p.fits() && !late ? ScatterSign::Dot : ScatterSign::Cross);
    }
    if (answer.search.best) add(*answer.search.best, ScatterSign::Diamond);
    if (answer.plan) add(*answer.plan, ScatterSign::Ring);
    return points;
}

} // namespace triptych
