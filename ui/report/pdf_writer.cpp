// The document as pages.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/stable_pdf.h"
#include "ui/report/page_blocks.h"
#include "ui/report/page_type.h"
#include "ui/report/report_writers.h"
#include "ui/theme/theme.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>

namespace triptych {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Report)
};

constexpr int kPixelsPerInch = 96;

void paintMargins(QPainter& painter, const ReportDocument& document, const SheetMeasures& sheet, const QString& chapter,
                  int page, int pages)
{
    const double head = sheet.top - 34;
    const double foot = sheet.height - sheet.bottom + 26;
    const auto at = [&](const QString& text, double y, Qt::Alignment side) {
        PageText(text, PageStyle::Small, sheet.textWidth(), side).paint(painter, {sheet.left, y});
    };
    if (page > 1) { // the first has it as its title
        at(document.run, head - 8, Qt::AlignLeft);
        at(chapter, head - 8, Qt::AlignRight);
        painter.fillRect(QRectF(sheet.left, head + 12, sheet.textWidth(), 0.6), lightColors().border);
    }
    at(document.source, foot, Qt::AlignLeft);
    at(Words::tr("Page %1 of %2").arg(page).arg(pages), foot, Qt::AlignRight);
}

/// Of its first item; a head that comes again is not one of them.
QString chapterOn(const PageBlocks& blocks, const PlacedPage& page)
{
    for (const PlacedItem& placed : page)
        if (blocks.owns(placed.item)) return blocks.chapterOf(placed.item);
    return {};
}

} // namespace

QByteArray pdfOf(const ReportDocument& document)
{
    const StableOrder order;
    const SheetMeasures sheet;
    PageBlocks blocks(sheet.textWidth());
    blocks.title(document);
    for (const ReportSection& section : document.sections) {
        blocks.chapter(section);
        for (const ReportBlock& block : section.blocks) std::visit(blocks, block);
    }
    const std::vector<PlacedPage> pages = placeOnPages(blocks.items(), sheet.textHeight());
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer(&buffer);
        writer.setPageSize(QPageSize(QPageSize::A4));
        writer.setPageMargins({0, 0, 0, 0});
        writer.setResolution(kPixelsPerInch);
        writer.setTitle(reportName(document.title + QStringLiteral(" – ") + document.run, 200));
        writer.setCreator(reportName(document.source, 200));
        QPainter painter(&writer);
        for (std::size_t i = 0; i < pages.size(); ++i) {
            if (i > 0) writer.newPage();
            for (const PlacedItem& placed : pages[i]) placed.item->paint(painter, {sheet.left, sheet.top + placed.y});
            paintMargins(painter, document, sheet, chapterOn(blocks, pages[i]), static_cast<int>(i) + 1,
                         static_cast<int>(pages.size()));
        }
    }
    QByteArray pdf = buffer.data();
    setCreationTime(pdf, document.made);
    return pdf;
}

} // namespace triptych
