// Finding by words in any order, by keys alone; and what a text asks for by itself.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/window_fixture.h"

#include <QLineEdit>

namespace triptych::test {
namespace {

std::vector<PaletteEntry> some_entries(int& ran)
{
    const auto entry = [&ran](const char* group, const char* text, int number) {
        return PaletteEntry{group, text, {}, [&ran, number] { ran = number; }, true};
    };
    std::vector<PaletteEntry> entries = {entry("Alert", "step 9: 3 dead experts", 1),
                                         entry("Metric", "layer.4.dead_fraction", 2), entry("View", "Full screen", 3),
                                         entry("Training", "Save a checkpoint", 4)};
    entries.back().enabled = false;
    return entries;
}

TEST(Palette, FindsAllWordsInAnyOrderAndCase)
{
    int ran = 0;
    const auto entries = some_entries(ran);
    using Found = std::vector<std::size_t>;
    EXPECT_EQ(findEntries(entries, "DEAD"), (Found{0, 1}));
    EXPECT_EQ(findEntries(entries, "experts alert dead"), (Found{0}));
    EXPECT_EQ(findEntries(entries, "screen  full"), (Found{2}));
    EXPECT_EQ(findEntries(entries, "full moon"), Found{});
    EXPECT_EQ(findEntries(entries, "").size(), 4U);
    EXPECT_EQ(findEntries(entries, "s").back(), 3U) << "what cannot be done stands last";
    EXPECT_EQ(findEntries(entries, "layer").front(), 1U);
}

TEST(Palette, ReadsASelectionInAnyOrder)
{
    WantedSelection both;
    both.layer = 3;
    both.expert = 9;
    EXPECT_EQ(selectionIn("layer 3 expert 9"), both);
    EXPECT_EQ(selectionIn("  Expert 9   LAYER 3"), both);
    EXPECT_EQ(selectionIn("step 620")->step, 620);
    for (const char* text : {"", "layer", "layer x", "layer -1", "3 layer", "layer 3 expert", "colour 3"})
        EXPECT_FALSE(selectionIn(text)) << text;
}

TEST(Palette, IsUsedByTheKeyboardAlone)
{
    int ran = 0;
    PaletteDialog palette(some_entries(ran), {}, nullptr);
    palette.show();
    QTest::keyClicks(palette.line(), "dead");
    EXPECT_EQ(palette.shown().size(), 2);
    QTest::keyClick(palette.line(), Qt::Key_Down);
    QTest::keyClick(palette.line(), Qt::Key_Return);
    EXPECT_EQ(ran, 2);
    EXPECT_FALSE(palette.isVisible());
}

TEST(Palette, DoesNothingWhereNothingIsFoundOrCanBeDone)
{
    int ran = 0;
    PaletteDialog palette(some_entries(ran), {}, nullptr);
    palette.show();
    palette.line()->setText("no such thing");
    QTest::keyClick(palette.line(), Qt::Key_Return);
    palette.line()->setText("checkpoint");
    QTest::keyClick(palette.line(), Qt::Key_Return);
    EXPECT_EQ(ran, 0);
    EXPECT_TRUE(palette.isVisible());
    QTest::keyClick(palette.line(), Qt::Key_Escape);
    EXPECT_FALSE(palette.isVisible());
}

class WindowPalette : public WindowFixture {
protected:
    const PaletteEntry* find(const std::vector<PaletteEntry>& entries, const char* text)
    {
        const auto found = findEntries(entries, QString::fromUtf8(text));
        return found.empty() ? nullptr : &entries[found.front()];
    }
};

TEST_F(WindowPalette, HasActionsPanelsMetricsAndAlerts)
{
    const auto entries = window->paletteEntries();
    for (const char* text : {"presenter mode", "domain experts panels", "metric max_vio layer.1", "alert no token"})
        EXPECT_NE(find(entries, text), nullptr) << text;
    find(entries, "panels experts by domain")->run();
    EXPECT_TRUE(shows("moe-domains"));
    find(entries, "alert no token")->run();
    EXPECT_EQ(window->moment().step(), window->feed().alerts().back().step);
}

TEST_F(WindowPalette, ChoosesALayerAndAnExpert)
{
    window->paletteEntryFor("layer 3 expert 9")->run();
    EXPECT_EQ(window->selection().layer(), 3);
    EXPECT_EQ(window->selection().expert(), 9);
    window->paletteEntryFor("head 1")->run();
    EXPECT_EQ(window->selection().head(), 1);
    EXPECT_EQ(window->selection().layer(), 3);
    EXPECT_FALSE(window->paletteEntryFor("loss"));
}

} // namespace
} // namespace triptych::test
