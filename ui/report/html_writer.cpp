// The document for a browser.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/html_style.h"
#include "ui/report/report_writers.h"

#include <QCoreApplication>

namespace triptych {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Report)
};

/// With its addresses as links.
QString linked(const QString& raw)
{
    const QString text = reportText(raw);
    QString html;
    qsizetype at = 0;
    for (const ReportLink& link : linksIn(text)) {
        html += text.mid(at, link.first - at).toHtmlEscaped();
        html += QStringLiteral("<a href=\"%1\">%2</a>")
                    .arg(link.target.toHtmlEscaped(), text.mid(link.first, link.length).toHtmlEscaped());
        at = link.first + link.length;
    }
    return html + text.mid(at).toHtmlEscaped();
}

QString plain(const QString& text)
{
    return reportText(text).toHtmlEscaped();
}

class HtmlBlocks {
public:
    explicit HtmlBlocks(const QString& head) : m_html(head) {}

    QString html() const { return m_html; }
    void raw(const QString& html) { m_html += html; }

    void operator()(const ReportParagraph& p) { m_html += QStringLiteral("<p>%1</p>\n").arg(linked(p.text)); }
    void operator()(const ReportHeading& h) { m_html += QStringLiteral("<h3>%1</h3>\n").arg(plain(h.text)); }
    void operator()(const ReportCode& c)
    {
        m_html += QStringLiteral("<pre tabindex=\"0\"><code>%1</code></pre>\n").arg(plain(c.text));
    }
    void operator()(const ReportNote& n)
    {
        const bool missing = n.kind == ReportNoteKind::Missing;
        m_html += QStringLiteral("<p class=\"%1\" role=\"note\">%2</p>\n")
                      .arg(missing ? QStringLiteral("missing") : QStringLiteral("caution"), linked(n.text));
    }
    void operator()(const ReportFacts& facts)
    {
        m_html += QStringLiteral("<dl class=\"facts\">\n");
        for (const ReportFact& fact : facts.facts)
            m_html += QStringLiteral("<div><dt>%1</dt><dd class=\"value\">%2</dd><dd class=\"small\">%3</dd></div>\n")
                          .arg(plain(fact.label), plain(fact.value), linked(fact.note));
        m_html += QStringLiteral("</dl>\n");
    }
    void operator()(const ReportFigure& figure)
    {
        m_html +=
            QStringLiteral("<figure>\n<div class=\"title\"><b>%1</b> %2</div>\n<div class=\"drawing\" "
                           "tabindex=\"0\" role=\"group\" aria-label=\"%2\">%3</div>\n<figcaption>%4</figcaption>\n"
                           "</figure>\n")
                .arg(plain(m_numbers.figure()), plain(figure.title), svgElementOf(figure), linked(figure.caption));
    }
    void operator()(const ReportTable& table)
    {
        m_html += QStringLiteral("<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"%1\">\n<table>\n"
                                 "<caption><b>%2</b> %1</caption>\n<thead><tr>")
                      .arg(plain(table.title), plain(m_numbers.table()));
        for (const ReportColumn& column : table.columns)
            m_html += QStringLiteral("<th scope=\"col\"%1>%2%3</th>")
                          .arg(classOf(column), plain(column.title),
                               column.unit.isEmpty()
                                   ? QString()
                                   : QStringLiteral(" <span class=\"unit\">%1</span>").arg(plain(column.unit)));
        m_html += QStringLiteral("</tr></thead>\n<tbody>\n");
        for (const ReportRow& row : table.rows) addRow(table, row);
        m_html += QStringLiteral("</tbody>\n</table>\n");
        if (!table.note.isEmpty()) m_html += QStringLiteral("<p class=\"small\">%1</p>\n").arg(linked(table.note));
        m_html += QStringLiteral("</div>\n");
    }

private:
    static QString classOf(const ReportColumn& column)
    {
        return column.align == ReportAlign::Number ? QStringLiteral(" class=\"number\"") : QString();
    }
    void addRow(const ReportTable& table, const ReportRow& row)
    {
        if (row.kind == ReportRowKind::Group) {
            m_html += QStringLiteral("<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"%1\">%2</th></tr>\n")
                          .arg(table.columns.size())
                          .arg(plain(row.cells.value(0)));
            return;
        }
        m_html += row.kind == ReportRowKind::Total ? QStringLiteral("<tr class=\"total\">") : QStringLiteral("<tr>");
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            const QString cell = linked(row.cells.value(static_cast<qsizetype>(i)));
            m_html += i == 0 ? QStringLiteral("<th scope=\"row\"%1>%2</th>").arg(classOf(table.columns[i]), cell)
                             : QStringLiteral("<td%1>%2</td>").arg(classOf(table.columns[i]), cell);
        }
        m_html += QStringLiteral("</tr>\n");
    }

    QString m_html;
    ReportNumbers m_numbers;
};

QString contents(const ReportDocument& document)
{
    QString html = QStringLiteral("<nav aria-label=\"%1\"><ol>\n").arg(plain(Words::tr("Contents")));
    for (const ReportSection& section : document.sections)
        html += QStringLiteral("<li><a href=\"#%1\">%2</a></li>\n").arg(plain(section.id), plain(section.title));
    return html + QStringLiteral("</ol></nav>\n");
}

QString head(const ReportDocument& document)
{
    const QString language = document.language == QLocale::German ? QStringLiteral("de") : QStringLiteral("en");
    return QStringLiteral("<!DOCTYPE html>\n<html lang=\"%1\">\n<head>\n<meta charset=\"utf-8\"/>\n").arg(language) +
           QStringLiteral("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
                          "<meta name=\"color-scheme\" content=\"light dark\"/>\n"
                          "<meta name=\"generator\" content=\"Triptych\"/>\n") +
           QStringLiteral("<title>%1</title>\n<style>\n").arg(plain(document.title)) + reportStyle() +
           QStringLiteral("</style>\n</head>\n<body>\n<header>\n") +
           QStringLiteral("<h1>%1</h1>\n<p class=\"subtitle\">%2</p>\n</header>\n")
               .arg(plain(document.title), plain(document.subtitle)) +
           contents(document) + QStringLiteral("<main>\n");
}

/// A block a step.
class HtmlWriting final : public DocumentWriting {
public:
    explicit HtmlWriting(ReportDocument document) : m_document(std::move(document)), m_blocks(head(m_document)) {}

    bool step() override
    {
        if (m_section == m_document.sections.size()) return false;
        const ReportSection& section = m_document.sections[m_section];
        if (m_block == 0)
            m_blocks.raw(
                QStringLiteral("<section id=\"%1\" aria-labelledby=\"%1-title\">\n<h2 id=\"%1-title\">%2</h2>\n")
                    .arg(plain(section.id), plain(section.title)));
        if (m_block < section.blocks.size()) std::visit(m_blocks, section.blocks[m_block++]);
        if (m_block == section.blocks.size()) {
            m_blocks.raw(QStringLiteral("</section>\n"));
            ++m_section;
            m_block = 0;
        }
        return m_section < m_document.sections.size();
    }
    int done() const override { return static_cast<int>(m_section); }
    int all() const override { return static_cast<int>(m_document.sections.size()); }
    QByteArray take() override
    {
        m_blocks.raw(
            QStringLiteral("</main>\n<footer><p>%1</p></footer>\n</body>\n</html>\n").arg(linked(m_document.source)));
        return m_blocks.html().toUtf8();
    }

private:
    ReportDocument m_document;
    HtmlBlocks m_blocks;
    std::size_t m_section = 0;
    std::size_t m_block = 0; ///< of the section
};

} // namespace

std::unique_ptr<DocumentWriting> htmlWriting(ReportDocument document)
{
    return std::make_unique<HtmlWriting>(std::move(document));
}

QByteArray htmlOf(const ReportDocument& document)
{
    HtmlWriting writing(document);
    while (writing.step()) {
    }
    return writing.take();
}

} // namespace triptych
