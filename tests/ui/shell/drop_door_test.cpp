// What is dropped on the window, anywhere: it opens, is listed, or what it is instead is said.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/drops.h"
#include "tests/support/run_folders.h"
#include "tests/support/window_fixture.h"
#include "ui/shell/session_file.h"
#include "ui/widgets/card.h"
#include "ui/widgets/message_strip.h"
#include "ui/widgets/probe_edit.h"

#include <QApplication>

namespace triptych::test {
namespace {

namespace fs = std::filesystem;

class DropDoorTest : public EmptyWindow {
protected:
    DropDoorTest()
    {
        make_run(m_temp / "runs/a");
        make_run(m_temp / "runs/b");
    }
    bool shown(const char* run)
    {
        return QTest::qWaitFor(
            [&] { return feed().run() && feed().run()->run_folder == (m_temp / "runs" / run).string(); }, 10'000);
    }
    bool listed(const char* run)
    {
        const QString folder = QString::fromStdString((m_temp / "runs" / run).string());
        return QTest::qWaitFor([&] { return window->runs().takeNews() && window->runs().row(folder); }, 10'000);
    }
    MessageStrip& message() { return *window->findChild<MessageStrip*>(); }
    /// What is said of it; nothing else has happened.
    QString refusal(const fs::path& dropped)
    {
        message().hide();
        EXPECT_TRUE(drop(*window, {dropped}));
        EXPECT_TRUE(QTest::qWaitFor([&] { return message().isVisible(); }, 10'000)) << dropped;
        EXPECT_EQ(QApplication::activeModalWidget(), nullptr);
        EXPECT_EQ(feed().run(), nullptr);
        return message().text();
    }

    TempFolder m_temp;
};

TEST_F(DropDoorTest, ARunIsShownWhereverItIsDropped)
{
    auto* line = window->findChild<ProbeEdit*>();
    const QString text = line->text();
    const std::vector<QWidget*> places = {line, window.get(), window->card(QStringLiteral("predella")),
                                          window->card(QStringLiteral("moe")),
                                          window->findChild<QWidget*>(QStringLiteral("runName"))};
    for (std::size_t i = 0; i < places.size(); ++i) {
        ASSERT_NE(places[i], nullptr) << i;
        const char* run = i % 2 == 0 ? "a" : "b";
        EXPECT_TRUE(drop(*places[i], {m_temp / "runs" / run})) << i;
        EXPECT_TRUE(shown(run)) << i;
    }
    EXPECT_EQ(line->text(), text) << "a folder is no text";
}

TEST_F(DropDoorTest, ItsFilesAndCheckpointsMeanTheRun)
{
    EXPECT_TRUE(drop(*window, {m_temp / "runs/a/run.json"}));
    EXPECT_TRUE(shown("a"));
    EXPECT_TRUE(drop(*window, {m_temp / "runs/b/checkpoints/step-000010"}));
    EXPECT_TRUE(shown("b"));
}

TEST_F(DropDoorTest, SeveralAreListedAndNoneIsShown)
{
    EXPECT_TRUE(drop(*window, {m_temp / "runs/a", m_temp / "runs/b/run.json"}));
    EXPECT_TRUE(listed("a") && listed("b"));
    EXPECT_TRUE(window->panel(QStringLiteral("runs"))->isVisible());
    EXPECT_EQ(feed().run(), nullptr);
}

TEST_F(DropDoorTest, ARunBesideWhatIsNoneIsListedAndTheOtherToldOf)
{
    m_temp.write("letter.txt", "x");
    message().hide();
    EXPECT_TRUE(drop(*window, {m_temp / "runs/a", m_temp / "letter.txt"}));
    EXPECT_TRUE(listed("a"));
    EXPECT_TRUE(message().isVisible());
    EXPECT_TRUE(message().text().contains("letter.txt"));
    EXPECT_EQ(feed().run(), nullptr);
}

TEST_F(DropDoorTest, AFolderOfRunsIsListedToo)
{
    EXPECT_TRUE(drop(*window, {m_temp / "runs"}));
    EXPECT_TRUE(listed("a") && listed("b"));
    EXPECT_EQ(feed().run(), nullptr);
}

TEST_F(DropDoorTest, WhatIsDroppedOnTheListIsListed)
{
    window->arrangement().fold(Fold::Open);
    window->showPanel(QStringLiteral("runs"));
    QTest::qWait(0); // its place is that of the layout after this
    EXPECT_TRUE(drop(*window->panel(QStringLiteral("runs")), {m_temp / "runs/a"}));
    EXPECT_TRUE(listed("a"));
    EXPECT_EQ(feed().run(), nullptr);
}

TEST_F(DropDoorTest, APageInAWindowOfItsOwnTakesThemAsWell)
{
    window->arrangement().floatOut(QStringLiteral("moe"));
    QWidget* card = window->card(QStringLiteral("moe"));
    ASSERT_NE(card->window(), window.get());
    EXPECT_TRUE(drop(*card, {m_temp / "runs/a"}));
    EXPECT_TRUE(shown("a"));
}

TEST_F(DropDoorTest, ASessionIsOpenedAndACutOneIsSaidWithItsName)
{
    window->selection().setExpertOfLayer(3, 9);
    ASSERT_TRUE(window->saveSession(QString::fromStdString((m_temp / "mine.json").string())));
    window->selection().setExpertOfLayer(1, 0);
    EXPECT_TRUE(drop(*window, {m_temp / "mine.json"}));
    EXPECT_TRUE(QTest::qWaitFor([&] { return window->selection().expert() == 9; }, 10'000));
    fs::resize_file(m_temp / "mine.json", fs::file_size(m_temp / "mine.json") / 2);
    EXPECT_TRUE(refusal(m_temp / "mine.json").contains("mine.json: this is no session"));
}

TEST_F(DropDoorTest, WhatIsNoRunIsSaidWithWhatItIsAndWhatIsExpected)
{
    m_temp.write("letter.txt", "x");
    EXPECT_TRUE(refusal(m_temp / "letter.txt").contains("letter.txt is a file"));
    EXPECT_TRUE(message().text().contains("run.json"));
    EXPECT_TRUE(message().text().contains("Save this session"));
    fs::create_directory(m_temp / "empty");
    EXPECT_TRUE(refusal(m_temp / "empty").contains("an empty folder"));
    message().hide();
    QMimeData far;
    far.setUrls({QUrl(QStringLiteral("sftp://example.org/run"))});
    EXPECT_EQ(drop(*window, far), Qt::CopyAction);
    EXPECT_TRUE(message().text().contains("example.org/run is not on this machine"));
}

TEST_F(DropDoorTest, TextIsLeftToTheLineItIsDroppedOn)
{
    QMimeData text;
    text.setText(QStringLiteral("a word"));
    EXPECT_EQ(drop(*window->card(QStringLiteral("moe")), text), Qt::IgnoreAction);
    QMimeData link; // as browsers give it
    link.setUrls({QUrl(QStringLiteral("https://example.org/page"))});
    link.setText(QStringLiteral("https://example.org/page"));
    EXPECT_EQ(drop(*window->card(QStringLiteral("moe")), link), Qt::IgnoreAction);
    auto* line = window->findChild<ProbeEdit*>();
    line->findChild<ProbeLine*>()->setEnabled(true); // as while a run is live
    EXPECT_NE(drop(*line, text), Qt::IgnoreAction);
    EXPECT_TRUE(line->text().contains("a word"));
}

} // namespace
} // namespace triptych::test
