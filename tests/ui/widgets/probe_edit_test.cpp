// Editing the probe text: what is posted and when, what is told about its length.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/training_run.h"
#include "tests/support/hard_texts.h"
#include "tests/support/probe_frames.h"
#include "tests/support/qt_print.h"
#include "ui/widgets/probe_edit.h"

#include <gtest/gtest.h>

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QTest>

namespace triptych::test {
namespace {

class ProbeEditTest : public testing::Test {
protected:
    ProbeEditTest() : m_edit(m_feed, m_theme, [this](Command c) { m_posted.push_back(std::move(c)); })
    {
        m_edit.resize(700, 30);
        m_edit.show();
        EXPECT_TRUE(QTest::qWaitForWindowExposed(&m_edit));
    }

    void start(std::int64_t longest = 96)
    {
        event::RunStarted run = probe_run();
        run.probe_tokens = longest;
        m_feed.take(run);
        m_feed.take(event::StateChanged{SessionState::Running, {}});
    }
    std::vector<std::string> texts() const
    {
        std::vector<std::string> all;
        for (const Command& command : m_posted) all.push_back(std::get<command::SetProbeText>(command).text);
        return all;
    }
    QString count() const { return m_edit.findChild<QLabel*>("count")->text(); }
    void paste(const QString& text)
    {
        QGuiApplication::clipboard()->setText(text);
        m_edit.line()->selectAll();
        m_edit.line()->paste();
    }
    /// Pixels of a column of the line that have the shade of what is not read.
    int shaded(int x) const
    {
        const QImage with = m_edit.line()->grab().toImage();
        int count = 0;
        for (int y = 4; y < with.height() - 4; ++y)
            if (with.pixelColor(x, y) == m_theme.colors().warning) ++count;
        return count;
    }
    void type(const QString& text)
    {
        m_edit.line()->selectAll();
        QTest::keyClicks(m_edit.line(), text);
    }

    RunFeed m_feed;
    Theme m_theme{ThemeChoice::Light};
    std::vector<Command> m_posted;
    ProbeEdit m_edit;
};

TEST_F(ProbeEditTest, BeginsWithTheTextThatTheSessionHas)
{
    EXPECT_EQ(m_edit.text(), kDefaultProbeText);
    EXPECT_EQ(count(), "47 of at most 96 tokens");
    start();
    QTest::keyClick(m_edit.line(), Qt::Key_Return);
    EXPECT_TRUE(m_posted.empty()) << "it is the same text";
}

TEST_F(ProbeEditTest, NeedsALiveRunAndSaysSo)
{
    EXPECT_FALSE(m_edit.line()->isEnabled());
    EXPECT_TRUE(m_edit.line()->toolTip().contains("No run is live"));
    start();
    EXPECT_TRUE(m_edit.line()->isEnabled());
    m_feed.take(event::StateChanged{SessionState::Paused, {}});
    EXPECT_TRUE(m_edit.line()->isEnabled());
    m_feed.take(event::StateChanged{SessionState::Finished, {}});
    EXPECT_FALSE(m_edit.line()->isEnabled());
}

TEST_F(ProbeEditTest, WhereNobodyCanWriteItShowsTheTextOfThePictures)
{
    start();
    type("A cat");
    QTest::keyClick(m_edit.line(), Qt::Key_Return);
    m_feed.setProbe(probe_frame("A cat"));
    m_feed.hold(3, nullptr, probe_frame("The old house"));
    EXPECT_EQ(m_edit.line()->text(), "The old house");
    EXPECT_FALSE(m_edit.line()->isEnabled());
    EXPECT_TRUE(m_edit.line()->toolTip().contains("Back to live"));
    EXPECT_EQ(count(), "13 of at most 96 tokens");
    EXPECT_EQ(m_edit.text(), "A cat") << "what was written is not lost";
    m_feed.release();
    EXPECT_EQ(m_edit.line()->text(), "A cat");
    EXPECT_TRUE(m_edit.line()->isEnabled());
    event::RunStarted recorded = probe_run();
    recorded.probe_tokens = 96;
    m_feed.take(event::StateChanged{SessionState::Finished, {}});
    m_feed.take(recorded);
    m_feed.setProbe(probe_frame("Another run"));
    EXPECT_EQ(m_edit.line()->text(), "Another run");
    m_feed.take(event::StateChanged{SessionState::Running, {}});
    EXPECT_EQ(m_edit.line()->text(), "A cat") << "with which the session reads";
    EXPECT_EQ(m_posted.size(), 1U) << "nothing was posted by looking";
}

TEST_F(ProbeEditTest, PostsOnceWhenTheTypingStops)
{
    start();
    type("A cat");
    EXPECT_TRUE(m_posted.empty()) << "not while keys come";
    EXPECT_TRUE(QTest::qWaitFor([this] { return !m_posted.empty(); }));
    EXPECT_EQ(texts(), std::vector<std::string>{"A cat"});
}

TEST_F(ProbeEditTest, EnterPostsAtOnceAndOnlyOnce)
{
    start();
    type("A dog");
    QTest::keyClick(m_edit.line(), Qt::Key_Return);
    EXPECT_EQ(texts(), std::vector<std::string>{"A dog"});
    QTest::qWait(500);
    EXPECT_EQ(m_posted.size(), 1U);
}

TEST_F(ProbeEditTest, AnEmptyTextIsNotPosted)
{
    start();
    m_edit.line()->selectAll();
    QTest::keyClick(m_edit.line(), Qt::Key_Delete);
    QTest::keyClick(m_edit.line(), Qt::Key_Return);
    EXPECT_TRUE(m_posted.empty());
    EXPECT_EQ(count(), "0 of at most 96 tokens");
}

TEST_F(ProbeEditTest, ATextSetByTheProgramIsPostedWithoutARunToo)
{
    m_edit.setText("Häuser");
    EXPECT_EQ(texts(), std::vector<std::string>{"Häuser"});
    EXPECT_EQ(count(), "7 of at most 96 tokens") << "an umlaut is two bytes";
}

TEST_F(ProbeEditTest, TellsAndMarksWhereTheTextIsCut)
{
    start(32);
    type(QString(30, 'a') + " old house");
    EXPECT_EQ(count(), "first 32 of 40 tokens");
    const int mark = m_edit.line()->markPosition();
    ASSERT_GT(mark, 0);
    EXPECT_NEAR(mark, m_edit.fontMetrics().horizontalAdvance(QString(30, 'a') + " o"), 20);
    const QImage picture = m_edit.line()->grab().toImage();
    EXPECT_EQ(picture.pixelColor(mark, m_edit.line()->height() / 2), m_theme.colors().warning);
    type("short");
    EXPECT_EQ(m_edit.line()->markPosition(), -1);
}

TEST_F(ProbeEditTest, MarksTheCutOfATextThatRunsFromRightToLeft)
{
    start(40);
    const QString word = QStringLiteral("\u05D1\u05D9\u05EA "); // 7 bytes
    paste(word.repeated(12));
    EXPECT_EQ(count(), "first 40 of 84 tokens");
    // 23 characters are read: they are those at the right, where the text begins.
    const QFontMetrics metrics = m_edit.fontMetrics();
    const int read = metrics.horizontalAdvance(word.repeated(12).left(23));
    const int all = metrics.horizontalAdvance(word.repeated(12));
    const int right = m_edit.line()->width();
    ASSERT_LT(all, right) << "all of it can be seen";
    EXPECT_FALSE(m_edit.grab().isNull()); // a line edit moves its text to the right when it draws it
    EXPECT_NEAR(m_edit.line()->markPosition(), right - read, 12);
    EXPECT_GT(shaded(m_edit.line()->markPosition()), 5);
}

TEST_F(ProbeEditTest, WhatIsNotReadFadesWhereverItStands)
{
    start(4);
    const auto ink = [this](bool read) { // how dark the darkest pixel of either half is
        const QImage picture = m_edit.line()->grab().toImage();
        const int mark = m_edit.line()->markPosition();
        const bool backwards = m_edit.text().isRightToLeft();
        int darkest = 255;
        for (int x = 6; x < picture.width() - 6; ++x)
            for (int y = 4; y < picture.height() - 4; ++y)
                if (std::abs(x - mark) > 3 && (x < mark) == (read != backwards))
                    darkest = std::min(darkest, qGray(picture.pixel(x, y)));
        return darkest;
    };
    for (const QString& text :
         {QStringLiteral("HHHHHHHHHHHH"), QStringLiteral("\u05D1\u05D1\u05D1\u05D1\u05D1\u05D1")}) {
        paste(text);
        m_edit.line()->deselect();
        ASSERT_GT(m_edit.line()->markPosition(), 0);
        EXPECT_GT(ink(false), ink(true) + 40) << text.toStdString();
    }
}

TEST_F(ProbeEditTest, APasteThatTheFieldHasNoRoomForIsSaid)
{
    start();
    paste(QString(100'000, QLatin1Char('a')));
    EXPECT_TRUE(m_edit.line()->isFull());
    EXPECT_EQ(count(), QString("first 96 of at least %1 tokens").arg(m_edit.line()->maxLength()));
    paste("short");
    EXPECT_EQ(count(), "5 of at most 96 tokens");
}

class HardProbeText : public ProbeEditTest, public testing::WithParamInterface<HardText> {};

INSTANTIATE_TEST_SUITE_P(Each, HardProbeText, testing::ValuesIn(hard_texts()),
                         [](const auto& text) { return std::string(text.param.name); });

TEST_P(HardProbeText, IsCountedPostedAndMarkedWhereItIsCut)
{
    start(96);
    const QString text = QString::fromUtf8(GetParam().bytes.data(), static_cast<qsizetype>(GetParam().bytes.size()));
    paste(text);
    // A field of one line may put spaces in the place of what ends lines; nothing else may go or come.
    ASSERT_EQ(m_edit.text().size(), text.size());
    const std::string bytes = m_edit.text().toStdString();
    const int tokens = static_cast<int>(ByteTokenizer().encode(bytes).size());
    EXPECT_EQ(tokens, static_cast<int>(bytes.size())) << "special tokens are letters here";
    EXPECT_EQ(count(), tokens > 96 ? QString("first 96 of %1 tokens").arg(tokens)
                                   : QString("%1 of at most 96 tokens").arg(tokens));
    const ProbeLength length = measureProbe(m_edit.text(), 96);
    EXPECT_EQ(length.cut, tokens > 96);
    EXPECT_LE(m_edit.text().left(length.characters).toStdString().size(), 96U);
    m_edit.line()->home(false);
    EXPECT_EQ(m_edit.line()->markPosition() >= 0, tokens > 96 && GetParam().name != std::string("manyTokens") &&
                                                      GetParam().name != std::string("manyWithoutSpaces"))
        << "of the longest the cut is beyond what can be seen";
    for (const int width : {60, 200, 700, 2000}) {
        m_edit.resize(width, 30);
        EXPECT_FALSE(m_edit.grab().isNull());
        EXPECT_LT(m_edit.line()->markPosition(), m_edit.line()->width());
    }
    QTest::keyClick(m_edit.line(), Qt::Key_Return);
    EXPECT_EQ(texts(), bytes.empty() ? std::vector<std::string>{} : std::vector<std::string>{bytes});
}

TEST(MeasureProbe, ACharacterThatIsCutInTwoIsNotRead)
{
    const QString text = QStringLiteral("aäöü");
    EXPECT_EQ(measureProbe(text, 7).tokens, 7);
    EXPECT_FALSE(measureProbe(text, 7).cut);
    EXPECT_EQ(measureProbe(text, 7).characters, 4);
    EXPECT_EQ(measureProbe(text, 6).characters, 3);
    EXPECT_EQ(measureProbe(text, 5).characters, 3);
    EXPECT_EQ(measureProbe(text, 4).characters, 2);
    EXPECT_EQ(measureProbe(text, 0).characters, 0);
    EXPECT_TRUE(measureProbe(text, 0).cut);
}

} // namespace
} // namespace triptych::test
