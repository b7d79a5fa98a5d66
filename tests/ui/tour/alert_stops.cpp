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
    /// Alerts are told once, as something begins: so that it can, all experts are dealt out in turn for a while.
    void makeEven()
    {
        setGamma("0"); // or the controller would mend what a hand spoils
        t.tab("moe-history");
        auto& force = t.part<QToolButton>("moe-history", "forceBalance");
        EXPECT_TRUE(t.waits([&] { return force.isEnabled(); }));
        t.click(force);
        EXPECT_TRUE(t.waits([&] { return t.feed().control().balancing == Balancing::Forced; }));
        t.letTrain(100);
        auto& clear = t.part<QToolButton>("moe-history", "clearRouting");
        EXPECT_TRUE(t.waits([&] { return clear.isEnabled(); }));
        t.click(clear);
        EXPECT_TRUE(t.waits([&] { return t.feed().control().empty(); }));
        t.tab("moe");
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

TEST_F(TourAlerts, DeadAndHotExpertsAreGoneTo)
{
    makeEven();
    auto& nextDead = t.part<QToolButton>("moe", "nextDead");
    auto& nextHot = t.part<QToolButton>("moe", "nextHot");
    const ExpertPlace dead{layerOf(0), 3};
    t.stop(
        "expert-dead", [&] { setBias(0, 3, "-100"); },
        [&] { return has(deadExperts(*t.feed().loads()), dead) && nextDead.isEnabled(); });
    const auto loads = t.feed().loads();
    const auto& ratio = loads->ratio[1]; // the idlest: it is far from hot
    const ExpertPlace hot{layerOf(1), std::min_element(ratio.begin(), ratio.end()) - ratio.begin()};
    t.stop(
        "expert-hot", [&] { setBias(1, static_cast<int>(hot.expert), "100"); },
        [&] { return has(hotExperts(*t.feed().loads()), hot) && nextHot.isEnabled(); });
    // Others may be dead or hot as well: they are gone through.
    const auto until = [&](QToolButton& next, const ExpertPlace& place) {
        for (int i = 0; i < 2 * 5 * 16 && !chose(place); ++i) t.click(next);
    };
    t.stop(
        "next-dead", [&] { until(nextDead, dead); }, [&] { return chose(dead); });
    t.stop(
        "next-hot", [&] { until(nextHot, hot); }, [&] { return chose(hot); });
}

TEST_F(TourAlerts, ImbalanceAndEntropyAreToldOf)
{
    makeEven();
    const std::int64_t uneven = told("imbalance");
    t.stop(
        "alert-imbalance",
        [&] {
            // All tokens choose one expert of each layer, among others: four times its share.
            for (int row = 0; row < static_cast<int>(t.feed().liveLoads()->layers.size()); ++row)
                setBias(row, 6, "100");
            t.letTrain(30);
        },
        [&] { return told("imbalance") > uneven; });
    const std::int64_t narrow = told("entropy");
    // Where a bias moves by as much as scores range over, few experts are chosen in a step, and others in the next.
    t.stop(
        "alert-entropy",
        [&] {
            setGamma("1");
            t.letTrain(30);
        },
        [&] { return told("entropy") > narrow; });
    t.stop(
        "alerts-in-the-list",
        [&] {
            t.during([&] { t.click(*t.in<AlertChips>(t.window()).alerts()); },
                     [&](QWidget& list) { t.pick(list, "step"); });
        },
        [&] { return t.feed().isHeld(); });
    setGamma("0.001");
}

} // namespace
} // namespace triptych::test
