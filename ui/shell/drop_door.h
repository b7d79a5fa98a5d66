// Files and folders that are dropped on a window, wherever on it: what they are is found out aside.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/door.h"
#include "ui/bridge/reader_thread.h"

#include <QObject>
#include <QPointer>
#include <QStringList>
#include <QWidget>

#include <memory>
#include <vector>

class QMimeData;

namespace triptych {

/// Takes drops of files before the widgets under the mouse, so that a folder does not end as text in a line. What is
/// no file, such as the link of a page, is theirs. Runs are found as find_run() does; nothing here waits for a disk.
class DropDoor : public QObject {
    Q_OBJECT

public:
    explicit DropDoor(QObject* parent = nullptr);
    ~DropDoor() override;

    /// A window whose drops are taken.
    void add(QWidget& window);

signals:
    /// At least one run, absolute and by name; `on` is the widget that they were dropped on, null once it has gone.
    /// others: something that is none was dropped with them, of which refused() tells.
    void runsDropped(const QStringList& folders, QWidget* on, bool others);
    /// A file that a window was saved to.
    void sessionDropped(const QString& file);
    /// What was found and what is expected.
    void refused(const QString& what, const QString& hint);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Found;
    void take(const QMimeData& data, QWidget* on);
    void tell(const Found& found, QWidget* on);
    bool isMine(const QObject* watched) const;

    std::vector<QPointer<QWidget>> m_windows;
    std::shared_ptr<Door<DropDoor>> m_door; ///< with the reader's jobs
    ReaderThread m_reader;
};

} // namespace triptych
