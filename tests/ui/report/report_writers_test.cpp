// Documents as HTML and as pages: whole, safe, and the same bytes again.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/language_scope.h"
#include "tests/support/temp_folder.h"
#include "tests/ui/report/report_fixture.h"
#include "ui/export/card_export.h"
#include "ui/report/report_writers.h"
#include "ui/report/run_report_document.h"

#include <gtest/gtest.h>

#include <QHashSeed>
#include <QPainter>
#include <QRegularExpression>
#include <QXmlStreamReader>

#include <map>
#include <set>

namespace triptych::test {
namespace {

/// Elements by name, texts joined, and whatever a browser would load.
struct Page {
    std::map<QString, int> elements;
    QString text;
    QStringList loads;
    QStringList links;
    std::set<QString> ids;
    QStringList unnamed; ///< pictures without a name, head cells without a scope
};

Page readPage(const QByteArray& html)
{
    Page page;
    QByteArray xml = html;
    xml.replace("<!DOCTYPE html>\n", "");
    QXmlStreamReader reader(xml);
    while (!reader.atEnd()) {
        const auto token = reader.readNext();
        if (token == QXmlStreamReader::Characters) page.text += reader.text();
        if (token != QXmlStreamReader::StartElement) continue;
        const QString name = reader.name().toString();
        ++page.elements[name];
        for (const QXmlStreamAttribute& attribute : reader.attributes()) {
            const QString value = attribute.value().toString();
            const QString key = attribute.name().toString();
            if (key == QLatin1String("id")) {
                EXPECT_TRUE(page.ids.insert(value).second) << qPrintable(value);
            }
            if (key.startsWith(QLatin1String("on"))) page.loads << key;
            if (name == QLatin1String("a") && key == QLatin1String("href"))
                page.links << value;
            else if ((key == QLatin1String("src") || key == QLatin1String("href")) &&
                     !value.startsWith(QLatin1String("data:image/png;base64,")))
                page.loads << value;
        }
        if (name == QLatin1String("svg") && reader.attributes().value(QLatin1String("aria-label")).isEmpty())
            page.unnamed << name;
        if (name == QLatin1String("th") && !reader.attributes().hasAttribute(QLatin1String("scope")))
            page.unnamed << name;
    }
    EXPECT_FALSE(reader.hasError()) << reader.errorString().toStdString() << " in line " << reader.lineNumber();
    return page;
}

ReportDocument documentOf(std::vector<RunReport> runs)
{
    return reportDocument(made_set(std::move(runs)));
}

int pageCount(const QByteArray& pdf)
{
    return static_cast<int>(pdf.count("/Type /Page\n")) + static_cast<int>(pdf.count("/Type /Page\r"));
}

TEST(HtmlReport, IsWellFormedNamedAndLoadsNothing)
{
    const QByteArray html = htmlOf(documentOf({full_run()}));
    const Page page = readPage(html);
    EXPECT_EQ(page.loads, QStringList());
    EXPECT_EQ(page.unnamed, QStringList());
    EXPECT_EQ(page.elements.count(QStringLiteral("script")), 0U);
    EXPECT_EQ(page.elements.count(QStringLiteral("link")), 0U);
    EXPECT_GE(page.elements.at(QStringLiteral("svg")), 8);
    EXPECT_EQ(page.elements.at(QStringLiteral("svg")), page.elements.at(QStringLiteral("figcaption")));
    EXPECT_TRUE(html.contains("<html lang=\"en\">"));
    EXPECT_FALSE(QString::fromUtf8(html).contains(QRegularExpression(QStringLiteral("@import|url\\("))));
    for (const QString& link : page.links)
        if (link.startsWith('#')) {
            EXPECT_TRUE(page.ids.count(link.mid(1))) << qPrintable(link);
        }
}

TEST(HtmlReport, HasFiguresThatAreDrawnAndNotEmpty)
{
    const ReportDocument document = documentOf({full_run()});
    int figures = 0;
    for (const ReportSection& section : document.sections)
        for (const ReportBlock& block : section.blocks)
            if (const auto* figure = std::get_if<ReportFigure>(&block)) {
                ++figures;
                const QString svg = svgElementOf(*figure);
                const qsizetype shapes = svg.count(QStringLiteral("<path")) + svg.count(QStringLiteral("<polyline")) +
                                         svg.count(QStringLiteral("<rect")) + svg.count(QStringLiteral("<image"));
                EXPECT_GT(shapes, 1) << qPrintable(figure->title);
                EXPECT_TRUE(svg.contains(QStringLiteral("<text"))) << qPrintable(figure->title);
                EXPECT_FALSE(figure->caption.isEmpty()) << qPrintable(figure->title);
            }
    EXPECT_GE(figures, 8);
}

TEST(HtmlReport, ShortensTheNumbersOfShapesButNoTexts)
{
    ReportFigure figure;
    figure.alt = QStringLiteral("a number");
    figure.paint = [](QPainter& painter) {
        painter.drawText(QPointF(10.123456, 20), QStringLiteral("0.123456"));
        painter.drawLine(QPointF(1.123456, 2), QPointF(3, 4));
    };
    const QString svg = svgElementOf(figure);
    EXPECT_TRUE(svg.contains(QStringLiteral(">0.123456<"))) << qPrintable(svg);
    EXPECT_FALSE(svg.contains(QStringLiteral("1.123456")));
}

TEST(HtmlReport, EscapesWhatRunsAndPeopleCallThings)
{
    RunReport run = full_run("<script>alert('x')</script>\"&");
    run.notes.text = "</p><img src=x onerror=alert(1)> & \"quotes\" \x01\x02 " + std::string(5000, 'w');
    run.notes.tags = {"<b>"};
    run.events.push_back({1, "2026", "<i>", "]]></style><script>"});
    run.manifest.data.push_back({"<data>", "\"hash\"", 1, 1});
    run.command.line = "triptych train --data '</code><script>'";
    const QByteArray html = htmlOf(documentOf({run}));
    const Page page = readPage(html);
    EXPECT_EQ(page.elements.count(QStringLiteral("script")), 0U);
    EXPECT_EQ(page.elements.count(QStringLiteral("img")), 0U);
    EXPECT_EQ(page.elements.count(QStringLiteral("b")) + page.elements.count(QStringLiteral("data")),
              readPage(htmlOf(documentOf({full_run()}))).elements.count(QStringLiteral("b")));
    EXPECT_EQ(page.loads, QStringList());
    EXPECT_TRUE(page.text.contains(QStringLiteral("<script>alert('x')</script>\"&"))) << "it is still said";
    EXPECT_TRUE(page.text.contains(QStringLiteral("onerror=alert(1)")));
}

TEST(HtmlReport, IsTheSameBytesAgain)
{
    EXPECT_EQ(htmlOf(documentOf({full_run()})), htmlOf(documentOf({full_run()})));
}

TEST(PdfReport, IsTheSameBytesAgainAndOfTheTimeOfTheSet)
{
    const QByteArray first = pdfOf(documentOf({full_run()}));
    EXPECT_EQ(first, pdfOf(documentOf({full_run()})));
    EXPECT_TRUE(first.contains("(D:20261127100000"));
    EXPECT_TRUE(first.startsWith("%PDF-"));
}

TEST(PdfReport, IsTheSameBytesWhateverTheOrderOfTablesInAProcess)
{
    QHashSeed::resetRandomGlobalSeed();
    const std::size_t seed = QHashSeed::globalSeed();
    const QByteArray first = pdfOf(documentOf({full_run()}));
    for (int process = 0; process < 3; ++process) {
        QHashSeed::resetRandomGlobalSeed();
        EXPECT_EQ(first, pdfOf(documentOf({full_run()})));
    }
    EXPECT_EQ(seed != 0, QHashSeed::globalSeed() != 0) << "chance is back, where there was any";
}

TEST(PdfReport, HasAFewPagesAndAFewHundredKilobytes)
{
    const QByteArray pdf = pdfOf(documentOf({full_run()}));
    EXPECT_GE(pageCount(pdf), 6);
    EXPECT_LE(pageCount(pdf), 20);
    EXPECT_LT(pdf.size(), 1'000'000);
}

TEST(PdfReport, BreaksALongTableOverPages)
{
    RunReport run = full_run();
    const int before = pageCount(pdfOf(documentOf({run})));
    for (int i = 0; i < 400; ++i) run.events.push_back({i, "2026-11-26T19:56:05Z", "setting", "learning_rate"});
    EXPECT_GE(pageCount(pdfOf(documentOf({run}))), before + 8);
}

TEST(PdfReport, IsNamedAfterItsRun)
{
    const QByteArray pdf = pdfOf(documentOf({full_run("demo")}));
    const QString title = QStringLiteral("demo");
    QByteArray utf16;
    for (const QChar c : title) {
        utf16 += static_cast<char>(c.unicode() >> 8);
        utf16 += static_cast<char>(c.unicode() & 0xff);
    }
    const qsizetype at = pdf.indexOf("/Title");
    ASSERT_GE(at, 0);
    EXPECT_TRUE(pdf.mid(at, 300).contains(utf16) || pdf.mid(at, 300).contains("demo"));
}

TEST(PdfReport, IsTheSameBytesInEveryZoneOfTime)
{
    const ReportDocument document = documentOf({full_run()});
    const QByteArray here = pdfOf(document);
    const QByteArray zone = qgetenv("TZ");
    qputenv("TZ", "America/New_York");
    const QByteArray there = pdfOf(document);
    zone.isEmpty() ? qunsetenv("TZ") : qputenv("TZ", zone);
    EXPECT_TRUE(here == there);
    // Its table of objects points at objects.
    const qsizetype table = there.lastIndexOf("\nxref\n") + 1;
    const qsizetype start = there.lastIndexOf("startxref\n") + 10;
    EXPECT_EQ(there.mid(start, there.indexOf('\n', start) - start).toLongLong(), table);
    qsizetype entry = there.indexOf('\n', table + 5) + 1;
    for (int object = 0; there.mid(entry, 10).toLongLong() > 0 || object == 0; ++object, entry += 20) {
        if (object == 0) continue; // the free one
        const qsizetype at = there.mid(entry, 10).toLongLong();
        const QByteArray begin = QByteArray::number(object) + " 0 obj";
        EXPECT_EQ(there.mid(at, begin.size()), begin);
    }
}

TEST(ReportInTheMaking, LeavesTheProgramItsLanguageBetweenTwoBits)
{
    const LanguageScope english(LanguageChoice::English);
    for (const auto kind : {ReportWriting::Kind::Pdf, ReportWriting::Kind::Html}) {
        ReportWriting writing(std::make_shared<const ReportSet>(made_set({full_run()})), kind, LanguageChoice::German);
        int bits = 1;
        while (writing.step()) {
            ++bits;
            EXPECT_EQ(chosenLanguage(), LanguageChoice::English);
            EXPECT_EQ(QLocale().decimalPoint(), QStringLiteral("."));
            EXPECT_LE(writing.done(), writing.all());
        }
        EXPECT_GT(bits, 20) << "a window that draws it is not held up for long";
        EXPECT_EQ(writing.done(), writing.all());
        const auto whole = kind == ReportWriting::Kind::Pdf
                               ? reportPdf(made_set({full_run()}), LanguageChoice::German)
                               : reportHtml(made_set({full_run()}), LanguageChoice::German);
        EXPECT_TRUE(writing.take() == *whole);
    }
}

TEST(HtmlReport, HasFiguresThatScrollByKeysAndTilesWithoutHoles)
{
    const QByteArray html = htmlOf(documentOf({full_run()}));
    const auto drawings = html.count("<div class=\"drawing\" tabindex=\"0\" role=\"group\" aria-label=\"");
    EXPECT_GT(drawings, 5);
    EXPECT_EQ(drawings, html.count("<figure>"));
    EXPECT_TRUE(html.contains(".drawing svg { min-width"));
}

TEST(WrittenFile, ThatIsEndedOnTheWayLeavesWhatWasThere)
{
    const TempFolder temp;
    temp.write("a.pdf", "before");
    const QString file = QString::fromStdString((temp / "a.pdf").string());
    int asked = 0;
    const QByteArray large(3 << 20, 'x');
    for (int most = 0; most < 4; ++most) {
        asked = 0;
        const Status ended = writeFile(file, large, [&] { return ++asked <= most; });
        ASSERT_FALSE(ended.ok()) << most;
        EXPECT_EQ(slurp(temp / "a.pdf"), "before");
        EXPECT_EQ(std::distance(std::filesystem::directory_iterator(temp.path()), {}), 1) << "nothing beside it";
    }
    EXPECT_TRUE(writeFile(file, large, [] { return true; }).ok());
    EXPECT_EQ(slurp(temp / "a.pdf").size(), static_cast<std::size_t>(large.size()));
}

} // namespace
} // namespace triptych::test
