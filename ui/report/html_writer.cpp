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
    QString html() const { return m_html; }

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
            QStringLiteral("<figure>\n<div class=\"title\"><b>%1</b> %2</div>\n%3\n<figcaption>%4</figcaption>\n"
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

} // namespace

QByteArray htmlOf(const ReportDocument& document)
{
    HtmlBlocks blocks;
    QString sections;
    qsizetype written = 0;
    for (const ReportSection& section : document.sections) {
        for (const ReportBlock& block : section.blocks) std::visit(blocks, block);
        const QString all = blocks.html();
        sections += QStringLiteral("<section id=\"%1\" aria-labelledby=\"%1-title\">\n<h2 id=\"%1-title\">%2</h2>\n")
                        .arg(plain(section.id), plain(section.title));
        sections += all.mid(written);
        sections += QStringLiteral("</section>\n");
        written = all.size();
    }
    const QString language = document.language == QLocale::German ? QStringLiteral("de") : QStringLiteral("en");
    QString html =
        QStringLiteral("<!DOCTYPE html>\n<html lang=\"%1\">\n<head>\n<meta charset=\"utf-8\"/>\n").arg(language);
    html += QStringLiteral("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
                           "<meta name=\"color-scheme\" content=\"light dark\"/>\n"
                           "<meta name=\"generator\" content=\"Triptych\"/>\n");
    html += QStringLiteral("<title>%1</title>\n<style>\n").arg(plain(document.title)) + reportStyle() +
            QStringLiteral("</style>\n</head>\n<body>\n<header>\n");
    html += QStringLiteral("<h1>%1</h1>\n<p class=\"subtitle\">%2</p>\n</header>\n")
                .arg(plain(document.title), plain(document.subtitle));
    html += contents(document) + QStringLiteral("<main>\n") + sections + QStringLiteral("</main>\n");
    html += QStringLiteral("<footer><p>%1</p></footer>\n</body>\n</html>\n").arg(linked(document.source));
    return html.toUtf8();
}

} // namespace triptych
