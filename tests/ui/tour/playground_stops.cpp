// How the playground draws tokens, lane by lane: top-k, top-p, seeds, and two checkpoints beside each other.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/tour/tour.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/playground_lane_view.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>

#include <set>

namespace triptych::test {
namespace {

class TourPlayground : public testing::Test {
protected:
    TourPlayground()
    {
        t.home();
        t.tab("playground");
        t.key(Qt::Key_5);
        EXPECT_TRUE(t.waits([&] { return lane("laneA").isVisible(); }));
    }

    PlaygroundLaneView& lane(const char* name) { return t.part<PlaygroundLaneView>("playground", name); }
    bool rests(const char* name)
    {
        return t.in<QPushButton>(lane(name), "generate").text() == QLatin1String("Generate") &&
               lane(name).text().end.has_value();
    }
    template <class Box>
    void set(const char* name, const char* field, const QString& value)
    {
        t.write(t.in<Box>(lane(name), field), value);
    }
    const SamplingSettings& used(const char* name) { return lane(name).text().request.settings.sampling; }
    /// Enter in the prompt: all lanes that are there write.
    void write()
    {
        t.write(t.part<QLineEdit>("playground", "prompt"), "An old ship");
        t.key(Qt::Key_Return);
        EXPECT_TRUE(t.waits([&] { return lane("laneA").text().writing || rests("laneA"); }));
        EXPECT_TRUE(t.waits([&] { return rests("laneA"); }));
    }
    std::string written() { return lane("laneA").text().written(true); }
    /// The run that goes on saves its weights.
    void save()
    {
        t.letTrain(1);
        const std::size_t before = t.feed().checkpoints().size();
        t.key(Qt::Key_S, Qt::ControlModifier);
        EXPECT_TRUE(t.waits([&] { return t.feed().checkpoints().size() > before; }));
    }

    Tour& t = tour();
};

TEST_F(TourPlayground, TopKTopPAndTheSeedDecideWhatIsDrawn)
{
    auto& newest = t.in<QToolButton>(lane("laneA"), "newest");
    ASSERT_TRUE(t.waits([&] { return newest.isVisible() && newest.isEnabled(); }));
    t.click(newest);
    ASSERT_TRUE(t.waits([&] { return lane("laneA").text().model && newest.isEnabled(); }));
    set<QSpinBox>("laneA", "count", "30");
    set<QDoubleSpinBox>("laneA", "temperature", "0");
    write();
    const std::string likeliest = written();
    EXPECT_EQ(likeliest.rfind("An old ship", 0), 0U) << likeliest;
    set<QDoubleSpinBox>("laneA", "temperature", "1");
    t.stop(
        "playground-top-k",
        [&] {
            set<QSpinBox>("laneA", "topK", "1");
            write();
        },
        [&] { return used("laneA").top_k == 1 && used("laneA").temperature == 1 && rests("laneA"); });
    EXPECT_EQ(written(), likeliest) << "of one token there is no choice";
    t.stop(
        "playground-top-p",
        [&] {
            set<QSpinBox>("laneA", "topK", "0");
            set<QDoubleSpinBox>("laneA", "topP", "0.01");
            write();
        },
        [&] { return used("laneA").top_k == 0 && used("laneA").top_p == 0.01 && rests("laneA"); });
    EXPECT_EQ(written(), likeliest) << "the likeliest alone has more than that";
    set<QDoubleSpinBox>("laneA", "topP", "1");
    std::set<std::string> texts;
    t.stop(
        "playground-seeds",
        [&] {
            for (const char* seed : {"5", "6", "7"}) {
                set<QSpinBox>("laneA", "seed", QLatin1String(seed));
                write();
                texts.insert(written());
            }
        },
        [&] { return used("laneA").seed == 7 && rests("laneA"); });
    EXPECT_GE(texts.size(), 2U) << "of other seeds";
    const std::string last = written();
    write();
    EXPECT_EQ(written(), last) << "of the same seed";
}

TEST_F(TourPlayground, TheSecondLaneWritesByAnotherCheckpoint)
{
    save();
    save();
    if (!lane("laneB").isVisible()) t.click(t.part<QPushButton>("playground", "compare"));
    ASSERT_TRUE(t.waits([&] { return lane("laneB").isVisible(); }));
    auto& first = t.in<QComboBox>(lane("laneA"), "checkpoint");
    auto& second = t.in<QComboBox>(lane("laneB"), "checkpoint");
    ASSERT_GE(t.feed().checkpoints().size(), 2U);
    const QString last = "step " + countText(t.feed().checkpoints().back());
    ASSERT_TRUE(t.waits([&] { return first.itemText(0) == last && second.itemText(0) == last; }));
    first.setFocus();
    t.key(Qt::Key_Home);
    t.stop(
        "playground-two-checkpoints",
        [&] {
            second.setFocus();
            t.key(Qt::Key_Home);
            t.key(Qt::Key_Down);
            write();
        },
        [&] {
            const PlayText& text = lane("laneB").text();
            return rests("laneB") && text.model && lane("laneA").text().model &&
                   text.model->step < lane("laneA").text().model->step;
        });
    const QString step = countText(lane("laneB").text().model->step);
    EXPECT_TRUE(t.in<ElidedLabel>(lane("laneB"), "status").text().contains("step " + step)) << step.toStdString();
    t.click(t.in<QToolButton>(lane("laneB"), "close"));
    EXPECT_TRUE(t.waits([&] { return !lane("laneB").isVisible(); }));
}

} // namespace
} // namespace triptych::test
