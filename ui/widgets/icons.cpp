// Recolouring and rendering of SVG icons.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/icons.h"

#include <QFile>
#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>

namespace triptych {

namespace {

QIcon iconFrom(const QByteArray& svg)
{
    QSvgRenderer renderer(svg);
    if (!renderer.isValid()) return {};
    QIcon icon;
    for (const int size : {16, 20, 24, 32, 48, 64, 128}) {
        QPixmap pixmap(size, size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        renderer.render(&painter);
        icon.addPixmap(pixmap);
    }
    return icon;
}

QByteArray readIcon(const QString& name)
{
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

QIcon themedIcon(const QString& name, const QColor& color)
{
    QByteArray svg = readIcon(name);
    svg.replace("#000", color.name().toLatin1());
    return iconFrom(svg);
}

QIcon programIcon()
{
    return iconFrom(readIcon(QStringLiteral("triptych")));
}

} // namespace triptych
