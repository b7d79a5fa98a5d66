// The pages at the bottom under the hand: playground, memory and ops, log.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/tour/tour.h"
#include "ui/models/log_model.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/played_text.h"
#include "ui/widgets/played_token.h"
#include "ui/widgets/playground_lane_view.h"
#include "ui/widgets/twin_view.h"

#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTabBar>
#include <QTableView>
#include <QToolButton>
#include <QTreeView>

namespace triptych::test {
namespace {

class TourPages : public testing::Test {
protected:
    TourPages() { t.home(); }

    QWidget& lane(const char* name) { return t.part<QWidget>("playground", name); }
    PlayedText& text(const char* of) { return t.in<PlayedText>(lane(of), "text"); }
    QPushButton& generate(const char* of) { return t.in<QPushButton>(lane(of), "generate"); }
    bool rests(const char* of) { return generate(of).text() == QLatin1String("Generate"); }
    QString copied(const char* of)
    {
        t.click(t.in<QToolButton>(lane(of), "copy"));
        return QGuiApplication::clipboard()->text();
    }

    Tour& t = tour();
};

TEST_F(TourPages, ThePlaygroundWritesInTwoLanesWhileTheTrainingGoesOn)
{
    t.tab("playground");
    t.key(Qt::Key_5);
    ASSERT_TRUE(t.waits([&] { return lane("laneA").isVisible(); }));
    auto& newest = t.in<QToolButton>(lane("laneA"), "newest");
    ASSERT_TRUE(t.waits([&] { return newest.isVisible() && newest.isEnabled(); }));
    t.stop(
        "playground-newest", [&] { t.click(newest); },
        [&] { return t.in<ElidedLabel>(lane("laneA"), "status").text().contains("step"); });
    auto& prompt = t.part<QLineEdit>("playground", "prompt");
    t.stop(
        "playground-prompt", [&] { t.write(prompt, "An old ship"); },
        [&] { return prompt.text() == QLatin1String("An old ship"); });
    t.write(t.in<QSpinBox>(lane("laneA"), "count"), "40");
    t.write(t.in<QDoubleSpinBox>(lane("laneA"), "temperature"), "0.5");
    const std::int64_t before = t.newestStep();
    t.stop(
        "playground-writes",
        [&] {
            // A young model may end its text at once: then with another seed.
            for (int seed = 1; seed < 10 && text("laneA").tokenCount() <= 15; ++seed) {
                t.write(t.in<QSpinBox>(lane("laneA"), "seed"), QString::number(seed));
                t.click(prompt);
                t.key(Qt::Key_Return);
                EXPECT_TRUE(t.waits([&] { return text("laneA").tokenCount() > 0 && rests("laneA"); }));
            }
        },
        [&] { return text("laneA").tokenCount() > 15; });
    ASSERT_TRUE(t.waits([&] { return rests("laneA"); }));
    EXPECT_LE(text("laneA").tokenCount(), 51) << "11 of the prompt and 40; the model may end sooner";
    EXPECT_TRUE(t.waits([&] { return t.newestStep() > before; })) << "the training goes on";
    const QString first = copied("laneA");
    EXPECT_TRUE(first.startsWith("An old ship")) << first.toStdString();
    t.stop(
        "playground-token", [&] { t.click(text("laneA"), text("laneA").tokenRect(12).center()); },
        [&] { return t.part<PlayedToken>("playground").words().contains("token 13"); });
    t.stop(
        "playground-token-keys", [&] { t.key(Qt::Key_Right); },
        [&] { return t.part<PlayedToken>("playground").words().contains("token 14"); });
    t.click(t.in<QToolButton>(lane("laneA"), "again"));
    ASSERT_TRUE(t.waits([&] { return rests("laneA"); }));
    EXPECT_EQ(copied("laneA"), first) << "the same seed, the same text";
    t.stop(
        "playground-compare", [&] { t.click(t.part<QPushButton>("playground", "compare")); },
        [&] { return lane("laneB").isVisible(); });
    t.write(t.in<QDoubleSpinBox>(lane("laneB"), "temperature"), "0.9");
    t.stop(
        "playground-two-lanes",
        [&] {
            t.click(prompt);
            t.key(Qt::Key_Return);
        },
        [&] { return text("laneB").tokenCount() > 11 && rests("laneA") && rests("laneB"); });
    auto& second = t.part<PlaygroundLaneView>("playground", "laneB");
    EXPECT_NE(QString::fromStdString(second.text().written(true)), first);
    t.stop(
        "playground-one-lane", [&] { t.click(t.in<QToolButton>(lane("laneB"), "close")); },
        [&] { return !lane("laneB").isVisible(); });
}

TEST_F(TourPages, MemoryAndOpsAreListed)
{
    t.stop(
        "memory", [&] { t.tab("memory"); }, [&] { return t.panel("memory").isVisible(); });
    t.key(Qt::Key_5);
    auto& caption = t.part<ElidedLabel>("memory", "kernelCaption");
    auto& regions = t.part<QTableView>("memory", "regionTable");
    EXPECT_GT(regions.model()->rowCount(), 2) << "weights, gradients, moments";
    EXPECT_TRUE(t.part<ElidedLabel>("memory", "memoryCaption").text().contains("B"));
    ASSERT_TRUE(t.waits([&] { return caption.text().contains("step"); })) << "an observed step";
    const QString before = caption.text();
    t.stop(
        "memory-next-look", [] {}, [&] { return caption.text() != before; });
    t.stop(
        "memory-parts",
        [&] {
            t.click(*regions.viewport(), regions.visualRect(regions.model()->index(1, 0)).center());
            t.key(Qt::Key_Up);
        },
        [&] { return regions.currentIndex().row() == 0; });
    const auto twin = [&] { return t.window().card("memory")->findChild<TwinView*>(); };
    t.stop(
        "memory-table",
        [&] {
            t.key(Qt::Key_T);
            if (twin()) t.click(*twin()->findChild<QTabBar*>(), twin()->findChild<QTabBar*>()->tabRect(1).center());
        },
        [&] { return twin() && twin()->table()->model()->columnCount() == 7; });
    t.stop(
        "memory-again", [&] { t.key(Qt::Key_T); }, [&] { return !twin(); });
}

TEST_F(TourPages, TheTimeOfARunIsATable)
{
    t.tab("meter");
    const auto twin = [&] { return t.window().card("meter")->findChild<TwinView*>(); };
    ASSERT_TRUE(t.waits([&] { return t.panel("meter").twins().size() == 3; })) << "the account of time has been read";
    t.stop(
        "meter-table",
        [&] {
            t.click(t.panel("meter"), {4, 4});
            t.key(Qt::Key_T);
            if (twin()) t.click(*twin()->findChild<QTabBar*>(), twin()->findChild<QTabBar*>()->tabRect(2).center());
        },
        [&] { return twin() && twin()->table()->model()->columnCount() == 5; });
    t.stop(
        "meter-again", [&] { t.key(Qt::Key_T); }, [&] { return !twin(); });
}

TEST_F(TourPages, TheLogIsFilteredAndALineLeadsToItsStep)
{
    t.stop(
        "log", [&] { t.tab("log"); }, [&] { return t.panel("log").isVisible(); });
    auto& table = t.part<QTableView>("log", "logTable");
    auto& filter = t.part<QLineEdit>("log", "logFilter");
    const int all = table.model()->rowCount();
    ASSERT_GT(all, 2);
    t.stop(
        "log-filtered",
        [&] {
            t.key(Qt::Key_F, Qt::ControlModifier);
            t.type("checkpoint");
        },
        [&] { return filter.hasFocus() && table.model()->rowCount() < all; });
    const QModelIndex line = table.model()->index(0, LogModel::StepColumn);
    const std::int64_t step = line.data(LogModel::kStepRole).toLongLong();
    t.stop(
        "log-to-its-step", [&] { t.doubleClick(*table.viewport(), table.visualRect(line).center()); },
        [&] { return t.feed().isHeld() && t.feed().shownStep() == step; });
    t.click(filter);
    t.stop(
        "log-all", [&] { t.key(Qt::Key_Escape); }, [&] { return table.model()->rowCount() >= all; });
}

} // namespace
} // namespace triptych::test
