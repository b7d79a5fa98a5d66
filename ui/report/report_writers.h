// A document as a file: one page for a browser, or pages for a printer.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/report/report_document.h"

#include <QByteArray>

#include <memory>

namespace triptych {

/// A document that becomes a file a bit at a time, so that a window lives on meanwhile. On the thread of the interface,
/// in the language of the document at every step.
class DocumentWriting {
public:
    DocumentWriting() = default;
    virtual ~DocumentWriting() = default;
    DocumentWriting(const DocumentWriting&) = delete;
    DocumentWriting& operator=(const DocumentWriting&) = delete;

    /// Does the next bit: a page, or a figure. False: it was the last.
    virtual bool step() = 0;
    /// Pages or chapters that are done, and all; 0 while that is not known.
    virtual int done() const = 0;
    virtual int all() const = 0;
    /// The file; once, after the last step.
    virtual QByteArray take() = 0;
};
std::unique_ptr<DocumentWriting> htmlWriting(ReportDocument document);
std::unique_ptr<DocumentWriting> pdfWriting(ReportDocument document);

/// One file of UTF-8 that loads nothing: style and figures are in it, and there is no script. Light or dark as the
/// reader has it; prints. The same document is the same bytes.
QByteArray htmlOf(const ReportDocument& document);

/// A4 with numbered pages, fonts within, figures as lines. The same document is the same bytes: its time is `made`.
QByteArray pdfOf(const ReportDocument& document);

/// A figure alone, as an element to stand within HTML: without a head of its own, named by `alt`.
QString svgElementOf(const ReportFigure& figure);

} // namespace triptych
