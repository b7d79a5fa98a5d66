// How fast the run was, and how calm.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/curve_figures.h"
#include "ui/report/report_text.h"
#include "ui/report/run_sections.h"
#include "ui/theme/theme.h"
#include "ui/widgets/number_text.h"

#include <QCoreApplication>

#include <cmath>
#include <iterator>

namespace triptych {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Report)
};

void addCurves(const RunReport& run, ReportSection& section)
{
    const ThemeColors colors = lightColors();
    std::vector<CurvePlot> plots;
    const auto add = [&](Metric metric, const QString& title, const QColor& color, ValueScale scale, ValueBase base) {
        if (const ReportCurve* curve = run.curve(metric))
            plots.push_back({title, {}, {}, scale, base, {figureCurve(*curve, {}, color)}});
    };
    add(Metric::TokensPerSecond, Words::tr("throughput, tokens per second"), colors.throughput, ValueScale::Linear,
        ValueBase::Zero);
    add(Metric::LearningRate, Words::tr("learning rate"), colors.text, ValueScale::Linear, ValueBase::Zero);
    add(Metric::GradNorm, Words::tr("norm of the gradient before clipping"), colors.text, ValueScale::Logarithmic,
        ValueBase::Data);
    add(Metric::Mfu, Words::tr("share of the peak (MFU)"), colors.throughput, ValueScale::Linear, ValueBase::Zero);
    if (plots.empty()) {
        section.missing(Words::tr("This run recorded no curves."));
        return;
    }
    ReportFigure figure = curveFigure(std::move(plots), 2, 165);
    figure.title = Words::tr("Speed and calm of the training");
    figure.caption =
        Words::tr("The learning rate rises, stays and falls as planned (section 4.2). A gradient whose norm jumps by "
                  "powers of ten would announce trouble. Throughput dips where the model was evaluated or saved.");
    figure.alt = Words::tr("Curves of throughput, learning rate, gradient norm and share of the peak over steps.");
    section.blocks.emplace_back(figure);
}

/// "43.4 GFLOP/s"
QString flopText(double value, const char* unit)
{
    constexpr const char* kPrefixes[] = {"", "k", "M", "G", "T", "P", "E"};
    std::size_t prefix = 0;
    while (std::abs(value) >= 999.5 && prefix + 1 < std::size(kPrefixes)) {
        value /= 1000;
        ++prefix;
    }
    return QStringLiteral("%1%2%3%4")
        .arg(fixedText(value, value < 99.95 ? 1 : 0), QString(QChar(0x202f)), QLatin1String(kPrefixes[prefix]),
             QLatin1String(unit));
}

void addTable(const RunReport& run, ReportSection& section)
{
    if (!run.throughput) {
        section.missing(lackText(run, ReportPart::Throughput));
        return;
    }
    const ReportThroughput& t = *run.throughput;
    ReportTable table;
    table.title = Words::tr("Speed");
    table.columns = {{Words::tr("Quantity"), {}, ReportAlign::Text}, {Words::tr("Value"), {}, ReportAlign::Number}};
    const auto row = [&](const QString& name, const QString& value) { table.rows.push_back(plainRow({name, value})); };
    row(Words::tr("tokens per second, whole run"), largeText(t.tokens_per_second));
    if (t.median_tokens_per_second)
        row(Words::tr("tokens per second, median step"), largeText(*t.median_tokens_per_second));
    if (t.median_step_seconds) row(Words::tr("median step"), spanText(*t.median_step_seconds));
    row(Words::tr("tokens of a step"), countText(run.summary.tokens_per_step));
    if (t.flops_per_token > 0) row(Words::tr("operations per token, training"), flopText(t.flops_per_token, "FLOP"));
    if (t.flops_per_second) row(Words::tr("operations per second"), flopText(*t.flops_per_second, "FLOP/s"));
    if (t.peak_flops) row(Words::tr("peak that the share is of"), flopText(*t.peak_flops, "FLOP/s"));
    if (t.mfu) row(Words::tr("share of the peak (MFU), last 200 steps"), percentText(*t.mfu));
    if (t.best_mfu) row(Words::tr("best share of the peak"), percentText(*t.best_mfu));
    table.note = Words::tr("Operations are counted with causal attention, backward pass and MTP modules. The peak of "
                           "this machine is its own fastest matrix product, measured.");
    section.blocks.emplace_back(table);
}

QString regionText(int region)
{
    switch (static_cast<PlanEntry::Region>(region + 1)) {
    case PlanEntry::Region::Weights: return Words::tr("weights");
    case PlanEntry::Region::Gradients: return Words::tr("gradients");
    case PlanEntry::Region::Moments: return Words::tr("moments of the optimizer");
    case PlanEntry::Region::Packed: return Words::tr("weights in the order of the kernels");
    case PlanEntry::Region::Sums: return Words::tr("sums over micro-batches");
    case PlanEntry::Region::Kept: return Words::tr("kept for the backward pass");
    case PlanEntry::Region::Layer: return Words::tr("one layer's work");
    case PlanEntry::Region::Scratch: break;
    }
    return Words::tr("scratch");
}

void addMemory(const RunReport& run, ReportSection& section)
{
    if (!run.memory) {
        section.missing(lackText(run, ReportPart::Memory));
        return;
    }
    ReportTable table;
    table.title = Words::tr("Memory of the training");
    table.columns = {{Words::tr("Use"), {}, ReportAlign::Text},
                     {Words::tr("Size"), {}, ReportAlign::Number},
                     {Words::tr("Share"), {}, ReportAlign::Number}};
    for (int i = 0; i < PlanEntry::kRegions; ++i) {
        const auto bytes = static_cast<double>(run.memory->regions[static_cast<std::size_t>(i)]);
        if (bytes > 0)
            table.rows.push_back(plainRow(
                {regionText(i), bytesText(bytes), percentText(bytes / static_cast<double>(run.memory->total))}));
    }
    table.rows.push_back({{Words::tr("together"), bytesText(static_cast<double>(run.memory->total)), percentText(1)},
                          ReportRowKind::Total});
    table.note = Words::tr("As planned before the first step: nothing is allocated while it trains.");
    section.blocks.emplace_back(table);
}

} // namespace

ReportSection speedSection(const RunReport& run)
{
    ReportSection section{QStringLiteral("speed"), Words::tr("How fast it went"), {}};
    section.paragraph(
        Words::tr("Speed is measured in tokens per second of training. The share of the peak (MFU) sets the "
                  "operations that the model needs against what the machine could do at best: it tells "
                  "how much of the hardware, and of its price, was put to use."));
    addCurves(run, section);
    addTable(run, section);
    addMemory(run, section);
    return section;
}

} // namespace triptych
