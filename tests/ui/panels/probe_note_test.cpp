// Pages about the probe text without a pass of it: each says why, or what will appear.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/panel_fixture.h"
#include "tests/support/probe_frames.h"

#include <string>

namespace triptych::test {
namespace {

class ProbeNote : public PanelFixture, public testing::WithParamInterface<const char*> {
protected:
    ProbeNote() : PanelFixture(GetParam()) {}
};
INSTANTIATE_TEST_SUITE_P(, ProbeNote, testing::Values("latent", "attention", "mtp", "journey"),
                         [](const auto& page) { return std::string(page.param); });

TEST_P(ProbeNote, SaysWhyThereIsNoPassOfTheProbeText)
{
    feed().take(probe_run());
    feed().take(event::StateChanged{SessionState::Running, {}});
    EXPECT_TRUE(visible_text().contains("first steps")) << "it may still come";
    feed().hold(30, nullptr, nullptr);
    EXPECT_TRUE(visible_text().contains("kept of step 30")) << visible_text().toStdString();
    feed().hold(40, nullptr, nullptr);
    EXPECT_TRUE(visible_text().contains("kept of step 40")) << visible_text().toStdString();
    feed().release();
    feed().take(event::StateChanged{SessionState::Finished, "max steps reached"});
    EXPECT_TRUE(visible_text().contains("kept of this run")) << visible_text().toStdString();
    feed().setTrainedBy("process 4711");
    EXPECT_TRUE(visible_text().contains("Another process trains")) << visible_text().toStdString();
}

} // namespace
} // namespace triptych::test
