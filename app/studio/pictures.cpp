// Grabbing widgets into PNG files.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/pictures.h"

#include "ui/bridge/reader_thread.h"
#include "ui/main_window.h"
#include "ui/widgets/card.h"

#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QPixmap>
#include <QTimer>

namespace triptych {

namespace {

constexpr int kMoment = 60;      // ms: two frames
constexpr int kPatience = 20000; // ms for a disk or a computation

Status save(QWidget& widget, const QString& file)
{
    if (widget.grab().save(file, "PNG")) return {};
    return Error{"cannot write " + file.toStdString(), "Choose a folder where you may write, on a disk with room."};
}

/// What is shown asks for what lies in files, and may ask for more when that is there; a page may compute by itself.
void settleReading(const Panel* panel = nullptr)
{
    QElapsedTimer since;
    since.start();
    int quiet = 0;
    while (quiet < 2 && since.elapsed() < kPatience) {
        settle(kMoment);
        quiet = ReaderThread::pending() == 0 && !(panel && panel->isLoading()) ? quiet + 1 : 0;
    }
}

} // namespace

void settle(int milliseconds)
{
    QEventLoop loop;
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
}

Status savePictures(MainWindow& window, const QString& folder)
{
    if (!QDir().mkpath(folder))
        return Error{"cannot create the folder " + folder.toStdString(), "Choose a folder where you may write."};
    window.show();
    settle();
    settleReading();
    if (const Status saved = save(window, folder + QStringLiteral("/window.png")); !saved) return saved;
    for (const PanelInfo& info : panelCatalog()) {
        const QString id = QString::fromLatin1(info.id);
        window.showPanel(id); // only what is in front has its size
        settleReading(window.panel(id));
        if (const Status saved = save(*window.card(id), QStringLiteral("%1/%2.png").arg(folder, id)); !saved)
            return saved;
    }
    return {};
}

} // namespace triptych
