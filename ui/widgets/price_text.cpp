// Tables of price inputs.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/price_text.h"

#include "core/cost/closed_forms.h"
#include "ui/bridge/run_pricing.h"
#include "ui/bridge/shown_currency.h"
#include "ui/language/core_texts.h"
#include "ui/language/cost_texts.h"
#include "ui/models/price_model.h"
#include "ui/widgets/cost_words.h"
#include "ui/widgets/number_text.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace triptych {

namespace {

/// Gives the texts of this file their context.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(Prices)
};

QString inputRow(const QString& title, const PriceInput& in)
{
    const QLocale locale;
    const auto number = [&](double v) { return locale.toString(v, 'g', 4); };
    const QString source = in.edited ? Words::tr("set by you")
                                     : QStringLiteral("%1: %2, %3")
                                           .arg(basisText(in.basis), QString::fromStdString(in.source).toHtmlEscaped(),
                                                QString::fromStdString(in.date).toHtmlEscaped());
    const QString value = in.edited ? QStringLiteral("<b>%1</b>").arg(number(in.value)) : number(in.value);
    return QStringLiteral(
               "<tr><td>%1&nbsp;</td><td>%2&nbsp;%3&nbsp;</td><td>%4&nbsp;–&nbsp;%5&nbsp;</td><td>%6</td></tr>")
        .arg(title.toHtmlEscaped(), value, QString::fromStdString(in.unit).toHtmlEscaped(), number(in.low),
             number(in.high), source);
}

/// A paragraph of its own; empty for dollars.
QString rateParagraph()
{
    const ShownCurrency& shown = ShownCurrency::get();
    return shown.isDollar() ? QString() : QStringLiteral("<p>%1</p>").arg(shown.rateText());
}

QString explanation(const QString& intro, const RunPrices& prices, bool rental)
{
    QString rows;
    for (const NamedPriceInput& input : named_inputs(prices))
        if ((input.key == "rental") == rental) rows += inputRow(coreText(input.title), input.input);
    return QStringLiteral("<p>%1</p><p><b>%2</b></p><table>%3</table>%4")
        .arg(intro, QString::fromStdString(prices.title).toHtmlEscaped(), rows, rateParagraph());
}

} // namespace

QString pricesText(const RunFeed& feed)
{
    const auto* pricing = feed.findChild<const RunPricing*>(QString(), Qt::FindDirectChildrenOnly);
    QString text;
    if (pricing && !pricing->isRecorded() && pricing->sheet()) {
        const CostPreset& preset = pricing->sheet()->preset();
        const auto edited = std::count_if(preset.inputs.begin(), preset.inputs.end(), [](const CostInput& input) {
            return isPriceOfRun(input) && input.input.edited;
        });
        text =
            Words::tr("prices: %1, %2").arg(QString::fromStdString(preset.title), QString::fromStdString(preset.date));
        if (edited > 0) text += Words::tr(", %n set by you", "prices", static_cast<int>(edited));
    } else {
        const RunPrices prices = feed.run() ? feed.run()->prices : RunPrices::this_machine(1);
        text = Words::tr("prices: %1, %2")
                   .arg(QString::fromStdString(prices.title), QString::fromStdString(prices.rental.date));
    }
    const ShownCurrency& shown = ShownCurrency::get();
    return shown.isDollar() ? text : QStringLiteral("%1, %2").arg(text, shown.equation());
}

QString headlineExplanation(const RunPrices& prices)
{
    return explanation(
        Words::tr("<b>Headline</b>: device-hours × rental price. Scope: this run alone, nothing else. The lens "
                  "under which DeepSeek-V3 cost $5.576M."),
        prices, true);
}

QString fullCostExplanation(const RunPrices& prices)
{
    return explanation(
        Words::tr("<b>Full cost</b>: device-hours × (purchase ÷ (life × utilisation) + power × PUE × tariff) ÷ this "
                  "run's share of its programme ÷ (1 − share of people). Scope: the hardware as owned, the failed "
                  "runs and ablations that led here, and the staff."),
        prices, false);
}

QString lensExplanation(const CostPreset& preset, std::size_t lens)
{
    if (lens >= preset.lenses.size())
        return Words::tr("These prices know no full cost: they are those of rented devices.");
    QString rows;
    for (const CostInput& input : preset.inputs)
        if (isPriceOfRun(input)) rows += inputRow(costText(input.title), input.input);
    return QStringLiteral("<p><b>%1</b>: %2</p><p><b>%3</b></p><table>%4</table>%5")
        .arg(costText(preset.lenses[lens].title).toHtmlEscaped(), costText(preset.lenses[lens].scope).toHtmlEscaped(),
             costText(preset.title).toHtmlEscaped(), rows, rateParagraph());
}

QString goodputText(const TimeAccount& time)
{
    const double counted = time.seconds(TimeUse::Productive) + time.seconds(TimeUse::Lost);
    return counted > 0 ? percentText(time.goodput()) : noNumber();
}

QString spentText(double seconds)
{
    if (seconds < 100) return Words::tr("%1 s").arg(fixedText(seconds, 1));
    if (seconds < 100 * 60) return Words::tr("%1 min").arg(fixedText(seconds / 60, 1));
    return Words::tr("%1 h").arg(fixedText(seconds / kSecondsPerHour, 1));
}

} // namespace triptych
