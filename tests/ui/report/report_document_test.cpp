// Texts that anybody may have written, and what is made of them.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/language_scope.h"
#include "ui/report/curve_figures.h"
#include "ui/report/report_document.h"
#include "ui/report/report_text.h"

#include <gtest/gtest.h>

namespace triptych::test {
namespace {

TEST(ReportTexts, LoseWhatNoFileMayHave)
{
    const QString hostile = QStringLiteral("a\u0000b\u0007c\u202Ed\uFFFE\n\te");
    EXPECT_EQ(reportText(QString::fromUtf16(u"a\x07"
                                            u"b\u202E"
                                            u"c\xD800"
                                            u"d\n\te"))
                  .remove(QChar(0xfffd)),
              QStringLiteral("abcd\n\te"));
    EXPECT_FALSE(reportText(hostile).contains(QChar(0x202e)));
    EXPECT_FALSE(reportText(hostile).contains(QChar(7)));
}

TEST(ReportTexts, AreCutInTheirMiddleAsNames)
{
    const QString name = reportName(QString(500, 'x') + QStringLiteral("\n end"), 40);
    EXPECT_LE(name.size(), 40);
    EXPECT_TRUE(name.endsWith(QStringLiteral("end")));
    EXPECT_FALSE(name.contains('\n'));
    EXPECT_EQ(reportName(QStringLiteral("short")), QStringLiteral("short"));
}

TEST(ReportTexts, LinkAddressesAndPapersAndNothingElse)
{
    const auto links =
        linksIn(QStringLiteral("see https://a.org/x?b=1. Or arXiv:2412.19437, javascript:alert(1) http"));
    ASSERT_EQ(links.size(), 2U);
    EXPECT_EQ(links[0].target, QStringLiteral("https://a.org/x?b=1"));
    EXPECT_EQ(links[1].target, QStringLiteral("https://arxiv.org/abs/2412.19437"));
}

TEST(ReportTexts, WriteNumbersAsTheLanguageDoes)
{
    {
        const LanguageScope english(LanguageChoice::English);
        EXPECT_EQ(moneyText(5'576'000.0), QStringLiteral("$5,576,000"));
        EXPECT_EQ(moneyText(0.0028441), QStringLiteral("$0.00284"));
        EXPECT_EQ(dateText("2026-11-26T19:51:05Z"), QStringLiteral("26 November 2026"));
    }
    const LanguageScope german(LanguageChoice::German);
    EXPECT_EQ(moneyText(5'576'000.0), QStringLiteral("$5.576.000"));
    EXPECT_EQ(moneyText(12.5), QStringLiteral("$12,50"));
    EXPECT_EQ(dateText("2026-11-26T19:51:05Z"), QStringLiteral("26. November 2026"));
    EXPECT_EQ(lossText(1.5321), QStringLiteral("1,532"));
}

TEST(ReportTexts, WriteInputsWithoutDigitsThatSayNothing)
{
    const LanguageScope english(LanguageChoice::English);
    EXPECT_EQ(inputText(0.0771, {}), QStringLiteral("0.0771"));
    EXPECT_EQ(inputText(4, "years").left(1), QStringLiteral("4"));
    EXPECT_EQ(inputText(0.5, "share"), QStringLiteral("0.5"));
}

TEST(SpreadLabels, LeavesLabelsThatDoNotTouchWhereTheyAre)
{
    EXPECT_EQ(spreadLabels({50, 20}, 10, 0, 100), (std::vector<double>{50, 20}));
}

TEST(SpreadLabels, KeepsThemApartInOrderAndWithinThePicture)
{
    const auto places = spreadLabels({96, 95, 97, 94}, 10, 0, 100);
    EXPECT_EQ(places, (std::vector<double>{85, 75, 95, 65}));
}

} // namespace
} // namespace triptych::test
