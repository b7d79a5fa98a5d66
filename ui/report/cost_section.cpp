// What a run cost: two ledgers, every assumption with its source.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/bar_figures.h"
#include "ui/report/cost_tables.h"
#include "ui/report/report_text.h"
#include "ui/report/run_sections.h"
#include "ui/theme/theme.h"
#include "ui/widgets/number_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>

namespace triptych {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Report)
};

/// The lines of a full ledger that any of the runs has, in their order.
std::vector<std::pair<std::string, QString>> linesOf(const std::vector<const RunReport*>& runs)
{
    std::vector<std::pair<std::string, QString>> lines;
    for (const RunReport* run : runs) {
        if (!run->money) continue;
        for (const LedgerLine& line : run->money->full.lens.ledger.lines)
            if (std::none_of(lines.begin(), lines.end(), [&](const auto& known) { return known.first == line.key; }))
                lines.emplace_back(line.key, toReport(line.title));
    }
    return lines;
}

BarPlotRow barOf(const QString& label, const Ledger& ledger, std::vector<double> parts)
{
    return {label, std::move(parts), std::pair{ledger.low.usd(), ledger.high.usd()}, moneyText(ledger.total)};
}

void addRates(const RunMoney& money, ReportSection& section)
{
    ReportTable table;
    table.title = Words::tr("Rates and projection");
    table.columns = {{Words::tr("Quantity"), {}, ReportAlign::Text},
                     {Words::tr("Headline"), {}, ReportAlign::Number},
                     {Words::tr("Full cost"), {}, ReportAlign::Number}};
    const auto row = [&](const QString& name, const auto& value) {
        table.rows.push_back(plainRow({name, value(money.headline), value(money.full)}));
    };
    const auto maybe = [](const std::optional<Money>& amount) { return amount ? moneyText(*amount) : noNumber(); };
    row(Words::tr("an hour of the device"), [](const RunLedger& l) { return moneyText(l.usd_per_device_hour); });
    row(Words::tr("a million tokens, whole run"), [&](const RunLedger& l) { return maybe(l.per_mtoken_overall); });
    row(Words::tr("a million tokens, last 200 steps"), [&](const RunLedger& l) { return maybe(l.rates.per_mtoken); });
    row(Words::tr("0.01 nat less of loss, last 200 steps"),
        [&](const RunLedger& l) { return maybe(l.rates.per_centinat); });
    row(Words::tr("projected total at the planned end"),
        [&](const RunLedger& l) { return l.projection ? moneyText(l.projection->total) : noNumber(); });
    row(Words::tr("its band"), [&](const RunLedger& l) {
        return l.projection ? bandText(l.projection->low, l.projection->high) : noNumber();
    });
    table.note =
        Words::tr("A dash: the loss does not fall any more, or the run has no planned end. The band takes steps "
                  "still to come to last as long as the quickest and the slowest 5 % of the last 200.");
    section.blocks.emplace_back(table);
    QString energy = Words::tr("Electricity of the run: %1 kWh, %2 at the tariff of the full ledger.")
                         .arg(inputText(money.kwh, {}), moneyText(money.energy_usd));
    energy += QLatin1Char(' ') + (money.measured_watts
                                      ? Words::tr("The processor's own counters measured %1 W on average.")
                                            .arg(fixedText(*money.measured_watts, 1))
                                      : Words::tr("The power was not measured but is an assumption of the ledger."));
    section.paragraph(energy);
}

} // namespace

ReportFigure ledgerFigure(const std::vector<const RunReport*>& runs, const QStringList& names)
{
    const auto lines = linesOf(runs);
    std::vector<BarPlotPart> parts = {{Words::tr("rent"), lightColors().headline}};
    for (std::size_t i = 0; i < lines.size(); ++i) parts.push_back({lines[i].second, partColor(i + 1)});
    std::vector<BarPlotRow> bars;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        if (!runs[i]->money) continue;
        const QString name = names.value(static_cast<qsizetype>(i));
        const Ledger& headline = runs[i]->money->headline.lens.ledger;
        const Ledger& full = runs[i]->money->full.lens.ledger;
        std::vector<double> rent(parts.size(), 0);
        rent[0] = headline.total.usd();
        std::vector<double> owned(parts.size(), 0);
        for (const LedgerLine& line : full.lines)
            for (std::size_t k = 0; k < lines.size(); ++k)
                if (lines[k].first == line.key) owned[k + 1] = line.usd.usd();
        const QString before = name.isEmpty() ? QString() : name + QStringLiteral(": ");
        bars.push_back(barOf(before + Words::tr("headline"), headline, std::move(rent)));
        bars.push_back(barOf(before + Words::tr("full cost"), full, std::move(owned)));
    }
    ReportFigure figure = barFigure(std::move(parts), std::move(bars), QStringLiteral("$"), Words::tr("US dollars"));
    figure.title = Words::tr("The same training by two lenses");
    figure.caption =
        Words::tr("The headline counts rent for this run alone. The full cost counts the hardware over its "
                  "life, energy, the failed runs and trials of the programme, and its people. The thin "
                  "line is the band within which the total lies if the inputs vary as their sources do; the "
                  "amount beside it is the total itself.");
    figure.alt = Words::tr("Bars of the headline and of the parts of the full cost.");
    return figure;
}

ReportSection costSection(const RunReport& run)
{
    ReportSection section{QStringLiteral("cost"), Words::tr("What it cost"), {}};
    section.paragraph(
        Words::tr("A cost without its lens is no information. The price of an hour and the scope of what is "
                  "counted are two different things: the quoted $5.576 million of DeepSeek-V3 is rent for "
                  "the final run alone, and says so (section 1). Here this run is counted both ways, "
                  "from the same measured time."));
    if (!run.money) {
        section.missing(lackText(run, ReportPart::Money));
        return section;
    }
    const RunMoney& money = *run.money;
    section.blocks.emplace_back(ledgerFigure({&run}, {QString()}));
    for (const RunLedger* ledger : {&money.headline, &money.full}) {
        const Ledger& sums = ledger->lens.ledger;
        section.heading(toReport(sums.lens_title));
        section.paragraph(Words::tr("Scope: %1").arg(toReport(sums.scope)));
        section.blocks.emplace_back(ledgerTable(sums));
    }
    section.heading(Words::tr("What these totals rest on"));
    section.blocks.emplace_back(inputTable(money.full.lens));
    if (!money.full.lens.tornado.empty()) section.blocks.emplace_back(tornadoFigure(money.full.lens));
    addRates(money, section);
    return section;
}

ReportSection scaleSection(const RunReport& run, const CostContext& context)
{
    ReportSection section{QStringLiteral("scale"), Words::tr("What others are said to have cost"), {}};
    section.paragraph(
        Words::tr("To hold this run against: totals that are known or claimed for others, each under its own "
                  "lens. Rows of different lenses cannot be compared as they stand; what separates them "
                  "is mostly the scope."));
    if (!context.rows.empty())
        section.blocks.emplace_back(contextTable(context));
    else
        section.missing(Words::tr("The known totals to compare with cannot be read."));
    if (context.waterfall) section.blocks.emplace_back(waterfallTable(*context.waterfall));
    section.heading(Words::tr("This run at the size of DeepSeek-V3: an extrapolation"));
    if (!run.money || run.money->extrapolations.empty()) {
        section.missing(Words::tr("This run has not trained enough to be extrapolated."));
        return section;
    }
    section.caution(
        Words::tr("These numbers were not measured. They carry a small run over some ten orders of magnitude, "
                  "to show what its efficiency would mean, and are no price of anything."));
    ReportTable table;
    table.title = Words::tr("Extrapolation to the pre-training of DeepSeek-V3");
    table.columns = {{Words::tr("By"), {}, ReportAlign::Text},
                     {Words::tr("Scope"), {}, ReportAlign::Text},
                     {Words::tr("Extrapolated total"), {}, ReportAlign::Number}};
    for (const PricedLens& lens : run.money->extrapolations)
        table.rows.push_back(
            plainRow({toReport(lens.ledger.lens_title), toReport(lens.ledger.scope), aboutText(lens.ledger.total)}));
    section.blocks.emplace_back(table);
    return section;
}

} // namespace triptych
