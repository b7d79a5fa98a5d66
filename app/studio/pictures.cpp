// Grabbing widgets into PNG files.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/pictures.h"

#include "ui/main_window.h"
#include "ui/widgets/card.h"

#include <QDir>
#include <QEventLoop>
#include <QPixmap>
#include <QTimer>

namespace triptych {

namespace {

constexpr int kMoment = 60;     // ms: two frames
constexpr int kPatience = 5000; // ms for what a page reads or computes beside the window

Status save(QWidget& widget, const QString& file)
{
    if (widget.grab().save(file, "PNG")) return {};
    return Error{"cannot write " + file.toStdString(), "Choose a folder where you may write, on a disk with room."};
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
    if (const Status saved = save(window, folder + QStringLiteral("/window.png")); !saved) return saved;
    for (const PanelInfo& info : panelCatalog()) {
        const QString id = QString::fromLatin1(info.id);
        window.showPanel(id); // only what is in front has its size
        settle(kMoment);
        const Panel* panel = window.panel(id);
        for (int waited = 0; panel->isLoading() && waited < kPatience; waited += kMoment) settle(kMoment);
        if (const Status saved = save(*window.card(id), QStringLiteral("%1/%2.png").arg(folder, id)); !saved)
            return saved;
    }
    return {};
}

} // namespace triptych
