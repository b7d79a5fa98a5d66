// Sentences about lines.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/cost_words.h"

#include "core/cost/unit.h"
#include "ui/language/cost_texts.h"
#include "ui/widgets/money_text.h"
#include "ui/widgets/number_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <set>

namespace triptych {

namespace {

/// Gives the texts of this file their context.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(CostWords)
};

QString html(std::string_view text)
{
    return costText(text).toHtmlEscaped();
}

QString shortNumber(double value)
{
    constexpr double kGrouped = 100'000;
    if (value == std::round(value) && std::abs(value) < kGrouped) return countText(static_cast<std::int64_t>(value));
    if (std::abs(value) >= 1000 && std::abs(value) < kGrouped) return countText(std::llround(value));
    return std::abs(value) >= kGrouped && std::abs(value) < 1e15 ? largeText(value) : QLocale().toString(value, 'g', 4);
}

/// What a formula calls a thing, for people; empty for what is no name.
QString titleOf(const CostPreset& preset, const CostLens* lens, const std::string& key)
{
    for (const CostInput& input : preset.inputs)
        if (input.key == key) return html(input.title);
    for (const CostQuantity& quantity : preset.quantities)
        if (quantity.key == key) return html(quantity.title);
    if (lens)
        for (const CostLine& line : lens->lines)
            if (line.key == key) return html(line.title);
    return {};
}

QString constantText(const std::string& key)
{
    for (const CostConstant& constant : cost_constants())
        if (constant.key == key) return shortNumber(constant.value);
    return {};
}

std::vector<std::string> namesIn(const std::string& formula)
{
    static const QRegularExpression name(QStringLiteral("[a-z][a-z0-9_]*"));
    std::vector<std::string> names;
    for (auto it = name.globalMatch(QString::fromStdString(formula)); it.hasNext();)
        names.push_back(it.next().captured().toStdString());
    return names;
}

/// Quantities behind a formula, each once, those it names itself first.
void collectQuantities(const Ledger& ledger, const std::string& formula, std::vector<const LedgerQuantity*>& found)
{
    std::vector<const LedgerQuantity*> added;
    for (const std::string& name : namesIn(formula))
        for (const LedgerQuantity& quantity : ledger.quantities)
            if (quantity.key == name && std::find(found.begin(), found.end(), &quantity) == found.end()) {
                found.push_back(&quantity);
                added.push_back(&quantity);
            }
    for (const LedgerQuantity* quantity : added) collectQuantities(ledger, quantity->formula, found);
}

const CostLens* lensOf(const CostPreset& preset, const std::string& key)
{
    const auto found = find_lens(preset, key);
    return found ? *found : nullptr;
}

QString quoted(const QString& text)
{
    return Words::tr("“%1”").arg(text);
}

} // namespace

QString basisText(PriceBasis basis)
{
    switch (basis) {
    case PriceBasis::Published: return Words::tr("published");
    case PriceBasis::Assumed: return Words::tr("assumed");
    case PriceBasis::Measured: return Words::tr("measured");
    case PriceBasis::Claimed: return Words::tr("claimed");
    case PriceBasis::Unknown: return Words::tr("not published");
    }
    return {};
}

QString quantityValueText(double value, const std::string& unit)
{
    if (is_pure_number(unit)) return shortNumber(value);
    if (unit == "USD") return QLatin1Char('$') + shortNumber(value);
    return shortNumber(value) + QChar(0x202f) + QString::fromStdString(unit);
}

QString inputValueText(const CostInput& input, double value)
{
    const bool share = input.kind == InputKind::Share || input.kind == InputKind::RestShare;
    if (share && input.input.unit == "share")
        return QLocale().toString(100 * value, 'g', 3) + QStringLiteral("\u202f%");
    return quantityValueText(value, input.input.unit);
}

QString axisText(const LedgerLine& line)
{
    if (!line.axis) return QString(QLatin1Char(letter_of(line.part)));
    return *line.axis == CostAxis::Price ? Words::tr("price") : Words::tr("scope");
}

QString axisSentence(const LedgerLine& line)
{
    if (line.axis)
        return *line.axis == CostAxis::Price
                   ? Words::tr("A step of price: what an hour costs. What is counted stays the same.")
                   : Words::tr("A step of scope: what is counted. What an hour costs stays the same.");
    switch (line.part) {
    case LedgerPart::Headline: return Words::tr("Book A, headline: hours of this run at a rental price.");
    case LedgerPart::UnitCost: return Words::tr("Book B, owned hour: capital, energy, space, network, operation.");
    case LedgerPart::Run: return Words::tr("Book C, run: this run's hours at the owned price.");
    case LedgerPart::Programme: return Words::tr("Book D, programme: failed runs, ablations, data generation.");
    case LedgerPart::People: return Words::tr("Book E, people: pay with what comes on top.");
    case LedgerPart::Data: return Words::tr("Book F, data and what keeps it.");
    case LedgerPart::Overheads: return Words::tr("Book G, overheads: idle fleet, failed purchases, finance.");
    case LedgerPart::Inference: return Words::tr("Book I, inference: serving what was trained. A book apart.");
    }
    return {};
}

QString formulaInWords(const CostPreset& preset, const CostLens& lens, std::string_view formula)
{
    static const QRegularExpression token(QStringLiteral("([a-z][a-z0-9_]*)|([0-9.]+(?:e[+-]?[0-9]+)?)|([*/+,()-])"));
    QString text;
    for (auto it = token.globalMatch(QString::fromUtf8(formula.data(), static_cast<qsizetype>(formula.size())));
         it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const QString found = match.captured();
        if (match.hasCaptured(1)) {
            const QString title = titleOf(preset, &lens, found.toStdString());
            const QString constant = constantText(found.toStdString());
            text += !title.isEmpty()      ? QStringLiteral("<i>%1</i>").arg(title)
                    : !constant.isEmpty() ? constant
                                          : found; // a function
        } else if (found == QLatin1String("*")) {
            text += QStringLiteral(" × ");
        } else if (found == QLatin1String("/")) {
            text += QStringLiteral(" ÷ ");
        } else if (found == QLatin1String("+")) {
            text += QStringLiteral(" + ");
        } else if (found == QLatin1String("-")) {
            text += QStringLiteral(" − ");
        } else if (found == QLatin1String(",")) {
            text += QStringLiteral("; ");
        } else {
            text += found;
        }
    }
    return text;
}

QString quantitiesInWords(const CostPreset& preset, const Ledger& ledger, const LedgerLine& line)
{
    const CostLens* lens = lensOf(preset, ledger.lens);
    if (!lens) return {};
    std::vector<const LedgerQuantity*> found;
    collectQuantities(ledger, line.formula, found);
    QString text;
    for (const LedgerQuantity* quantity : found)
        text += QStringLiteral("<p style='margin:2px 0'><i>%1</i> = %2 = %3</p>")
                    .arg(html(quantity->title), formulaInWords(preset, *lens, quantity->formula),
                         quantityValueText(quantity->value, quantity->unit).toHtmlEscaped());
    return text;
}

QString lineExplanation(const CostPreset& preset, const Ledger& ledger, const LedgerLine& line,
                        const Currency& currency)
{
    const CostLens* lens = lensOf(preset, ledger.lens);
    QString text = QStringLiteral("<p><b>%1: %2</b></p><p>%3</p>")
                       .arg(html(line.title), exactMoneyText(line.usd, currency), axisSentence(line));
    if (lens) text += QStringLiteral("<p>= %1</p>").arg(formulaInWords(preset, *lens, line.formula));
    text += QStringLiteral("<p>") + Words::tr("Lens: %1").arg(html(ledger.lens_title)) + QStringLiteral("<br>") +
            Words::tr("Source: %1, %2", "of a number, and its date")
                .arg(QString::fromStdString(line.source).toHtmlEscaped(), QString::fromStdString(line.date)) +
            QStringLiteral("</p>");
    if (!line.note.empty()) text += QStringLiteral("<p>%1</p>").arg(html(line.note));
    if (line.edited) text += QStringLiteral("<p>%1</p>").arg(Words::tr("Edited: somebody has changed an input."));
    if (line.unknown)
        text += QStringLiteral("<p>%1</p>")
                    .arg(Words::tr("Incomplete: an input is not published and stands at what leaves it out."));
    if (line.left_out) text += QStringLiteral("<p>%1</p>").arg(Words::tr("Left out of the total."));
    return text;
}

QString totalExplanation(const CostPreset& preset, const Ledger& ledger, const Currency& currency)
{
    QString text = QStringLiteral("<p><b>%1: %2</b></p><p>%3</p>")
                       .arg(html(ledger.lens_title), exactMoneyText(ledger.total, currency), html(ledger.scope));
    text +=
        QStringLiteral("<p>") +
        Words::tr("Band: 5 % and 95 % quantiles of 4,096 draws of all inputs from their ranges, with a fixed seed.") +
        QStringLiteral("</p><p>") +
        Words::tr("Source: %1, %2", "of a number, and its date")
            .arg(QString::fromStdString(preset.source).toHtmlEscaped(), QString::fromStdString(preset.date)) +
        QStringLiteral("</p>");
    return text;
}

QStringList openQuestions(const CostPreset& preset, const LedgerLine& line,
                          const std::vector<VanishingPoint>& vanishing)
{
    QStringList all;
    if (!line.note.empty()) all << html(line.note);
    QStringList claimed;
    QStringList unknown;
    for (const CostInput& input : preset.inputs) {
        if (std::find(line.inputs.begin(), line.inputs.end(), input.key) == line.inputs.end()) continue;
        if (input.input.edited) continue;
        if (input.input.basis == PriceBasis::Claimed) claimed << quoted(html(input.title));
        if (input.input.basis == PriceBasis::Unknown) unknown << quoted(html(input.title));
    }
    if (!claimed.isEmpty())
        all << Words::tr("Claimed, without proof or disputed: %1.").arg(claimed.join(QStringLiteral(", ")));
    if (!unknown.isEmpty())
        all << Words::tr("Not published by anybody, so left out until you set it: %1.")
                   .arg(unknown.join(QStringLiteral(", ")));
    if (line.usd < Money() && line.axis == CostAxis::Scope)
        all << Words::tr("This step of scope is below zero: what stands above it already counts more than there is.");
    QStringList allowed;
    QStringList beyond;
    for (const VanishingPoint& point : vanishing) {
        const CostInput& input = preset.inputs[point.input];
        (point.in_range ? allowed : beyond)
            << Words::tr("“%1” is %2", "an input and a value")
                   .arg(html(input.title), inputValueText(input, point.value).toHtmlEscaped());
    }
    if (!allowed.isEmpty())
        all << Words::tr("It vanishes if, within what the sources allow: %1.").arg(allowed.join(Words::tr(", or ")));
    if (!beyond.isEmpty())
        all << Words::tr("It vanishes if, beyond what the sources say: %1.").arg(beyond.join(Words::tr(", or ")));
    if (vanishing.empty() && line.usd != Money())
        all << Words::tr("No single input makes this vanish, unless a factor of it is nothing.");
    for (const std::string& defect : preset.defects)
        all << Words::tr("Known defect of the source: %1").arg(html(defect));
    return all;
}

} // namespace triptych
