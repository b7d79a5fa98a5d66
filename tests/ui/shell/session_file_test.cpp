// A window's runs, selection and layout through a file and back.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/temp_folder.h"
#include "tests/support/window_fixture.h"
#include "ui/shell/session_file.h"

#include <gtest/gtest.h>

namespace triptych::test {
namespace {

class SessionFile : public WindowFixture {
protected:
    QString file(const char* name) { return QString::fromStdString((folder.path() / name).string()); }
    LayoutState layout() { return window->layouts().current(); }

    TempFolder folder;
};

TEST_F(SessionFile, BringsBackWhatIsChosenTheStepAndThePages)
{
    window->selection().setExpertOfLayer(3, 9);
    window->selection().setHead(2);
    window->moment().show(620);
    window->arrangement().move("log", PanelPlace::RightWing);
    ASSERT_TRUE(window->saveSession(file("a.json")));
    const LayoutState saved = layout();

    window->showLayout("Triptych");
    window->selection().setExpertOfLayer(1, 0);
    window->selection().setHead(0);
    window->moment().goLive();
    ASSERT_TRUE(window->openSession(file("a.json")));
    EXPECT_TRUE(sameStructure(layout(), saved));
    EXPECT_EQ(window->selection().layer(), 3);
    EXPECT_EQ(window->selection().expert(), 9);
    EXPECT_EQ(window->selection().head(), 2);
    EXPECT_EQ(window->moment().step(), 620);
    window->layouts().history().undo();
    EXPECT_FALSE(sameStructure(layout(), saved)) << "one step of the layout's history";
}

TEST_F(SessionFile, KeepsTheRunThatIsShownFirstAndThoseComparedWithIt)
{
    const QString shown = file("shown");
    const QString other = file("other");
    auto started = synthetic_start();
    started.run_folder = shown.toStdString();
    window->feed().take(started);
    window->runs().compare(other, true);
    ASSERT_TRUE(window->saveSession(file("a.json")));
    EXPECT_EQ(readSession(file("a.json"))->runs, (QStringList{shown, other}));
    window->runs().compare(other, false);
    window->runs().compare(file("third"), true);
    ASSERT_TRUE(window->openSession(file("a.json")));
    EXPECT_EQ(window->runs().compared(), QStringList{other}) << "what the session has not is no longer drawn";
}

TEST_F(SessionFile, NonsenseIsSaidAndChangesNothing)
{
    ASSERT_TRUE(window->saveSession(file("a.json")));
    const LayoutState before = layout();
    const std::string valid = toJson(*readSession(file("a.json"))).toStdString();
    const auto with = [&](const std::string& part, const std::string& other) {
        const auto at = valid.find(part);
        EXPECT_NE(at, std::string::npos) << part;
        return std::string(valid).replace(at, part.size(), other);
    };
    for (const std::string& text :
         {std::string(), std::string("{}"), valid.substr(0, 100),
          with("\"triptych_session\": 1", "\"triptych_session\": 2"), with("\"runs\": [", "\"runs\": [7"),
          with("\"view\": \"", "\"view\": \"step=-4"), with("\"triptych_layout\": 1", "\"triptych_layout\": 9")}) {
        folder.write("b.json", text);
        const Status opened = window->openSession(file("b.json"));
        ASSERT_FALSE(opened) << text;
        EXPECT_TRUE(opened.error().what.starts_with(file("b.json").toStdString() + ": ")) << opened.error().what;
        EXPECT_FALSE(opened.error().hint.empty());
    }
    EXPECT_FALSE(window->openSession(file("not there")));
    EXPECT_FALSE(window->saveSession(file("no folder/a.json")));
    EXPECT_TRUE(sameStructure(layout(), before));
}

} // namespace
} // namespace triptych::test
