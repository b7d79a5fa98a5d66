// Taking chance and clock out of a PDF file.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/stable_pdf.h"

#include <QHashSeed>

namespace triptych {

StableOrder::StableOrder() : m_byChance(QHashSeed::globalSeed() != 0)
{
    QHashSeed::setDeterministicGlobalSeed();
}

StableOrder::~StableOrder()
{
    if (m_byChance) QHashSeed::resetRandomGlobalSeed();
}

namespace {

/// Where objects lie is written at the end of the file, as numbers of ten digits: those behind a place that moved.
void moveOffsets(QByteArray& pdf, qsizetype place, qsizetype by)
{
    constexpr qsizetype kEntry = 20; // "0000000015 00000 n \n"
    constexpr qsizetype kDigits = 10;
    const qsizetype table = pdf.lastIndexOf("\nxref\n") + 1;
    const qsizetype trailer = pdf.indexOf("trailer", table);
    qsizetype entry = pdf.indexOf('\n', table + 5) + 1; // behind "xref" and "0 37"
    for (; table > 0 && entry + kEntry <= trailer; entry += kEntry) {
        const qsizetype offset = pdf.mid(entry, kDigits).toLongLong();
        if (offset > place) pdf.replace(entry, kDigits, QByteArray::number(offset + by).rightJustified(kDigits, '0'));
    }
    const QByteArray key = "startxref\n";
    const qsizetype start = pdf.lastIndexOf(key) + key.size();
    qsizetype end = start;
    while (end < pdf.size() && pdf[end] >= '0' && pdf[end] <= '9') ++end;
    if (start > trailer) pdf.replace(start, end - start, QByteArray::number(table));
}

} // namespace

/// Qt writes the time at which it writes, local, with its zone: "D:20261126140000Z", "D:20261126140000+02'00'".
/// Wherever it is written, the file has the time that was asked for in UTC, and is as long.
void setCreationTime(QByteArray& pdf, const QDateTime& when)
{
    const QByteArray key = "/CreationDate (D:";
    const qsizetype at = pdf.indexOf(key);
    if (at < 0) return;
    const QByteArray time = when.toUTC().toString(QStringLiteral("yyyyMMddHHmmss")).toLatin1();
    const qsizetype zone = at + key.size() + time.size();
    pdf.replace(at + key.size(), time.size(), time);
    const qsizetype length = pdf.indexOf(')', at) - zone;
    if (length == 1) return; // "Z"
    pdf.replace(zone, length, "Z");
    moveOffsets(pdf, at, 1 - length);
}

} // namespace triptych
