// Counting, cleaning and linking of texts.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/report_document.h"

#include <QCoreApplication>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QRegularExpression>

namespace triptych {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Report)
};

/// What neither HTML nor a page can show: control characters, halves of surrogate pairs, non-characters, and the marks
/// that turn the direction of all that follows.
bool isUnfit(uint code)
{
    if (code == '\n' || code == '\t') return false;
    return code < 0x20 || (code >= 0x7f && code < 0xa0) || (code >= 0xd800 && code <= 0xdfff) ||
           (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069) || code == 0xfeff ||
           (code & 0xfffe) == 0xfffe;
}

QString firstOf(std::initializer_list<const char*> families, const QString& otherwise)
{
    const QStringList known = QFontDatabase::families();
    for (const char* family : families)
        if (known.contains(QLatin1String(family))) return QString::fromLatin1(family);
    return otherwise;
}

} // namespace

QString ReportNumbers::figure()
{
    return Words::tr("Figure %1").arg(++m_figures);
}

QString ReportNumbers::table()
{
    return Words::tr("Table %1").arg(++m_tables);
}

QString reportText(const QString& text)
{
    QString clean;
    clean.reserve(text.size());
    for (const uint code : text.toUcs4())
        if (!isUnfit(code)) clean += QString::fromUcs4(reinterpret_cast<const char32_t*>(&code), 1);
    return clean;
}

QString reportName(const QString& text, int most)
{
    const QString line = reportText(text).simplified();
    if (line.size() <= most) return line;
    const int half = (most - 1) / 2;
    return line.left(half) + QChar(0x2026) + line.right(half);
}

std::vector<ReportLink> linksIn(const QString& text)
{
    static const QRegularExpression link(QStringLiteral(R"((https?://[^\s<>"|;,)]*[\w/])|(arXiv:(\d{4}\.\d{4,5})))"),
                                         QRegularExpression::CaseInsensitiveOption);
    std::vector<ReportLink> links;
    for (auto it = link.globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const QString paper = match.captured(3);
        links.push_back({match.capturedStart(), match.capturedLength(),
                         paper.isEmpty() ? match.captured() : QStringLiteral("https://arxiv.org/abs/") + paper});
    }
    return links;
}

QString reportFamily()
{
    return firstOf({"Inter", "Source Sans 3", "Noto Sans", "Open Sans", "Segoe UI", "Helvetica Neue", "Liberation Sans",
                    "DejaVu Sans Condensed", "DejaVu Sans"},
                   QGuiApplication::font().family());
}

QString reportMonospace()
{
    return firstOf({"JetBrains Mono", "Source Code Pro", "Noto Sans Mono", "Liberation Mono", "DejaVu Sans Mono"},
                   QFontDatabase::systemFont(QFontDatabase::FixedFont).family());
}

} // namespace triptych
