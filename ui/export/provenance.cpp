// The line, and the clock that can be held.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/provenance.h"

#include "ui/widgets/number_text.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace triptych {

namespace {

QString runName(const event::RunStarted& run)
{
    const QString folder = QFileInfo(QString::fromStdString(run.run_folder)).fileName();
    if (!folder.isEmpty()) return folder;
    return QString::fromStdString(run.model).section(QLatin1Char('/'), -1);
}

} // namespace

QDateTime exportTime()
{
    bool valid = false;
    const qint64 epoch = qEnvironmentVariable("SOURCE_DATE_EPOCH").toLongLong(&valid);
    return valid ? QDateTime::fromSecsSinceEpoch(epoch, Qt::UTC) : QDateTime::currentDateTimeUtc();
}

QString provenanceText(const RunFeed& feed, ProvenanceFor reader)
{
    QStringList parts;
    if (feed.run()) {
        const std::int64_t step = feed.shownStep();
        const QString number = reader == ProvenanceFor::Screen ? countText(step) : QString::number(step);
        parts << runName(*feed.run()) << QCoreApplication::translate("Export", "step %1").arg(number);
    }
    parts << QStringLiteral("Triptych " TRIPTYCH_VERSION) << exportTime().date().toString(Qt::ISODate);
    return parts.join(QStringLiteral(", "));
}

} // namespace triptych
