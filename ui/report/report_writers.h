// A document as a file: one page for a browser, or pages for a printer.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/report/report_document.h"

#include <QByteArray>

namespace triptych {

/// One file of UTF-8 that loads nothing: style and figures are in it, and there is no script. Light or dark as the
/// reader has it; prints. The same document is the same bytes.
QByteArray htmlOf(const ReportDocument& document);

/// A4 with numbered pages, fonts within, figures as lines. The same document is the same bytes: its time is `made`.
QByteArray pdfOf(const ReportDocument& document);

/// A figure alone, as an element to stand within HTML: without a head of its own, named by `alt`.
QString svgElementOf(const ReportFigure& figure);

} // namespace triptych
