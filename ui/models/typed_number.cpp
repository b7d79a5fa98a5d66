// Takes signs of money away, then finds out which of point and comma is which.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/typed_number.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

#include <cmath>
#include <optional>
#include <utility>

namespace triptych {

namespace {

/// Gives the texts of this file their context.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(TypedNumber)
};

constexpr qsizetype kMostQuoted = 40; // letters of what was typed that a message repeats

Error noNumber(const QString& text, const QString& hint)
{
    QString quoted = text.trimmed();
    if (quoted.size() > kMostQuoted) quoted = quoted.left(kMostQuoted) + QStringLiteral("…");
    return {Words::tr("“%1” is no number").arg(quoted).toStdString(), hint.toStdString()};
}

QString example()
{
    return Words::tr("Write a number, as 2.95, 2048, 1e6 or 14.8T.");
}

/// "2 048 USD" to "2048"; the factor is that of a last letter or of a percent sign.
QString stripped(const QString& text, double& factor)
{
    QString plain;
    for (const QChar c : text)
        if (!c.isSpace()) plain += c;
    static const QRegularExpression money(QStringLiteral("^(-?)(?:\\$|€|USD|EUR)|(?:\\$|€|USD|EUR)$"));
    plain.replace(money, QStringLiteral("\\1"));
    for (const auto& [letter, value] :
         {std::pair{'k', 1e3}, {'M', 1e6}, {'B', 1e9}, {'G', 1e9}, {'T', 1e12}, {'%', 0.01}})
        if (plain.size() > 1 && plain.endsWith(QLatin1Char(letter))) {
            factor = value;
            plain.chop(1);
            break;
        }
    return plain;
}

bool isGrouped(const QString& whole, QChar sign)
{
    const QStringList groups = whole.split(sign);
    for (qsizetype i = 1; i < groups.size(); ++i)
        if (groups[i].size() != 3) return false;
    return !groups.front().isEmpty() && groups.front().size() <= 3 && !groups.front().startsWith(QLatin1Char('0'));
}

/// "1,234.5" to "1234.5", whichever sign is which. Nothing: no number has these signs in these places.
std::optional<QString> withPoint(QString plain, QChar point)
{
    const QChar group = point == QLatin1Char('.') ? QLatin1Char(',') : QLatin1Char('.');
    const qsizetype at = plain.indexOf(point);
    if (at >= 0 && plain.indexOf(point, at + 1) >= 0) return std::nullopt;
    QString whole = at < 0 ? plain : plain.left(at);
    const QString rest = at < 0 ? QString() : plain.mid(at);
    if (rest.contains(group)) return std::nullopt;
    const bool negative = whole.startsWith(QLatin1Char('-'));
    if (whole.contains(group) && !isGrouped(negative ? whole.mid(1) : whole, group)) return std::nullopt;
    whole.remove(group);
    return whole + (at < 0 ? QString() : QLatin1Char('.') + rest.mid(1));
}

std::optional<double> read(const std::optional<QString>& plain)
{
    if (!plain) return std::nullopt;
    bool valid = false;
    const double value = QLocale::c().toDouble(*plain, &valid);
    return valid && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

} // namespace

Result<double> typedNumber(const QString& text)
{
    double factor = 1;
    const QString plain = stripped(text, factor);
    const bool comma = QLocale().decimalPoint() == QLatin1String(",");
    const auto own = read(withPoint(plain, comma ? QLatin1Char(',') : QLatin1Char('.')));
    // Programs write a point, whatever the language; nobody writes a comma for one in English.
    const auto other =
        comma && !plain.contains(QLatin1Char(',')) ? read(withPoint(plain, QLatin1Char('.'))) : std::nullopt;
    if (own && other && *own != *other)
        return noNumber(text, Words::tr("It may be %1 or %2: write one of them.", "two readings of what was typed")
                                  .arg(QLocale().toString(*own, 'g', 12).remove(QLocale().groupSeparator()),
                                       QLocale().toString(*other, 'g', 12)));
    const auto value = own ? own : other;
    if (!value) {
        const auto meant = comma ? std::nullopt : read(withPoint(plain, QLatin1Char(',')));
        return noNumber(text,
                        meant ? Words::tr("With a decimal point that is %1.").arg(QLocale().toString(*meant, 'g', 12))
                              : example());
    }
    // 14.8 x 1e12 is not exactly what 14.8e12 is; no count of a person has more than 12 digits that count.
    const double scaled = *value * factor;
    if (!std::isfinite(scaled)) return noNumber(text, example());
    return std::abs(scaled) >= 1 && factor > 1 ? std::round(scaled) : scaled;
}

} // namespace triptych
