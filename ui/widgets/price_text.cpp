// Tables of price inputs.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/price_text.h"

#include "ui/language/core_texts.h"

#include <QCoreApplication>
#include <QLocale>

namespace triptych {

namespace {

/// Gives the texts of this file their context.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(Prices)
};

QString inputRow(const NamedPriceInput& named)
{
    const PriceInput& in = named.input;
    const QLocale locale;
    const auto number = [&](double v) { return locale.toString(v, 'g', 4); };
    const QString basis = in.basis == PriceBasis::Published ? Words::tr("published") : Words::tr("assumed");
    return QStringLiteral(
               "<tr><td>%1&nbsp;</td><td>%2&nbsp;%3&nbsp;</td><td>%4&nbsp;–&nbsp;%5&nbsp;</td><td>%6: %7, %8</td></tr>")
        .arg(coreText(named.title).toHtmlEscaped(), number(in.value), QString::fromStdString(in.unit).toHtmlEscaped(),
             number(in.low), number(in.high), basis, QString::fromStdString(in.source).toHtmlEscaped(),
             QString::fromStdString(in.date).toHtmlEscaped());
}

QString explanation(const QString& intro, const RunPrices& prices, bool rental)
{
    QString rows;
    for (const NamedPriceInput& input : named_inputs(prices))
        if ((input.key == "rental") == rental) rows += inputRow(input);
    return QStringLiteral("<p>%1</p><p><b>%2</b></p><table>%3</table>")
        .arg(intro, QString::fromStdString(prices.title).toHtmlEscaped(), rows);
}

} // namespace

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

} // namespace triptych
