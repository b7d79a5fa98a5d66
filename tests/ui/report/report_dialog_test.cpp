// The dialog of a report: what it begins with, what it writes, and what it says where that fails.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/language_scope.h"
#include "tests/support/qt_print.h"
#include "tests/support/run_folders.h"
#include "tests/support/slow_disk.h"
#include "ui/report/report_dialog.h"

#include <gtest/gtest.h>

#include <QComboBox>
#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QRadioButton>
#include <QRegularExpression>
#include <QSettings>
#include <QTest>
#include <QTextBrowser>
#include <QUrl>

#include <future>

namespace triptych::test {
namespace {

/// What the desktop was asked to open: a widget with a slot that takes an address.
class OpenedFiles : public QTextBrowser {
public:
    OpenedFiles() { QDesktopServices::setUrlHandler(QStringLiteral("file"), this, "setSource"); }
    ~OpenedFiles() override { QDesktopServices::unsetUrlHandler(QStringLiteral("file")); }
    QStringList files;

private:
    void doSetSource(const QUrl& url, QTextDocument::ResourceType) override { files << url.toLocalFile(); }
};

class ReportDialogTest : public testing::Test {
protected:
    static constexpr int kPatience = 60000; // ms; only a failing test waits for so long

    ReportDialogTest()
    {
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, QString::fromStdString(path("settings")));
        std::filesystem::create_directories(m_temp / "out");
        QSettings().setValue(QStringLiteral("report/folder"), QString::fromStdString(path("out")));
        make_run(m_temp / "fast", 6);
        make_run(m_temp / "slow", 6, made_up_manifest(1e-4));
    }

    std::string path(const std::string& name) const { return (m_temp / name).string(); }
    QString text(const std::string& name) const { return QString::fromStdString(path(name)); }
    ReportedRun run(const std::string& name) const { return {text(name), QString::fromStdString(name)}; }
    ReportDialog& open(std::vector<ReportedRun> runs, ReadReports read = read_report_set)
    {
        m_dialog = std::make_unique<ReportDialog>(std::move(runs), m_reader, m_theme, nullptr, std::move(read));
        m_dialog->show();
        return *m_dialog;
    }
    template <class Widget>
    Widget& part(const char* name)
    {
        auto* found = m_dialog->findChild<Widget*>(QString::fromLatin1(name));
        if (!found) throw std::invalid_argument(name);
        return *found;
    }
    QString note() { return part<QLabel>("reportNote").text(); }
    QPushButton& button(const char* name) { return part<QPushButton>(name); }
    void tick(int row, Qt::CheckState state) { part<QListWidget>("reportRuns").item(row)->setCheckState(state); }
    bool ends()
    {
        return QTest::qWaitFor([&] { return !m_dialog->isBusy(); }, kPatience);
    }
    /// What lies in the folder of the reports, hidden files too.
    QStringList written() const
    {
        return QDir(text("out")).entryList(QDir::Files | QDir::Hidden | QDir::NoDotAndDotDot);
    }
    /// Presses the button and waits; whether a file came of it.
    bool saves()
    {
        int saved = 0;
        const auto count =
            QObject::connect(m_dialog.get(), &ReportDialog::saved, m_dialog.get(), [&saved] { ++saved; });
        button("saveReport").click();
        const bool done = ends();
        QObject::disconnect(count);
        return done && saved == 1;
    }

    LanguageScope m_language{LanguageChoice::English};
    TempFolder m_temp;
    Theme m_theme{ThemeChoice::Dark};
    ReaderThread m_reader;
    std::unique_ptr<ReportDialog> m_dialog;
};

TEST_F(ReportDialogTest, BeginsWithAllRunsTickedAndANameThatIsFree)
{
    m_temp.write("out/fast-report.pdf", "mine");
    ReportDialog& dialog = open({run("fast")});
    EXPECT_EQ(dialog.kind(), ReportKind::Pdf);
    EXPECT_EQ(dialog.file(), text("out/fast-report-2.pdf"));
    EXPECT_EQ(button("saveReport").text(), QString("Save"));
    EXPECT_FALSE(button("openReport").isVisible());
    EXPECT_EQ(part<QComboBox>("reportLanguage").currentText(), QString("English"));
    EXPECT_TRUE(note().contains("one run")) << note().toStdString();
    open({run("fast"), run("slow")});
    EXPECT_EQ(m_dialog->file(), text("out/comparison-report.pdf"));
    EXPECT_TRUE(note().contains("comparison of 2 runs")) << note().toStdString();
}

TEST_F(ReportDialogTest, SaysOfEveryKindWhatItIsGoodFor)
{
    open({run("fast")});
    for (const ReportKind kind : kReportKinds) {
        const auto& choice = part<QRadioButton>(endingOf(kind).toLatin1());
        EXPECT_GT(choice.accessibleDescription().size(), 20) << choice.text().toStdString();
        EXPECT_EQ(part<QLabel>(("for-" + endingOf(kind)).toLatin1()).text(), choice.accessibleDescription());
    }
    for (const QWidget* control : m_dialog->findChildren<QWidget*>()) {
        if (!(control->focusPolicy() & Qt::TabFocus) || control->parentWidget() != m_dialog.get()) continue;
        const QString said = control->accessibleName() + control->property("text").toString();
        EXPECT_FALSE(said.isEmpty()) << control->objectName().toStdString();
    }
}

TEST_F(ReportDialogTest, SavesEveryKindAndSaysWhere)
{
    ReportDialog& dialog = open({run("fast")});
    for (const auto& [kind, begins] : {std::pair{ReportKind::Pdf, "%PDF-"},
                                       {ReportKind::Html, "<!DOCTYPE html>"},
                                       {ReportKind::Csv, "#"},
                                       {ReportKind::Json, "{"}}) {
        dialog.choose(kind);
        const QString file = text("out/fast-report.") + endingOf(kind);
        EXPECT_EQ(dialog.file(), file);
        EXPECT_EQ(part<QComboBox>("reportLanguage").isEnabled(), kind == ReportKind::Pdf || kind == ReportKind::Html);
        ASSERT_TRUE(saves()) << note().toStdString();
        EXPECT_EQ(slurp(file.toStdString()).rfind(begins, 0), 0U) << slurp(file.toStdString()).substr(0, 40);
        EXPECT_TRUE(note().contains(file)) << note().toStdString();
        EXPECT_TRUE(button("openReport").isVisible() && button("openReportFolder").isVisible());
        EXPECT_EQ(ReportDialog::lastKind(QSettings()), kind);
    }
}

TEST_F(ReportDialogTest, WritesTheTickedRunsUnderTheTitleGiven)
{
    open({run("fast"), run("slow")}).choose(ReportKind::Json);
    part<QLineEdit>("reportTitle").setText("Two rates");
    ASSERT_TRUE(saves()) << note().toStdString();
    const std::string both = slurp(m_temp / "out/comparison-report.json");
    for (const char* word : {"\"title\": \"Two rates\"", "\"name\": \"fast\"", "\"name\": \"slow\""})
        EXPECT_NE(both.find(word), std::string::npos) << word;
    tick(0, Qt::Unchecked);
    EXPECT_FALSE(button("openReport").isVisible()) << "it is of another choice";
    EXPECT_EQ(m_dialog->file(), text("out/slow-report.json"));
    ASSERT_TRUE(saves());
    EXPECT_EQ(slurp(m_temp / "out/slow-report.json").find("\"name\": \"fast\""), std::string::npos);
    tick(1, Qt::Unchecked);
    EXPECT_FALSE(button("saveReport").isEnabled());
    EXPECT_EQ(note(), QString("Tick a run."));
}

TEST_F(ReportDialogTest, OpensTheFileAndItsFolder)
{
    OpenedFiles opened;
    open({run("fast")}).choose(ReportKind::Csv);
    ASSERT_TRUE(saves());
    button("openReport").click();
    button("openReportFolder").click();
    EXPECT_EQ(opened.files, (QStringList{text("out/fast-report.csv"), text("out")}));
}

TEST_F(ReportDialogTest, WritesOverNothingUnlessThatIsSaid)
{
    m_temp.write("out/mine.csv", "mine");
    ReportDialog& dialog = open({run("fast")});
    dialog.setFile(text("out/mine.csv"));
    EXPECT_EQ(dialog.kind(), ReportKind::Csv);
    EXPECT_EQ(button("saveReport").text(), QString("Replace"));
    EXPECT_TRUE(note().contains("already")) << note().toStdString();
    // Also where the ending is still to come.
    dialog.setFile("mine");
    EXPECT_EQ(dialog.file(), text("out/mine.csv"));
    EXPECT_EQ(button("saveReport").text(), QString("Replace"));
    dialog.setFile("new");
    EXPECT_EQ(button("saveReport").text(), QString("Save"));
    EXPECT_EQ(slurp(m_temp / "out/mine.csv"), "mine");
    dialog.setFile("mine");
    ASSERT_TRUE(saves());
    EXPECT_NE(slurp(m_temp / "out/mine.csv"), "mine");
}

TEST_F(ReportDialogTest, AFileThatComesWhileItReadsIsNotWrittenOver)
{
    open({run("fast")}, [this](const auto& folders, const auto& title, const auto& options) {
        m_temp.write("out/fast-report.csv", "somebody else's");
        return read_report_set(folders, title, options);
    }).choose(ReportKind::Csv);
    EXPECT_FALSE(saves());
    EXPECT_TRUE(note().contains("meanwhile")) << note().toStdString();
    EXPECT_EQ(slurp(m_temp / "out/fast-report.csv"), "somebody else's");
    EXPECT_EQ(button("saveReport").text(), QString("Replace"));
}

TEST_F(ReportDialogTest, SaysWhatCannotBeReadOrWritten)
{
    open({run("nowhere")}).choose(ReportKind::Csv);
    EXPECT_FALSE(saves());
    EXPECT_TRUE(note().contains("is no run folder")) << note().toStdString();
    EXPECT_TRUE(button("saveReport").isEnabled()) << "once more";
    ReportDialog& dialog = open({run("fast")});
    dialog.setFile(text("missing/report.json"));
    EXPECT_FALSE(saves());
    EXPECT_TRUE(note().contains("there is no folder " + text("missing"))) << note().toStdString();
    dialog.setFile({});
    EXPECT_FALSE(button("saveReport").isEnabled());
    std::filesystem::create_directories(m_temp / "out/folder.csv");
    dialog.setFile(text("out/folder.csv"));
    EXPECT_FALSE(button("saveReport").isEnabled());
    EXPECT_TRUE(note().contains("is a folder")) << note().toStdString();
}

TEST_F(ReportDialogTest, ADeviceOrAFolderThatTakesNothingIsLeftAsItIs)
{
    std::filesystem::create_symlink("/dev/full", m_temp / "out/full.csv");
    ReportDialog& dialog = open({run("fast")});
    dialog.setFile(text("out/full.csv"));
    EXPECT_FALSE(saves());
    EXPECT_TRUE(note().contains("device")) << note().toStdString();
    EXPECT_TRUE(std::filesystem::is_symlink(m_temp / "out/full.csv"));
    dialog.setFile("/proc/report.csv"); // where nobody may write, not even root
    EXPECT_FALSE(saves());
    EXPECT_TRUE(note().contains("cannot write /proc/report.csv")) << note().toStdString();
    EXPECT_EQ(written(), QStringList("full.csv"));
}

TEST_F(ReportDialogTest, SaysWhatAFileWithoutAKnownEndingWillBeCalled)
{
    ReportDialog& dialog = open({run("fast")});
    dialog.choose(ReportKind::Csv);
    dialog.setFile("mine.v2");
    EXPECT_EQ(note(), QString("The file will be called mine.v2.csv."));
    ASSERT_TRUE(saves()) << note().toStdString();
    EXPECT_EQ(written(), QStringList("mine.v2.csv"));
}

/// Every bit of the pages once the last at which it is cancelled.
TEST_F(ReportDialogTest, CanBeEndedAtAnyPageAndLeavesNothing)
{
    for (const ReportKind kind : {ReportKind::Pdf, ReportKind::Html}) {
        open({run("fast")}).choose(kind);
        QStringList said;
        for (int bits = 1;; ++bits) {
            int seen = 0;
            button("saveReport").click();
            const bool stopped = QTest::qWaitFor(
                [&] {
                    if (!m_dialog->isBusy()) return true;
                    if (said.isEmpty() || said.back() != note()) said << note();
                    return note().startsWith("Drawing") && ++seen == bits;
                },
                kPatience);
            ASSERT_TRUE(stopped);
            if (!m_dialog->isBusy()) break; // it was quicker
            button("closeReport").click();
            EXPECT_FALSE(m_dialog->isBusy());
            m_reader.finish();
            QCoreApplication::processEvents();
            EXPECT_EQ(written(), QStringList());
            if (bits >= 3) break;
        }
        EXPECT_FALSE(said.filter(QRegularExpression("^Reading fast: ")).isEmpty()) << said.join("|").toStdString();
        EXPECT_FALSE(said.filter(QRegularExpression("^Drawing (page|chapter) [0-9]+ of [0-9]+ …$")).isEmpty())
            << said.join("|").toStdString();
        for (const QString& file : written()) QFile::remove(text("out/") + file);
    }
}

TEST_F(ReportDialogTest, OfADamagedRunSaysWhatIsNotInIt)
{
    std::filesystem::resize_file(m_temp / "fast" / "metrics.sqlite", 3000);
    open({run("fast")}).choose(ReportKind::Html);
    ASSERT_TRUE(saves()) << note().toStdString();
    EXPECT_TRUE(note().contains("Not all could be read: fast: ")) << note().toStdString();
}

TEST_F(ReportDialogTest, ReadsBesideTheWindowAndEndsThatWhenAsked)
{
    std::promise<void> answer;
    std::atomic<int> read = 0;
    open({run("fast"), run("slow")}, [&](const auto& folders, const auto& title, const auto& options) {
        ReportOptions slow = options;
        slow.go_on = [&, ask = options.go_on](const ReportProgress& progress) {
            const bool on = ask(progress);
            if (on && progress.run == 0 && ++read == 1) answer.get_future().wait();
            return on;
        };
        return read_report_set(folders, title, slow);
    });
    button("saveReport").click();
    ASSERT_TRUE(m_dialog->isBusy());
    EXPECT_FALSE(button("saveReport").isEnabled());
    EXPECT_FALSE(part<QLineEdit>("reportFile").isEnabled());
    EXPECT_EQ(button("closeReport").text(), QString("Cancel"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return read == 1; }, kPatience)) << "the window's thread is free";
    const QString reading = "Reading fast, run 1 of 2: its numbers, series 1 of 3 …";
    EXPECT_TRUE(QTest::qWaitFor([&] { return note() == reading; }, kPatience)) << note().toStdString();
    button("closeReport").click();
    EXPECT_FALSE(m_dialog->isBusy());
    EXPECT_TRUE(m_dialog->isVisible()) << "the dialog stays";
    EXPECT_TRUE(button("saveReport").isEnabled());
    answer.set_value();
    m_reader.finish();
    QCoreApplication::processEvents();
    EXPECT_EQ(read, 1) << "not even the first run is read to its end";
    EXPECT_FALSE(std::filesystem::exists(m_temp / "out/comparison-report.pdf"));
    EXPECT_FALSE(note().contains("Saved")) << note().toStdString();
    button("closeReport").click();
    EXPECT_FALSE(m_dialog->isVisible());
}

TEST_F(ReportDialogTest, ThatIsClosedWhileItReadsWritesNothing)
{
    SlowDisk disk;
    open({run("fast")}, [job = disk.job()](const auto& folders, const auto& title, const auto& options) {
        job();
        return read_report_set(folders, title, options);
    });
    button("saveReport").click();
    wait_until([&] { return disk.isAsked(); });
    m_dialog->close();
    EXPECT_FALSE(m_dialog->isVisible());
    m_dialog.reset();
    disk.answer();
    m_reader.finish();
    QCoreApplication::processEvents();
    EXPECT_FALSE(std::filesystem::exists(m_temp / "out/fast-report.pdf"));
}

TEST_F(ReportDialogTest, TakesNonsenseInTheSettingsForTheDefault)
{
    QSettings settings;
    for (const char* kind : {"", "docx", "../pdf/x", "\xff"}) {
        settings.setValue("report/kind", QString::fromLatin1(kind));
        EXPECT_EQ(ReportDialog::lastKind(settings), ReportKind::Pdf) << kind;
    }
    settings.setValue("report/kind", QVariantList{1, 2});
    EXPECT_EQ(ReportDialog::lastKind(settings), ReportKind::Pdf);
    for (const QVariant& folder : {QVariant(text("nowhere")), QVariant("out"), QVariant(17), QVariant()}) {
        settings.setValue("report/folder", folder);
        EXPECT_TRUE(QFileInfo(ReportDialog::lastFolder(settings)).isDir()) << folder.toString().toStdString();
        EXPECT_TRUE(QDir::isAbsolutePath(ReportDialog::lastFolder(settings)));
    }
    settings.setValue("report/kind", "HTML");
    settings.setValue("report/folder", text("out"));
    EXPECT_EQ(ReportDialog::lastKind(settings), ReportKind::Html);
    EXPECT_EQ(ReportDialog::lastFolder(settings), text("out"));
}

TEST_F(ReportDialogTest, SpeaksTheLanguageOfTheProgramAndWritesTheOneChosen)
{
    {
        const LanguageScope german(LanguageChoice::German);
        open({run("fast")});
        EXPECT_EQ(part<QComboBox>("reportLanguage").currentText(), QString("Deutsch"));
    }
    QCoreApplication::sendPostedEvents();
    EXPECT_EQ(m_dialog->windowTitle(), QString("Export a report")) << "said anew";
    m_dialog->choose(ReportKind::Html);
    ASSERT_TRUE(saves()) << note().toStdString();
    EXPECT_NE(slurp(m_temp / "out/fast-report.html").find("<html lang=\"de\">"), std::string::npos);
    EXPECT_EQ(chosenLanguage(), LanguageChoice::English);
}

} // namespace
} // namespace triptych::test
