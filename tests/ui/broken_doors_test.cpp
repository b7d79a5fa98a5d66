// Every kind of broken run through every door of the window: what is wrong is said, with what to do, and the run that
// was open stays.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/drops.h"
#include "tests/support/run_folders.h"
#include "tests/support/window_fixture.h"
#include "tests/support/without_privileges.h"
#include "ui/shell/session_file.h"
#include "ui/widgets/message_strip.h"

#include <QApplication>

#include <functional>
#include <regex>

namespace triptych::test {
namespace {

namespace fs = std::filesystem;

using Folder = const fs::path&;

struct Damage {
    const char* name;
    std::function<void(Folder)> make; ///< of a whole run
    const char* said;                 ///< part of the message; null: the run opens all the same
    bool asNobody = false;            ///< root may read anything
};

void rewrite(const fs::path& file, const std::string& text)
{
    fs::remove(file);
    std::ofstream(file, std::ios::binary) << text;
}

const std::vector<Damage>& damages()
{
    static const std::vector<Damage> all = {
        {"gone", [](Folder run) { fs::remove_all(run); }, "is not there"},
        {"empty",
         [](Folder run) {
             fs::remove_all(run);
             fs::create_directory(run);
         },
         "is an empty folder"},
        {"file",
         [](Folder run) {
             fs::remove_all(run);
             rewrite(run, "x");
         },
         "is a file, and no run is around it"},
        {"link",
         [](Folder run) {
             fs::remove_all(run);
             fs::create_symlink(run.string() + " elsewhere", run);
         },
         "elsewhere, which is not there"},
        {"other",
         [](Folder run) {
             fs::remove_all(run);
             fs::create_directory(run);
             rewrite(run / "picture.png", "x");
         },
         "is no run: it has picture.png"},
        {"manifest missing", [](Folder run) { fs::remove(run / "run.json"); }, "run.json"},
        {"manifest cut", [](Folder run) { fs::resize_file(run / "run.json", fs::file_size(run / "run.json") / 2); },
         "run.json"},
        {"manifest newer",
         [](Folder run) {
             rewrite(run / "run.json",
                     std::regex_replace(slurp(run / "run.json"), std::regex("\"format\": 1"), "\"format\": 9"));
         },
         "newer version"},
        {"locked", [](Folder run) { fs::permissions(run, fs::perms::none); }, "cannot read", true},
        {"manifest locked", [](Folder run) { fs::permissions(run / "run.json", fs::perms::none); }, "run.json", true},
        {"nothing left",
         [](Folder run) {
             fs::resize_file(run / "metrics.sqlite", 50);
             fs::remove_all(run / "curves");
             fs::remove(run / "events.jsonl");
         },
         "metrics.sqlite"},
        {"database cut", [](Folder run) { fs::resize_file(run / "metrics.sqlite", 8192); }, nullptr},
        {"database missing", [](Folder run) { fs::remove(run / "metrics.sqlite"); }, nullptr},
        {"curves cut", [](Folder run) { fs::resize_file(run / "curves/columns.json", 10); }, nullptr},
        {"checkpoints missing", [](Folder run) { fs::remove_all(run / "checkpoints"); }, nullptr},
    };
    return all;
}

struct Way {
    const char* name;
    std::function<void(MainWindow&, Folder)> go;
};

QString text(Folder path)
{
    return QString::fromStdString(path.string());
}

const std::vector<Way>& ways()
{
    static const std::vector<Way> all = {
        {"menu", [](MainWindow& window, Folder run) { window.openRun(text(run)); }},
        {"drop", [](MainWindow& window, Folder run) { EXPECT_TRUE(drop(window, {run})); }},
        {"list",
         [](MainWindow& window, Folder run) {
             window.runs().add(text(run));
             window.runs().open(text(run));
         }},
        {"session",
         [](MainWindow& window, Folder run) {
             const QString file = text(run) + QStringLiteral(".session.json");
             ASSERT_TRUE(window.saveSession(file));
             SavedSession saved = readSession(file).take();
             saved.runs = QStringList{text(run)};
             ASSERT_TRUE(writeSession(saved, file));
             ASSERT_TRUE(window.openSession(file));
         }},
    };
    return all;
}

using DamageAndWay = std::tuple<std::size_t, std::size_t>;

class BrokenDoors : public EmptyWindow, public testing::WithParamInterface<DamageAndWay> {
protected:
    BrokenDoors()
    {
        fs::permissions(m_temp.path(), fs::perms::all); // for nobody
        make_run(m_temp / "good");
        make_run(broken());
        window->openRun(text(m_temp / "good"));
        EXPECT_TRUE(QTest::qWaitFor([this] { return shows("good"); }, 20'000));
    }
    ~BrokenDoors() override
    {
        std::error_code ignored;
        fs::permissions(broken(), fs::perms::owner_all, ignored);
    }
    fs::path broken() const { return m_temp / "broken"; }
    bool shows(const char* name) const
    {
        const auto* run = window->feed().run();
        return run && run->run_folder == (m_temp / name).string();
    }
    MessageStrip& message() { return *window->findChild<MessageStrip*>(); }

    TempFolder m_temp;
};

TEST_P(BrokenDoors, SayWhatIsWrongAndLeaveTheRunThatWasOpen)
{
    const Damage& damage = damages()[std::get<0>(GetParam())];
    damage.make(broken());
    message().hide();
    {
        const auto nobody = damage.asNobody ? std::make_unique<WithoutPrivileges>() : nullptr;
        ways()[std::get<1>(GetParam())].go(*window, broken());
        EXPECT_TRUE(QTest::qWaitFor([&] { return message().isVisible() || shows("broken"); }, 20'000));
    }
    EXPECT_EQ(QApplication::activeModalWidget(), nullptr);
    if (!damage.said) {
        EXPECT_TRUE(shows("broken")) << message().text().toStdString();
        return;
    }
    const QString said = message().text();
    EXPECT_TRUE(said.contains(QLatin1String(damage.said))) << said.toStdString();
    EXPECT_TRUE(said.contains(QLatin1String("broken"))) << "by its name";
    EXPECT_GE(said.count(QLatin1Char('\n')), 1) << "what to do: " << said.toStdString();
    EXPECT_TRUE(shows("good"));
}

std::string name_of_case(const testing::TestParamInfo<DamageAndWay>& info)
{
    const std::string name =
        std::string(damages()[std::get<0>(info.param)].name) + "_by_" + ways()[std::get<1>(info.param)].name;
    return std::regex_replace(name, std::regex(" "), "_");
}

INSTANTIATE_TEST_SUITE_P(All, BrokenDoors,
                         testing::Combine(testing::Range<std::size_t>(0, 15), testing::Range<std::size_t>(0, 4)),
                         name_of_case);

TEST(BrokenDoorsTable, IsTriedWhole)
{
    EXPECT_EQ(damages().size(), 15U);
    EXPECT_EQ(ways().size(), 4U);
}

} // namespace
} // namespace triptych::test
