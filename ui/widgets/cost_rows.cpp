// From lines to rows.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/cost_rows.h"

#include "ui/language/cost_texts.h"
#include "ui/widgets/cost_words.h"
#include "ui/widgets/money_text.h"
#include "ui/widgets/number_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace triptych {

namespace {

/// Gives the texts of this file their context.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(CostRows)
};

StepTone toneOf(const LedgerLine& line)
{
    if (line.axis) return *line.axis == CostAxis::Price ? StepTone::Price : StepTone::Scope;
    return line.part == LedgerPart::Headline ? StepTone::Headline : StepTone::Other;
}

int leftOut(const Ledger& ledger)
{
    return static_cast<int>(
        std::count_if(ledger.lines.begin(), ledger.lines.end(), [](const LedgerLine& l) { return l.left_out; }));
}

} // namespace

QString marksOf(const CostPreset& preset, const LedgerLine& line)
{
    QString marks;
    const bool claimed = std::any_of(preset.inputs.begin(), preset.inputs.end(), [&](const CostInput& input) {
        return input.input.basis == PriceBasis::Claimed && !input.input.edited &&
               std::find(line.inputs.begin(), line.inputs.end(), input.key) != line.inputs.end();
    });
    if (line.edited) marks += QStringLiteral("✎");
    if (claimed) marks += QLatin1Char('!');
    if (line.unknown) marks += QLatin1Char('?');
    return marks;
}

QString marksLegend()
{
    QString legend = Words::tr("✎ edited · ! claimed or disputed · ? not published");
    for (const char16_t mark : {u'✎', u'!', u'?'}) // no line ends between a mark and its word
        legend.replace(QString(QChar(mark)) + QLatin1Char(' '), QString(QChar(mark)) + QChar(0x00a0));
    return legend;
}

std::vector<WaterfallRow> waterfallRows(const CostBook& book)
{
    std::vector<WaterfallRow> rows;
    if (!book.ledger()) return rows;
    const auto steps = waterfall(*book.ledger());
    if (!steps) return rows;
    const auto& lines = book.ledger()->lines;
    const bool falls = std::any_of(lines.begin(), lines.end(), [](const LedgerLine& l) { return l.axis.has_value(); });
    for (std::size_t i = 0; i < steps->size(); ++i) {
        const WaterfallStep& step = (*steps)[i];
        const LedgerLine& line = *step.line;
        rows.push_back(
            {.title = costText(line.title),
             .sign = falls && i == 0 ? Words::tr("start", "the step that a waterfall begins with") : axisText(line),
             .tone = toneOf(line),
             .amount = i == 0 ? moneyText(line.usd, book.currency()) : moneyChangeText(line.usd, book.currency()),
             .running = QStringLiteral("= ") + moneyText(step.to, book.currency()),
             .marks = marksOf(book.sheet()->preset(), line),
             .from = step.from.usd(),
             .to = step.to.usd(),
             .leftOut = line.left_out,
             .tip = lineExplanation(book.sheet()->preset(), *book.ledger(), line, book.currency())});
    }
    return rows;
}

WaterfallTotal waterfallTotal(const CostBook& book)
{
    WaterfallTotal total;
    if (!book.ledger()) return total;
    const Ledger& ledger = *book.ledger();
    const int out = leftOut(ledger);
    total.title = out == 0   ? Words::tr("Total")
                  : out == 1 ? Words::tr("Total without one step")
                             : Words::tr("Total without %1 steps").arg(out);
    total.amount = moneyText(ledger.total, book.currency());
    total.value = ledger.total.usd();
    if (book.hasBand() && ledger.low != ledger.high) {
        total.range = {ledger.low.usd(), ledger.high.usd()};
        total.band = Words::tr("5 to 95 %: %1 to %2")
                         .arg(moneyText(ledger.low, book.currency()), moneyText(ledger.high, book.currency()));
    }
    total.tip = totalExplanation(book.sheet()->preset(), ledger, book.currency());
    return total;
}

QString gapSentence(const CostBook& book)
{
    if (!book.ledger()) return {};
    const Ledger& ledger = *book.ledger();
    double price = 0;
    double scope = 0;
    bool any = false;
    for (const LedgerLine& line : ledger.lines) {
        if (!line.axis || line.left_out) continue;
        any = true;
        (*line.axis == CostAxis::Price ? price : scope) += line.usd.usd();
    }
    const Money first = ledger.lines.front().left_out ? Money() : ledger.lines.front().usd;
    if (!any || first <= Money()) return {};
    const double times = ledger.total.usd() / first.usd();
    const auto whole = [&book](double usd) { // no line ends between a minus and its amount
        QString text = moneyChangeText(Money::clamped(usd), book.currency());
        return text.startsWith(QChar(0x2212)) ? text.insert(1, QChar(0x2060)) : text;
    };
    return Words::tr("From %1 to %2: %3 times. Steps of price: %4. Steps of scope: %5.")
        .arg(moneyText(first, book.currency()), moneyText(ledger.total, book.currency()),
             fixedText(times, times < 10 ? 2 : 0), whole(price), whole(scope));
}

std::vector<TornadoRow> tornadoRows(const CostBook& book)
{
    std::vector<TornadoRow> rows;
    if (!book.ledger()) return rows;
    const CostPreset& preset = book.sheet()->preset();
    for (const TornadoBar& bar : book.tornado()) {
        const auto input = std::find_if(preset.inputs.begin(), preset.inputs.end(),
                                        [&](const CostInput& i) { return i.key == bar.key; });
        const PriceInput& in = input->input;
        const QString low = moneyText(bar.at_low, book.currency());
        const QString high = moneyText(bar.at_high, book.currency());
        rows.push_back(
            {.title = costText(bar.title),
             .range = Words::tr("%1 to %2", "the ends of an input's range")
                          .arg(inputValueText(*input, in.low), inputValueText(*input, in.high)),
             .atLow = bar.at_low.usd(),
             .atHigh = bar.at_high.usd(),
             .lowText = low,
             .highText = high,
             .tip = Words::tr("<p><b>%1</b></p><p>At %2 the total is %3 (hollow), at %4 it is %5 (filled); "
                              "all other inputs as they are.</p><p>Source: %6, %7</p>")
                        .arg(costText(bar.title).toHtmlEscaped(), inputValueText(*input, in.low), low,
                             inputValueText(*input, in.high), high, QString::fromStdString(in.source).toHtmlEscaped(),
                             QString::fromStdString(in.date))});
    }
    return rows;
}

} // namespace triptych
