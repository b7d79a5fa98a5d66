// Files in the hand of a mouse, let go over a widget.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtest/gtest.h>

#include <QCoreApplication>
#include <QDropEvent>
#include <QMimeData>
#include <QUrl>
#include <QWidget>

#include <filesystem>
#include <vector>

namespace triptych::test {

/// As the window system tells of it, to the widget in the middle of `on`, which must be seen there. What was done with
/// it; Qt::IgnoreAction: it was not taken.
inline Qt::DropAction drop(QWidget& on, const QMimeData& data)
{
    QWidget& window = *on.window();
    const QPoint at = on.mapTo(&window, on.rect().center());
    QWidget* under = window.childAt(at);
    if (!under) under = &window;
    EXPECT_TRUE(under == &on || on.isAncestorOf(under)) << "something else lies there";
    const QPoint within = under->mapFrom(&window, at);
    QDragEnterEvent enter(within, Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(under, &enter);
    if (!enter.isAccepted()) return Qt::IgnoreAction;
    QDragMoveEvent move(within, Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(under, &move);
    QDropEvent let(QPointF(within), Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(under, &let);
    return let.isAccepted() ? let.dropAction() : Qt::IgnoreAction;
}

/// With text, as file managers send it. True: it was looked at and is left where it is.
inline bool drop(QWidget& on, const std::vector<std::filesystem::path>& paths)
{
    QMimeData data;
    QList<QUrl> urls;
    QString text;
    for (const auto& path : paths) {
        urls << QUrl::fromLocalFile(QString::fromStdString(path.string()));
        text += urls.back().toString() + QLatin1Char('\n');
    }
    data.setUrls(urls);
    data.setText(text);
    return drop(on, data) == Qt::CopyAction;
}

} // namespace triptych::test
