// Folders that are no whole run, opened as any other: what is wrong is said, and the window lives on.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/tour/tour.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/message_strip.h"

#include <QToolButton>

#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

namespace triptych::test {
namespace {

namespace fs = std::filesystem;

class TourHostile : public testing::Test {
protected:
    TourHostile() { t.home(); }

    /// The recorded run once more.
    fs::path copy(const char* name)
    {
        const fs::path to = t.folder() / "runs" / name;
        fs::copy(t.recordedRun().toStdString(), to, fs::copy_options::recursive);
        return to;
    }
    static std::string read(const fs::path& file)
    {
        std::ostringstream all;
        all << std::ifstream(file).rdbuf();
        return all.str();
    }
    static void write(const fs::path& file, const std::string& text) { std::ofstream(file) << text; }
    /// Ctrl+O, the folder, Enter.
    void open(const fs::path& folder)
    {
        t.during([&] { t.key(Qt::Key_O, Qt::ControlModifier); }, t.answer(QString::fromStdString(folder.string())));
    }
    MessageStrip& strip() { return t.in<MessageStrip>(t.window()); }
    void closeStrip()
    {
        if (strip().isVisible()) t.click(t.in<QToolButton>(strip()));
        EXPECT_TRUE(t.waits([&] { return !strip().isVisible(); }));
    }
    void stop(const char* name, const fs::path& folder, const char* words)
    {
        closeStrip();
        t.stop(
            name, [&] { open(folder); },
            [&] { return strip().isVisible() && strip().text().contains(QString::fromUtf8(words)); });
    }

    Tour& t = tour();
};

TEST_F(TourHostile, ARecordedRunOpensAfterTheOneThatGoesOnIsSaved)
{
    t.stop(
        "opened", [&] { open(t.recordedRun().toStdString()); },
        [&] { return t.feed().run() && QString::fromStdString(t.feed().run()->run_folder) == t.recordedRun(); });
    EXPECT_TRUE(t.waits([&] { return t.feed().loads() && t.newestStep() == 60; }));
    EXPECT_TRUE(t.window().windowTitle().contains("finished")) << t.window().windowTitle().toStdString();
}

TEST_F(TourHostile, BrokenHalfWrittenAndNewerRunsSayWhatIsWrong)
{
    fs::create_directories(t.folder() / "empty");
    stop("no-run", t.folder() / "empty", "run.json");
    const fs::path broken = copy("broken");
    write(broken / "run.json", read(broken / "run.json").substr(0, 200));
    stop("half-a-run-json", broken, "run.json");
    const fs::path newer = copy("newer");
    const std::string manifest = read(newer / "run.json");
    const std::string later = std::regex_replace(manifest, std::regex("\"format\": *[0-9]+"), "\"format\": 99");
    ASSERT_NE(later, manifest);
    write(newer / "run.json", later);
    stop("newer-version", newer, "newer");
    EXPECT_EQ(QString::fromStdString(t.feed().run()->run_folder), t.recordedRun()) << "what was shown is shown still";
    closeStrip();
}

TEST_F(TourHostile, AHalfWrittenDatabaseOpensWithWhatIsThere)
{
    const fs::path half = copy("half");
    fs::resize_file(half / "metrics.sqlite", fs::file_size(half / "metrics.sqlite") / 3);
    fs::remove_all(half / "curves");
    closeStrip();
    auto& line = t.in<ElidedLabel>(t.window(), "lastEvent");
    t.stop(
        "half-a-database", [&] { open(half); },
        [&] {
            return line.text().contains("metrics.sqlite") ||
                   (strip().isVisible() && strip().text().contains("metrics.sqlite"));
        });
    EXPECT_TRUE(t.waits([&] { return t.feed().loads() != nullptr; })) << "what can be read is shown";
    closeStrip();
}

} // namespace
} // namespace triptych::test
