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

/// Qt writes the time at which it writes, local, with its zone: "D:20261126140000Z", "D:20261126140000+02'00'". What is
/// put in its place is as long, so that all offsets in the file hold.
void setCreationTime(QByteArray& pdf, const QDateTime& when)
{
    const QByteArray key = "/CreationDate (D:";
    const qsizetype at = pdf.indexOf(key);
    if (at < 0) return;
    const QByteArray time = when.toUTC().toString(QStringLiteral("yyyyMMddHHmmss")).toLatin1();
    const qsizetype zone = at + key.size() + time.size();
    pdf.replace(at + key.size(), time.size(), time);
    const QByteArray utc = "+00'00'";
    if (pdf.indexOf(')', at) == zone + utc.size()) pdf.replace(zone, utc.size(), utc);
}

} // namespace triptych
