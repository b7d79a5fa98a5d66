// Tables of ledgers.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/cost_tables.h"

#include "ui/report/bar_figures.h"
#include "ui/report/report_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/number_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace triptych {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Report)
};

ReportColumn words(const QString& title)
{
    return {title, {}, ReportAlign::Text};
}
ReportColumn number(const QString& title)
{
    return {title, {}, ReportAlign::Number};
}

/// "source, 2024, assumed"
QString originOf(const std::string& source, const std::string& date, PriceBasis basis, bool edited)
{
    QStringList parts(reportText(QString::fromStdString(source)));
    if (!date.empty()) parts << reportName(QString::fromStdString(date), 30);
    parts << basisText(basis);
    if (edited) parts << Words::tr("changed by the user");
    return joined(parts);
}

/// Sources that no line above has named, and the newest date.
class LineSources {
public:
    explicit LineSources(std::size_t most) : m_most(most) {}

    QString next(const LedgerLine& line)
    {
        QStringList fresh;
        bool again = false;
        for (const QString& source :
             reportText(QString::fromStdString(line.source)).split(QStringLiteral("; "), Qt::SkipEmptyParts))
            m_seen.contains(source) ? void(again = true) : void(fresh << source);
        m_seen << fresh;
        QStringList parts;
        if (again) parts << (fresh.isEmpty() ? Words::tr("as above") : Words::tr("as above;"));
        QString text = parts.join(QString());
        if (!fresh.isEmpty())
            text += (text.isEmpty() ? QString() : QStringLiteral(" ")) +
                    fresh.mid(0, static_cast<qsizetype>(m_most)).join(QStringLiteral("; "));
        if (fresh.size() > static_cast<qsizetype>(m_most))
            text += QStringLiteral("; ") + Words::tr("all: see the table of inputs");
        QStringList origin(text);
        if (!line.date.empty()) origin << reportName(QString::fromStdString(line.date), 30);
        if (line.edited) origin << Words::tr("changed by the user");
        return joined(origin);
    }

private:
    std::size_t m_most;
    QStringList m_seen;
};

QString marked(const LedgerLine& line)
{
    QString title = toReport(line.title);
    if (line.unknown) title += QLatin1Char(' ') + Words::tr("(incomplete: nobody has published an input)");
    return title;
}

} // namespace

ReportTable ledgerTable(const Ledger& ledger)
{
    ReportTable table;
    table.title = Words::tr("%1: %2").arg(toReport(ledger.title), toReport(ledger.lens_title));
    table.columns = {words(Words::tr("Line")), number(Words::tr("Amount")), number(Words::tr("Low")),
                     number(Words::tr("High")), words(Words::tr("Source and date"))};
    LineSources sources(3);
    for (const LedgerLine& line : ledger.lines)
        table.rows.push_back(plainRow(
            {marked(line), moneyText(line.usd), moneyText(line.low), moneyText(line.high), sources.next(line)}));
    table.rows.push_back(
        {{Words::tr("together"), moneyText(ledger.total), moneyText(ledger.low), moneyText(ledger.high)},
         ReportRowKind::Total});
    table.note =
        Words::tr("Low and high: 5 % and 95 % of 4,096 draws in which every input varies within its range. The "
                  "ends of the lines do not add up to those of the total, since not all are at an end at once.");
    if (!ledger.note.empty()) table.note += QLatin1Char(' ') + toReport(ledger.note);
    return table;
}

ReportTable inputTable(const PricedLens& lens, const std::set<std::string>& without)
{
    ReportTable table;
    table.title = without.empty() ? Words::tr("Every input, with its range and where it is from")
                                  : Words::tr("The other inputs, the same for all runs");
    table.columns = {words(Words::tr("Input")), number(Words::tr("Value")), number(Words::tr("Low")),
                     number(Words::tr("High")), words(Words::tr("Source, date, basis"))};
    for (const CostInput& input : lens.preset.inputs) {
        if (without.contains(input.key)) continue;
        const PriceInput& in = input.input;
        table.rows.push_back(plainRow({toReport(input.title), inputText(in.value, in.unit), inputText(in.low, {}),
                                       inputText(in.high, {}), originOf(in.source, in.date, in.basis, in.edited)}));
    }
    table.note = Words::tr("Sources are quoted in their own language. The program never asks the network for a price.");
    return table;
}

ReportFigure tornadoFigure(const PricedLens& lens)
{
    constexpr std::size_t kMost = 8;
    std::vector<BarPlotRow> bars;
    for (const TornadoBar& bar : lens.tornado) {
        if (bars.size() == kMost) break;
        const double low = std::min(bar.at_low.usd(), bar.at_high.usd());
        const double high = std::max(bar.at_low.usd(), bar.at_high.usd());
        bars.push_back({toReport(bar.title),
                        {low, high - low},
                        {},
                        bandText(std::min(bar.at_low, bar.at_high), std::max(bar.at_low, bar.at_high))});
    }
    ReportFigure figure = barFigure({{QString(), lightColors().card}, {QString(), lightColors().fullCost}},
                                    std::move(bars), QStringLiteral("$"), Words::tr("US dollars, full cost"));
    figure.title = Words::tr("Which assumption matters most");
    figure.caption = Words::tr("The full cost with one input at the ends of its range, all others as they are. Whoever "
                               "doubts the total should doubt the uppermost first.");
    figure.alt = Words::tr("Bars from the smallest to the largest total for each input.");
    return figure;
}

ReportTable contextTable(const CostContext& context)
{
    ReportTable table;
    table.title = Words::tr("Known and claimed totals");
    table.columns = {words(Words::tr("What")), words(Words::tr("Lens and scope")), number(Words::tr("GPU-hours")),
                     number(Words::tr("Total")), words(Words::tr("Source, date, basis"))};
    for (const CostContextRow& row : context.rows)
        table.rows.push_back(
            plainRow({toReport(row.title), toReport(row.lens_title) + QStringLiteral(". ") + toReport(row.scope),
                      row.gpu_hours ? countText(static_cast<std::int64_t>(*row.gpu_hours)) : noNumber(),
                      moneyText(row.total), originOf(row.source, row.date, row.basis, false)}));
    return table;
}

ReportTable waterfallTable(const PricedLens& lens)
{
    ReportTable table;
    table.title = Words::tr("From the headline to the fleet: what each step adds to the scope");
    table.columns = {words(Words::tr("Step")), number(Words::tr("Adds")), number(Words::tr("Running total")),
                     words(Words::tr("Source and date"))};
    const auto steps = waterfall(lens.ledger);
    if (!steps) return table;
    LineSources sources(9);
    for (const WaterfallStep& step : *steps)
        table.rows.push_back(
            plainRow({marked(*step.line), moneyText(step.line->usd), moneyText(step.to), sources.next(*step.line)}));
    if (!lens.ledger.note.empty()) table.note = toReport(lens.ledger.note);
    return table;
}

} // namespace triptych
