// From a drop to what it means.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/drop_door.h"

#ifndef Q_MOC_RUN
#include "core/session/run_place.h"
#endif
#include "ui/shell/session_file.h"

#include <QCoreApplication>
#include <QDropEvent>
#include <QFileInfo>
#include <QMimeData>
#include <QUrl>

#include <algorithm>
#include <optional>
#include <utility>

namespace triptych {

/// All runs, or one session, or what is wrong.
struct DropDoor::Found {
    QStringList runs;
    QString session;
    std::optional<Error> error;
};

DropDoor::DropDoor(QObject* parent) : QObject(parent), m_door(std::make_shared<Door<DropDoor>>(*this))
{
    // Of the application: events of drops come to the innermost widget that accepts any, such as a line to write in.
    QCoreApplication::instance()->installEventFilter(this);
}

DropDoor::~DropDoor()
{
    m_door->close();
}

void DropDoor::add(QWidget& window)
{
    window.setAcceptDrops(true);
    std::erase_if(m_windows, [](const QPointer<QWidget>& known) { return known.isNull(); });
    if (std::find(m_windows.begin(), m_windows.end(), &window) == m_windows.end()) m_windows.emplace_back(&window);
}

namespace {

/// Links of pages are text for whoever wants it; places of other machines are told of.
bool isForUs(const QMimeData& data)
{
    const QList<QUrl> urls = data.urls();
    return std::any_of(urls.begin(), urls.end(),
                       [](const QUrl& url) { return !url.scheme().startsWith(QLatin1String("http")); });
}

} // namespace

bool DropDoor::isMine(const QObject* watched) const
{
    const auto* widget = qobject_cast<const QWidget*>(watched);
    return widget && std::find(m_windows.begin(), m_windows.end(), widget->window()) != m_windows.end();
}

bool DropDoor::eventFilter(QObject* watched, QEvent* event)
{
    const QEvent::Type type = event->type();
    if (type != QEvent::DragEnter && type != QEvent::DragMove && type != QEvent::Drop) return false;
    auto* drop = static_cast<QDropEvent*>(event);
    if (!isMine(watched) || !isForUs(*drop->mimeData())) return false;
    drop->setDropAction(Qt::CopyAction); // it is looked at: whoever gives it must not take it away
    drop->accept();
    if (type == QEvent::Drop) {
        auto* on = static_cast<QWidget*>(watched);
        QWidget* inner = on->childAt(drop->position().toPoint());
        take(*drop->mimeData(), inner ? inner : on);
    }
    return true;
}

void DropDoor::take(const QMimeData& data, QWidget* on)
{
    QStringList paths;
    for (const QUrl& url : data.urls()) {
        if (url.isLocalFile()) {
            paths << url.toLocalFile();
            continue;
        }
        emit refused(tr("%1 is not on this machine").arg(url.toDisplayString()),
                     tr("Mount its folder (sshfs, SMB), or copy it here, and drop that."));
        return;
    }
    // Not of the reader's key: what is dropped while another drop is looked at is wanted as well.
    m_reader.ask(nullptr, [door = m_door, paths, on = QPointer<QWidget>(on)] {
        auto found = std::make_shared<Found>();
        for (const QString& path : paths) {
            if (paths.size() == 1 && isSessionFile(path)) {
                found->session = path;
                break;
            }
            const auto runs = find_runs(path.toStdString());
            if (!runs && paths.size() == 1 && QFileInfo(path).suffix() == QLatin1String("json")) {
                found->session = path; // whoever reads sessions says what is wrong with it
                break;
            }
            if (!runs) {
                Error why = runs.error();
                if (QFileInfo(path).isFile()) why.hint += " So will a file of File, Save this session.";
                if (!found->error) found->error = std::move(why);
                continue;
            }
            for (const auto& run : *runs) found->runs << QString::fromStdString(run.string());
        }
        found->runs.removeDuplicates();
        door->tell([found, on](DropDoor& owner) { owner.tell(*found, on); });
    });
}

void DropDoor::tell(const Found& found, QWidget* on)
{
    if (!found.session.isEmpty()) emit sessionDropped(found.session);
    if (!found.runs.isEmpty()) emit runsDropped(found.runs, on, found.error.has_value());
    if (found.error) emit refused(QString::fromStdString(found.error->what), QString::fromStdString(found.error->hint));
}

} // namespace triptych
