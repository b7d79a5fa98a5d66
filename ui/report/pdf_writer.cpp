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

/// First the chapters are set, one a step, then the pages painted.
class PdfWriting final : public DocumentWriting {
public:
    explicit PdfWriting(ReportDocument document)
        : m_document(std::move(document)), m_blocks(SheetMeasures{}.textWidth())
    {
        m_blocks.title(m_document);
    }

    bool step() override
    {
        const StableOrder order;
        if (m_set < m_document.sections.size())
            setChapter();
        else
            paintPage();
        return m_painted < m_pages.size() || m_pages.empty();
    }
    int done() const override { return static_cast<int>(m_painted); }
    int all() const override { return static_cast<int>(m_pages.size()); }
    QByteArray take() override
    {
        QByteArray pdf = m_buffer.data();
        setCreationTime(pdf, m_document.made);
        return pdf;
    }

private:
    void setChapter()
    {
        const ReportSection& section = m_document.sections[m_set++];
        m_blocks.chapter(section);
        for (const ReportBlock& block : section.blocks) std::visit(m_blocks, block);
    }

    void begin()
    {
        m_pages = placeOnPages(m_blocks.items(), m_sheet.textHeight());
        m_buffer.open(QIODevice::WriteOnly);
        m_writer = std::make_unique<QPdfWriter>(&m_buffer);
        m_writer->setPageSize(QPageSize(QPageSize::A4));
        m_writer->setPageMargins({0, 0, 0, 0});
        m_writer->setResolution(kPixelsPerInch);
        m_writer->setTitle(reportName(m_document.title + QStringLiteral(" – ") + m_document.run, 200));
        m_writer->setCreator(reportName(m_document.source, 200));
        m_painter = std::make_unique<QPainter>(m_writer.get());
    }

    void paintPage()
    {
        if (!m_writer)
            begin();
        else
            m_writer->newPage();
        const PlacedPage& page = m_pages[m_painted++];
        for (const PlacedItem& placed : page) placed.item->paint(*m_painter, {m_sheet.left, m_sheet.top + placed.y});
        paintMargins(*m_painter, m_document, m_sheet, chapterOn(m_blocks, page), done(), all());
        if (m_painted < m_pages.size()) return;
        m_painter.reset(); // which ends the file
        m_writer.reset();
    }

    const SheetMeasures m_sheet;
    ReportDocument m_document;
    PageBlocks m_blocks;
    std::size_t m_set = 0; ///< chapters
    std::vector<PlacedPage> m_pages;
    std::size_t m_painted = 0;
    QBuffer m_buffer;
    std::unique_ptr<QPdfWriter> m_writer;
    std::unique_ptr<QPainter> m_painter; ///< goes before its writer
};

} // namespace

std::unique_ptr<DocumentWriting> pdfWriting(ReportDocument document)
{
    return std::make_unique<PdfWriting>(std::move(document));
}

QByteArray pdfOf(const ReportDocument& document)
{
    PdfWriting writing(document);
    while (writing.step()) {
    }
    return writing.take();
}

} // namespace triptych
