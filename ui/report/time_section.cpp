// Where the time of a run went.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/bar_figures.h"
#include "ui/report/report_text.h"
#include "ui/report/run_sections.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/price_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace triptych {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Report)
};

QString explanationOf(TimeUse use)
{
    switch (use) {
    case TimeUse::Productive: return Words::tr("steps that stand");
    case TimeUse::Checkpoint: return Words::tr("saving what was learned");
    case TimeUse::Evaluation: return Words::tr("measuring on unseen text");
    case TimeUse::Stall: return Words::tr("between steps: records, pictures, waiting for a disk");
    case TimeUse::Restart: return Words::tr("from the start of a session to its first step");
    case TimeUse::Lost: return Words::tr("steps that had to be made again");
    case TimeUse::Idle: break;
    }
    return Words::tr("held and paused");
}

struct Scale {
    double divisor = 1;
    QString unit;
};
Scale scaleFor(double seconds)
{
    if (seconds < 300) return {1, Words::tr("seconds")};
    if (seconds < 3 * 3600) return {60, Words::tr("minutes")};
    return {3600, Words::tr("hours")};
}

} // namespace

QString timeUseText(TimeUse use)
{
    switch (use) {
    case TimeUse::Productive: return Words::tr("productive");
    case TimeUse::Checkpoint: return Words::tr("checkpoints");
    case TimeUse::Evaluation: return Words::tr("evaluation");
    case TimeUse::Stall: return Words::tr("stall");
    case TimeUse::Restart: return Words::tr("restart");
    case TimeUse::Lost: return Words::tr("lost");
    case TimeUse::Idle: break;
    }
    return Words::tr("idle");
}

ReportFigure timeFigure(const std::vector<const RunReport*>& runs, const QStringList& names)
{
    double longest = 0;
    for (const RunReport* run : runs)
        if (run->time) longest = std::max(longest, run->time->total());
    const Scale scale = scaleFor(longest);
    std::vector<BarPlotPart> parts;
    for (const TimeUseInfo& info : time_uses()) {
        const bool used = std::any_of(runs.begin(), runs.end(), [&](const RunReport* run) {
            return run->time && run->time->seconds(info.use) > 0;
        });
        if (used) parts.push_back({timeUseText(info.use), partColor(static_cast<std::size_t>(info.use) - 1)});
    }
    std::vector<BarPlotRow> bars;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        if (!runs[i]->time) continue;
        BarPlotRow bar{names.value(static_cast<qsizetype>(i)), {}, {}, spanText(runs[i]->time->total())};
        for (const TimeUseInfo& info : time_uses())
            if (std::any_of(parts.begin(), parts.end(),
                            [&](const BarPlotPart& part) { return part.name == timeUseText(info.use); }))
                bar.parts.push_back(runs[i]->time->seconds(info.use) / scale.divisor);
        bars.push_back(std::move(bar));
    }
    ReportFigure figure = barFigure(std::move(parts), std::move(bars), {}, scale.unit);
    figure.title = Words::tr("Where the time went");
    figure.caption = Words::tr("Every second that the machine was held is counted once, over all sessions of a run.");
    figure.alt = Words::tr("Bars of the time of a run by use.");
    return figure;
}

ReportSection timeSection(const RunReport& run)
{
    ReportSection section{QStringLiteral("time"), Words::tr("Where the time went"), {}};
    section.paragraph(Words::tr("Whoever rents or owns a machine pays for all of its time, not for the productive part "
                                "alone. Goodput is the productive share of everything but idle time."));
    if (!run.time) {
        section.missing(lackText(run, ReportPart::Time));
        return section;
    }
    section.blocks.emplace_back(timeFigure({&run}, {runName(run, 24)}));
    ReportTable table;
    table.title = Words::tr("Time by use");
    table.columns = {{Words::tr("Use"), {}, ReportAlign::Text},
                     {Words::tr("What it is"), {}, ReportAlign::Text},
                     {Words::tr("Time"), {}, ReportAlign::Number},
                     {Words::tr("Share"), {}, ReportAlign::Number},
                     {Words::tr("At the rental price"), {}, ReportAlign::Number},
                     {Words::tr("At the full price"), {}, ReportAlign::Number}};
    const double total = run.time->total();
    const auto priced = [&](const RunLedger RunMoney::*ledger, std::size_t i) {
        if (!run.money || i >= ((*run.money).*ledger).time.size()) return noNumber();
        return moneyText(((*run.money).*ledger).time[i].usd);
    };
    std::size_t i = 0;
    for (const TimeUseInfo& info : time_uses()) {
        const double seconds = run.time->seconds(info.use);
        table.rows.push_back(plainRow({timeUseText(info.use), explanationOf(info.use), spanText(seconds),
                                       percentText(total > 0 ? seconds / total : 0), priced(&RunMoney::headline, i),
                                       priced(&RunMoney::full, i)}));
        ++i;
    }
    table.rows.push_back(
        {{Words::tr("together"), Words::tr("goodput %1").arg(goodputText(*run.time)), spanText(total), percentText(1)},
         ReportRowKind::Total});
    section.blocks.emplace_back(table);
    return section;
}

} // namespace triptych
