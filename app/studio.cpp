// triptych-studio: the desktop program.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/desktop.h"
#include "app/studio/figure.h"
#include "app/studio/report.h"
#include "core/util/openmp_environment.h"
#include "ui/bridge/reader_thread.h"

#include <QApplication>

#include <cstdio>
#include <cstdlib>

namespace {

using namespace triptych;

bool has_display()
{
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        if (const char* value = std::getenv(name); value && *value) return true;
    return false;
}

} // namespace

int main(int argc, char** argv)
{
    const ParsedArguments parsed = parse_studio_arguments(argc, argv);
    if (!parsed.arguments) return parsed.exit_code;
    const StudioArguments& arguments = *parsed.arguments;
    use_patient_threads(argv);

    const bool pictures = arguments.task != StudioTask::Desktop;
    const Screen screen = has_display() ? Screen::There : Screen::None;
    if (pictures || screen == Screen::None) qputenv("QT_QPA_PLATFORM", "offscreen");
    if (pictures) qputenv("QT_SCALE_FACTOR", QByteArray::number(arguments.scale));
    // The offscreen platform speaks of what it cannot do with every window, and of scripts that no font here has, in
    // which a model that has hardly learnt anything may write; nobody needs to know.
    if (qgetenv("QT_QPA_PLATFORM") == "offscreen")
        qInstallMessageHandler([](QtMsgType type, const QMessageLogContext&, const QString& text) {
            if (type != QtDebugMsg && !text.contains(QLatin1String("propagateSizeHints")) &&
                !text.contains(QLatin1String("OpenType support missing")) &&
                !text.contains(QLatin1String("XDG_RUNTIME_DIR")))
                std::fprintf(stderr, "%s\n", qPrintable(text));
        });
    int count = 1; // Qt gets no arguments: ours are read, and its own have environment variables
    QApplication application(count, argv);
    QApplication::setApplicationName(QStringLiteral("triptych-studio"));
    QApplication::setApplicationDisplayName(QStringLiteral("Triptych"));
    QApplication::setOrganizationName(QStringLiteral("triptych"));
    QApplication::setDesktopFileName(QStringLiteral("triptych"));
    switch (arguments.task) {
    case StudioTask::Screenshots: return make_screenshots(arguments);
    case StudioTask::Export: return make_figure(arguments);
    case StudioTask::Report: return make_report(arguments);
    case StudioTask::Desktop: break;
    }
    const int code = run_desktop(arguments, screen);
    // A disk that does not answer holds a thread, which must not be there while the program is torn down.
    std::fflush(nullptr);
    if (ReaderThread::leftAlone() > 0) std::_Exit(code);
    return code;
}
