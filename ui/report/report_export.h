// A report as a file of any kind.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/report_reader.h"
#include "core/util/result.h"
#include "ui/language/language.h"

#include <QByteArray>
#include <QString>

#include <cstdint>
#include <optional>
#include <span>

namespace triptych {

/// Pages for people, tables and documents for programs.
enum class ReportKind : std::uint8_t { Pdf = 1, Html, Csv, Json };
inline constexpr ReportKind kReportKinds[] = {ReportKind::Pdf, ReportKind::Html, ReportKind::Csv, ReportKind::Json};

/// "pdf"
QString endingOf(ReportKind kind);
/// By the ending of a file's name, whatever its case; nothing for another one.
std::optional<ReportKind> reportKindOfFile(const QString& file);
/// How much is read for it: a page has room for fewer points than a table.
ReportOptions reportOptions(ReportKind kind);

/// What the file has in it. Programs get English whatever the language; pages need a QApplication and are made on the
/// thread of the interface.
Result<QByteArray> reportBytes(const ReportSet& set, ReportKind kind, LanguageChoice language);

} // namespace triptych
