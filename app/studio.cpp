// triptych-studio: the desktop program.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/pictures.h"
#include "app/studio/quit_on_signal.h"
#include "core/util/openmp_environment.h"
#include "ui/main_window.h"

#include <CLI/CLI.hpp>

#include <QApplication>
#include <QSettings>
#include <QTimer>

#include <cstdio>
#include <memory>

namespace {

using namespace triptych;

struct Options {
    std::vector<std::string> runs;
    bool demo = false;
    double minutes = 2;
    std::string theme = "system";
    std::string pictures;
};

bool hasDisplay()
{
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        if (!qEnvironmentVariableIsEmpty(name)) return true;
    return false;
}

} // namespace

int main(int argc, char** argv)
{
    Options options;
    CLI::App cli("Triptych: train and watch models of DeepSeek-V3's architecture.", "triptych-studio");
    cli.set_version_flag("--version", "triptych-studio " TRIPTYCH_VERSION);
    cli.add_flag("--demo", options.demo, "start the demo training at once");
    cli.add_option("--minutes", options.minutes, "without a display: how long the demo trains")
        ->check(CLI::PositiveNumber);
    cli.add_option("--theme", options.theme, "look of the window")->check(CLI::IsMember({"system", "light", "dark"}));
    cli.add_option("--pictures", options.pictures, "write pictures");
    CLI11_PARSE(cli, argc, argv);

    use_patient_threads(argv);
    if (!hasDisplay()) qputenv("QT_QPA_PLATFORM", "offscreen");
    int one = 1;
    QApplication application(one, argv);
    QApplication::setApplicationName(QStringLiteral("triptych-studio"));
    QApplication::setOrganizationName(QStringLiteral("triptych"));
    Theme theme(options.theme == "dark"    ? ThemeChoice::Dark
                : options.theme == "light" ? ThemeChoice::Light
                                           : ThemeChoice::System);
    MainWindow window(theme);
    quitOnSignal(&window);
    window.show();
    if (options.demo) window.startDemo();
    if (!options.pictures.empty())
        QTimer::singleShot(static_cast<int>(options.minutes * 60000), &window, [&] {
            if (const Status s = savePictures(window, QString::fromStdString(options.pictures)); !s)
                std::fprintf(stderr, "%s\n", s.error().what.c_str());
            window.close();
        });
    return QApplication::exec();
}
