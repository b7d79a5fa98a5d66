// A long text in the MLA wing: from the dialog through the newest weights to a map of tiles, and back.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/panel_fixture.h"
#include "tests/support/probe_frames.h"
#include "tests/support/small_run.h"
#include "ui/export/export_sheet.h"
#include "ui/models/twin_table.h"
#include "ui/plots/heatmap_plot.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/head_gallery.h"
#include "ui/widgets/long_text_dialog.h"
#include "ui/widgets/look_list.h"
#include "ui/widgets/stepper.h"

#include <QAction>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QWheelEvent>

namespace triptych::test {
namespace {

/// The panel on a run of two steps with a checkpoint after each, of a model with room for 600 tokens.
class AttentionLongTextTest : public PanelFixture {
protected:
    AttentionLongTextTest() : PanelFixture("attention") {}
    static void SetUpTestSuite()
    {
        ModelConfig config = small_run_model();
        config.max_position_embeddings = 600;
        s_run = trained_run(2, config, 1);
        ASSERT_NE(s_run, nullptr);
    }
    static void TearDownTestSuite() { s_run.reset(); }

    template <class T>
    T& part(const char* name = "")
    {
        return *panel().findChild<T*>(QString::fromLatin1(name));
    }
    HeatmapPlot& map() { return part<HeatmapPlot>(); }
    QString readout() { return part<ElidedLabel>("readout").text(); }
    QString status() { return part<ElidedLabel>("longStatus").text(); }
    QAction& longText() { return part<QAction>("longTextAction"); }
    QAction& probeText() { return part<QAction>("probeTextAction"); }

    void showRun(SessionState state = SessionState::Finished)
    {
        event::RunStarted run = probe_run({.layers = 2, .mtp_depth = 1, .heads = 2});
        run.run_folder = (*s_run / "run").string();
        run.config.max_position_embeddings = 600;
        feed().take(run);
        feed().take(event::StateChanged{state, {}});
        feed().setProbe(probe_frame("The old house", {.layers = 2, .mtp_depth = 1, .heads = 2}));
        panel().grab();
        QTest::qWait(1);
    }
    static QString words(int tokens)
    {
        QString text;
        for (int i = 0; text.size() < tokens; ++i) text += QStringLiteral("The house %1 stands. ").arg(i * i);
        return text.left(tokens);
    }
    /// As a person does: the button, the field, "Read".
    void read(const QString& text)
    {
        longText().trigger();
        LongTextDialog& dialog = part<LongTextDialog>("longText");
        dialog.setText(text);
        QTest::mouseClick(dialog.findChild<QPushButton*>("read"), Qt::LeftButton);
    }
    bool waitFor(const QString& inStatus)
    {
        return QTest::qWaitFor(
            [&] { return status().contains(inStatus) && !status().contains(QRegularExpression("\\d read")); }, 60'000);
    }

    static std::unique_ptr<SmallRun> s_run;
};

std::unique_ptr<SmallRun> AttentionLongTextTest::s_run;

TEST_F(AttentionLongTextTest, WithoutAFolderTheButtonSaysWhyThereIsNone)
{
    feed().take(probe_run());
    feed().setProbe(probe_frame("The old house"));
    panel().grab();
    EXPECT_FALSE(longText().isEnabled());
    EXPECT_TRUE(longText().toolTip().contains("has no folder")) << longText().toolTip().toStdString();
}

TEST_F(AttentionLongTextTest, ARecordedRunReadsWithItsCheckpointAndTheMapShowsTiles)
{
    showRun();
    EXPECT_FALSE(part<QWidget>("probe").isVisible());
    read(words(400));
    ASSERT_TRUE(waitFor("400 tokens, weights of step 2")) << status().toStdString();
    EXPECT_EQ(map().rows(), 400);
    EXPECT_TRUE(map().data().values.empty()) << "tiles";
    EXPECT_EQ(part<Stepper>("layers").count(), 2) << "MTP blocks read no prompts";
    QTest::mouseMove(map().focusProxy(), map().cellCentre(300, 20));
    EXPECT_TRUE(readout().contains("± 0.")) << readout().toStdString();
    selection().setToken(200);
    double sum = 0;
    for (const Look& look : part<LookList>("looks").looks()) sum += look.weight;
    EXPECT_NEAR(sum, 1, 1e-6);
    EXPECT_EQ(part<HeadGallery>().count(), 4);
}

TEST_F(AttentionLongTextTest, WhereTheChosenTokenLooksIsATable)
{
    showRun();
    EXPECT_EQ(panel().twins().size(), 2U) << "of the probe text: weights and norms";
    read(words(400));
    ASSERT_TRUE(waitFor("400 tokens")) << status().toStdString();
    selection().setToken(200);
    const auto twins = panel().twins();
    ASSERT_EQ(twins.size(), 1U);
    EXPECT_TRUE(twins[0].title.contains("where token 200 (")) << twins[0].title.toStdString();
    const QAbstractItemModel& table = *twins[0].model;
    ASSERT_EQ(table.rowCount(), 201) << "it sees itself and what comes before";
    double sum = 0;
    for (int row = 0; row < 201; ++row) sum += exactValue(table.index(row, 2)).toDouble();
    EXPECT_NEAR(sum, 1, 0.05) << "weights are rounded";
    EXPECT_EQ(table.index(200, 0).data().toString(), "200");
    selection().setToken(-1);
    EXPECT_EQ(panel().twins()[0].model->rowCount(), 400) << "none is chosen: the last one";
}

TEST_F(AttentionLongTextTest, AnotherHeadIsReadWhenItIsChosenAndTheWayBackIsThere)
{
    showRun();
    read(words(300));
    ASSERT_TRUE(waitFor("300 tokens"));
    QTest::mouseClick(part<HeadGallery>().viewport(), Qt::LeftButton, {}, part<HeadGallery>().headRect(1, 1).center());
    EXPECT_EQ(selection().layer(), 1);
    ASSERT_TRUE(waitFor("300 tokens"));
    EXPECT_EQ(part<HeadGallery>().selectedLayer(), 1);
    probeText().trigger();
    EXPECT_EQ(map().rows(), 13);
    EXPECT_EQ(map().data().values.size(), 169U);
    EXPECT_FALSE(probeText().isEnabled());
    EXPECT_EQ(part<HeadGallery>().count(), 6);
    feed().setProbe(probe_frame("Another text", {.layers = 2, .mtp_depth = 1, .heads = 2}));
    EXPECT_EQ(map().rows(), 12);
}

TEST_F(AttentionLongTextTest, ATextThatIsTooLongIsCutAndBothPlacesSaySo)
{
    showRun();
    longText().trigger();
    LongTextDialog& dialog = part<LongTextDialog>("longText");
    dialog.setText(words(700));
    EXPECT_TRUE(dialog.findChild<QLabel*>("count")->text().contains("this model has positions for 600"));
    EXPECT_TRUE(dialog.findChild<QLabel*>("count")->text().contains("the rest is cut"));
    QTest::mouseClick(dialog.findChild<QPushButton*>("read"), Qt::LeftButton);
    ASSERT_TRUE(waitFor("cut to the first 600 of 700 tokens")) << status().toStdString();
    EXPECT_EQ(map().rows(), 600);
}

TEST_F(AttentionLongTextTest, ARunThatCannotSaveIsAwaitedNoLongerAndItsReasonStands)
{
    showRun(SessionState::Running);
    read(words(100));
    ASSERT_TRUE(status().contains("waits for the run")) << status().toStdString();
    feed().take(event::Health{2, "checkpoint", "the disk is full. Make room."});
    EXPECT_TRUE(status().contains("the disk is full")) << status().toStdString();
}

TEST_F(AttentionLongTextTest, AFigureShowsTheLongTextToo)
{
    showRun();
    read(words(300));
    ASSERT_TRUE(waitFor("300 tokens"));
    ExportSheet sheet(panel_info("attention"), rig().context(), ExportForm(), &panel());
    const auto* drawn = sheet.panel().findChild<HeatmapPlot*>();
    EXPECT_EQ(drawn->rows(), 300);
    EXPECT_EQ(map().rows(), 300) << "the card is not touched";
    EXPECT_EQ(sheet.panel().findChild<ElidedLabel*>("longStatus")->text(), status());
}

TEST_F(AttentionLongTextTest, ALiveRunIsAskedToSaveFirstAndTrainingIsLeftAlone)
{
    showRun(SessionState::Running);
    read(words(100));
    ASSERT_EQ(posted().size(), 1U);
    EXPECT_TRUE(std::holds_alternative<command::SaveCheckpoint>(posted()[0]));
    EXPECT_TRUE(status().contains("waits for the run to save"));
    feed().take(event::CheckpointSaved{2, (*s_run / "run").string()});
    ASSERT_TRUE(waitFor("100 tokens")) << status().toStdString();
    EXPECT_EQ(posted().size(), 1U);
}

TEST_F(AttentionLongTextTest, WhileAStepIsHeldTheWeightsOfThenAreRead)
{
    showRun(SessionState::Running);
    feed().hold(1, feed().loads(), feed().probe());
    read(words(100));
    EXPECT_TRUE(posted().empty());
    ASSERT_TRUE(waitFor("weights of step 1")) << status().toStdString();
    feed().release();
}

TEST_F(AttentionLongTextTest, ATextCanBeLeftWhileItIsReadAndAnotherRunEndsIt)
{
    showRun();
    read(words(600));
    probeText().trigger();
    QTest::qWait(50);
    EXPECT_EQ(map().rows(), 13);
    EXPECT_FALSE(part<ElidedLabel>("longStatus").isVisible());
    read(words(600));
    showRun();
    EXPECT_EQ(map().rows(), 13);
    EXPECT_FALSE(probeText().isEnabled());
}

TEST_F(AttentionLongTextTest, AFileIsTakenAndOneThatIsNotThereIsToldInWords)
{
    LongTextDialog dialog;
    dialog.setLimits(4096, 4096);
    dialog.readFile(QString::fromStdString(s_run->write("long.txt", "Zwölf Häuser").string()));
    EXPECT_EQ(dialog.text(), QString::fromUtf8("Zwölf Häuser"));
    EXPECT_TRUE(dialog.findChild<QPushButton*>("read")->isEnabled());
    dialog.readFile("/nowhere/at/all.txt");
    EXPECT_TRUE(dialog.findChild<QLabel*>("note")->text().contains("there is no such file"));
    EXPECT_EQ(dialog.text(), QString::fromUtf8("Zwölf Häuser")) << "the text stays";
    dialog.setText({});
    EXPECT_FALSE(dialog.findChild<QPushButton*>("read")->isEnabled());
}

} // namespace
} // namespace triptych::test
