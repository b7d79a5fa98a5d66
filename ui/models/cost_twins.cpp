// Cells of ledgers.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/cost_twins.h"

#include "ui/language/cost_texts.h"
#include "ui/models/cost_book.h"
#include "ui/models/twin_table.h"
#include "ui/widgets/cost_words.h"

#include <QCoreApplication>

#include <algorithm>
#include <memory>

namespace triptych {

namespace {

/// Gives the texts of this file their context.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(CostTwins)
};

/// What the cells read, kept alive by them.
struct Shown {
    CostPreset preset;
    Ledger ledger;
    std::vector<Money> running;
    std::vector<TornadoBar> tornado;
};

QString yes(bool on)
{
    return on ? Words::tr("yes") : QString();
}

QVariant stepCell(const Shown& shown, int row, int column)
{
    const LedgerLine& line = shown.ledger.lines[static_cast<std::size_t>(row)];
    switch (column) {
    case 0: return costText(line.title);
    case 1: return axisText(line);
    case 2: return line.usd.usd();
    case 3: return line.low.usd();
    case 4: return line.high.usd();
    case 5: return shown.running[static_cast<std::size_t>(row)].usd();
    case 6: return yes(line.left_out);
    case 7: return yes(line.edited);
    case 8: return yes(line.unknown);
    case 9: return QString::fromStdString(line.formula);
    case 10: return costText(shown.ledger.lens_title);
    case 11: return QString::fromStdString(line.source);
    default: return QString::fromStdString(line.date);
    }
}

QVariant inputCell(const Shown& shown, int row, int column)
{
    const CostInput& input = shown.preset.inputs[static_cast<std::size_t>(row)];
    switch (column) {
    case 0: return costText(input.title);
    case 1: return input.input.value;
    case 2: return QString::fromStdString(input.input.unit);
    case 3: return input.input.low;
    case 4: return input.input.high;
    case 5: return basisText(input.input.basis);
    case 6: return yes(input.input.edited);
    case 7: return QString::fromStdString(input.input.source);
    case 8: return QString::fromStdString(input.input.date);
    default: return QString::fromStdString(input.key);
    }
}

QVariant barCell(const Shown& shown, int row, int column)
{
    const TornadoBar& bar = shown.tornado[static_cast<std::size_t>(row)];
    switch (column) {
    case 0: return costText(bar.title);
    case 1: return bar.at_low.usd();
    default: return bar.at_high.usd();
    }
}

} // namespace

std::vector<Twin> costTwins(Panel& panel, const CostBook& book)
{
    if (!book.ledger()) return {};
    auto shown = std::make_shared<Shown>(Shown{book.sheet()->preset(), *book.ledger(), {}, book.tornado()});
    const auto steps = waterfall(shown->ledger);
    for (std::size_t i = 0; i < shown->ledger.lines.size(); ++i)
        shown->running.push_back(steps ? (*steps)[i].to : Money());
    const QString title = costText(shown->ledger.title);
    std::vector<Twin> all;
    all.push_back(twinTable(panel, "steps", Words::tr("Steps of: %1").arg(title),
                            {Words::tr("step"), Words::tr("axis or book"), Words::tr("amount (USD)"),
                             Words::tr("low (USD)"), Words::tr("high (USD)"), Words::tr("total after it (USD)"),
                             Words::tr("left out"), Words::tr("edited"), Words::tr("incomplete"), Words::tr("formula"),
                             Words::tr("lens"), Words::tr("source"), Words::tr("date")},
                            static_cast<int>(shown->ledger.lines.size()),
                            [shown](int row, int column) { return stepCell(*shown, row, column); }));
    all.push_back(
        twinTable(panel, "inputs", Words::tr("Inputs"),
                  {Words::tr("input"), Words::tr("value"), Words::tr("unit"), Words::tr("low"), Words::tr("high"),
                   Words::tr("basis"), Words::tr("edited"), Words::tr("source"), Words::tr("date"), Words::tr("key")},
                  static_cast<int>(shown->preset.inputs.size()),
                  [shown](int row, int column) { return inputCell(*shown, row, column); }));
    if (!shown->tornado.empty())
        all.push_back(twinTable(
            panel, "tornado", Words::tr("What matters most"),
            {Words::tr("input"), Words::tr("total at its low end (USD)"), Words::tr("total at its high end (USD)")},
            static_cast<int>(shown->tornado.size()),
            [shown](int row, int column) { return barCell(*shown, row, column); }));
    return all;
}

} // namespace triptych
