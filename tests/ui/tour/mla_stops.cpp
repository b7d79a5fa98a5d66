// The MLA wing and the probe text under the hand.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/tour/tour.h"
#include "ui/plots/heatmap_plot.h"
#include "ui/widgets/cache_bars.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/form_page.h"
#include "ui/widgets/head_gallery.h"
#include "ui/widgets/long_text_dialog.h"
#include "ui/widgets/look_list.h"
#include "ui/widgets/probe_edit.h"
#include "ui/widgets/rank_bars.h"
#include "ui/widgets/stepper.h"
#include "ui/widgets/token_strip.h"

#include <QCheckBox>
#include <QLabel>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRubberBand>
#include <QToolButton>

namespace triptych::test {
namespace {

class TourMla : public testing::Test {
protected:
    TourMla() { t.home(); }

    HeatmapPlot& map()
    {
        for (auto* each : t.panel("attention").findChildren<HeatmapPlot*>()) return *each;
        throw std::invalid_argument("no map");
    }
    QWidget& hand() { return *map().focusProxy(); }
    HeadGallery& gallery() { return t.part<HeadGallery>("attention"); }
    QString said(const char* panel, const char* name) { return t.part<ElidedLabel>(panel, name).text(); }

    Tour& t = tour();
};

TEST_F(TourMla, AHeadIsChosenAmongAllAndByKeys)
{
    t.tab("attention");
    t.stop(
        "mla-thumbnail", [&] { t.click(*gallery().viewport(), gallery().headRect(2, 3).center()); },
        [&] { return t.selection().layer() == 2 && t.selection().head() == 3; });
    EXPECT_EQ(t.part<Stepper>("attention", "layers").index(), 2);
    t.stop(
        "mla-thumbnail-keys", [&] { t.key(Qt::Key_Up); }, [&] { return t.selection().layer() == 1; });
    t.click(hand(), map().cellCentre(6, 1));
    t.stop(
        "mla-head-key", [&] { t.key(Qt::Key_J); }, [&] { return t.selection().head() == 2; });
    t.stop(
        "mla-layer-key", [&] { t.key(Qt::Key_G); }, [&] { return t.selection().layer() == 0; });
    auto& order = t.part<QToolButton>("attention", "order");
    t.stop(
        "mla-by-habit", [&] { t.during([&] { t.click(order); }, [&](QWidget& menu) { t.pick(menu, "before"); }); },
        [&] { return gallery().order().has_value(); });
    t.during([&] { t.click(order); }, [&](QWidget& menu) { t.pick(menu, "By layer"); });
    EXPECT_FALSE(gallery().order().has_value());
}

TEST_F(TourMla, TheMouseNamesQueryAndKeyAndLightsTheirLabels)
{
    t.tab("attention");
    t.stop(
        "mla-token", [&] { t.click(hand(), map().cellCentre(17, 3)); }, [&] { return t.selection().token() == 17; });
    const QString before = said("attention", "readout");
    const QImage dark = map().grab().toImage();
    t.stop(
        "mla-hover", [&] { t.hover(hand(), map().cellCentre(30, 12)); },
        [&] { return said("attention", "readout") != before; });
    EXPECT_TRUE(said("attention", "readout").contains("%")) << said("attention", "readout").toStdString();
    EXPECT_NE(map().grab().toImage(), dark) << "both edges light up";
    t.stop(
        "mla-token-key", [&] { t.key(Qt::Key_Down); }, [&] { return t.selection().token() == 18; });
    auto& band = *map().findChild<QRubberBand*>();
    t.stop(
        "mla-spans", [&] { t.drag(hand(), map().cellCentre(20, 4), map().cellCentre(28, 12)); },
        [&] { return band.isVisible(); });
    t.stop(
        "mla-spans-gone", [&] { t.key(Qt::Key_Escape); }, [&] { return !band.isVisible(); });
    t.stop(
        "mla-zoom", [&] { t.wheel(hand(), map().cellCentre(20, 8), 5); }, [&] { return !map().view().isWhole(); });
    t.stop(
        "mla-whole", [&] { t.doubleClick(hand(), map().mapRect().center()); }, [&] { return map().view().isWhole(); });
}

TEST_F(TourMla, ALongTextIsReadBesideTheTraining)
{
    t.tab("attention");
    auto& open = t.part<QToolButton>("attention", "openLong");
    auto& menu = t.part<QToolButton>("attention", "cardMenu"); // has the same where the wing is too narrow for it
    const auto dialog = [&] { return t.panel("attention").findChild<LongTextDialog*>(); };
    t.stop(
        "long-text-dialog",
        [&] {
            if (open.isVisible()) return t.click(open);
            t.during([&] { t.click(menu); }, [&](QWidget& opened) { t.pick(opened, "Long text"); });
        },
        [&] { return dialog() && dialog()->isVisible(); });
    ASSERT_NE(dialog(), nullptr);
    auto& read = t.in<QPushButton>(*dialog(), "read");
    t.stop(
        "long-text-typed",
        [&] {
            t.click(t.in<QPlainTextEdit>(*dialog(), "text"));
            for (int i = 0; i < 12; ++i) t.type("The old house stands by the river. ");
        },
        [&] { return read.isEnabled(); });
    t.stop(
        "long-text", [&] { t.click(read); },
        [&] { return map().rows() > 400 && !said("attention", "longStatus").isEmpty(); });
    t.stop(
        "long-text-head", [&] { t.click(*gallery().viewport(), gallery().headRect(3, 0).center()); },
        [&] { return t.selection().layer() == 3; });
    t.stop(
        "long-text-closed", [&] { t.click(t.part<QToolButton>("attention", "probe")); },
        [&] { return map().rows() < 100; });
}

TEST_F(TourMla, LatentCacheAndFormsAnswer)
{
    t.tab("latent");
    auto& bars = t.part<RankBars>("latent");
    ASSERT_TRUE(t.waits([&] { return bars.isVisible(); }));
    t.stop(
        "latent", [&] { t.click(bars, bars.rowRect(2).center()); }, [&] { return t.selection().layer() == 2; });
    t.stop(
        "latent-keys", [&] { t.key(Qt::Key_Down); }, [&] { return t.selection().layer() == 3; });
    EXPECT_TRUE(said("latent", "readout").contains("of 64 directions")) << said("latent", "readout").toStdString();
    auto& strip = t.part<TokenStrip>("latent");
    t.stop(
        "latent-token", [&] { t.click(strip, strip.dot(4)); }, [&] { return t.selection().token() == 4; });

    t.stop(
        "cache", [&] { t.tab("cache"); }, [&] { return t.part<CacheBars>("cache").isVisible(); });
    const QString small = said("cache", "cacheTitle");
    t.stop(
        "cache-of-the-paper",
        [&] {
            t.click(t.part<QCheckBox>("cache", "paper"), {8, 8});
        },
        [&] { return said("cache", "cacheTitle") != small; });
    t.click(t.part<QCheckBox>("cache", "paper"), {8, 8});

    t.stop(
        "forms", [&] { t.tab("forms"); }, [&] { return t.panel("forms").isVisible(); });
    FormPage& times = *t.panel("forms").findChildren<FormPage*>().at(2);
    auto& measure = t.part<QPushButton>("forms", "measure");
    t.stop(
        "forms-measured", [&] { t.click(measure); }, [&] { return !times.rows().empty(); });
    if (measure.text().contains("Stop")) t.click(measure);
    EXPECT_TRUE(t.waits([&] { return measure.text().contains("Measure"); }));
}

TEST_F(TourMla, TheProbeTextIsRewritten)
{
    auto& probe = t.in<ProbeEdit>(t.window());
    t.stop(
        "probe-text",
        [&] {
            t.write(*probe.line(), "Seven old ships sail home");
            t.key(Qt::Key_Return);
        },
        [&] { return t.feed().probe() && t.feed().probe()->tokens.size() == 25; });
    t.tab("attention");
    EXPECT_TRUE(t.waits([&] { return map().rows() == 25; }));
    t.write(*probe.line(), "The old house stands by the river. 12 + 30 = 42");
    t.key(Qt::Key_Return);
    EXPECT_TRUE(t.waits([&] { return t.feed().probe()->tokens.size() == 47; }));
}

} // namespace
} // namespace triptych::test
