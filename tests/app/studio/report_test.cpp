// triptych-studio report: what is read from the command line, what is written, and what is said where that fails.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/arguments.h"
#include "app/studio/report.h"
#include "tests/support/run_folders.h"

#include <gtest/gtest.h>

#include <QApplication>

#include <algorithm>
#include <cstdlib>

namespace triptych::test {
namespace {

struct Said {
    int code = -1;
    std::string err;
};

class StudioReport : public testing::Test {
protected:
    StudioReport() { make_run(m_temp / "run", 5); }

    std::string path(const std::string& name) const { return (m_temp / name).string(); }
    static ParsedArguments parse(std::vector<std::string> words)
    {
        words.insert(words.begin(), {"triptych-studio", "report"});
        std::vector<const char*> arguments;
        for (const std::string& word : words) arguments.push_back(word.c_str());
        testing::internal::CaptureStderr();
        ParsedArguments parsed = parse_studio_arguments(static_cast<int>(arguments.size()), arguments.data());
        testing::internal::GetCapturedStderr();
        return parsed;
    }
    static Said report(const std::vector<std::string>& words)
    {
        const ParsedArguments parsed = parse(words);
        EXPECT_TRUE(parsed.arguments);
        testing::internal::CaptureStderr();
        const int code = parsed.arguments ? make_report(*parsed.arguments) : -1;
        return {code, testing::internal::GetCapturedStderr()};
    }

    TempFolder m_temp;
};

TEST_F(StudioReport, IsReadWithItsRunsFileTitleAndAssumptions)
{
    const auto parsed = parse({"a", "b", "--out", "c.pdf", "--title", "Two runs", "--lang", "de", "--set", "tariff=0.3",
                               "--set", "watts=90,80,100"})
                            .arguments;
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->task, StudioTask::Report);
    EXPECT_EQ(parsed->runs, (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(parsed->report.file, "c.pdf");
    EXPECT_EQ(parsed->report.title, "Two runs");
    EXPECT_EQ(parsed->report.prices, (std::vector<std::string>{"tariff=0.3", "watts=90,80,100"}));
    EXPECT_EQ(parsed->language, LanguageChoice::German);
}

TEST_F(StudioReport, WithoutARunOrAFileIsWrongUsage)
{
    EXPECT_EQ(parse({"--out", "a.csv"}).exit_code, 2);
    EXPECT_EQ(parse({"a"}).exit_code, 2);
    EXPECT_EQ(parse({"a", "--out", "a.csv", "--lang", "fr"}).exit_code, 2);
}

TEST_F(StudioReport, OfNoKnownKindSaysWhichThereAreAndReadsNothing)
{
    const Said said = report({path("nowhere"), "--out", path("report.docx")});
    EXPECT_EQ(said.code, 2);
    EXPECT_NE(said.err.find("report.docx"), std::string::npos);
    EXPECT_NE(said.err.find(".pdf, .html, .csv or .json"), std::string::npos) << said.err;
    EXPECT_EQ(report({path("run"), "--out", path("report")}).code, 2);
}

TEST_F(StudioReport, OfAFolderThatIsNoRunSaysSo)
{
    const Said said = report({path("nowhere"), "--out", path("report.csv")});
    EXPECT_EQ(said.code, 1);
    EXPECT_NE(said.err.find("is no run folder"), std::string::npos) << said.err;
    EXPECT_FALSE(std::filesystem::exists(m_temp / "report.csv"));
    EXPECT_EQ(report({path("run"), path("nowhere"), "--out", path("report.csv")}).code, 1);
}

TEST_F(StudioReport, ThatCannotBeWrittenSaysSo)
{
    const Said said = report({path("run"), "--out", path("missing/report.json")});
    EXPECT_EQ(said.code, 1);
    EXPECT_NE(said.err.find("cannot write " + path("missing/report.json")), std::string::npos) << said.err;
    EXPECT_NE(said.err.find("Make the folder"), std::string::npos);
}

TEST_F(StudioReport, WithAnAssumptionThatMakesNoSenseSaysWhich)
{
    const Said said = report({path("run"), "--out", path("report.json"), "--set", "tariff=-1"});
    EXPECT_EQ(said.code, 1);
    EXPECT_NE(said.err.find("lectricity price"), std::string::npos) << said.err;
}

TEST_F(StudioReport, IsWrittenForOneRunAndForSeveral)
{
    make_run(m_temp / "slow", 4, made_up_manifest(1e-4));
    EXPECT_EQ(report({path("run"), "--out", path("one.CSV")}).code, 0) << "whatever the case of its ending";
    const std::string one = slurp(m_temp / "one.CSV");
    EXPECT_NE(one.find("\nrun,main_loss,"), std::string::npos);
    EXPECT_EQ(one.find("\nslow,"), std::string::npos);
    EXPECT_EQ(report({path("run"), path("slow"), "--out", path("both.json"), "--title", "Both"}).code, 0);
    const std::string both = slurp(m_temp / "both.json");
    for (const char* part : {"\"title\": \"Both\"", "\"name\": \"slow\"", "\"learning_rate\""})
        EXPECT_NE(both.find(part), std::string::npos) << part;
}

TEST_F(StudioReport, OfADamagedRunIsWrittenFromWhatIsLeft)
{
    std::filesystem::resize_file(m_temp / "run" / "metrics.sqlite", 3000);
    const Said said = report({path("run"), "--out", path("rest.csv")});
    EXPECT_EQ(said.code, 0) << said.err;
    EXPECT_NE(said.err.find("note: run: "), std::string::npos) << said.err;
    EXPECT_NE(slurp(m_temp / "rest.csv").find("\nrun,main_loss,"), std::string::npos);
}

TEST_F(StudioReport, IsTheSameBytesForTheSameTime)
{
    ::setenv("SOURCE_DATE_EPOCH", "1700000000", 1);
    for (const char* file : {"a.json", "b.json"}) EXPECT_EQ(report({path("run"), "--out", path(file)}).code, 0);
    ::unsetenv("SOURCE_DATE_EPOCH");
    EXPECT_EQ(slurp(m_temp / "a.json"), slurp(m_temp / "b.json"));
    EXPECT_NE(slurp(m_temp / "a.json").find("\"exported\": \"2023-11-14T22:13:20Z\""), std::string::npos);
}

/// Pages need fonts and a painter, and so a program with a screen, if only one that nobody sees.
class StudioReportPages : public StudioReport {
protected:
    static void SetUpTestSuite()
    {
        qputenv("QT_QPA_PLATFORM", "offscreen");
        static int count = 1;
        static char name[] = "studio_test";
        static char* words[] = {name, nullptr};
        if (!qApp) new QApplication(count, words); // until the program ends
    }
    StudioReportPages() { ::setenv("SOURCE_DATE_EPOCH", "1700000000", 1); }
    ~StudioReportPages() override { ::unsetenv("SOURCE_DATE_EPOCH"); }

    std::string written(const std::string& name, const std::string& language)
    {
        const Said said = report({path("run"), "--out", path(name), "--lang", language});
        EXPECT_EQ(said.code, 0) << said.err;
        return slurp(m_temp / name);
    }
};

TEST_F(StudioReportPages, AreTheSameBytesForTheSameTimeAndOthersInGerman)
{
    for (const std::string kind : {".html", ".pdf"}) {
        const std::string english = written("a" + kind, "en");
        EXPECT_GT(english.size(), 10'000U) << kind;
        EXPECT_TRUE(english == written("b" + kind, "en")) << kind;
        const std::string german = written("c" + kind, "de");
        EXPECT_FALSE(english == german) << kind;
        EXPECT_TRUE(german == written("d" + kind, "de")) << kind;
    }
    EXPECT_EQ(slurp(m_temp / "a.pdf").rfind("%PDF-", 0), 0U);
    const std::string english = slurp(m_temp / "a.html");
    const std::string german = slurp(m_temp / "c.html");
    EXPECT_NE(english.find("<html lang=\"en\">"), std::string::npos);
    EXPECT_NE(english.find("14 November 2023"), std::string::npos);
    EXPECT_NE(german.find("<html lang=\"de\">"), std::string::npos);
    EXPECT_NE(german.find("14. November 2023"), std::string::npos);
}

TEST_F(StudioReportPages, OfSeveralRunsCompareThem)
{
    make_run(m_temp / "slow", 4, made_up_manifest(1e-4));
    const Said said = report({path("run"), path("slow"), "--out", path("both.html"), "--title", "Two rates"});
    EXPECT_EQ(said.code, 0) << said.err;
    const std::string both = slurp(m_temp / "both.html");
    for (const char* part : {"<title>Two rates</title>", "slow", "learning_rate"})
        EXPECT_NE(both.find(part), std::string::npos) << part;
}

} // namespace
} // namespace triptych::test
