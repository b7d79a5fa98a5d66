// Sessions to JSON and back.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/session_file.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

namespace triptych {

namespace {

constexpr int kFormat = 1;
const QString kKind = QStringLiteral("triptych_session");
const QString kRuns = QStringLiteral("runs");
const QString kView = QStringLiteral("view");
const QString kLayout = QStringLiteral("layout");

Error wrong(const QString& what)
{
    return Error{"this is no session: " + what.toStdString(),
                 "Choose a file that was written by File, Save this session."};
}

} // namespace

QByteArray toJson(const SavedSession& session)
{
    const QJsonObject all{{kKind, kFormat},
                          {kRuns, QJsonArray::fromStringList(session.runs)},
                          {kView, toText(session.view)},
                          {kLayout, QJsonDocument::fromJson(toJson(session.layout)).object()}};
    return QJsonDocument(all).toJson(QJsonDocument::Indented);
}

Result<SavedSession> sessionFromJson(const QByteArray& json)
{
    QJsonParseError parse;
    const QJsonObject object = QJsonDocument::fromJson(json, &parse).object();
    if (parse.error != QJsonParseError::NoError) return wrong(parse.errorString());
    const QJsonValue format = object[kKind];
    if (!format.isDouble()) return wrong(QStringLiteral("it has no \"%1\"").arg(kKind));
    if (format.toInt() != kFormat)
        return Error{"the session is of format " + std::to_string(format.toInt()) + ", this program reads format " +
                         std::to_string(kFormat),
                     "Save it again with this version of the program."};
    SavedSession session;
    if (!object[kRuns].isArray()) return wrong(QStringLiteral("\"%1\" is no list").arg(kRuns));
    for (const QJsonValue& run : object[kRuns].toArray()) {
        if (!run.isString() || run.toString().isEmpty())
            return wrong(QStringLiteral("\"%1\" has something that is no folder").arg(kRuns));
        session.runs << run.toString();
    }
    auto view = viewLinkFromText(object[kView].toString());
    if (!view) return wrong(QString::fromStdString(view.error().what));
    session.view = view.take();
    auto layout = layoutFromJson(QJsonDocument(object[kLayout].toObject()).toJson());
    if (!layout) return wrong(QString::fromStdString(layout.error().what));
    session.layout = layout.take();
    return session;
}

bool isSessionFile(const QString& file)
{
    constexpr qint64 kLargest = 1 << 20;
    const QFileInfo info(file);
    QFile in(file);
    if (!info.isFile() || info.suffix() != QLatin1String("json") || !in.open(QIODevice::ReadOnly)) return false;
    const QByteArray text = in.read(kLargest);
    // Keys are sorted: where it is cut, the layout is there and what follows is not.
    return text.contains("\"triptych_session\"") || text.contains("\"triptych_layout\"");
}

Status writeSession(const SavedSession& session, const QString& file)
{
    QSaveFile out(file);
    const QByteArray json = toJson(session);
    if (!out.open(QIODevice::WriteOnly) || out.write(json) != json.size() || !out.commit())
        return Error{"cannot write " + file.toStdString() + ": " + out.errorString().toStdString(),
                     "Choose a folder where you may write, on a disk with room."};
    return {};
}

Result<SavedSession> readSession(const QString& file)
{
    QFile in(file);
    if (!in.open(QIODevice::ReadOnly))
        return Error{"cannot read " + file.toStdString() + ": " + in.errorString().toStdString(),
                     "Choose a file that was written by File, Save this session."};
    auto session = sessionFromJson(in.readAll());
    if (!session) return Error{file.toStdString() + ": " + session.error().what, session.error().hint};
    return session;
}

} // namespace triptych
