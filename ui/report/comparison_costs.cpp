// What the compared runs cost, and what that rests on.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/comparison_sections.h"
#include "ui/report/cost_tables.h"
#include "ui/report/report_text.h"
#include "ui/report/run_sections.h"
#include "ui/widgets/number_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <functional>
#include <set>

namespace triptych {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Report)
};

const CostInput* inputOf(const RunReport& run, const std::string& key)
{
    if (!run.money) return nullptr;
    const auto& inputs = run.money->full.lens.preset.inputs;
    const auto found = std::find_if(inputs.begin(), inputs.end(), [&](const CostInput& in) { return in.key == key; });
    return found == inputs.end() ? nullptr : &*found;
}

bool isSame(const CostInput* a, const CostInput* b)
{
    if (!a || !b) return a == b;
    return a->input.value == b->input.value && a->input.low == b->input.low && a->input.high == b->input.high &&
           a->input.source == b->input.source;
}

QString withRange(const CostInput* input)
{
    if (!input) return noNumber();
    const PriceInput& in = input->input;
    const QString value = inputText(in.value, {});
    return in.low == in.high ? value
                             : Words::tr("%1 (%2 to %3)").arg(value, inputText(in.low, {}), inputText(in.high, {}));
}

/// Those that are not the same for all runs side by side; then, once, those that are.
void addInputs(const ReportSet& set, const QStringList& names, ReportSection& section)
{
    const auto first =
        std::find_if(set.runs.begin(), set.runs.end(), [](const RunReport& run) { return run.money.has_value(); });
    SideBySide table{Words::tr("Inputs that are each run's own")};
    std::set<std::string> own;
    QStringList sources;
    for (const CostInput& input : first->money->full.lens.preset.inputs) {
        const bool shared = std::all_of(set.runs.begin(), set.runs.end(), [&](const RunReport& run) {
            return !run.money || isSame(inputOf(run, input.key), &input);
        });
        if (shared) continue;
        own.insert(input.key);
        const QString title = toReport(input.title);
        const QString unit = toReport(input.input.unit);
        table.quantities.push_back(
            quantityOf(set, unit == QLatin1String("share") ? title : QStringLiteral("%1, %2").arg(title, unit),
                       [&](const RunReport& run) { return withRange(inputOf(run, input.key)); }));
        sources << QStringLiteral("%1: %2").arg(title, reportText(QString::fromStdString(input.input.source)));
    }
    table.note =
        Words::tr("With its range where it has one. Where they are from: %1.").arg(sources.join(QStringLiteral("; ")));
    addTables(section, table, names);
    section.blocks.emplace_back(inputTable(first->money->full.lens, own));
}

} // namespace

ReportSection comparedCosts(const ReportSet& set, const QStringList& names)
{
    ReportSection section{QStringLiteral("cost"), Words::tr("What they cost"), {}};
    section.paragraph(
        Words::tr("Each run under the same two lenses: the headline is rent for the run alone, the full cost all "
                  "that stands behind it. The price of an hour and the scope of what is counted are two "
                  "different things."));
    const auto runs = runsOf(set);
    const bool any = std::any_of(runs.begin(), runs.end(), [](const RunReport* r) { return r->money.has_value(); });
    if (!any) {
        section.missing(Words::tr("None of these runs can be priced."));
        return section;
    }
    section.blocks.emplace_back(ledgerFigure(runs, names));
    SideBySide table{Words::tr("Costs side by side")};
    const auto row = [&](const QString& name, const std::function<QString(const RunMoney&)>& value) {
        table.quantities.push_back(
            quantityOf(set, name, [&](const RunReport& r) { return r.money ? value(*r.money) : noNumber(); }));
    };
    row(Words::tr("headline cost"), [](const RunMoney& m) { return moneyText(m.headline.lens.ledger.total); });
    row(Words::tr("full cost"), [](const RunMoney& m) { return moneyText(m.full.lens.ledger.total); });
    row(Words::tr("its band"),
        [](const RunMoney& m) { return bandText(m.full.lens.ledger.low, m.full.lens.ledger.high); });
    row(Words::tr("a million tokens, headline"), [](const RunMoney& m) {
        return m.headline.per_mtoken_overall ? moneyText(*m.headline.per_mtoken_overall) : noNumber();
    });
    row(Words::tr("electricity, kWh"), [](const RunMoney& m) { return inputText(m.kwh, {}); });
    addTables(section, table, names);
    addInputs(set, names, section);
    if (!set.context.rows.empty()) section.blocks.emplace_back(contextTable(set.context));
    return section;
}

} // namespace triptych
