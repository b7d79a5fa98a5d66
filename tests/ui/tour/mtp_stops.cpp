// The MTP wing and the way of one token through all layers.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/tour/tour.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/figure_rows.h"
#include "ui/widgets/journey_view.h"
#include "ui/widgets/readout.h"
#include "ui/widgets/stepper.h"
#include "ui/widgets/token_flow.h"

namespace triptych::test {
namespace {

class TourMtp : public testing::Test {
protected:
    TourMtp() { t.home(); }
    Tour& t = tour();
};

TEST_F(TourMtp, GuessesOfAllDepthsStandBelowEachToken)
{
    t.tab("mtp");
    auto& flow = t.part<TokenFlow>("mtp");
    ASSERT_TRUE(t.waits([&] { return !flow.cells().empty(); }));
    EXPECT_EQ(flow.cells()[3].guesses.size(), 3U) << "next, and two modules";
    t.stop(
        "mtp-token", [&] { t.click(flow, flow.cellRect(5).center()); }, [&] { return t.selection().token() == 5; });
    t.stop(
        "mtp-token-keys", [&] { t.key(Qt::Key_Right); }, [&] { return t.selection().token() == 6; });
    EXPECT_FALSE(flow.cells()[6].explanation.isEmpty());
    EXPECT_TRUE(t.part<ElidedLabel>("mtp", "depths").text().contains("MTP 2"));
}

TEST_F(TourMtp, AcceptanceIsToldByPositionDomainAndDepth)
{
    t.stop(
        "acceptance", [&] { t.tab("mtp-acceptance"); }, [&] { return t.panel("mtp-acceptance").isVisible(); });
    ASSERT_TRUE(t.waits([&] { return t.feed().acceptance() != nullptr; })) << "with a validation";
    const std::int64_t step = t.feed().acceptance()->step;
    t.stop(
        "acceptance-follows", [] {}, [&] { return t.feed().acceptance()->step > step; });
    EXPECT_FALSE(t.part<FigureRows>("mtp-acceptance", "domains").rows().empty());
    EXPECT_FALSE(t.part<Readout>("mtp-acceptance", "accepted").value().isEmpty());
}

TEST_F(TourMtp, AJourneyLeadsToItsExpertsAndToTheTokensItLooksAt)
{
    t.stop(
        "journey", [&] { t.tab("journey"); }, [&] { return t.panel("journey").isVisible(); });
    t.stop(
        "journey-alone", [&] { t.key(Qt::Key_5); }, [&] { return t.shows({PanelPlace::Below}); });
    auto& view = t.part<JourneyView>("journey");
    ASSERT_TRUE(t.waits([&] { return view.isVisible() && view.rowCount() >= 4; }));
    auto& title = t.part<ElidedLabel>("journey", "journeyTitle");
    const QString before = title.text();
    auto& tokens = t.part<Stepper>("journey", "tokens");
    t.stop(
        "journey-token", [&] { t.wheel(tokens, tokens.rect().center(), 3); }, [&] { return title.text() != before; });
    EXPECT_TRUE(t.waits([&] { return !view.row(1).guesses.empty(); })) << "the lens is read while it is looked at";
    const int other = t.selection().layer() == 2 ? 3 : 2;
    t.stop(
        "journey-row", [&] { t.click(*view.viewport(), view.rowRect(other).topLeft() + QPoint(6, 8)); },
        [&] { return t.selection().layer() == other; });
    ASSERT_FALSE(view.row(1).routes.empty());
    // The training goes on: which experts they are may change meanwhile, the layer does not.
    t.stop(
        "journey-expert", [&] { t.click(*view.viewport(), view.routeRect(1, 0).center()); },
        [&] { return t.selection().layer() == 1 && t.selection().expert() >= 0; });
    t.stop(
        "journey-keys",
        [&] {
            t.key(Qt::Key_Down);
            t.key(Qt::Key_Right);
            t.key(Qt::Key_Return);
        },
        [&] { return t.selection().layer() == 2 && t.selection().expert() >= 0; });
}

} // namespace
} // namespace triptych::test
