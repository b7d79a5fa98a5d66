// Another language while a training goes on: nothing is lost, everything speaks it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/config_json.h"
#include "tests/support/language_scope.h"
#include "tests/support/qt_print.h"
#include "tests/support/temp_folder.h"
#include "tests/support/tiny_config.h"
#include "ui/main_window.h"
#include "ui/shell/floating_window.h"
#include "ui/widgets/card.h"

#include <gtest/gtest.h>

#include <QAction>
#include <QMenuBar>
#include <QTest>

namespace triptych::test {
namespace {

constexpr int kPatience = 60000; // ms; only a failing test waits for so long

class MainWindowLanguageTest : public testing::Test {
protected:
    MainWindowLanguageTest()
    {
        qputenv("XDG_DATA_HOME", m_folder.path().c_str());
        m_window = std::make_unique<MainWindow>(m_theme);
        m_window->show();
        EXPECT_TRUE(QTest::qWaitForWindowExposed(m_window.get()));
    }

    bool waits_for(const std::function<bool()>& condition) { return QTest::qWaitFor(condition, kPatience); }
    bool trains()
    {
        ModelConfig config = tiny_config();
        config.vocab_size = 264;
        RunRequest request;
        request.model = m_folder.write("config.json", model_config_json(config)).string();
        request.settings = {"sequence_length=64", "batch_size=16", "threads=1", "eval_every=0"};
        m_window->controller().start(request);
        return waits_for([&] { return m_window->feed().isTraining() && m_window->feed().series().latestStep() > 3; });
    }
    QString menuTitle(int index) { return m_window->menuBar()->actions().at(index)->text(); }
    void choose(const char* id)
    {
        QAction* action = m_window->actionCatalog().find(QStringLiteral("language-") + QLatin1String(id));
        ASSERT_NE(action, nullptr);
        action->trigger();
        QTest::qWait(20); // the window is built anew when the event loop comes round
    }

    LanguageScope m_english{LanguageChoice::English};
    TempFolder m_folder;
    Theme m_theme{ThemeChoice::Dark};
    std::unique_ptr<MainWindow> m_window;
};

TEST_F(MainWindowLanguageTest, AllMenusPagesAndControlsSpeakTheOtherLanguageAtOnce)
{
    ASSERT_EQ(menuTitle(0), "&File");
    choose("de");
    EXPECT_EQ(menuTitle(0), "&Datei");
    EXPECT_EQ(m_window->controller().playAction()->text(), QString("Trainieren"));
    EXPECT_EQ(m_window->card("moe")->accessibleName(), QString("MoE · Last der Experten"));
    EXPECT_TRUE(m_window->actionCatalog().find("language-de")->isChecked());
    EXPECT_EQ(m_window->actionCatalog().faults(), QStringList());
    choose("en");
    EXPECT_EQ(menuTitle(0), "&File");
    EXPECT_EQ(m_window->controller().playAction()->text(), QString("Train"));
    EXPECT_EQ(m_window->card("moe")->accessibleName(), QString("MoE · expert load"));
}

TEST_F(MainWindowLanguageTest, TheTrainingGoesOnAsTheSameRun)
{
    ASSERT_TRUE(trains());
    RunFeed& feed = m_window->feed();
    const std::string folder = feed.run()->run_folder;
    const std::int64_t before = feed.series().latestStep();
    const double first = feed.series().series(Metric::MainLoss).steps.front();
    choose("de");
    EXPECT_EQ(feed.run()->run_folder, folder);
    EXPECT_EQ(m_window->controller().playAction()->text(), QString("Pause"));
    ASSERT_TRUE(waits_for([&] { return feed.series().latestStep() > before + 5; }));
    choose("en");
    const std::int64_t latest = feed.series().latestStep();
    ASSERT_TRUE(waits_for([&] { return feed.series().latestStep() > latest + 2; }));
    m_window->controller().playAction()->trigger();
    ASSERT_TRUE(waits_for([&] { return feed.state() == SessionState::Paused; }));
    m_window->controller().bridge().poll();
    EXPECT_EQ(feed.run()->run_folder, folder);
    EXPECT_EQ(feed.run()->first_step, 0) << "it was never begun again";
    EXPECT_EQ(feed.series().series(Metric::MainLoss).steps.front(), first) << "what was is still there";
    EXPECT_EQ(static_cast<std::int64_t>(feed.series().series(Metric::MainLoss).steps.back()),
              feed.series().latestStep());
}

TEST_F(MainWindowLanguageTest, SelectionMomentLayoutAndWindowsOfPagesStay)
{
    ASSERT_TRUE(trains());
    Selection& selection = m_window->selection();
    selection.setExperts(1, {2, 0});
    selection.setHead(1);
    selection.setToken(3);
    m_window->arrangement().floatOut("log");
    m_window->showPanel("memory");
    m_window->moment().show(2);
    QTest::qWait(50); // the rows are shared out when the event loop comes round
    const LayoutState before = m_window->arrangement().state();
    const int steps = m_window->layouts().history().count();
    choose("de");
    const LayoutState after = m_window->arrangement().state();
    EXPECT_TRUE(sameStructure(after, before));
    EXPECT_EQ(after.inFront, before.inFront);
    ASSERT_EQ(after.rows.size(), before.rows.size());
    for (qsizetype i = 0; i < after.rows.size(); ++i) EXPECT_NEAR(after.rows[i], before.rows[i], 3); // a pixel
    EXPECT_EQ(after.panels.at("predella"), before.panels.at("predella"));
    EXPECT_EQ(after.panels.at("memory"), before.panels.at("memory"));
    EXPECT_EQ(m_window->layouts().history().count(), steps);
    EXPECT_EQ(selection.layer(), 1);
    EXPECT_EQ(selection.experts(), (std::vector<std::int64_t>{2, 0}));
    EXPECT_EQ(selection.head(), 1);
    EXPECT_EQ(selection.token(), 3);
    EXPECT_EQ(m_window->moment().step(), 2);
    auto* page = qobject_cast<FloatingWindow*>(m_window->card("log")->window());
    ASSERT_NE(page, nullptr);
    EXPECT_EQ(page->windowTitle(), QString("Protokoll des Laufs"));
    EXPECT_TRUE(page->actions().contains(m_window->actionCatalog().find("palette"))) << "keys of the window";
}

TEST_F(MainWindowLanguageTest, ThereAndBackPaintsTheSamePicture)
{
    m_window->setFocus();
    QTest::qWait(50);
    const QImage before = m_window->grab().toImage();
    choose("de");
    choose("en");
    m_window->setFocus();
    QTest::qWait(50);
    const QImage after = m_window->grab().toImage();
    EXPECT_TRUE(after == before);
}

TEST_F(MainWindowLanguageTest, ThePresenterModeStaysOn)
{
    m_window->presenter().enter();
    choose("de");
    EXPECT_TRUE(m_window->presenter().isOn());
    EXPECT_TRUE(m_window->menuBar()->isHidden());
    m_window->presenter().leave();
    EXPECT_FALSE(m_window->menuBar()->isHidden());
}

} // namespace
} // namespace triptych::test
