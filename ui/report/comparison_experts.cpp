// What the chapters of single runs say of their layers, in one number each.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/comparison_sections.h"
#include "ui/widgets/number_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>

namespace triptych {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Report)
};

using Value = std::optional<double>;

QString decimalsOf(const Value& value)
{
    return value ? fixedText(*value, 2) : noNumber();
}

QString shareOf(const Value& value)
{
    return value ? percentText(*value) : noNumber();
}

/// Over the layers that have it.
Value fold(const RunReport& run, Value (*of)(const BalanceRow&), double (*both)(double, double))
{
    Value all;
    for (const BalanceRow& layer : run.balance)
        if (const Value value = of(layer)) all = all ? both(*all, *value) : *value;
    return all;
}

double most(double a, double b)
{
    return std::max(a, b);
}

double least(double a, double b)
{
    return std::min(a, b);
}

Value meanDistance(const RunReport& run)
{
    if (!run.specialisation || run.specialisation->distance.empty()) return std::nullopt;
    double sum = 0;
    for (const double layer : run.specialisation->distance) sum += layer;
    return sum / static_cast<double>(run.specialisation->distance.size());
}

} // namespace

SideBySide comparedExperts(const ReportSet& set)
{
    SideBySide table{Words::tr("Balance and specialisation side by side")};
    table.note = Words::tr("Diversity is the exponential of the entropy of the loads over the number of experts. Dead: "
                           "less than 1 % of the mean load. Kinds of text are 0 % apart where all use the same "
                           "experts, 100 % where they share none, here as the mean of the layers. A dash: not "
                           "recorded.");
    const auto row = [&](const QString& name, QString (*text)(const Value&), Value (*value)(const RunReport&)) {
        table.quantities.push_back(quantityOf(set, name, [&](const RunReport& run) { return text(value(run)); }));
    };
    row(Words::tr("MaxVio of the worst layer, last 100 steps"), decimalsOf, [](const RunReport& run) {
        return fold(
            run, [](const BalanceRow& layer) { return layer.recent_max_vio; }, most);
    });
    row(Words::tr("MaxVio of the worst layer and step"), decimalsOf, [](const RunReport& run) {
        return fold(
            run, [](const BalanceRow& l) { return l.worst_max_vio ? Value(l.worst_max_vio->value) : Value(); }, most);
    });
    row(Words::tr("diversity of the least diverse layer"), shareOf, [](const RunReport& run) {
        return fold(
            run, [](const BalanceRow& layer) { return layer.diversity; }, least);
    });
    table.quantities.push_back(quantityOf(set, Words::tr("dead experts of all layers"), [](const RunReport& run) {
        std::int64_t dead = 0;
        for (const BalanceRow& layer : run.balance) dead += layer.dead;
        return run.balance.empty() ? noNumber() : countText(dead);
    }));
    row(Words::tr("how far kinds of text are apart"), shareOf, meanDistance);
    return table;
}

} // namespace triptych
