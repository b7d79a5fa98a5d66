// Chapters of a comparison.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/comparison_sections.h"

#include "ui/plots/series_curves.h"
#include "ui/report/curve_figures.h"
#include "ui/report/map_figures.h"
#include "ui/report/report_text.h"
#include "ui/report/run_sections.h"
#include "ui/report/sentence_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/price_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <functional>

namespace triptych {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Report)
};

QString lossOf(const std::optional<LossSummary>& loss)
{
    return loss ? lossText(loss->last.value) : noNumber();
}

/// One curve a run, in its colour and with its own line.
CurvePlot overlaid(const ReportSet& set, const QStringList& names, MetricId metric, const QString& title,
                   ValueBase base)
{
    const Theme theme(ThemeChoice::Light, ThemeReach::Own);
    CurvePlot plot;
    plot.title = title;
    plot.base = base;
    for (std::size_t i = 0; i < set.runs.size(); ++i) {
        const ReportCurve* curve = set.runs[i].curve(metric);
        if (!curve) continue;
        FigureCurve drawn = figureCurve(*curve, names.value(static_cast<qsizetype>(i)),
                                        theme.runColor(static_cast<int>(i)), styleOfRun(static_cast<int>(i)));
        drawn.low.clear(); // bands of several runs would hide each other
        drawn.high.clear();
        plot.curves.push_back(std::move(drawn));
    }
    return plot;
}

void addOverlay(const ReportSet& set, const QStringList& names, ReportSection& section, MetricId metric,
                const QString& title, const QString& unit, ValueBase base, const QString& caption)
{
    CurvePlot plot = overlaid(set, names, metric, unit, base);
    if (plot.curves.empty()) return;
    ReportFigure figure = curveFigure({std::move(plot)}, 1, 230);
    figure.title = title;
    figure.caption = caption;
    figure.alt = Words::tr("%1 of all runs over steps: %2.").arg(title, joined(names));
    section.blocks.emplace_back(std::move(figure));
}

ReportSection summary(const ReportSet& set, const QStringList& names)
{
    ReportSection section{QStringLiteral("summary"), Words::tr("In short"), {}};
    section.paragraph(
        Words::tr("This report sets these runs side by side: %1. It begins with the settings in which they "
                  "differ, since everything else follows from those or from chance.")
            .arg(joined(names)));
    SideBySide table{Words::tr("The runs at a glance")};
    table.note =
        Words::tr("Losses in nats per token, the newest of each. Costs under two lenses: rent for the run alone, and "
                  "all that stands behind it.");
    const auto row = [&](const QString& name, const std::function<QString(const RunReport&)>& value) {
        table.quantities.push_back(quantityOf(set, name, value));
    };
    row(Words::tr("model"), [](const RunReport& r) { return reportName(QString::fromStdString(r.summary.model), 40); });
    row(Words::tr("parameters"),
        [](const RunReport& r) { return largeText(static_cast<double>(r.summary.parameters)); });
    row(Words::tr("steps"), [](const RunReport& r) { return countText(r.summary.steps); });
    row(Words::tr("tokens"),
        [](const RunReport& r) { return r.summary.tokens ? largeText(*r.summary.tokens) : noNumber(); });
    row(Words::tr("loss on unseen text"), [](const RunReport& r) { return lossOf(r.summary.val_loss); });
    row(Words::tr("loss in training"), [](const RunReport& r) { return lossOf(r.summary.main_loss); });
    row(Words::tr("tokens per second"),
        [](const RunReport& r) { return r.throughput ? largeText(r.throughput->tokens_per_second) : noNumber(); });
    row(Words::tr("training time"),
        [](const RunReport& r) { return r.summary.train_seconds ? spanText(*r.summary.train_seconds) : noNumber(); });
    row(Words::tr("headline cost"),
        [](const RunReport& r) { return r.money ? moneyText(r.money->headline.lens.ledger.total) : noNumber(); });
    row(Words::tr("full cost"),
        [](const RunReport& r) { return r.money ? moneyText(r.money->full.lens.ledger.total) : noNumber(); });
    addTables(section, table, names);
    for (std::size_t i = 0; i < set.runs.size(); ++i)
        for (const std::string& trouble : set.runs[i].troubles)
            section.caution(QStringLiteral("%1: %2").arg(names.value(static_cast<qsizetype>(i)), toReport(trouble)));
    return section;
}

ReportSection differencesSection(const ReportSet& set, const QStringList& names)
{
    ReportSection section{QStringLiteral("differences"), Words::tr("What differs"), {}};
    if (set.differences.empty()) {
        section.paragraph(
            Words::tr("The runs have the same settings, data and plan. What differs in their numbers is due to "
                      "the number of threads, to the machine, or to where they stopped."));
        return section;
    }
    section.paragraph(
        Words::tr("Settings that are the same in all runs are left out. A dash: the run does not have the "
                  "setting."));
    SideBySide table{Words::tr("Settings that differ")};
    table.align = ReportAlign::Text;
    for (const SettingDifference& difference : set.differences) {
        SideBySide::Quantity row{reportName(QString::fromStdString(difference.key), 60), {}};
        for (const std::string& value : difference.values) {
            const QString text = reportName(QString::fromStdString(value), 120);
            row.values << (text.isEmpty() ? noNumber() : text);
        }
        table.quantities.push_back(std::move(row));
    }
    addTables(section, table, names);
    return section;
}

ReportSection learningSection(const ReportSet& set, const QStringList& names)
{
    ReportSection section{QStringLiteral("loss"), Words::tr("What they learned"), {}};
    section.paragraph(
        Words::tr("The loss says how surprised a model is by the next token: lower is better. Every run has one "
                  "colour and one kind of line in all figures."));
    addOverlay(set, names, section, Metric::MainLoss, Words::tr("Loss of the next token, training"),
               Words::tr("nats per token"), ValueBase::Data,
               Words::tr("Each point is the mean of a few steps. Curves of different data cannot be compared."));
    addOverlay(set, names, section, Metric::ValLoss, Words::tr("Loss of the next token, unseen text"),
               Words::tr("nats per token"), ValueBase::Data,
               Words::tr("Measured now and then on text that was held back from the training."));
    addOverlay(set, names, section, Metric::MtpLoss, Words::tr("Loss of the modules that predict further ahead"),
               Words::tr("nats per token"), ValueBase::Data,
               Words::tr("The mean of a model's MTP modules (section 2.2)."));
    return section;
}

ReportSection balanceSection(const ReportSet& set, const QStringList& names)
{
    ReportSection section{QStringLiteral("experts"), Words::tr("How the experts shared the work"), {}};
    section.paragraph(
        Words::tr("MaxVio is the load of the busiest expert of a layer over the mean, less one: zero is an even "
                  "use, and a run whose router collapses climbs towards the number of experts."));
    addOverlay(set, names, section, Metric::MaxVio, Words::tr("Imbalance over the run"),
               Words::tr("MaxVio, mean of the layers"), ValueBase::Zero,
               Words::tr("Lower is better; the loss alone does not show a collapse (section 2.1.2)."));
    addTables(section, comparedExperts(set), names);
    std::vector<const ReportLoads*> loads;
    for (const RunReport& run : set.runs)
        loads.push_back(run.loads && !run.loads->maps.empty() ? &*run.loads : nullptr);
    if (std::all_of(loads.begin(), loads.end(), [](const ReportLoads* l) { return !l; })) {
        section.missing(Words::tr("None of these runs kept maps of its experts' loads."));
        return section;
    }
    ReportFigure figure = newestLoadsFigure(loads, names);
    figure.title = Words::tr("Load of every expert at the newest step");
    figure.caption = Words::tr("A row is a layer, a column an expert; grey is a fair share, orange more, blue less.");
    figure.alt = Words::tr("Maps of layers by experts, one of each run.");
    section.blocks.emplace_back(std::move(figure));
    return section;
}

ReportSection speedAndTime(const ReportSet& set, const QStringList& names)
{
    ReportSection section{QStringLiteral("speed"), Words::tr("How fast they went"), {}};
    section.paragraph(
        Words::tr("Speed depends on the machine and on what else ran on it: compare runs of one machine."));
    addOverlay(set, names, section, Metric::TokensPerSecond, Words::tr("Throughput"), Words::tr("tokens per second"),
               ValueBase::Zero, Words::tr("Dips are evaluations and checkpoints."));
    SideBySide table{Words::tr("Speed, drafts and time")};
    table.note = Words::tr("A dash: the run did not record it, or its model has no such part.");
    const auto row = [&](const QString& name, const std::function<QString(const RunReport&)>& value) {
        table.quantities.push_back(quantityOf(set, name, value));
    };
    row(Words::tr("device"),
        [](const RunReport& r) { return reportName(QString::fromStdString(r.summary.device), 40); });
    row(Words::tr("tokens per second"),
        [](const RunReport& r) { return r.throughput ? largeText(r.throughput->tokens_per_second) : noNumber(); });
    row(Words::tr("share of the peak (MFU)"), [](const RunReport& r) {
        return r.throughput && r.throughput->mfu ? percentText(*r.throughput->mfu) : noNumber();
    });
    row(Words::tr("median step"), [](const RunReport& r) {
        return r.throughput && r.throughput->median_step_seconds ? spanText(*r.throughput->median_step_seconds)
                                                                 : noNumber();
    });
    row(Words::tr("accepted drafts of MTP 1"), [](const RunReport& r) {
        return r.acceptance && !r.acceptance->rate.empty() ? percentText(r.acceptance->rate.front()) : noNumber();
    });
    row(Words::tr("goodput"), [](const RunReport& r) { return r.time ? goodputText(*r.time) : noNumber(); });
    addTables(section, table, names);
    addOverlay(set, names, section, {Metric::DepthAcceptance, 1}, Words::tr("Accepted drafts of the first MTP module"),
               Words::tr("share of the drafts, on unseen text"), ValueBase::Zero,
               Words::tr("Higher is better: so many steps of writing are saved (section 5.4.3)."));
    const auto runs = runsOf(set);
    if (std::any_of(runs.begin(), runs.end(), [](const RunReport* r) { return r->time.has_value(); }))
        section.blocks.emplace_back(timeFigure(runs, names));
    for (std::size_t i = 0; i < runs.size(); ++i)
        if (!runs[i]->time)
            section.missing(QStringLiteral("%1: %2").arg(names.value(static_cast<qsizetype>(i)),
                                                         Words::tr("This run kept no account of its time.")));
    return section;
}

/// Program and machine of each run.
SideBySide originTable(const ReportSet& set)
{
    SideBySide table{Words::tr("Program and machine")};
    table.align = ReportAlign::Text;
    const auto row = [&](const QString& name, const std::function<std::string(const RunReport&)>& value) {
        table.quantities.push_back(quantityOf(set, name, [&](const RunReport& run) {
            const QString text = reportName(QString::fromStdString(value(run)), 60);
            return text.isEmpty() ? noNumber() : text;
        }));
    };
    row(Words::tr("Triptych"), [](const RunReport& r) { return r.manifest.version; });
    row(Words::tr("revision of its source"), [](const RunReport& r) { return r.manifest.git_revision; });
    row(Words::tr("device"), [](const RunReport& r) { return r.manifest.device; });
    row(Words::tr("host"), [](const RunReport& r) { return r.manifest.host; });
    row(Words::tr("begun (UTC)"), [](const RunReport& r) { return r.manifest.created; });
    row(Words::tr("ended (UTC)"), [](const RunReport& r) { return r.summary.ended; });
    row(Words::tr("seed"), [](const RunReport& r) { return std::to_string(r.manifest.train.seed); });
    return table;
}

ReportTable dataOfAll(const ReportSet& set, const QStringList& names)
{
    ReportTable all;
    for (std::size_t i = 0; i < set.runs.size(); ++i) {
        ReportTable one = dataTable(set.runs[i]);
        for (ReportRow& row : one.rows) {
            row.cells.prepend(names.value(static_cast<qsizetype>(i)));
            all.rows.push_back(std::move(row));
        }
        all.title = one.title;
        all.columns = std::move(one.columns);
    }
    all.columns.insert(all.columns.begin(), {Words::tr("Run"), {}, ReportAlign::Text});
    return all;
}

ReportSection setups(const ReportSet& set, const QStringList& names)
{
    ReportSection section{QStringLiteral("setup"), Words::tr("How to do it again"), {}};
    section.paragraph(Words::tr("Data with their hashes, program and command of every run. All settings, attention and "
                                "load maps over time are in the report of each run alone."));
    addTables(section, originTable(set), names);
    section.blocks.emplace_back(dataOfAll(set, names));
    for (std::size_t i = 0; i < set.runs.size(); ++i) {
        const RunReport& run = set.runs[i];
        section.heading(names.value(static_cast<qsizetype>(i)));
        section.blocks.emplace_back(ReportCode{reportText(QString::fromStdString(run.command.line))});
        for (const std::string& condition : run.command.conditions) section.paragraph(sentenceText(condition));
    }
    return section;
}

} // namespace

std::vector<ReportSection> comparisonSections(const ReportSet& set, const QStringList& names)
{
    std::vector<ReportSection> sections;
    for (const auto& chapter :
         {summary, differencesSection, learningSection, balanceSection, speedAndTime, comparedCosts, setups})
        sections.push_back(chapter(set, names));
    return sections;
}

} // namespace triptych
