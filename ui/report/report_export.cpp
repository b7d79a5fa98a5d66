// Choosing who writes a report.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/report_export.h"

#include "core/report/report_files.h"
#include "ui/report/run_report_document.h"

#include <QFileInfo>

namespace triptych {

namespace {

constexpr std::int64_t kPointsOfPage = 600;
constexpr std::int64_t kPointsOfDocument = 2'000;
constexpr std::int64_t kPointsOfTable = 10'000;

} // namespace

QString endingOf(ReportKind kind)
{
    switch (kind) {
    case ReportKind::Pdf: return QStringLiteral("pdf");
    case ReportKind::Html: return QStringLiteral("html");
    case ReportKind::Csv: return QStringLiteral("csv");
    case ReportKind::Json: return QStringLiteral("json");
    }
    return {};
}

std::optional<ReportKind> reportKindOfFile(const QString& file)
{
    const QString ending = QFileInfo(file).suffix().toLower();
    for (const ReportKind kind : kReportKinds)
        if (ending == endingOf(kind)) return kind;
    return std::nullopt;
}

ReportOptions reportOptions(ReportKind kind)
{
    ReportOptions options;
    switch (kind) {
    case ReportKind::Pdf:
    case ReportKind::Html: options.most_points = kPointsOfPage; break;
    case ReportKind::Csv: options.most_points = kPointsOfTable; break;
    case ReportKind::Json: options.most_points = kPointsOfDocument; break;
    }
    return options;
}

Result<QByteArray> reportBytes(const ReportSet& set, ReportKind kind, LanguageChoice language)
{
    switch (kind) {
    case ReportKind::Pdf: return reportPdf(set, language);
    case ReportKind::Html: return reportHtml(set, language);
    case ReportKind::Csv: return QByteArray::fromStdString(report_csv(set));
    case ReportKind::Json: break;
    }
    return QByteArray::fromStdString(report_json(set));
}

} // namespace triptych
