// Every panel of the catalog leaves the window as picture, drawing, page and table.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/panel_fixture.h"
#include "tests/support/quiet.h"
#include "tests/support/run_folders.h"
#include "ui/bridge/run_pricing.h"
#include "ui/export/card_export.h"
#include "ui/export/provenance.h"
#include "ui/models/twin_table.h"
#include "ui/plots/heatmap_plot.h"
#include "ui/plots/time_series_plot.h"
#include "ui/widgets/curve_card.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QMimeData>
#include <QRegularExpression>
#include <QWheelEvent>
#include <QXmlStreamReader>

#include <cmath>
#include <set>

namespace triptych {

void PrintTo(const PanelInfo& info, std::ostream* out);

namespace test {
namespace {

constexpr qint64 kEpoch = 1'767'312'000; // 2026-01-02

/// What packed streams of a PDF say.
QByteArray page_content(const QByteArray& pdf)
{
    const QByteArray begin = "stream\n";
    QByteArray all;
    for (qsizetype at = pdf.indexOf("/FlateDecode"); at >= 0; at = pdf.indexOf("/FlateDecode", at + 1)) {
        const qsizetype first = pdf.indexOf(begin, at) + begin.size();
        all += qUncompress(QByteArray("\0\1\0\0", 4) + pdf.mid(first, pdf.indexOf("endstream", first) - first));
    }
    return all;
}

struct Drawing {
    QStringList texts;
    int shapes = 0;
};

Drawing read_svg(const QByteArray& svg)
{
    Drawing drawing;
    QXmlStreamReader reader(svg);
    while (!reader.atEnd()) {
        if (reader.readNext() != QXmlStreamReader::StartElement) continue;
        if (reader.name() == QLatin1String("text")) drawing.texts << reader.readElementText();
        for (const char* shape : {"path", "polyline", "rect"})
            if (reader.name() == QLatin1String(shape)) ++drawing.shapes;
    }
    EXPECT_FALSE(reader.hasError()) << reader.errorString().toStdString();
    return drawing;
}

/// Rows of fields, without what begins with #; empty lines are between tables.
std::vector<std::vector<QStringList>> read_csv(const QByteArray& csv)
{
    std::vector<std::vector<QStringList>> tables(1);
    QStringList row;
    QString field;
    bool quoted = false;
    const QString text = QString::fromUtf8(csv);
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        const bool begins = row.isEmpty() && field.isEmpty();
        if (!quoted && begins && c == QLatin1Char('#')) {
            i = text.indexOf(QLatin1Char('\n'), i);
        } else if (!quoted && begins && c == QLatin1Char('\n')) {
            tables.emplace_back();
        } else if (c == QLatin1Char('"')) {
            if (quoted && i + 1 < text.size() && text[i + 1] == c)
                field += text[i++];
            else
                quoted = !quoted;
        } else if (!quoted && (c == QLatin1Char(',') || c == QLatin1Char('\n'))) {
            row << std::exchange(field, {});
            if (c == QLatin1Char('\n')) tables.back().push_back(std::exchange(row, {}));
        } else {
            field += c;
        }
    }
    return tables;
}

class ExportedCard : public testing::TestWithParam<PanelInfo> {
protected:
    ExportedCard()
    {
        qputenv("SOURCE_DATE_EPOCH", QByteArray::number(kEpoch));
        fill_feed(m_rig.feed);
        m_rig.selection.setExpertOfLayer(2, 3);
        m_rig.selection.setToken(4);
    }
    ~ExportedCard() override { qunsetenv("SOURCE_DATE_EPOCH"); }

    ExportSheet sheet(ExportLook look = ExportLook::Paper)
    {
        ExportForm form;
        form.look = look;
        form.dpi = 96;
        return ExportSheet(GetParam(), m_rig.context(), form);
    }

    PanelRig m_rig{ThemeChoice::Dark};
};

INSTANTIATE_TEST_SUITE_P(Catalog, ExportedCard, testing::ValuesIn(panelCatalog().begin(), panelCatalog().end()),
                         [](const auto& p) {
                             std::string name = p.param.id;
                             std::replace(name.begin(), name.end(), '-', '_');
                             return name;
                         });

TEST_P(ExportedCard, IsAPictureOfTheSizeAndLookAskedFor)
{
    for (const ExportLook look : {ExportLook::Paper, ExportLook::Dark}) {
        ExportSheet page = sheet(look);
        const QImage image = pictureOf(page);
        EXPECT_EQ(image.size(), QSize(605, 378));
        EXPECT_NEAR(image.dotsPerMeterX() * 0.0254, 96, 0.5);
        std::set<QRgb> colors;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x) colors.insert(image.pixel(x, y));
        EXPECT_GT(colors.size(), 3U) << "nothing is drawn";
        EXPECT_EQ(QColor(image.pixel(3, 200)), look == ExportLook::Paper ? QColor(Qt::white) : darkColors().card);
    }
}

TEST_P(ExportedCard, IsADrawingWhoseTextIsTextAndSaysWhereItComesFrom)
{
    ExportSheet page = sheet();
    const Drawing drawing = read_svg(svgOf(page));
    EXPECT_GT(drawing.shapes, 0);
    EXPECT_TRUE(drawing.texts.contains(panelTitle(GetParam()))) << drawing.texts.join(" | ").toStdString();
    const QString source = provenanceText(m_rig.feed, ProvenanceFor::Screen);
    const QString prices = sheet().panel().pricedBy(); // stand behind it
    EXPECT_TRUE(drawing.texts.contains(prices.isEmpty() ? source : source + " · " + prices)) << prices.toStdString();
}

TEST_P(ExportedCard, HasNoTextOnPaperInTheColourOfADarkProgram)
{
    ExportSheet page = sheet();
    const QString drawing = QString::fromUtf8(svgOf(page));
    const QRegularExpression pale(darkColors().text.name() + QStringLiteral("[^>]*>\\s*<text[^>]*>[^<]*"));
    EXPECT_EQ(pale.match(drawing).captured(), QString());
}

TEST_P(ExportedCard, IsAPageWithText)
{
    ExportSheet page = sheet();
    const QByteArray pdf = pdfOf(page);
    EXPECT_TRUE(pdf.startsWith("%PDF-"));
    EXPECT_TRUE(pdf.contains("/Type /Font")) << "no font, so no text";
    const QByteArray content = page_content(pdf);
    EXPECT_TRUE(content.contains("BT\n"));
    EXPECT_TRUE(content.contains("Tj")) << "no text is drawn";
    EXPECT_TRUE(pdf.contains("/CreationDate (D:20260102000000"));
}

TEST_P(ExportedCard, IsTheSameBytesTwice)
{
    for (const ExportKind kind : {ExportKind::Png, ExportKind::Svg, ExportKind::Pdf, ExportKind::Csv}) {
        ExportSheet first = sheet();
        ExportSheet second = sheet();
        const auto a = bytesOf(first, kind);
        const auto b = bytesOf(second, kind);
        ASSERT_TRUE(a && b) << endingOf(kind).toStdString();
        EXPECT_FALSE(a->isEmpty());
        EXPECT_TRUE(*a == *b) << endingOf(kind).toStdString();
    }
}

TEST_P(ExportedCard, IsATableThatReadsBackToTheValuesOfItsTwins)
{
    ExportSheet page = sheet();
    const QByteArray csv = csvOf(page.info(), page.panel(), page.feed());
    EXPECT_TRUE(csv.startsWith(QStringLiteral("# %1\n# ").arg(panelTitle(GetParam())).toUtf8()));
    EXPECT_TRUE(csv.contains(provenanceText(m_rig.feed, ProvenanceFor::File).toUtf8()));
    const auto tables = read_csv(csv);
    const std::vector<Twin> twins = page.panel().twins();
    ASSERT_FALSE(twins.empty()) << "what it shows is in no table";
    ASSERT_EQ(tables.size(), twins.size());
    for (std::size_t t = 0; t < twins.size(); ++t) {
        const QAbstractItemModel& model = *twins[t].model;
        ASSERT_EQ(tables[t].size(), static_cast<std::size_t>(model.rowCount()) + 1) << twins[t].title.toStdString();
        for (int column = 0; column < model.columnCount(); ++column) {
            EXPECT_FALSE(tables[t][0][column].isEmpty()) << "a column without a title";
            EXPECT_EQ(tables[t][0][column], model.headerData(column, Qt::Horizontal).toString());
        }
        for (int row = 0; row < model.rowCount(); ++row)
            for (int column = 0; column < model.columnCount(); ++column) {
                const QVariant exact = exactValue(model.index(row, column));
                const QString& field = tables[t][static_cast<std::size_t>(row) + 1][column];
                const bool isFloat = exact.typeId() == QMetaType::Float;
                if (!isFloat && exact.typeId() != QMetaType::Double) {
                    ASSERT_EQ(field, exact.toString());
                } else if (!std::isnan(exact.toDouble())) {
                    ASSERT_EQ(isFloat ? static_cast<double>(field.toFloat()) : field.toDouble(), exact.toDouble());
                }
            }
    }
}

TEST_P(ExportedCard, LeavesTheCardOnTheScreenAlone)
{
    const std::unique_ptr<Panel> live(GetParam().create(m_rig.context(), nullptr));
    live->resize(420, 460);
    live->show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(live.get()));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !live->isLoading(); }, 20'000)) << "what is computed beside the window";
    ASSERT_TRUE(comes_to_rest(*live));
    const QVariantMap state = live->saveState();
    const QPalette palette = QApplication::palette();
    const std::size_t posted = m_rig.posted.size();
    const PaintCount painted(*live);
    for (const ExportKind kind : {ExportKind::Png, ExportKind::Svg, ExportKind::Pdf, ExportKind::Csv}) {
        ExportSheet page(GetParam(), m_rig.context(), {}, live.get());
        (void)bytesOf(page, kind);
        EXPECT_EQ(page.panel().saveState(), state);
    }
    QCoreApplication::processEvents();
    EXPECT_EQ(painted.seen(), 0);
    EXPECT_EQ(live->saveState(), state);
    EXPECT_EQ(m_rig.selection.token(), 4);
    EXPECT_EQ(QApplication::palette(), palette);
    EXPECT_EQ(m_rig.posted.size(), posted) << "the sheet asked the session for something";
}

TEST_P(ExportedCard, SaysWhatIsMissingWithoutARun)
{
    PanelRig empty(ThemeChoice::Dark);
    ExportSheet page(GetParam(), empty.context(), {});
    EXPECT_FALSE(pictureOf(page).isNull());
    EXPECT_FALSE(read_svg(svgOf(page)).texts.isEmpty());
}

TEST(Tables, AreThereForEveryPlotAndMap)
{
    PanelRig rig(ThemeChoice::Light);
    fill_feed(rig.feed);
    for (const PanelInfo& info : panelCatalog()) {
        const std::unique_ptr<Panel> panel(info.create(rig.context(), nullptr));
        panel->show(); // a page that computes does so where it can be seen
        ASSERT_TRUE(QTest::qWaitFor([&] { return !panel->isLoading(); }, 30'000)) << info.id;
        const std::vector<Twin> twins = panel->twins();
        EXPECT_FALSE(twins.empty()) << info.id;
        for (const Twin& twin : twins) {
            EXPECT_FALSE(twin.title.isEmpty()) << info.id;
            // There is no second run, and nothing was written.
            if (std::string_view(info.id) == "runs" || std::string_view(info.id) == "playground") continue;
            EXPECT_GT(twin.model->rowCount(), 0) << info.id << ": " << twin.title.toStdString();
        }
    }
}

class FigureFile : public testing::Test {
protected:
    static void SetUpTestSuite() { qputenv("SOURCE_DATE_EPOCH", QByteArray::number(kEpoch)); }
    static void TearDownTestSuite() { qunsetenv("SOURCE_DATE_EPOCH"); }

    PanelRig m_rig{ThemeChoice::Light};
};

TEST_F(FigureFile, OfAHundredThousandNoisyPointsIsASmallPageOfLines)
{
    fill_feed(m_rig.feed);
    std::vector<Sample> samples;
    for (std::int64_t step = m_rig.feed.run()->first_step + 2000; step < 102'000; ++step)
        samples.push_back({Metric::MainLoss, step, 2 + 0.5 * noise(step, 3)});
    m_rig.feed.append(samples);
    ExportSheet page(panel_info("predella"), m_rig.context(), {});
    const QByteArray pdf = pdfOf(page);
    EXPECT_LT(pdf.size(), 100'000);
    EXPECT_FALSE(pdf.contains("/Subtype /Image")) << "a curve is made of pixels";
    EXPECT_GT(page_content(pdf).count(" l\n"), 300);
}

TEST_F(FigureFile, OfARunInFilesHasEveryPointAndSaysSoWhereItHasNot)
{
    const TempFolder temp;
    for (const std::int64_t steps : {5'000, 150'000}) {
        const std::filesystem::path folder = temp / std::to_string(steps);
        write_run_curves(folder, 1, steps);
        m_rig.feed.apply(synthetic_start());
        m_rig.series.open({}, CurveReader::open(folder).take());
        ExportSheet sheet(panel_info("predella"), m_rig.context(), {});
        ASSERT_TRUE(sheet.await(ExportKind::Csv));
        const QString csv = QString::fromUtf8(csvOf(sheet.info(), sheet.panel(), sheet.feed()));
        const QString loss = csv.section("\n\n", 0, 0);
        const QString title = loss.split('\n').filter(QRegularExpression("^# Loss")).value(0);
        const QStringList rows = loss.split('\n').filter(QRegularExpression("^[0-9]"));
        if (steps == 5'000) {
            EXPECT_EQ(title, "# Loss");
            ASSERT_EQ(rows.size(), steps);
            EXPECT_EQ(rows[3999].section(',', 0, 1), "4000,0.0025");
        } else {
            EXPECT_TRUE(title.endsWith(" of 150,000 points")) << title.toStdString();
            EXPECT_GT(rows.size(), 40'000);
        }
    }
}

TEST_F(FigureFile, OfAmountsSaysByWhichPricesTheyAreCounted)
{
    fill_feed(m_rig.feed);
    const auto said = [&](const char* panel) {
        ExportSheet sheet(panel_info(panel), m_rig.context(), {});
        const QString label = sheet.page().findChild<QLabel*>("provenance")->text();
        const QString csv = QString::fromUtf8(csvOf(sheet.info(), sheet.panel(), sheet.feed()));
        EXPECT_EQ(label.contains("prices: "), csv.section('\n', 2, 2).startsWith("# prices: ")) << csv.toStdString();
        return label;
    };
    EXPECT_TRUE(said("predella").contains("prices: This machine")) << said("predella").toStdString();
    EXPECT_FALSE(said("moe").contains("prices: "));
    RunPricing& pricing = RunPricing::of(m_rig.feed);
    pricing.choose("h100");
    ASSERT_TRUE(pricing.sheet()) << pricing.trouble().toStdString();
    EXPECT_TRUE(said("predella").contains(QString::fromStdString(pricing.sheet()->preset().title)));
    EXPECT_FALSE(said("predella").contains("set by you"));
    const auto& inputs = pricing.sheet()->preset().inputs;
    const auto price = std::find_if(inputs.begin(), inputs.end(), isPriceOfRun);
    ASSERT_NE(price, inputs.end());
    ASSERT_TRUE(pricing.edit(QString::fromStdString(price->key), price->input.value * 1.01).ok());
    EXPECT_TRUE(said("predella").contains("1 set by you")) << said("predella").toStdString();
    pricing.resetAll();
}

TEST_F(FigureFile, OfOneCardOfCurvesHasThatCardAlone)
{
    fill_feed(m_rig.feed);
    const std::unique_ptr<Panel> panel(panel_info("predella").create(m_rig.context(), nullptr));
    panel->resize(1200, 300);
    panel->show();
    const auto cards = panel->findChildren<CurveCard*>();
    ASSERT_EQ(cards.size(), 3);
    QVariantMap part;
    QObject::connect(panel.get(), &Panel::exportRequested, [&](const QVariantMap& asked) { part = asked; });
    QMenu menu;
    cards[1]->plot().fillMenu(menu);
    const auto actions = menu.actions();
    const auto entry =
        std::find_if(actions.begin(), actions.end(), [](QAction* each) { return each->text().startsWith("Export"); });
    ASSERT_NE(entry, actions.end());
    (*entry)->trigger();
    ExportSheet sheet(panel_info("predella"), m_rig.context(), {}, panel.get(), part);
    int seen = 0;
    for (const CurveCard* card : sheet.panel().findChildren<CurveCard*>()) seen += card->isVisible() ? 1 : 0;
    EXPECT_EQ(seen, 1);
    ASSERT_EQ(sheet.panel().twins().size(), 1U);
    EXPECT_EQ(sheet.panel().twins()[0].title, cards[1]->title());
    EXPECT_TRUE(cards[0]->isVisible()) << "the panel in the window is as it was";
}

TEST_F(FigureFile, ShowsThePartOfAMapAndOfValuesThatIsShown)
{
    fill_feed(m_rig.feed);
    const std::unique_ptr<Panel> curves(panel_info("predella").create(m_rig.context(), nullptr));
    curves->resize(1200, 300);
    curves->show();
    auto* loss = curves->findChild<TimeSeriesPlot*>("lossPlot");
    ASSERT_TRUE(QTest::qWaitFor([&] { return !loss->frame().curves.empty(); }));
    const QPointF place = loss->plotArea().center();
    QWheelEvent wheel(place, loss->surface()->mapToGlobal(place), {}, {0, 360}, Qt::NoButton, Qt::ControlModifier,
                      Qt::NoScrollPhase, false);
    const ValueRange before = loss->shownValues();
    QApplication::sendEvent(loss->surface(), &wheel);
    ASSERT_TRUE(QTest::qWaitFor([&] { return loss->shownValues().upper < before.upper; }));
    ExportSheet sheet(panel_info("predella"), m_rig.context(), {}, curves.get());
    const auto* drawn = sheet.panel().findChildren<TimeSeriesPlot*>("lossPlot").last(); // the first cards go later
    ASSERT_TRUE(drawn->isVisible());
    EXPECT_DOUBLE_EQ(drawn->shownValues().lower, loss->shownValues().lower);
    EXPECT_DOUBLE_EQ(drawn->shownValues().upper, loss->shownValues().upper);
    const std::unique_ptr<Panel> attention(panel_info("attention").create(m_rig.context(), nullptr));
    attention->resize(700, 500);
    attention->show();
    auto* map = attention->findChild<HeatmapPlot*>();
    QTest::keyClick(map->focusProxy(), Qt::Key_Plus);
    ASSERT_FALSE(map->view().isWhole());
    ExportSheet page(panel_info("attention"), m_rig.context(), {}, attention.get());
    EXPECT_EQ(page.panel().findChild<HeatmapPlot*>()->view().visible(), map->view().visible());
}

TEST_F(FigureFile, NamesRunStepVersionAndDay)
{
    EXPECT_TRUE(QRegularExpression("^Triptych [0-9.]+, 2026-01-02$")
                    .match(provenanceText(m_rig.feed, ProvenanceFor::Screen))
                    .hasMatch());
    SyntheticRun run;
    run.steps = 1240;
    fill_feed(m_rig.feed, run);
    const QString screen = provenanceText(m_rig.feed, ProvenanceFor::Screen);
    const QString file = provenanceText(m_rig.feed, ProvenanceFor::File);
    EXPECT_TRUE(screen.contains(", step 1,240, Triptych ")) << screen.toStdString();
    EXPECT_TRUE(file.contains(", step 1240, Triptych ")) << file.toStdString();
}

TEST_F(FigureFile, IsPaintedSmallerWhereThePanelNeedsMoreRoom)
{
    fill_feed(m_rig.feed);
    ExportForm small;
    small.widthCm = 4;
    small.heightCm = 3;
    ExportSheet page(panel_info("predella"), m_rig.context(), small);
    EXPECT_GT(page.layoutSize().width(), page.size().width() * 1.2);
    EXPECT_EQ(pictureOf(page).size(), QSize(472, 354));
}

TEST_F(FigureFile, IsRefusedInSizesThatNoFigureHas)
{
    EXPECT_TRUE(checkForm({}));
    EXPECT_FALSE(checkForm({1, 10, 300, ExportLook::Paper}));
    EXPECT_FALSE(checkForm({16, std::nan(""), 300, ExportLook::Paper}));
    EXPECT_FALSE(checkForm({16, 10, 10, ExportLook::Paper}));
    EXPECT_FALSE(checkForm({100, 100, 1200, ExportLook::Paper}));
}

TEST_F(FigureFile, IsOfTheKindThatItsNameEndsWith)
{
    EXPECT_EQ(kindOfFile("a/b.PNG"), ExportKind::Png);
    EXPECT_EQ(kindOfFile("b.tar.pdf"), ExportKind::Pdf);
    EXPECT_EQ(kindOfFile("pdf"), std::nullopt);
    EXPECT_EQ(kindOfFile("b.jpg"), std::nullopt);
    const Status refused = writeFile("/there/is/no/such/folder/a.png", "x");
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().what.find("/there/is/no/such/folder/a.png"), std::string::npos);
}

TEST_F(FigureFile, OfAHundredThousandPointsOfNoiseTakesLessThanAHundredKilobytes)
{
    m_rig.feed.apply(Event(synthetic_start()));
    std::vector<Sample> samples;
    for (std::int64_t step = 1; step <= 100'000; ++step) samples.push_back({Metric::MainLoss, step, noise(step)});
    m_rig.feed.append(samples);
    ExportForm form;
    form.widthCm = 20.32; // 2400 x 1200 dots
    form.heightCm = 10.16;
    ExportSheet page(panel_info("predella"), m_rig.context(), form);
    const QByteArray pdf = pdfOf(page);
    EXPECT_LT(pdf.size(), 100'000);
    EXPECT_GT(pdf.size(), 10'000) << "the curve is in it";
    ExportSheet again(panel_info("predella"), m_rig.context(), form);
    EXPECT_LT(svgOf(again).size(), 300'000);
    EXPECT_EQ(pictureOf(again).size(), QSize(2400, 1200));
}

TEST_F(FigureFile, GoesToTheClipboardAsPictureAndTextAtOnce)
{
    fill_feed(m_rig.feed);
    ExportSheet page(panel_info("cache"), m_rig.context(), {});
    copyCard(page);
    const QMimeData* data = QGuiApplication::clipboard()->mimeData();
    ASSERT_TRUE(data->hasImage());
    EXPECT_EQ(qvariant_cast<QImage>(data->imageData()).size(), QSize(1890, 1181));
    ASSERT_TRUE(data->hasText());
    EXPECT_EQ(data->text().count('\n'), page.panel().twins()[0].model->rowCount() + 1);
    EXPECT_TRUE(data->text().contains('\t'));
}

} // namespace
} // namespace test
} // namespace triptych
