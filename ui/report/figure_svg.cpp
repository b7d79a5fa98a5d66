// A figure as an SVG element within HTML.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/report_writers.h"

#include <QBuffer>
#include <QPainter>
#include <QRegularExpression>
#include <QSvgGenerator>

namespace triptych {

namespace {

constexpr int kPixelsPerInch = 96;

QString drawn(const ReportFigure& figure)
{
    QBuffer buffer;
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(kPixelsPerInch);
    generator.setSize(figure.size);
    generator.setViewBox(QRect(QPoint(), figure.size));
    QPainter painter(&generator);
    if (figure.paint) figure.paint(painter);
    painter.end();
    return QString::fromUtf8(buffer.data());
}

/// Groups that Qt opens for each state of the painter and draws nothing in.
void dropEmptyGroups(QString& svg)
{
    static const QRegularExpression empty(QStringLiteral("<g [^>]*>\\s*</g>\\s*"));
    for (qsizetype before = -1; before != svg.size();) {
        before = svg.size();
        svg.remove(empty);
    }
}

/// What says nothing: the values that SVG has anyway, and decimals that nobody sees. Texts between tags stay as they
/// are.
QString shortTag(QString tag)
{
    static const QRegularExpression idle(QStringLiteral(
        " (stroke-opacity|fill-opacity|stroke-linecap|stroke-linejoin|transform|font-style|stroke-dashoffset|"
        "stroke-miterlimit|xml:space|vector-effect)=\"(1|bevel|square|matrix\\(1,0,0,1,0,0\\)|normal|0|2)\""));
    static const QRegularExpression decimals(QStringLiteral("(\\d\\.\\d\\d)\\d+"));
    if (tag.contains(QLatin1String("data:"))) return tag; // a picture
    return tag.remove(idle).replace(decimals, QStringLiteral("\\1"));
}

QString shortened(const QString& svg)
{
    QString all;
    all.reserve(svg.size());
    for (qsizetype at = 0; at < svg.size();) {
        const qsizetype open = svg.indexOf(QLatin1Char('<'), at);
        const qsizetype close = open < 0 ? -1 : svg.indexOf(QLatin1Char('>'), open);
        if (close < 0) return all + svg.mid(at);
        all += svg.mid(at, open - at);
        all += shortTag(svg.mid(open, close + 1 - open));
        at = close + 1;
    }
    return all.replace(QLatin1String("\n\n"), QLatin1String("\n"));
}

} // namespace

QString svgElementOf(const ReportFigure& figure)
{
    QString svg = drawn(figure);
    // From its first group on: head, title and an empty list of definitions go.
    const qsizetype body = svg.indexOf(QLatin1String("</defs>"));
    const qsizetype end = svg.lastIndexOf(QLatin1String("</svg>"));
    if (body < 0 || end < body) return {};
    svg = svg.mid(body + 7, end - body - 7).trimmed();
    dropEmptyGroups(svg);
    svg = shortened(svg);
    // The reader's machine has other fonts; in one of the same kind the texts fit, too.
    svg.replace(QRegularExpression(QStringLiteral("font-family=\"([^\"]*)\"")),
                QStringLiteral("font-family=\"\\1, DejaVu Sans, Verdana, sans-serif\""));
    return QStringLiteral("<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
                          "viewBox=\"0 0 %1 %2\" role=\"img\" aria-label=\"%3\">\n%4\n</svg>")
        .arg(figure.size.width())
        .arg(figure.size.height())
        .arg(reportText(figure.alt).toHtmlEscaped(), svg);
}

} // namespace triptych
