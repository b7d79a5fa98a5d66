// The window itself under the hand: layouts, pages in windows, presenter, palette, keys, looks, tables, export.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/tour/tour.h"
#include "ui/export/card_hands.h"
#include "ui/export/export_dialog.h"
#include "ui/plots/heatmap_plot.h"
#include "ui/shell/palette_dialog.h"
#include "ui/widgets/curve_card.h"
#include "ui/widgets/curve_cards.h"
#include "ui/widgets/rank_bars.h"
#include "ui/widgets/twin_view.h"

#include <QAction>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QFile>
#include <QGuiApplication>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSplitter>
#include <QTabBar>
#include <QTableView>
#include <QToolButton>
#include <QToolTip>

#include <algorithm>
#include <cstdlib>

namespace triptych::test {
namespace {

class TourWindow : public testing::Test {
protected:
    TourWindow() { t.home(); }

    Arrangement& arrangement() { return t.window().arrangement(); }
    bool shows(const char* id) { return t.window().card(QString::fromLatin1(id))->isVisible(); }
    Tour& t = tour();
};

TEST_F(TourWindow, WingsAreShownAloneByNumbersAndACardByZ)
{
    t.stop(
        "moe-alone", [&] { t.key(Qt::Key_1); }, [&] { return t.shows({PanelPlace::LeftWing}) && !shows("predella"); });
    t.stop(
        "mla-alone", [&] { t.key(Qt::Key_2); }, [&] { return t.shows({PanelPlace::Centre}); });
    t.stop(
        "mtp-alone", [&] { t.key(Qt::Key_3); }, [&] { return t.shows({PanelPlace::RightWing}); });
    t.stop(
        "curves-alone", [&] { t.key(Qt::Key_4); },
        [&] { return t.shows({PanelPlace::Predella}) && shows("predella"); });
    t.stop(
        "all-again", [&] { t.key(Qt::Key_6); }, [&] { return arrangement().only().empty(); });
    t.stop(
        "card-alone", [&] { t.key(Qt::Key_Z); }, [&] { return arrangement().only().size() == 1; });
    t.stop(
        "card-with-others", [&] { t.key(Qt::Key_Z); }, [&] { return arrangement().only().empty(); });
    t.tab("attention");
    t.stop(
        "next-page",
        [&] {
            t.click(*t.part<HeatmapPlot>("attention").focusProxy());
            t.key(Qt::Key_Tab, Qt::ControlModifier);
        },
        [&] { return shows("latent"); });
    t.key(Qt::Key_Tab, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_TRUE(t.waits([&] { return shows("attention"); }));
}

TEST_F(TourWindow, APageIsMovedUndoneRedoneFloatedAndTheLayoutKept)
{
    t.tab("latent");
    t.click(t.part<RankBars>("latent"));
    t.stop(
        "page-moved", [&] { t.palette("move this page left"); },
        [&] { return arrangement().placeOf("latent") == PanelPlace::LeftWing; });
    t.stop(
        "layout-undone", [&] { t.key(Qt::Key_Z, Qt::ControlModifier); },
        [&] { return arrangement().placeOf("latent") == PanelPlace::Centre; });
    t.stop(
        "layout-redone", [&] { t.key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier); },
        [&] { return arrangement().placeOf("latent") == PanelPlace::LeftWing; });
    t.stop(
        "layout-kept",
        [&] {
            t.palette("keep this layout", [&](QWidget&) {
                t.type("Latents left");
                t.key(Qt::Key_Return);
            });
        },
        [&] { return t.window().layouts().names().contains("Latents left"); });
    t.stop(
        "layout-triptych", [&] { t.palette("layout triptych"); },
        [&] { return arrangement().placeOf("latent") == PanelPlace::Centre; });
    t.stop(
        "layout-chosen", [&] { t.palette("layout latents left"); },
        [&] { return arrangement().placeOf("latent") == PanelPlace::LeftWing; });
    const QString file = t.path("layout.json");
    t.stop(
        "layout-in-a-file", [&] { t.palette("save to a file", t.answer(file)); }, [&] { return QFile::exists(file); });
    t.palette("layout triptych");
    t.stop(
        "layout-from-a-file", [&] { t.palette("load from a file", t.answer(file)); },
        [&] { return arrangement().placeOf("latent") == PanelPlace::LeftWing; });
    t.palette("layout triptych");
    t.tab("moe");
    t.stop(
        "page-floats", [&] { t.key(Qt::Key_W, Qt::ControlModifier | Qt::ShiftModifier); },
        [&] { return arrangement().isFloating("moe") && shows("moe"); });
    t.stop(
        "page-back",
        [&] {
            t.window().activateWindow();
            t.panel("moe").window()->close();
        },
        [&] { return !arrangement().isFloating("moe"); });
    auto& rows = t.in<QSplitter>(t.window());
    const QList<int> before = rows.sizes();
    const int steps = t.window().layouts().history().count();
    t.stop(
        "splitter-dragged",
        [&] {
            QWidget& handle = *rows.handle(1);
            t.drag(handle, handle.rect().center(), handle.rect().center() + QPoint(40, -40));
        },
        [&] { return rows.sizes() != before; });
    EXPECT_TRUE(t.waits([&] { return t.window().layouts().history().count() > steps; })) << "a step of its own";
    t.key(Qt::Key_Z, Qt::ControlModifier);
    // Within two pixels: lines above take one more or less when a page has come back.
    EXPECT_TRUE(t.waits([&] {
        const QList<int> now = rows.sizes();
        return std::equal(now.begin(), now.end(), before.begin(), before.end(),
                          [](int one, int other) { return std::abs(one - other) <= 2; });
    }));
}

TEST_F(TourWindow, FullScreenAndPresenter)
{
    t.stop(
        "full-screen", [&] { t.key(Qt::Key_F11); }, [&] { return t.window().isFullScreen(); });
    t.stop(
        "no-full-screen", [&] { t.key(Qt::Key_F11); }, [&] { return !t.window().isFullScreen(); });
    auto& caption = t.in<QLabel>(t.window(), "presenterCaption");
    t.stop(
        "presenter", [&] { t.key(Qt::Key_F5); }, [&] { return t.window().presenter().isOn() && caption.isVisible(); });
    EXPECT_FALSE(caption.text().isEmpty());
    const QString moe = caption.text();
    t.stop(
        "presenter-mla", [&] { t.key(Qt::Key_2); }, [&] { return t.shows({PanelPlace::Centre}); });
    EXPECT_NE(caption.text(), moe) << "it explains what is shown";
    t.stop(
        "presenter-back-in-time", [&] { t.key(Qt::Key_Left); }, [&] { return t.feed().isHeld(); });
    t.stop(
        "presenter-left", [&] { t.key(Qt::Key_Escape); }, [&] { return !t.window().presenter().isOn(); });
}

TEST_F(TourWindow, ThePaletteFindsActionsSelectionsAndMetrics)
{
    t.stop(
        "palette-chooses",
        [&] {
            t.during([&] { t.key(Qt::Key_K, Qt::ControlModifier); },
                     [&](QWidget& opened) {
                         auto* palette = qobject_cast<PaletteDialog*>(&opened);
                         ASSERT_NE(palette, nullptr);
                         t.stop(
                             "palette", [&] { t.type("layer 3 expert 9"); },
                             [&] { return palette->shown().front().contains("expert 9"); });
                         t.key(Qt::Key_Return);
                     });
        },
        [&] { return t.selection().layer() == 3 && t.selection().expert() == 9; });
    auto& cards = t.part<CurveCards>("predella");
    const std::size_t count = cards.cards().size();
    t.stop(
        "palette-adds-curves", [&] { t.palette("add curves grad_norm"); },
        [&] { return cards.cards().size() == count + 1; });
    t.stop(
        "card-deleted", [&] { t.key(Qt::Key_Delete); }, [&] { return cards.cards().size() == count; });
    bool closed = false;
    t.during([&] { t.key(Qt::Key_Question); },
             [&](QWidget& opened) {
                 EXPECT_EQ(opened.objectName(), "keyMap");
                 t.look("key-map", [&] {
                     const auto lines = opened.findChildren<QLabel*>();
                     const auto has = [&](const char* text) {
                         return std::any_of(lines.begin(), lines.end(),
                                            [&](const QLabel* each) { return each->text() == QLatin1String(text); });
                     };
                     return has("Ctrl+K") && has("One step") && has("F5");
                 });
                 t.key(Qt::Key_Escape);
                 closed = !opened.isVisible();
             });
    EXPECT_TRUE(closed);
}

TEST_F(TourWindow, LooksChangeAndStay)
{
    const QColor before = t.window().palette().window().color();
    t.stop(
        "other-look", [&] { t.palette(before.lightness() < 128 ? "light look" : "dark look"); },
        [&] { return (t.window().palette().window().color().lightness() < 128) != (before.lightness() < 128); });
    t.palette(before.lightness() < 128 ? "dark look" : "light look");
    EXPECT_EQ(t.window().palette().window().color(), before);
    t.palette("type at 90"); // or in a wide window it is large already
    const double size = t.window().font().pointSizeF();
    t.stop(
        "large-type", [&] { t.palette("type at 150"); },
        [&] { return t.window().menuWidget()->font().pointSizeF() > size || t.window().font().pointSizeF() > size; });
    t.palette("type by the width");
}

TEST_F(TourWindow, ACardBecomesATableAndBack)
{
    t.tab("moe");
    t.click(*t.part<HeatmapPlot>("moe", "loadMap").focusProxy(),
            t.part<HeatmapPlot>("moe", "loadMap").cellCentre(0, 0));
    const auto twin = [&] { return t.window().card("moe")->findChild<TwinView*>(); };
    t.stop(
        "table-twin", [&] { t.key(Qt::Key_T); }, [&] { return twin() && twin()->isVisible(); });
    EXPECT_EQ(twin()->table()->model()->rowCount(), 5 * 16);
    QGuiApplication::clipboard()->clear();
    t.stop(
        "table-copied",
        [&] {
            t.click(*twin()->table()->viewport(), {20, 10});
            t.key(Qt::Key_C, Qt::ControlModifier);
        },
        [&] { return !QGuiApplication::clipboard()->text().isEmpty(); });
    t.stop(
        "no-table", [&] { t.key(Qt::Key_T); }, [&] { return !twin(); });
}

TEST_F(TourWindow, CardsLeaveAsPictureDrawingPageAndTable)
{
    t.tab("attention");
    auto& menu = t.part<QToolButton>("attention", "cardMenu");
    const auto dialog = [&] { return t.window().findChild<ExportDialog*>(); };
    t.stop(
        "export-dialog", [&] { t.during([&] { t.click(menu); }, [&](QWidget& opened) { t.pick(opened, "Export"); }); },
        [&] { return dialog() && dialog()->isVisible(); });
    for (const char* kind : {"png", "svg", "pdf", "csv"}) {
        const QString file = t.path("figure.") + QString::fromLatin1(kind);
        t.stop(
            std::string("export-") + kind,
            [&] {
                t.click(t.in<QAbstractButton>(*dialog(), kind), {8, 8});
                for (auto* each : dialog()->findChildren<QPushButton*>())
                    if (each->text().contains("Save")) return t.during([&] { t.click(*each); }, t.answer(file));
            },
            [&] { return QFile(file).size() > 200; });
        EXPECT_TRUE(t.waits([&] { return !dialog() || !dialog()->isVisible(); }));
        t.click(*t.part<HeatmapPlot>("attention").focusProxy());
        t.key(Qt::Key_E, Qt::ControlModifier);
        EXPECT_TRUE(t.waits([&] { return dialog() && dialog()->isVisible(); }));
    }
    t.key(Qt::Key_Escape);
    t.stop(
        "picture-copied",
        [&] {
            QGuiApplication::clipboard()->clear();
            t.during([&] { t.click(menu); }, [&](QWidget& opened) { t.pick(opened, "Copy the picture"); });
        },
        [&] { return QGuiApplication::clipboard()->mimeData()->hasImage(); });
    t.stop(
        "link-copied", [&] { t.key(Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier); },
        [&] {
            return QGuiApplication::clipboard()->text().startsWith("triptych-studio") &&
                   QToolTip::text().startsWith("copied: triptych-studio");
        });
}

} // namespace
} // namespace triptych::test
