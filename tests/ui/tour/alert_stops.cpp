// What is wrong with the experts, brought about by hand: dead and hot ones gone to, alerts raised, listed, led to.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/tour/tour.h"
#include "ui/panels/expert_places.h"
#include "ui/plots/heatmap_plot.h"
#include "ui/widgets/alert_chips.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/live_setting.h"
#include "ui/widgets/settings_button.h"

#include <QLineEdit>
#include <QMenu>
#include <QToolButton>

#include <algorithm>
#include <cmath>
#include <functional>

namespace triptych::test {
namespace {

constexpr std::size_t kGamma = 1; // in the list of settings

class TourAlerts : public testing::Test {
protected:
    TourAlerts()
    {
        t.home();
        alone();
    }

    /// With all the room: in a low wing the page History is scrolled.
    void alone()
    {
        t.tab("moe");
        t.click(*map().focusProxy(), map().cellCentre(0, 0));
        t.key(Qt::Key_1);
        EXPECT_TRUE(t.waits([&] { return t.shows({PanelPlace::LeftWing}); }));
    }
    HeatmapPlot& map() { return t.part<HeatmapPlot>("moe", "loadMap"); }
    std::int64_t layerOf(std::size_t row) { return t.feed().liveLoads()->layers[row].layer; }
    void setGamma(const QString& value)
    {
        t.home();
        auto& button = t.part<SettingsButton>("predella", "settings");
        t.click(button);
        t.write(*button.settings()[kGamma]->field(), value);
        t.key(Qt::Key_Return);
        EXPECT_TRUE(t.waits([&] { return t.feed().setting("bias_update_speed") == value.toDouble(); }));
        t.key(Qt::Key_Escape);
        alone();
    }
    /// By the field of the page History, of an expert that was chosen on the map.
    void setBias(int row, int expert, const QString& bias)
    {
        t.tab("moe");
        t.click(*map().focusProxy(), map().cellCentre(row, expert));
        t.tab("moe-history");
        auto& field = t.part<QLineEdit>("moe-history", "bias");
        const QString name =
            QStringLiteral("Bias of expert %1 of layer %2").arg(expert).arg(layerOf(static_cast<std::size_t>(row)));
        EXPECT_TRUE(t.waits([&] { return field.isEnabled() && field.accessibleName() == name; }));
        t.write(field, bias);
        t.key(Qt::Key_Return);
        EXPECT_TRUE(t.waits([&] {
            const LayerLoad& layer = t.feed().liveLoads()->layers[static_cast<std::size_t>(row)];
            return std::abs(layer.bias[static_cast<std::size_t>(expert)] - bias.toFloat()) < 1;
        })) << "layer "
            << row << ", expert " << expert << ": " << field.text().toStdString();
        t.tab("moe");
    }
    QToolButton& routing(const char* name) { return t.part<QToolButton>("moe-history", name); }
    /// All experts are dealt out in turn, for so long that nothing is told of them any more. What hands do to biases
    /// meanwhile is in force from letGo() on.
    void holdEven()
    {
        setGamma("0"); // or the controller would mend it
        t.tab("moe-history");
        EXPECT_TRUE(t.waits([&] { return routing("forceBalance").isEnabled(); }));
        t.click(routing("forceBalance"));
        EXPECT_TRUE(t.waits([&] { return t.feed().control().balancing == Balancing::Forced; }));
        t.letTrain(100);
        t.tab("moe");
    }
    void letGo()
    {
        t.tab("moe-history");
        EXPECT_TRUE(t.waits([&] { return routing("clearRouting").isEnabled(); }));
        t.click(routing("clearRouting"));
        EXPECT_TRUE(t.waits([&] { return t.feed().control().empty(); }));
        t.tab("moe");
    }
    /// Trains on until something is told, for some hundred steps at most.
    void await(const std::function<bool()>& isTold)
    {
        for (int i = 0; i < 30 && !isTold(); ++i) t.letTrain(10);
    }
    std::int64_t told(const char* kind, std::int64_t layer = -1)
    {
        const auto& all = t.feed().alerts();
        return std::count_if(all.begin(), all.end(), [&](const RunAlert& alert) {
            return alert.kind == QLatin1String(kind) && (layer < 0 || alert.layer == layer);
        });
    }
    bool chose(const ExpertPlace& place)
    {
        return t.selection().layer() == place.layer && t.selection().expert() == place.expert;
    }
    static bool has(const std::vector<ExpertPlace>& places, const ExpertPlace& place)
    {
        return std::find(places.begin(), places.end(), place) != places.end();
    }

    Tour& t = tour();
};

TEST_F(TourAlerts, DeadAndHotExpertsAreToldOfAndGoneTo)
{
    holdEven();
    const ExpertPlace dead{layerOf(0), 3};
    const ExpertPlace hot{layerOf(1), 6};
    const std::int64_t layer = layerOf(2);
    setBias(0, 3, "-100");
    setBias(1, 6, "100");
    setBias(2, 7, "-100");
    setBias(2, 6, "100"); // where tokens spread over more and more experts, the dead are thought to come back
    const std::int64_t before = told("dead_experts", layer);
    const auto isTold = [&] { return told("dead_experts", layer) > before; };
    t.stop(
        "alert-dead",
        [&] {
            letGo();
            await(isTold);
        },
        isTold);
    EXPECT_TRUE(t.waits([&] { return t.part<ElidedLabel>("moe", "alert").text().startsWith(QLatin1Char('!')); }));
    auto& nextDead = t.part<QToolButton>("moe", "nextDead");
    auto& nextHot = t.part<QToolButton>("moe", "nextHot");
    EXPECT_TRUE(t.waits([&] { return has(deadExperts(*t.feed().loads()), dead) && nextDead.isEnabled(); }));
    EXPECT_TRUE(t.waits([&] { return has(hotExperts(*t.feed().loads()), hot) && nextHot.isEnabled(); }));
    // Others may be dead or hot as well: they are gone through.
    const auto until = [&](QToolButton& next, const ExpertPlace& place) {
        for (int i = 0; i < 2 * 5 * 16 && !chose(place); ++i) t.click(next);
    };
    t.stop(
        "next-dead", [&] { until(nextDead, dead); }, [&] { return chose(dead); });
    t.stop(
        "next-hot", [&] { until(nextHot, hot); }, [&] { return chose(hot); });
    t.click(*map().focusProxy(), map().cellCentre(0, 1));
    t.stop(
        "alert-leads-to-its-layer",
        [&] {
            t.during([&] { t.click(*t.in<AlertChips>(t.window()).alerts()); },
                     [&](QWidget& list) {
                         t.pick(list, QStringLiteral("experts of layer %1 have had no token").arg(layer));
                     });
        },
        [&] { return t.feed().isHeld() && t.selection().layer() == layer; });
}

TEST_F(TourAlerts, ImbalanceAndEntropyAreToldOf)
{
    holdEven();
    // One expert of each layer gets all tokens, among others: four times its share. In the first layer four get them,
    // and no other gets any.
    for (int row = 0; row < static_cast<int>(t.feed().liveLoads()->layers.size()); ++row) setBias(row, 6, "100");
    for (const int expert : {4, 5, 7}) setBias(0, expert, "100");
    const std::int64_t uneven = told("imbalance");
    const std::int64_t narrow = told("entropy", layerOf(0));
    const auto isTold = [&] { return told("imbalance") > uneven && told("entropy", layerOf(0)) > narrow; };
    t.stop(
        "alert-imbalance-and-entropy",
        [&] {
            letGo();
            await(isTold);
        },
        isTold);
    t.stop(
        "alerts-in-the-list",
        [&] {
            t.during([&] { t.click(*t.in<AlertChips>(t.window()).alerts()); },
                     [&](QWidget& list) { t.pick(list, "MaxVio"); });
        },
        [&] { return t.feed().isHeld(); });
    setGamma("0.001");
}

} // namespace
} // namespace triptych::test
