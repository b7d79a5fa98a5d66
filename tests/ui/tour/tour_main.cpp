// studio_tour: goes through every feature of the window by mouse and keys. --pictures DIR leaves a picture of each
// stop.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/qt_messages.h"
#include "tests/ui/tour/tour.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QLocale>
#include <QRegularExpression>
#include <QTemporaryDir>

#include <cstdio>
#include <optional>

namespace triptych::test {

namespace {

TourOptions s_options;
std::unique_ptr<Tour> s_tour;

/// What stands behind --name, or in the environment.
QString option(int argc, char** argv, const char* name, const char* variable)
{
    for (int i = 1; i + 1 < argc; ++i)
        if (qstrcmp(argv[i], name) == 0) return QString::fromLocal8Bit(argv[i + 1]);
    return qEnvironmentVariable(variable);
}

std::optional<TourOptions> read_options(int argc, char** argv)
{
    TourOptions options;
    if (const QString folder = option(argc, argv, "--pictures", "TRIPTYCH_TOUR_PICTURES"); !folder.isEmpty()) {
        if (!QDir().mkpath(folder)) return std::nullopt;
        options.pictures = QDir(folder).absolutePath();
    }
    if (const QString size = option(argc, argv, "--size", "TRIPTYCH_TOUR_SIZE"); !size.isEmpty()) {
        const auto match = QRegularExpression(QStringLiteral("^(\\d{3,5})x(\\d{3,5})$")).match(size);
        if (!match.hasMatch()) return std::nullopt;
        options.size = QSize(match.captured(1).toInt(), match.captured(2).toInt());
    }
    if (const QString look = option(argc, argv, "--look", "TRIPTYCH_TOUR_LOOK"); !look.isEmpty()) {
        if (look != QLatin1String("dark") && look != QLatin1String("light")) return std::nullopt;
        options.look = look == QLatin1String("dark") ? ThemeChoice::Dark : ThemeChoice::Light;
    }
    return options;
}

class EndOfTour : public testing::Environment {
    void TearDown() override
    {
        s_tour.reset();
        for (const QString& warning : takeQtWarnings())
            ADD_FAILURE() << "unexpected warning: " << warning.toStdString();
    }
};

/// A screen that the window has room on; the one that the platform begins with is small.
void choose_screen(const QTemporaryDir& folder)
{
    if (!qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM") && qgetenv("QT_QPA_PLATFORM") != "offscreen") return;
    QFile file(folder.filePath("screen.json"));
    if (!file.open(QIODevice::WriteOnly)) return;
    file.write(R"({"screens":[{"name":"wide","x":0,"y":0,"width":2880,"height":1700,"dpi":96,"dpr":1}]})");
    qputenv("QT_QPA_PLATFORM", "offscreen:configfile=" + file.fileName().toLocal8Bit());
}

} // namespace

Tour& tour()
{
    if (!s_tour) s_tour = std::make_unique<Tour>(s_options);
    return *s_tour;
}

} // namespace triptych::test

int main(int argc, char** argv)
{
    using namespace triptych::test;
    testing::InitGoogleTest(&argc, argv);
    const auto options = read_options(argc, argv);
    if (!options) {
        std::fprintf(stderr, "usage: studio_tour [--pictures DIR] [--size 1280x800] [--look dark|light]\n");
        return 2;
    }
    s_options = *options;
    const QTemporaryDir folder;
    choose_screen(folder);
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    QApplication::setAttribute(Qt::AA_DontUseNativeMenuBar);
    const QApplication application(argc, argv);
    installQtMessageHandler();
    testing::AddGlobalTestEnvironment(new EndOfTour);
    return RUN_ALL_TESTS();
}
