// The report of a run, or of several side by side, as a document; and that as a file.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/run_report.h"
#include "core/util/result.h"
#include "ui/language/language.h"
#include "ui/report/report_document.h"

#include <QByteArray>

namespace triptych {

/// In the language that the program has now. One run: all its chapters. Several: what they differ in, then side by
/// side.
ReportDocument reportDocument(const ReportSet& set);

/// In a language of its own; the program has its own again afterwards. The time of the file is that of the set. Need a
/// QApplication, of any platform. Error: a set without a run.
Result<QByteArray> reportHtml(const ReportSet& set, LanguageChoice language);
Result<QByteArray> reportPdf(const ReportSet& set, LanguageChoice language);

} // namespace triptych
