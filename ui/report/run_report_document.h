// The report of a run, or of several side by side, as a document; and that as a file.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/run_report.h"
#include "core/util/result.h"
#include "ui/language/language.h"
#include "ui/report/report_document.h"

#include <QByteArray>

#include <memory>

namespace triptych {

/// In the language that the program has now. One run: all its chapters. Several: what they differ in, then side by
/// side.
ReportDocument reportDocument(const ReportSet& set);

class DocumentWriting;

/// A report for people becoming a file a bit at a time, as DocumentWriting. Its language is that of the program during
/// a step alone. The set has a run; needs a QApplication, of any platform.
class ReportWriting {
public:
    enum class Kind : std::uint8_t { Html = 1, Pdf };
    ReportWriting(std::shared_ptr<const ReportSet> set, Kind kind, LanguageChoice language);
    ~ReportWriting();

    bool step();
    int done() const;
    int all() const;
    QByteArray take();

private:
    std::shared_ptr<const ReportSet> m_set;
    Kind m_kind;
    LanguageChoice m_language;
    std::unique_ptr<DocumentWriting> m_writing; ///< null: the document is still to be made
};

/// In a language of its own; the program has its own again afterwards. The time of the file is that of the set. Need a
/// QApplication, of any platform. Error: a set without a run.
Result<QByteArray> reportHtml(const ReportSet& set, LanguageChoice language);
Result<QByteArray> reportPdf(const ReportSet& set, LanguageChoice language);

} // namespace triptych
