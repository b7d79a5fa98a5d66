// The playground as a person uses it: a prompt, a checkpoint, texts beside each other, and one token looked at.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/byte_tokenizer.h"
#include "tests/support/hard_texts.h"
#include "tests/support/panel_fixture.h"
#include "tests/support/small_run.h"
#include "ui/models/twin_table.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/played_text.h"
#include "ui/widgets/played_token.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSpinBox>
#include <QToolButton>

namespace triptych::test {
namespace {

class PlaygroundPanelTest : public PanelFixture {
protected:
    PlaygroundPanelTest() : PanelFixture("playground")
    {
        panel().resize(1280, 300);
        QTest::qWait(1);
    }
    static void SetUpTestSuite()
    {
        s_run = trained_run(2);
        ASSERT_NE(s_run, nullptr);
    }
    static void TearDownTestSuite() { s_run.reset(); }

    QWidget& lane(const char* name = "laneA") { return *panel().findChild<QWidget*>(QString::fromLatin1(name)); }
    template <class T>
    T& part(const char* name, const char* of = "laneA")
    {
        return *lane(of).findChild<T*>(QString::fromLatin1(name));
    }
    QLineEdit& prompt() { return *panel().findChild<QLineEdit*>("prompt"); }
    PlayedText& text(const char* of = "laneA") { return part<PlayedText>("text", of); }
    PlayedToken& token() { return *panel().findChild<PlayedToken*>(); }
    QPushButton& generate() { return part<QPushButton>("generate"); }
    QString status(const char* of = "laneA") { return part<ElidedLabel>("status", of).text(); }

    /// The run is shown, and its checkpoint is in the list.
    void showRun(SessionState state = SessionState::Finished)
    {
        event::RunStarted started = synthetic_start();
        started.run_folder = (*s_run / "run").string();
        feed().take(started);
        feed().take(event::StateChanged{state, {}});
        EXPECT_TRUE(QTest::qWaitFor([&] { return generate().isEnabled(); }, 20'000));
    }
    void waitForEnd(const char* of = "laneA")
    {
        EXPECT_TRUE(QTest::qWaitFor([&] { return part<QPushButton>("generate", of).text() == "Generate"; }, 60'000));
    }
    void type(const QString& words, int tokens = 8)
    {
        part<QSpinBox>("count").setValue(tokens);
        prompt().clear();
        QTest::keyClicks(&prompt(), words);
        QTest::keyClick(&prompt(), Qt::Key_Return);
    }

    static std::unique_ptr<SmallRun> s_run;
};

std::unique_ptr<SmallRun> PlaygroundPanelTest::s_run;

TEST_F(PlaygroundPanelTest, WithoutACheckpointSaysHowToGetOne)
{
    EXPECT_TRUE(visible_text().contains("Start or open a run")) << visible_text().toStdString();
    EXPECT_FALSE(generate().isEnabled());
    event::RunStarted started = synthetic_start();
    started.run_folder.clear();
    feed().take(started);
    EXPECT_TRUE(visible_text().contains("This run has no folder")) << visible_text().toStdString();
    QTest::keyClick(&prompt(), Qt::Key_Return);
    EXPECT_EQ(text().tokenCount(), 0);
}

TEST_F(PlaygroundPanelTest, EnterInThePromptWritesAndTellsSpeedStepAndDrafts)
{
    showRun();
    EXPECT_EQ(part<QComboBox>("checkpoint").currentText(), "step 2");
    type("An old");
    EXPECT_EQ(generate().text(), "Stop");
    waitForEnd();
    EXPECT_EQ(text().tokenCount(), 14) << "6 of the prompt and 8 new ones";
    EXPECT_TRUE(status().contains("tokens/s")) << status().toStdString();
    EXPECT_TRUE(status().contains("step 2 of")) << status().toStdString();
    EXPECT_TRUE(status().contains("drafts right")) << status().toStdString();
    part<QToolButton>("copy").click();
    EXPECT_TRUE(QApplication::clipboard()->text().startsWith("An old")) << "and what was written after it";
}

TEST_F(PlaygroundPanelTest, TokensAndWhatCouldHaveBeenAreTables)
{
    showRun();
    type("An old");
    waitForEnd();
    const auto twins = panel().twins();
    ASSERT_EQ(twins.size(), 2U) << "of the one lane that is open";
    const QAbstractItemModel& tokens = *twins[0].model;
    const QAbstractItemModel& others = *twins[1].model;
    EXPECT_EQ(tokens.rowCount(), 14);
    ASSERT_GT(others.rowCount(), 8) << "several for each new token";
    // Ranks begin anew at each place, and fall in probability.
    for (int row = 1; row < others.rowCount(); ++row) {
        const bool same = others.index(row, 0).data() == others.index(row - 1, 0).data();
        EXPECT_EQ(others.index(row, 2).data().toInt(), same ? others.index(row - 1, 2).data().toInt() + 1 : 1);
        if (same) {
            EXPECT_LE(exactValue(others.index(row, 4)).toDouble(), exactValue(others.index(row - 1, 4)).toDouble());
        }
    }
}

TEST_F(PlaygroundPanelTest, TheSameSeedWritesTheSameTextAndANewOneAnother)
{
    showRun();
    part<QDoubleSpinBox>("temperature").setValue(1);
    type("An old", 20);
    waitForEnd();
    const auto copied = [&] {
        part<QToolButton>("copy").click();
        return QApplication::clipboard()->text();
    };
    const QString first = copied();
    part<QToolButton>("again").click();
    waitForEnd();
    EXPECT_EQ(copied(), first);
    part<QToolButton>("newSeed").click();
    waitForEnd();
    EXPECT_NE(copied(), first);
    EXPECT_NE(part<QSpinBox>("seed").value(), 1);
}

TEST_F(PlaygroundPanelTest, StopEndsTheText)
{
    showRun();
    type("An old", 50);
    generate().click(); // it says Stop
    waitForEnd();
    EXPECT_LT(text().tokenCount(), 56);
    EXPECT_TRUE(status().contains("stopped") || status().contains("ended")) << status().toStdString();
}

TEST_F(PlaygroundPanelTest, ATokenUnderTheMouseOrReachedByKeysShowsItsExpertsDraftAndView)
{
    showRun();
    type("An old");
    waitForEnd();
    QTest::mouseMove(&text(), text().tokenRect(9).center());
    QTest::qWait(1);
    EXPECT_EQ(text().focused(), 9);
    const QString words = token().words();
    EXPECT_TRUE(words.contains("token 10")) << words.toStdString();
    EXPECT_TRUE(words.contains("chosen with")) << words.toStdString();
    EXPECT_TRUE(words.contains("MTP expected")) << words.toStdString();
    EXPECT_TRUE(words.contains("likeliest here: ")) << words.toStdString();
    EXPECT_TRUE(words.contains("dense")) << "the first layer has no experts: " << words.toStdString();
    EXPECT_TRUE(words.contains(QRegularExpression("e\\d \\d\\.\\d\\d"))) << words.toStdString();
    QString rows;
    for (const QLabel* label : token().findChildren<QLabel*>())
        if (label->textFormat() == Qt::RichText) rows += label->text();
    EXPECT_TRUE(rows.contains(QRegularExpression("\\d\u00a0%"))) << rows.toStdString();
    EXPECT_FALSE(rows.contains(QRegularExpression("\\d[ \u202f]%"))) << "a line could end before the sign";
    text().setFocus(Qt::TabFocusReason);
    QTest::keyClick(&text(), Qt::Key_Home);
    EXPECT_TRUE(token().words().contains("of the prompt")) << token().words().toStdString();
    EXPECT_FALSE(text().accessibleDescription().isEmpty());
    EXPECT_EQ(selection().token(), Selection().token()) << "the probe's token is another text's";
}

TEST_F(PlaygroundPanelTest, TheSecondLaneTakesTheSettingsOfTheFirstAndWritesByItsOwn)
{
    showRun();
    part<QSpinBox>("topK").setValue(5);
    EXPECT_FALSE(lane("laneB").isVisible());
    panel().findChild<QPushButton*>("compare")->click();
    EXPECT_TRUE(lane("laneB").isVisible());
    EXPECT_EQ(part<QSpinBox>("topK", "laneB").value(), 5);
    part<QSpinBox>("count", "laneB").setValue(3);
    type("An old", 6);
    waitForEnd("laneA");
    waitForEnd("laneB");
    EXPECT_EQ(text("laneA").tokenCount(), 12);
    EXPECT_EQ(text("laneB").tokenCount(), 9);
    part<QToolButton>("close", "laneB").click();
    EXPECT_FALSE(lane("laneB").isVisible());
}

TEST_F(PlaygroundPanelTest, NewestWeightsAreSavedByTheRunAndThenTaken)
{
    showRun(SessionState::Paused);
    auto& newest = part<QToolButton>("newest");
    ASSERT_TRUE(newest.isVisible());
    newest.click();
    ASSERT_EQ(posted().size(), 1U);
    EXPECT_TRUE(std::holds_alternative<command::SaveCheckpoint>(posted()[0]));
    EXPECT_FALSE(newest.isEnabled()) << "it is awaited";
    feed().take(event::CheckpointSaved{2, (*s_run / "run/checkpoints/step-000002").string()});
    EXPECT_TRUE(QTest::qWaitFor([&] { return status().contains("step 2 of"); }, 20'000)) << status().toStdString();
    EXPECT_TRUE(newest.isEnabled());
}

TEST_F(PlaygroundPanelTest, WeightsThatCannotBeSavedAreAwaitedNoLonger)
{
    showRun(SessionState::Paused);
    auto& newest = part<QToolButton>("newest");
    newest.click();
    ASSERT_FALSE(newest.isEnabled());
    feed().take(event::Health{2, "store", "the database is locked. It is tried again."});
    EXPECT_FALSE(newest.isEnabled()) << "that is of the numbers, not of the weights";
    feed().take(event::Health{2, "checkpoint", "the disk is full. Make room."});
    EXPECT_TRUE(newest.isEnabled());
}

TEST_F(PlaygroundPanelTest, ACheckpointThatIsGoneIsToldInTheLane)
{
    panel().restoreState({{"laneA", QVariantMap{{"checkpoint", "/nowhere/step-000001"}}}});
    prompt().setText("x");
    generate().click();
    EXPECT_TRUE(QTest::qWaitFor([&] { return visible_text().contains("is not there any more"); }, 20'000))
        << visible_text().toStdString();
    EXPECT_EQ(generate().text(), "Generate");
}

TEST_F(PlaygroundPanelTest, PromptAndSettingsAreRestored)
{
    showRun();
    prompt().setText("Once");
    part<QDoubleSpinBox>("topP").setValue(0.9);
    part<QSpinBox>("seed").setValue(77);
    panel().findChild<QPushButton*>("compare")->click();
    const QVariantMap saved = panel().saveState();
    prompt().setText("Twice");
    part<QDoubleSpinBox>("topP").setValue(0.1);
    part<QToolButton>("close", "laneB").click();
    panel().restoreState(saved);
    EXPECT_EQ(prompt().text(), "Once");
    EXPECT_DOUBLE_EQ(part<QDoubleSpinBox>("topP").value(), 0.9);
    EXPECT_EQ(part<QSpinBox>("seed", "laneB").value(), 77);
    EXPECT_TRUE(lane("laneB").isVisible());
    panel().restoreState({{"prompt", QVariantList{1}}, {"laneA", 7}, {"compare", QVariantMap{}}});
    EXPECT_EQ(panel().saveState(), saved) << "nonsense is ignored";
}

TEST_F(PlaygroundPanelTest, ShowsWhateverWasPastedOrSaysWhyNot)
{
    showRun();
    part<QSpinBox>("count").setValue(3);
    for (const HardText& hard : hard_texts()) {
        SCOPED_TRACE(hard.name);
        const QString pasted = QString::fromUtf8(hard.bytes.data(), static_cast<qsizetype>(hard.bytes.size()));
        QApplication::clipboard()->setText(pasted);
        prompt().selectAll();
        pasted.isEmpty() ? prompt().clear() : prompt().paste();
        ASSERT_EQ(prompt().text().size(), pasted.size());
        EXPECT_FALSE(panel().findChild<QLabel*>("promptFull")->isVisible());
        ASSERT_EQ(generate().isEnabled(), !pasted.isEmpty());
        if (pasted.isEmpty()) continue;
        generate().click();
        waitForEnd();
        for (const QSize& size : {QSize(460, 220), QSize(1280, 300)}) {
            panel().resize(size);
            QTest::qWait(1);
            EXPECT_FALSE(panel().grab().isNull());
            for (int i = 0; i < text().tokenCount(); i += 7) {
                const QRect place = text().tokenRect(i);
                EXPECT_GE(place.left(), 0) << i;
                EXPECT_LE(place.right(), std::max(text().width(), place.width())) << i << " of " << size.width();
            }
        }
        const auto tokens = ByteTokenizer().encode(prompt().text().toStdString(), SpecialTokens::Parsed);
        const bool fits = static_cast<std::int64_t>(tokens.size()) < small_run_model().max_position_embeddings;
        const QString words = status() + visible_text();
        EXPECT_EQ(words.contains("max_position_embeddings"), !fits) << words.toStdString();
        if (fits) {
            EXPECT_GE(text().tokenCount(), static_cast<int>(tokens.size()));
        }
    }
}

TEST_F(PlaygroundPanelTest, APasteThatThePromptHasNoRoomForIsSaid)
{
    const auto* full = panel().findChild<QLabel*>("promptFull");
    QApplication::clipboard()->setText(QString(120'000, QLatin1Char('a')));
    prompt().selectAll();
    prompt().paste();
    EXPECT_TRUE(full->isVisible());
    EXPECT_EQ(full->text(), "first 100,000 characters");
    EXPECT_EQ(prompt().text().size(), 100'000);
    prompt().clear();
    EXPECT_FALSE(full->isVisible());
}

} // namespace
} // namespace triptych::test
