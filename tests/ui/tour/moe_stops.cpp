// The MoE wing under the hand: map, brush, keys, an expert off, a bias moved, balance forced; and its other pages.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/tour/tour.h"
#include "ui/panels/pair_lists.h"
#include "ui/plots/heatmap_plot.h"
#include "ui/widgets/bar_rows.h"
#include "ui/widgets/bias_editor.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/expert_bars.h"
#include "ui/widgets/expert_lines.h"
#include "ui/widgets/live_setting.h"
#include "ui/widgets/placement_view.h"
#include "ui/widgets/routing_hands.h"
#include "ui/widgets/stepper.h"
#include "ui/widgets/word_rows.h"

#include <QComboBox>
#include <QLineEdit>
#include <QToolButton>

#include <algorithm>

namespace triptych::test {
namespace {

class TourMoe : public testing::Test {
protected:
    TourMoe() { t.home(); }

    HeatmapPlot& map() { return t.part<HeatmapPlot>("moe", "loadMap"); }
    /// The widget of a map that hears the mouse, where coordinates are those of the map.
    QWidget& hand(HeatmapPlot& plot) { return *plot.focusProxy(); }
    std::int64_t layerOf(std::size_t row) { return t.feed().liveLoads()->layers[row].layer; }
    bool isOff(std::size_t row, std::int64_t expert)
    {
        return t.feed().liveLoads()->control.is_off(layerOf(row), expert);
    }
    bool logged(const QString& words)
    {
        const auto& log = t.feed().log();
        return std::any_of(log.begin(), log.end(), [&](const LogEntry& entry) { return entry.text.contains(words); });
    }

    Tour& t = tour();
};

TEST_F(TourMoe, TheMapIsClickedBrushedZoomedAndGoneThroughByKeys)
{
    t.tab("moe");
    t.stop(
        "moe-map", [&] { t.click(hand(map()), map().cellCentre(1, 5)); },
        [&] { return t.selection().layer() == layerOf(1) && t.selection().expert() == 5; });
    const QString said = t.part<ElidedLabel>("moe", "layerTitle").text();
    EXPECT_TRUE(said.contains("expert 5:")) << said.toStdString();
    t.stop(
        "moe-brush", [&] { t.drag(hand(map()), map().cellCentre(1, 5), map().cellCentre(1, 9)); },
        [&] { return t.selection().experts().size() == 5; });
    EXPECT_EQ(map().marked().size(), 5U);
    t.stop(
        "moe-toggle", [&] { t.click(hand(map()), map().cellCentre(1, 14), Qt::ControlModifier); },
        [&] { return t.selection().experts().size() == 6; });
    t.stop(
        "moe-arrows", [&] { t.key(Qt::Key_Down); },
        [&] { return t.selection().layer() == layerOf(2) && t.selection().experts().size() == 1; });
    t.stop(
        "moe-extend",
        [&] {
            t.key(Qt::Key_Right, Qt::ShiftModifier);
            t.key(Qt::Key_Right, Qt::ShiftModifier);
        },
        [&] { return t.selection().experts().size() == 3; });
    t.stop(
        "moe-extend-down", [&] { t.key(Qt::Key_Down, Qt::ShiftModifier); },
        [&] { return t.selection().cells().size() == 6 && t.selection().experts().size() == 3; });
    t.stop(
        "moe-rectangle", [&] { t.drag(hand(map()), map().cellCentre(0, 5), map().cellCentre(1, 10)); },
        [&] { return t.selection().leftOut() == 4; });
    EXPECT_EQ(map().marked().size(), Selection::kMostExperts);
    const QPoint beside(map().mapRect().left() - 6, 0);
    t.stop(
        "moe-edge",
        [&] {
            t.drag(hand(map()), {beside.x(), map().cellCentre(0, 0).y()}, {beside.x(), map().cellCentre(2, 0).y()});
        },
        [&] { return t.selection().cells().size() == 3 && t.selection().experts().size() == 1; });
    t.stop(
        "moe-history-of-layers", [&] { t.tab("moe-history"); },
        [&] { return t.part<ExpertLines>("moe-history", "loadLines").lines().size() == 3; });
    t.tab("moe");
    t.click(hand(map()), map().cellCentre(2, 5));
    t.stop(
        "moe-zoom", [&] { t.wheel(hand(map()), map().cellCentre(2, 8), 4); }, [&] { return !map().view().isWhole(); });
    t.stop(
        "moe-whole", [&] { t.key(Qt::Key_R); }, [&] { return map().view().isWhole(); });
    auto& bars = t.part<ExpertBars>("moe", "expertBars");
    const std::int64_t before = t.selection().expert();
    t.stop(
        "moe-bars",
        [&] {
            t.click(bars, {bars.width() / 2, bars.height() / 2});
        },
        [&] { return t.selection().expert() != before; });
    t.stop(
        "moe-layer-keys", [&] { t.key(Qt::Key_H); }, [&] { return t.selection().layer() == layerOf(3); });
}

TEST_F(TourMoe, XSwitchesTheChosenExpertOffFromTheNextStepOn)
{
    t.tab("moe");
    t.click(hand(map()), map().cellCentre(0, 3));
    t.stop(
        "moe-off", [&] { t.key(Qt::Key_X); }, [&] { return isOff(0, 3); });
    EXPECT_EQ(t.feed().liveLoads()->layers[0].counts[3], 0) << "no token goes there";
    EXPECT_TRUE(t.waits([&] { return map().crossed() == std::vector<MapCell>{{0, 3}}; }));
    EXPECT_TRUE(logged("expert 3 is off")) << "recorded";
    t.stop(
        "moe-on", [&] { t.click(t.in<QToolButton>(t.panel("moe"), "expertToggle")); }, [&] { return !isOff(0, 3); });
    EXPECT_TRUE(logged("expert 3 is on"));
}

TEST_F(TourMoe, ABiasIsDraggedTypedAndBalanceForcedOnTheHistoryPage)
{
    t.tab("moe");
    t.click(hand(map()), map().cellCentre(1, 2));
    t.stop(
        "moe-history", [&] { t.tab("moe-history"); }, [&] { return t.panel("moe-history").isVisible(); });
    auto& strip = t.part<BiasStrip>("moe-history", "biasStrip");
    ASSERT_TRUE(t.waits([&] { return !strip.bias().empty(); }));
    EXPECT_TRUE(t.part<ElidedLabel>("moe-history", "experts").text().contains("2"));
    const std::int64_t layer = layerOf(1);
    t.stop(
        "bias-dragged",
        [&] {
            // The controller moves the dot meanwhile.
            for (int i = 0; i < 5 && strip.requested().empty(); ++i) {
                const QPoint dot = strip.placeOf(2).toPoint();
                t.drag(strip, dot, dot + QPoint(0, 300));
            }
        },
        [&] { return logged(QStringLiteral("layer %1, expert 2 has a bias of -").arg(layer)); });
    auto& field = t.part<QLineEdit>("moe-history", "bias");
    t.stop(
        "bias-by-key",
        [&] {
            t.click(strip, strip.placeOf(2).toPoint());
            t.key(Qt::Key_B);
        },
        [&] { return field.hasFocus(); });
    t.stop(
        "bias-typed",
        [&] {
            t.key(Qt::Key_A, Qt::ControlModifier);
            t.type("0.25");
            t.key(Qt::Key_Return);
        },
        [&] { return logged(QStringLiteral("layer %1, expert 2 has a bias of 0.25").arg(layer)); });
    const auto balancing = [&] { return t.feed().liveLoads()->control.balancing; };
    t.stop(
        "balance-forced", [&] { t.click(t.part<QToolButton>("moe-history", "forceBalance")); },
        [&] { return balancing() == Balancing::Forced; });
    const auto& counts = t.feed().liveLoads()->layers[0].counts;
    const auto [least, most] = std::minmax_element(counts.begin(), counts.end());
    EXPECT_LE(*most - *least, 1);
    EXPECT_TRUE(logged("balancing is forced"));
    auto& clear = t.part<QToolButton>("moe-history", "clearRouting");
    ASSERT_TRUE(t.waits([&] { return clear.isEnabled(); }));
    t.stop(
        "balance-learned", [&] { t.click(clear); }, [&] { return t.feed().liveLoads()->control.empty(); });
    auto& lines = t.part<ExpertLines>("moe-history", "loadLines");
    const std::int64_t before = t.selection().expert();
    t.stop(
        "history-keys",
        [&] {
            t.click(lines);
            t.key(Qt::Key_Right);
        },
        [&] { return t.selection().expert() != before; });
}

TEST_F(TourMoe, DomainsPairsTokensAndGroupsAnswerTheHand)
{
    t.tab("moe-domains");
    t.key(Qt::Key_1); // with all the room
    auto& domains = t.part<HeatmapPlot>("moe-domains", "domainMap");
    ASSERT_TRUE(t.waits([&] { return domains.rows() > 1; }));
    t.stop(
        "domains", [&] { t.click(hand(domains), domains.cellCentre(1, 11)); },
        [&] { return t.selection().expert() == 11; });
    auto& readout = t.part<ElidedLabel>("moe-domains", "readout");
    const QString before_hover = readout.text();
    t.stop(
        "domains-hover", [&] { t.hover(hand(domains), domains.cellCentre(0, 4)); },
        [&] { return readout.text() != before_hover; });
    auto& special = t.part<BarRows>("moe-domains", "specialists");
    t.stop(
        "domains-specialist",
        [&] {
            const std::vector<BarRow>& domain = special.rows(); // "13 (1.8×), 9 (1.7×)", as the training has it now
            const auto another = std::find_if(domain.begin(), domain.end(), [](const BarRow& row) {
                return !row.number.startsWith(QLatin1String("11 "));
            });
            ASSERT_NE(another, domain.end());
            t.click(special, special.row(static_cast<int>(another - domain.begin())).center());
        },
        [&] { return special.selected() >= 0 && t.selection().expert() != 11; });

    t.tab("moe-pairs");
    auto& pairs = t.part<HeatmapPlot>("moe-pairs", "pairMap");
    ASSERT_TRUE(t.waits([&] { return pairs.isVisible() && pairs.rows() == 16; }));
    const int one = t.selection().expert() == 12 || t.selection().expert() == 6 ? 13 : 12;
    const int other = one - 6;
    t.stop(
        "pairs", [&] { t.click(hand(pairs), pairs.cellCentre(one, other)); },
        [&] { return t.selection().expert() == one || t.selection().expert() == other; });
    auto& partners = t.part<BarRows>("moe-pairs", "pairsOfLayer");
    EXPECT_FALSE(partners.rows().empty());

    t.tab("moe-words");
    auto& words = t.part<WordRows>("moe-words", "expertWords");
    ASSERT_TRUE(t.waits([&] { return words.isVisible() && words.rows().size() == 16; }));
    const std::int64_t paired = t.selection().expert();
    t.stop(
        "words",
        [&] {
            // As they stand now: the training goes on.
            t.click(words, words.row(words.selected() == 2 ? 3 : 2).center());
        },
        [&] { return t.selection().expert() != paired; });
    EXPECT_FALSE(words.rows().front().words.empty());

    t.tab("moe-groups");
    auto& groups = t.part<HeatmapPlot>("moe-groups", "groupMap");
    ASSERT_TRUE(t.waits([&] { return groups.isVisible() && groups.columns() == 4; }));
    auto& experts = t.part<ExpertBars>("moe-groups", "groupExperts");
    const int layer = t.selection().layer() == layerOf(0) ? 1 : 0;
    t.stop(
        "groups", [&] { t.click(hand(groups), groups.cellCentre(layer, 3)); },
        [&] { return t.selection().layer() == layerOf(static_cast<std::size_t>(layer)) && experts.isVisible(); });
    // Which expert has the words of a row is up to the training: the last one may be chosen already.
    const std::int64_t other_expert = t.selection().expert() == 15 ? 12 : 15;
    t.stop(
        "groups-expert",
        [&] { t.click(experts, QPoint(experts.width() * (other_expert == 15 ? 3 : 1) / 4, experts.height() / 2)); },
        [&] { return t.selection().expert() == other_expert; });
    auto& placement = t.part<PlacementView>("moe-groups");
    auto& gpus = *placement.findChildren<QComboBox*>().front();
    const QString placed = t.part<ElidedLabel>("moe-groups", "placementWords").text();
    t.stop(
        "groups-placement",
        [&] {
            gpus.setFocus();
            t.key(Qt::Key_Up);
        },
        [&] { return t.part<ElidedLabel>("moe-groups", "placementWords").text() != placed; });
}

} // namespace
} // namespace triptych::test
