// Windows, and the two tasks without one.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/desktop.h"

#include "app/studio/outcome.h"
#include "app/studio/pictures.h"
#include "app/studio/quit_on_signal.h"
#include "app/studio/report.h"
#include "app/studio/save_at_exit.h"
#include "app/studio/wait_until.h"
#include "core/session/training_run.h"
#include "ui/bridge/recorded_feed.h"
#include "ui/main_window.h"

#include <QApplication>
#include <QEventLoop>
#include <QSettings>
#include <QTimer>

#include <cstdio>
#include <optional>
#include <string>
#include <vector>

namespace triptych {

namespace {

const QString kLanguage = QStringLiteral("window/language");

/// Own layouts are known by their settings alone, so a name is looked at when those are read.
std::optional<Error> wrong_layout(const ViewLink& view, const QStringList& names)
{
    if (view.layout.isEmpty() || names.contains(view.layout)) return std::nullopt;
    return Error{"--view: there is no layout \"" + view.layout.toStdString() + "\"",
                 "The layouts are " + names.join(QStringLiteral(", ")).toStdString() + "."};
}

/// The first is shown, the others are compared with it.
void open_runs(MainWindow& window, const std::vector<std::string>& runs)
{
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const QString folder = QString::fromStdString(runs[i]);
        window.runs().add(folder);
        if (i == 0)
            window.openRun(folder);
        else
            window.runs().compare(folder, true);
    }
}

/// Of the program for this person, who asked for nothing yet: the first picture is the demo, not an empty window.
bool is_first_start(const QSettings& settings, const StudioArguments& arguments)
{
    return !settings.contains(QStringLiteral("window/geometry")) && arguments.runs.empty() &&
           arguments.session.empty();
}

/// Until all runs have been looked at, a few seconds at most.
void settle_runs(RunList& runs)
{
    wait_until([&] { return runs.takeNews(); }, 5000);
}

/// Trains in an unseen window, which saves the run when it closes, and leaves pictures. Returns the exit code; the
/// folder of the run, where it has begun, is in `run_folder`.
int train_demo_unseen(const StudioArguments& arguments, std::string& run_folder)
{
    chooseLanguage(arguments.language.value_or(LanguageChoice::System));
    Theme theme(arguments.theme);
    MainWindow window(theme);
    quitOnSignal(&window);
    int code = 0;
    QObject::connect(&window.feed(), &RunFeed::failed, &window, [&](const QString& what, const QString& hint) {
        code = fail({what.toStdString(), hint.toStdString()});
        window.close();
    });
    window.show();
    window.startDemo();
    std::printf("No display: the demo trains for %g minutes. Ctrl-C saves and stops.\n", arguments.minutes);
    std::fflush(stdout);
    QTimer::singleShot(static_cast<int>(arguments.minutes * 60'000), &window, [&] {
        const QString folder = QString::fromStdString(window.feed().run() ? window.feed().run()->run_folder : ".");
        if (const Status saved = savePictures(window, folder + QStringLiteral("/pictures")); !saved)
            code = fail(saved.error());
        else
            std::printf("The run is in %s, its pictures are in %s/pictures.\n", qPrintable(folder), qPrintable(folder));
        window.close();
    });
    QApplication::exec();
    if (window.feed().run()) run_folder = window.feed().run()->run_folder;
    return code;
}

int run_demo_without_display(const StudioArguments& arguments)
{
    std::string run_folder;
    const int code = train_demo_unseen(arguments, run_folder);
    if (code != 0 || run_folder.empty()) return code;
    const auto report = write_own_report(run_folder, arguments.language.value_or(LanguageChoice::System));
    if (!report) return fail(report.error());
    std::printf("Its report is %s.\n", report->c_str());
    return 0;
}

} // namespace

int run_desktop(const StudioArguments& arguments, Screen screen)
{
    if (screen == Screen::None) {
        if (arguments.demo) return run_demo_without_display(arguments);
        return fail({"there is no display to open a window on",
                     "Use --demo or the command screenshots, which need none, or "
                     "triptych in the terminal; over ssh, try ssh -X."});
    }
    QSettings settings;
    if (const auto wrong = wrong_layout(arguments.view, LayoutKeeper::namesIn(settings)))
        return fail(*wrong, kWrongUsage);
    const LanguageChoice remembered = languageFromId(settings.value(kLanguage).toString());
    const LanguageChoice first = arguments.language.value_or(remembered);
    chooseLanguage(first);
    Theme theme(arguments.theme);
    MainWindow window(theme);
    window.restoreLayout(settings);
    window.setAttribute(Qt::WA_QuitOnClose);
    window.show();
    window.showView(arguments.view);
    open_runs(window, arguments.runs);
    if (!arguments.session.empty())
        if (const Status opened = window.openSession(QString::fromStdString(arguments.session)); !opened)
            return fail(opened.error());
    quitOnSignal(&window);
    const SaveAtExit saves(window.controller().bridge());
    if (arguments.demo || is_first_start(settings, arguments)) window.startDemo();
    const int code = QApplication::exec();
    window.saveLayout(settings);
    // An option holds for one start; what was chosen in the menu holds on.
    if (chosenLanguage() != first) settings.setValue(kLanguage, languageId(chosenLanguage()));
    return code;
}

int make_screenshots(const StudioArguments& arguments)
{
    if (const auto wrong = wrong_layout(arguments.view, LayoutKeeper::builtIn())) return fail(*wrong, kWrongUsage);
    chooseLanguage(arguments.language.value_or(LanguageChoice::System));
    Theme theme(arguments.theme);
    MainWindow window(theme);
    window.resize(arguments.width, arguments.height);
    std::optional<Error> error;
    QEventLoop loop;
    QObject::connect(&window.recorded(), &RecordedFeed::failed, &loop, [&](const QString& what, const QString& hint) {
        error = Error{what.toStdString(), hint.toStdString()};
        loop.quit();
    });
    QObject::connect(&window.recorded(), &RecordedFeed::completed, &loop, &QEventLoop::quit);
    open_runs(window, arguments.runs);
    loop.exec();
    if (error) return fail(*error);
    settle_runs(window.runs());
    window.show();
    window.showView(arguments.view);
    for (const LogEntry& line : window.feed().log())
        if (line.kind == QLatin1String("note")) std::fprintf(stderr, "note: %s\n", qPrintable(line.text));
    if (const Status saved = savePictures(window, QString::fromStdString(arguments.out)); !saved)
        return fail(saved.error());
    return 0;
}

} // namespace triptych
