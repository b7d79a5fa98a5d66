// What a report says: all chapters of a whole run, what a bare one lacks, both languages, comparisons.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/language_scope.h"
#include "tests/ui/report/report_fixture.h"
#include "ui/report/comparison_sections.h"
#include "ui/report/report_text.h"
#include "ui/report/run_report_document.h"

#include <gtest/gtest.h>

#include <QCoreApplication>
#include <QEvent>
#include <QRegularExpression>
#include <QWidget>

namespace triptych::test {
namespace {

QString textOf(const ReportBlock& block)
{
    if (const auto* p = std::get_if<ReportParagraph>(&block)) return p->text;
    if (const auto* h = std::get_if<ReportHeading>(&block)) return h->text;
    if (const auto* n = std::get_if<ReportNote>(&block)) return n->text;
    if (const auto* c = std::get_if<ReportCode>(&block)) return c->text;
    if (const auto* f = std::get_if<ReportFigure>(&block)) return f->title + '\n' + f->caption;
    QStringList parts;
    if (const auto* facts = std::get_if<ReportFacts>(&block))
        for (const ReportFact& fact : facts->facts) parts << fact.label << fact.value << fact.note;
    if (const auto* table = std::get_if<ReportTable>(&block)) {
        parts << table->title << table->note;
        for (const ReportColumn& column : table->columns) parts << column.title;
        for (const ReportRow& row : table->rows) parts << row.cells;
    }
    return parts.join('\n');
}

QString textOf(const ReportSection& section)
{
    QStringList parts(section.title);
    for (const ReportBlock& block : section.blocks) parts << textOf(block);
    return parts.join('\n');
}

const ReportSection& sectionOf(const ReportDocument& document, const QString& id)
{
    static const ReportSection none;
    for (const ReportSection& section : document.sections)
        if (section.id == id) return section;
    ADD_FAILURE() << "no chapter " << id.toStdString();
    return none;
}

template <class Block>
int countOf(const ReportSection& section)
{
    int count = 0;
    for (const ReportBlock& block : section.blocks) count += std::holds_alternative<Block>(block);
    return count;
}

int missingIn(const ReportSection& section)
{
    int count = 0;
    for (const ReportBlock& block : section.blocks)
        if (const auto* note = std::get_if<ReportNote>(&block)) count += note->kind == ReportNoteKind::Missing;
    return count;
}

const QStringList kChapters = {"summary", "loss", "speed", "experts", "domains", "attention",
                               "drafts",  "time", "cost",  "scale",   "history", "setup"};

class ReportOfARun : public testing::TestWithParam<LanguageChoice> {
protected:
    LanguageScope m_language{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(Languages, ReportOfARun, testing::Values(LanguageChoice::English, LanguageChoice::German),
                         [](const auto& p) { return p.param == LanguageChoice::German ? "german" : "english"; });

TEST_P(ReportOfARun, HasEveryChapterOpenedByASentenceAndNothingMissing)
{
    const ReportDocument document = reportDocument(made_set({full_run()}));
    QStringList ids;
    for (const ReportSection& section : document.sections) {
        ids << section.id;
        ASSERT_FALSE(section.blocks.empty());
        EXPECT_TRUE(std::holds_alternative<ReportParagraph>(section.blocks.front())) << qPrintable(section.id);
        EXPECT_EQ(missingIn(section), 0) << qPrintable(textOf(section));
    }
    EXPECT_EQ(ids, kChapters);
    EXPECT_EQ(document.language, GetParam() == LanguageChoice::German ? QLocale::German : QLocale::English);
}

TEST_P(ReportOfARun, SaysWhatABareRunLacksAndDrawsNoEmptyFrame)
{
    const ReportDocument document = reportDocument(made_set({bare_run()}));
    for (const char* id :
         {"loss", "speed", "experts", "domains", "attention", "drafts", "time", "cost", "scale", "history"}) {
        const ReportSection& section = sectionOf(document, QLatin1String(id));
        EXPECT_GE(missingIn(section), 1) << id;
        EXPECT_EQ(countOf<ReportFigure>(section), 0) << id;
        for (const ReportBlock& block : section.blocks)
            if (const auto* note = std::get_if<ReportNote>(&block)) {
                EXPECT_FALSE(note->text.isEmpty()) << id;
            }
    }
}

TEST_P(ReportOfARun, LeavesNoPlaceForANumberUnfilled)
{
    for (const ReportSet& set : {made_set({full_run()}), made_set({bare_run()}), made_set({full_run("a"), bare_run()})})
        for (const ReportSection& section : reportDocument(set).sections)
            EXPECT_FALSE(textOf(section).contains(QRegularExpression(QStringLiteral("%[0-9n]"))))
                << qPrintable(textOf(section));
}

TEST(ReportOfARunInGerman, IsGermanInTextsAndNumbers)
{
    const LanguageScope german(LanguageChoice::German);
    const ReportDocument document = reportDocument(made_set({full_run()}));
    const QString summary = textOf(sectionOf(document, QStringLiteral("summary")));
    EXPECT_TRUE(summary.contains(QStringLiteral("1,621"))) << qPrintable(summary);
    const ReportDocument english = [] {
        const LanguageScope scope(LanguageChoice::English);
        return reportDocument(made_set({full_run()}));
    }();
    ASSERT_EQ(document.sections.size(), english.sections.size());
    for (std::size_t i = 0; i < english.sections.size(); ++i)
        EXPECT_NE(document.sections[i].title, english.sections[i].title) << qPrintable(english.sections[i].id);
}

TEST(ReportOfARun, GivesEveryCostItsLensSourceDateAndBasis)
{
    const LanguageScope english(LanguageChoice::English);
    const QString cost = textOf(sectionOf(reportDocument(made_set({full_run()})), QStringLiteral("cost")));
    for (const char* said : {"Rented", "Full cost", "https://example.org/prices?a=1&b=2", "2024-05", "measured",
                             "assumed", "changed by the user", "what is counted in Rented"})
        EXPECT_TRUE(cost.contains(QLatin1String(said))) << said;
}

TEST(ReportOfARun, WarnsBeforeItExtrapolates)
{
    const LanguageScope english(LanguageChoice::English);
    const ReportDocument document = reportDocument(made_set({full_run()}));
    bool warned = false;
    bool extrapolated = false;
    for (const ReportBlock& block : sectionOf(document, QStringLiteral("scale")).blocks) {
        if (const auto* note = std::get_if<ReportNote>(&block))
            warned = warned || note->kind == ReportNoteKind::Caution;
        if (textOf(block).contains(QStringLiteral("about $12,000,000,000"))) {
            extrapolated = true;
            EXPECT_TRUE(warned);
            EXPECT_TRUE(textOf(block).contains(QStringLiteral("Extrapolat")));
        }
    }
    EXPECT_TRUE(extrapolated);
}

TEST(ReportOfARun, IsInTheLanguageAskedForAndLeavesThatOfTheProgram)
{
    const LanguageScope english(LanguageChoice::English);
    const auto german = reportHtml(made_set({bare_run()}), LanguageChoice::German);
    ASSERT_TRUE(german.ok());
    EXPECT_TRUE(german->contains("<html lang=\"de\">"));
    EXPECT_EQ(chosenLanguage(), LanguageChoice::English);
    EXPECT_EQ(QLocale().decimalPoint(), QStringLiteral("."));
    EXPECT_TRUE(reportHtml(made_set({bare_run()}), LanguageChoice::English)->contains("<html lang=\"en\">"));
}

TEST(ReportOfARun, InAnotherLanguageLeavesWindowsAlone)
{
    class Window : public QWidget {
    public:
        int changes = 0;

    private:
        void changeEvent(QEvent* event) override { changes += event->type() == QEvent::LanguageChange ? 1 : 0; }
    };
    const LanguageScope english(LanguageChoice::English);
    Window window;
    QCoreApplication::sendPostedEvents();
    window.changes = 0;
    ASSERT_TRUE(reportHtml(made_set({bare_run()}), LanguageChoice::German).ok());
    QCoreApplication::sendPostedEvents();
    EXPECT_EQ(window.changes, 0);
    {
        const LanguageScope german(LanguageChoice::German);
    }
    QCoreApplication::sendPostedEvents();
    EXPECT_GT(window.changes, 0) << "a change that is meant is heard again";
}

TEST(ReportOfARun, OfNoRunIsAnErrorThatSaysWhatToDo)
{
    const auto pdf = reportPdf(ReportSet{}, LanguageChoice::English);
    ASSERT_FALSE(pdf.ok());
    EXPECT_FALSE(pdf.error().hint.empty());
}

TEST(ReportOfSeveralRuns, BeginsWithWhatDiffers)
{
    const LanguageScope english(LanguageChoice::English);
    ReportSet set = made_set({full_run("a"), full_run("b")});
    set.differences = {{"router", {"sigmoid_noaux", "none"}}};
    const ReportDocument document = reportDocument(set);
    ASSERT_GT(document.sections.size(), 4U);
    EXPECT_EQ(document.sections[1].id, QStringLiteral("differences"));
    const QString text = textOf(document.sections[1]);
    EXPECT_TRUE(text.contains(QStringLiteral("router")) && text.contains(QStringLiteral("none"))) << qPrintable(text);
    EXPECT_GE(countOf<ReportFigure>(sectionOf(document, QStringLiteral("loss"))), 2);
}

TEST(ReportOfSeveralRuns, GivesRunsOfOneNameNumbers)
{
    EXPECT_EQ(comparedNames(made_set({full_run("a"), full_run("a"), full_run("b")})), QStringList({"a", "a (2)", "b"}));
}

TEST(ReportOfSeveralRuns, PutsManyRunsBelowEachOther)
{
    const SideBySide compared{"t", {}, {{"loss", {"1", "2", "3", "4", "5"}}, {"steps", {"6", "7", "8", "9", "10"}}}};
    const auto across = tablesOf(compared, {"a", "b"});
    ASSERT_EQ(across.size(), 1U);
    EXPECT_EQ(across[0].rows[1].cells, QStringList({"steps", "6", "7", "8", "9", "10"}));
    const auto down = tablesOf(compared, {"a", "b", "c", "d", "e"});
    ASSERT_EQ(down.size(), 1U);
    EXPECT_EQ(down[0].rows[4].cells, QStringList({"e", "5", "10"}));
}

TEST(ReportOfSeveralRuns, TellsInputsOfEachRunFromThoseOfAll)
{
    const LanguageScope english(LanguageChoice::English);
    RunReport other = full_run("b");
    for (CostInput& input : other.money->full.lens.preset.inputs) input.key = input.title;
    RunReport first = full_run("a");
    for (CostInput& input : first.money->full.lens.preset.inputs) input.key = input.title;
    for (CostInput& input : other.money->full.lens.preset.inputs)
        if (input.title == "Hours of the machine") input.input.value = 0.75;
    const QString cost = textOf(sectionOf(reportDocument(made_set({first, other})), QStringLiteral("cost")));
    const qsizetype own = cost.indexOf(QStringLiteral("Inputs that are each run's own"));
    const qsizetype shared = cost.indexOf(QStringLiteral("The other inputs, the same for all runs"));
    ASSERT_TRUE(own >= 0 && shared > own) << qPrintable(cost);
    EXPECT_TRUE(cost.mid(own, shared - own).contains(QStringLiteral("0.75")));
    EXPECT_TRUE(cost.mid(own, shared - own).contains(QStringLiteral("measured by the run")));
    EXPECT_FALSE(cost.mid(shared).contains(QStringLiteral("Hours of the machine")));
    EXPECT_TRUE(cost.mid(shared).contains(QStringLiteral("US industrial electricity 2024")));
}

TEST(ReportOfSeveralRuns, HasWhatTheReportOfOneHasSideBySide)
{
    const LanguageScope english(LanguageChoice::English);
    RunReport bare = bare_run();
    const ReportDocument document = reportDocument(made_set({full_run("a"), bare}));
    const auto said = [&](const char* section, const char* text) {
        const QString all = textOf(sectionOf(document, QLatin1String(section)));
        EXPECT_TRUE(all.contains(QLatin1String(text))) << text << "\n" << qPrintable(all);
    };
    for (const char* text : {"MaxVio of the worst layer, last 100 steps", "0.12", "2.50", "98.0", "25.0"})
        said("experts", text);
    for (const char* text : {"share of the peak (MFU)", "47.0", "accepted drafts of MTP 1", "62.0", "goodput"})
        said("speed", text);
    for (const char* text :
         {"e33a91fc7f441134", "eade2c9", "0.1.0", "triptych train --model tiny", "cpu, 2 threads, bf16"})
        said("setup", text);
}

TEST(ReportOfARun, WritesAmountsAsFarAsTheyAreExactAndExtrapolationsRoundly)
{
    const LanguageScope english(LanguageChoice::English);
    EXPECT_EQ(moneyText(0.000003), QStringLiteral("$0.000003"));
    EXPECT_EQ(moneyText(0.00309), QStringLiteral("$0.00309"));
    EXPECT_EQ(moneyText(0), QStringLiteral("$0.00"));
    EXPECT_EQ(moneyText(12.345), QStringLiteral("$12.35"));
    EXPECT_EQ(aboutText(Money::clamped(260'956'512)), QStringLiteral("about $261,000,000"));
    EXPECT_EQ(aboutText(Money::clamped(0)), QStringLiteral("$0.00"));
}

TEST(ReportOfARun, ShowsWhatIsUsualOnlyWhereSomethingDiffers)
{
    const LanguageScope english(LanguageChoice::English);
    const auto columns = [](const RunReport& run, const char* title) {
        const ReportDocument document = reportDocument(made_set({run}));
        for (const ReportBlock& block : sectionOf(document, QStringLiteral("setup")).blocks)
            if (const auto* table = std::get_if<ReportTable>(&block); table && table->title == QLatin1String(title)) {
                for (const ReportRow& row : table->rows)
                    EXPECT_EQ(row.cells.size(), static_cast<qsizetype>(table->columns.size()));
                return table->columns.size();
            }
        return std::size_t{0};
    };
    EXPECT_EQ(columns(full_run(), "Settings of the training"), 5U);
    EXPECT_EQ(columns(full_run(), "Settings of the model"), 4U);
}

TEST(ReportOfARun, HasEventsWithoutTheirStepTwice)
{
    const LanguageScope english(LanguageChoice::English);
    RunReport run = full_run();
    run.events = {{100, "2026-11-26T19:56:05Z", "checkpoint", "step 100: saved checkpoints/step-000100"},
                  {120, "2026-11-26T19:56:05Z", "health.imbalance", "step 119: something"}};
    const QString text = textOf(sectionOf(reportDocument(made_set({run})), QStringLiteral("history")));
    EXPECT_FALSE(text.contains(QStringLiteral("step 100:"))) << qPrintable(text);
    EXPECT_TRUE(text.contains(QStringLiteral("saved checkpoints/step-000100")));
    EXPECT_TRUE(text.contains(QStringLiteral("step 119: something"))) << "another step than that of its row";
    EXPECT_TRUE(text.contains(QStringLiteral("alarm")));
}

} // namespace
} // namespace triptych::test
