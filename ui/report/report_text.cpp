// Texts of numbers, states and lacks.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/report_text.h"

#include "core/cost/unit.h"
#include "ui/language/core_texts.h"
#include "ui/language/cost_texts.h"
#include "ui/widgets/number_text.h"

#include <QCoreApplication>
#include <QDate>

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Report)
};

/// One sentence a part; what stands in the report itself says it in more detail, in English.
QString missingText(ReportPart part)
{
    switch (part) {
    case ReportPart::Curves: return Words::tr("This run recorded no curves.");
    case ReportPart::Loads: return Words::tr("This run kept no maps of its experts' loads.");
    case ReportPart::Balance: return Words::tr("This run recorded no balance of its experts.");
    case ReportPart::Specialisation: return Words::tr("This run kept no loads by domain of its data.");
    case ReportPart::Attention: return Words::tr("This run kept no attention maps.");
    case ReportPart::Acceptance: return Words::tr("This run has no count of accepted drafts.");
    case ReportPart::Throughput: return Words::tr("This run recorded no tokens and seconds to measure its speed by.");
    case ReportPart::Memory: return Words::tr("The memory of this model cannot be planned by this version.");
    case ReportPart::Time: return Words::tr("This run kept no account of its time.");
    case ReportPart::Money: return Words::tr("This run cannot be priced.");
    case ReportPart::Context: return Words::tr("The known totals to compare with cannot be read.");
    case ReportPart::Events: return Words::tr("This run recorded no events.");
    case ReportPart::Checkpoints: return Words::tr("This run has no checkpoint.");
    case ReportPart::Notes: return Words::tr("Nobody has noted anything about this run.");
    }
    return {};
}

} // namespace

QString spanText(double seconds)
{
    if (!std::isfinite(seconds)) return noNumber();
    if (seconds > 0 && seconds < 0.9995)
        return Words::tr("%1 ms").arg(fixedText(1e3 * seconds, seconds < 0.0995 ? 1 : 0));
    if (seconds < 99.95) return Words::tr("%1 s").arg(fixedText(seconds, 1));
    if (seconds < 99.95 * 60) return Words::tr("%1 min").arg(fixedText(seconds / 60, 1));
    if (seconds < 72 * 3600) return Words::tr("%1 h").arg(fixedText(seconds / 3600, 1));
    return Words::tr("%1 days").arg(fixedText(seconds / 86400, 1));
}

QString dateText(const std::string& iso)
{
    const QString text = reportName(QString::fromStdString(iso), 40);
    const QDate date = QDate::fromString(text.left(10), Qt::ISODate);
    //: of a date: day, month, year as QLocale::toString() has them
    return date.isValid() ? QLocale().toString(date, Words::tr("d MMMM yyyy")) : text;
}

QString moneyText(double usd)
{
    if (!std::isfinite(usd)) return noNumber();
    const double size = std::abs(usd);
    // Cents above a dollar, below it three digits that count, as far as amounts are exact.
    constexpr int kMicroDollars = 6;
    const int small = size > 0 ? std::clamp(2 - static_cast<int>(std::floor(std::log10(size))), 2, kMicroDollars) : 2;
    const int decimals = size >= 1000 ? 0 : size >= 1 ? 2 : small;
    return (usd < 0 ? QString(QChar(0x2212)) : QString()) + QLatin1Char('$') + QLocale().toString(size, 'f', decimals);
}

QString aboutText(Money money)
{
    const double usd = money.usd();
    if (usd == 0) return moneyText(money);
    const double digit = std::pow(10.0, std::floor(std::log10(std::abs(usd))) - 2);
    return Words::tr("about %1").arg(moneyText(std::round(usd / digit) * digit));
}

QString bandText(Money low, Money high)
{
    return low == high ? moneyText(low) : Words::tr("%1 to %2").arg(moneyText(low), moneyText(high));
}

QString inputText(double value, const std::string& unit)
{
    const double size = std::abs(value);
    const int digits = size > 0 ? static_cast<int>(std::floor(std::log10(size))) : 0;
    QString number = QLocale().toString(value, 'f', std::clamp(3 - digits, 0, 8));
    const QString point = QLocale().decimalPoint();
    if (number.contains(point)) {
        while (number.endsWith(QLatin1Char('0'))) number.chop(1);
        if (number.endsWith(point)) number.chop(point.size());
    }
    return unit.empty() || is_pure_number(unit) ? number : number + QChar(0x00a0) + toReport(unit);
}

QString stateText(RowState state)
{
    switch (state) {
    case RowState::Training: return Words::tr("It is still being trained.");
    case RowState::Finished: return Words::tr("It ended as planned.");
    case RowState::Stopped: return Words::tr("Somebody stopped it before its planned end.");
    case RowState::Failed: return Words::tr("It failed.");
    case RowState::Interrupted: return Words::tr("It was interrupted: its process ended without saying so.");
    case RowState::Unreadable: return Words::tr("Its files are damaged.");
    case RowState::Unknown: break;
    }
    return Words::tr("It does not say how it ended.");
}

QString lossText(double nats)
{
    return fixedText(nats, 3);
}

QString valueText(const std::optional<double>& value, int decimals)
{
    return value ? fixedText(*value, decimals) : noNumber();
}

QString toReport(const std::string& text)
{
    const QString words = costText(text);
    return reportText(words == QString::fromStdString(text) ? coreText(text) : words);
}

QString runName(const RunReport& run, int most)
{
    const QString name = reportName(QString::fromStdString(run.summary.name), most);
    return name.isEmpty() ? Words::tr("a run without a name") : name;
}

QString joined(const QStringList& parts)
{
    return parts.join(QStringLiteral(", "));
}

QString lackText(const RunReport& run, ReportPart part)
{
    const auto lacks = [&](const ReportLack& lack) { return lack.part == part; };
    return std::any_of(run.lacks.begin(), run.lacks.end(), lacks) ? missingText(part) : QString();
}

ReportRow plainRow(std::initializer_list<QString> cells)
{
    return {QStringList(cells)};
}

} // namespace triptych
