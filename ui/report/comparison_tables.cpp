// Runs side by side in tables.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/comparison_sections.h"
#include "ui/report/report_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace triptych {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Report)
};

constexpr qsizetype kMostColumns = 4;

ReportTable runsAcross(const SideBySide& compared, const QStringList& names)
{
    ReportTable table{compared.title, {{Words::tr("What"), {}, ReportAlign::Text}}, {}, compared.note};
    for (const QString& name : names) table.columns.push_back({name, {}, compared.align});
    for (const SideBySide::Quantity& quantity : compared.quantities)
        table.rows.push_back({QStringList(quantity.name) + quantity.values});
    return table;
}

ReportTable runsDown(const SideBySide& compared, const QStringList& names, std::size_t first, std::size_t end)
{
    ReportTable table{compared.title, {{Words::tr("Run"), {}, ReportAlign::Text}}, {}, compared.note};
    for (std::size_t i = first; i < end; ++i)
        table.columns.push_back({compared.quantities[i].name, {}, compared.align});
    for (qsizetype run = 0; run < names.size(); ++run) {
        QStringList cells(names[run]);
        for (std::size_t i = first; i < end; ++i) cells << compared.quantities[i].values.value(run);
        table.rows.push_back({cells});
    }
    return table;
}

} // namespace

std::vector<const RunReport*> runsOf(const ReportSet& set)
{
    std::vector<const RunReport*> runs;
    for (const RunReport& run : set.runs) runs.push_back(&run);
    return runs;
}

QStringList comparedNames(const ReportSet& set)
{
    QStringList names;
    for (const RunReport& run : set.runs) {
        const QString name = runName(run, 32);
        QString unique = name;
        for (int i = 2; names.contains(unique); ++i) unique = QStringLiteral("%1 (%2)").arg(name).arg(i);
        names << unique;
    }
    return names;
}

SideBySide::Quantity quantityOf(const ReportSet& set, const QString& name,
                                const std::function<QString(const RunReport&)>& value)
{
    SideBySide::Quantity row{name, {}};
    for (const RunReport& run : set.runs) row.values << value(run);
    return row;
}

void addTables(ReportSection& section, const SideBySide& compared, const QStringList& names)
{
    for (ReportTable& table : tablesOf(compared, names)) section.blocks.emplace_back(std::move(table));
}

std::vector<ReportTable> tablesOf(const SideBySide& compared, const QStringList& names)
{
    if (compared.quantities.empty()) return {};
    if (names.size() <= kMostColumns) return {runsAcross(compared, names)};
    std::vector<ReportTable> tables;
    constexpr std::size_t kPart = 5;
    for (std::size_t first = 0; first < compared.quantities.size(); first += kPart)
        tables.push_back(runsDown(compared, names, first, std::min(first + kPart, compared.quantities.size())));
    return tables;
}

} // namespace triptych
