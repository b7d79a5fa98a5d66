// Words and numbers that several chapters of a report need.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/run_report.h"
#include "ui/report/report_document.h"
#include "ui/widgets/cost_words.h"

#include <QString>

namespace triptych {

/// "43.1 ms", "12.3 s", "4.5 min", "2.2 h", "56.7 days".
QString spanText(double seconds);
/// "26 November 2026" of an ISO 8601 time or date; shorter dates ("2024", "2024-12") and other texts as they are.
QString dateText(const std::string& iso);
/// "$1.20 to $3.40"; the amount alone where both ends are the same.
QString bandText(Money low, Money high);
/// An amount with as many digits as it needs: "$0.0021", "$5,576,000".
QString moneyText(double usd);
inline QString moneyText(Money money)
{
    return moneyText(money.usd());
}
/// "about $261,000,000": three digits, of what nobody knows better.
QString aboutText(Money money);
/// Four digits that count, with the unit behind: "0.0771 USD/kWh".
QString inputText(double value, const std::string& unit);
QString stateText(RowState state);
/// "1.532", or what stands for no number.
QString lossText(double nats);
QString valueText(const std::optional<double>& value, int decimals);
/// A core text in the language of the program, fit to be shown.
QString toReport(const std::string& text);
/// What a run is called, without anything that its name could do to a page.
QString runName(const RunReport& run, int most = 60);

/// "English. German." of a list: joined by commas.
QString joined(const QStringList& parts);

/// Why a part is not there, in the language of the program. Empty: it is there.
QString lackText(const RunReport& run, ReportPart part);

ReportRow plainRow(std::initializer_list<QString> cells);

} // namespace triptych
