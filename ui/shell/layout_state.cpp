// Layouts to JSON and back.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/layout_state.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <array>
#include <optional>

namespace triptych {

namespace {

constexpr int kFormat = 1;
constexpr std::array kPlaces = {PanelPlace::LeftWing, PanelPlace::Centre, PanelPlace::RightWing, PanelPlace::Predella,
                                PanelPlace::Below};
constexpr double kFarthest = 1e6; // px: of no screen

std::optional<PanelPlace> placeOf(const QString& name)
{
    for (const PanelPlace place : kPlaces)
        if (placeName(place) == name) return place;
    return std::nullopt;
}

Error wrong(const QString& what)
{
    return Error{"this is no layout: " + what.toStdString(),
                 "Choose a file that was written by View, Layouts, Save to a file."};
}

QJsonArray numbers(const QList<int>& values)
{
    QJsonArray array;
    for (const int value : values) array.append(value);
    return array;
}

/// Reads member after member; the first that is wrong is kept.
class LayoutReader {
public:
    explicit LayoutReader(const QJsonObject& object) : m_object(object) {}

    Result<LayoutState> read()
    {
        readPages();
        readFloating();
        for (const QJsonValue& value : list(m_object, QStringLiteral("only")))
            if (const auto place = placeIn(value)) m_layout.only.insert(*place);
        for (const QJsonValue& id : list(m_object, QStringLiteral("hidden"))) m_layout.hidden.insert(id.toString());
        m_layout.rows = sizes(QStringLiteral("rows"), 3);
        m_layout.wings = sizes(QStringLiteral("wings"), 3);
        m_layout.folded = m_object[QStringLiteral("folded")].toBool();
        const QJsonObject panels = m_object[QStringLiteral("panels")].toObject();
        for (auto i = panels.begin(); i != panels.end(); ++i)
            m_layout.panels[i.key()] = i.value().toObject().toVariantMap();
        if (m_error) return *m_error;
        return m_layout;
    }

private:
    void fail(const QString& what)
    {
        if (!m_error) m_error = wrong(what);
    }

    QJsonArray list(const QJsonObject& object, const QString& key)
    {
        const QJsonValue value = object[key];
        if (!value.isArray() && !value.isUndefined()) fail(QStringLiteral("\"%1\" is no list").arg(key));
        return value.toArray();
    }

    std::optional<PanelPlace> placeIn(const QJsonValue& value)
    {
        const auto place = placeOf(value.toString());
        if (!place) fail(QStringLiteral("there is no place \"%1\"").arg(value.toVariant().toString()));
        return place;
    }

    void readPages()
    {
        const QJsonObject places = m_object[QStringLiteral("places")].toObject();
        if (places.isEmpty()) fail(QStringLiteral("it has no \"places\""));
        for (auto i = places.begin(); i != places.end(); ++i) {
            const auto place = placeIn(i.key());
            if (!place) return;
            const QJsonObject content = i.value().toObject();
            QStringList& ids = m_layout.pages[*place];
            for (const QJsonValue& page : list(content, QStringLiteral("pages"))) ids << page.toString();
            const QString front = content[QStringLiteral("front")].toString();
            if (!front.isEmpty()) m_layout.inFront[*place] = front;
        }
    }

    void readFloating()
    {
        const QJsonObject floating = m_object[QStringLiteral("floating")].toObject();
        for (auto i = floating.begin(); i != floating.end(); ++i) {
            const auto home = placeIn(i.value().toObject()[QStringLiteral("home")]);
            const QJsonArray box = list(i.value().toObject(), QStringLiteral("geometry"));
            QList<int> edges;
            for (const QJsonValue& edge : box)
                if (edge.isDouble() && std::abs(edge.toDouble()) < kFarthest) edges << edge.toInt();
            if (!home || (edges.size() != 4 && !box.isEmpty()))
                return fail(QStringLiteral("the window of \"%1\" has no place").arg(i.key()));
            m_layout.floating[i.key()] = {*home,
                                          edges.size() == 4 ? QRect(edges[0], edges[1], edges[2], edges[3]) : QRect()};
        }
    }

    /// Of as many things, none of them gone.
    QList<int> sizes(const QString& key, qsizetype count)
    {
        QList<int> values;
        for (const QJsonValue& value : list(m_object, key)) {
            if (!value.isDouble() || value.toInt() <= 0 || value.toInt() > 1000)
                fail(QStringLiteral("\"%1\" has a size that is none").arg(key));
            values << value.toInt();
        }
        if (!values.isEmpty() && values.size() != count)
            fail(QStringLiteral("\"%1\" has not %2 sizes").arg(key).arg(count));
        return values;
    }

    QJsonObject m_object;
    LayoutState m_layout;
    std::optional<Error> m_error;
};

} // namespace

QString placeName(PanelPlace place)
{
    switch (place) {
    case PanelPlace::LeftWing: return QStringLiteral("moe");
    case PanelPlace::Centre: return QStringLiteral("mla");
    case PanelPlace::RightWing: return QStringLiteral("mtp");
    case PanelPlace::Predella: return QStringLiteral("curves");
    case PanelPlace::Below: break;
    }
    return QStringLiteral("below");
}

bool sameStructure(const LayoutState& a, const LayoutState& b)
{
    const auto outside = [](const LayoutState& layout) {
        std::map<QString, PanelPlace> homes;
        for (const auto& [id, page] : layout.floating) homes[id] = page.home;
        return homes;
    };
    return a.pages == b.pages && a.hidden == b.hidden && a.only == b.only && a.folded == b.folded &&
           outside(a) == outside(b);
}

QByteArray toJson(const LayoutState& layout)
{
    QJsonObject places;
    for (const auto& [place, ids] : layout.pages) {
        QJsonObject content{{QStringLiteral("pages"), QJsonArray::fromStringList(ids)}};
        if (const auto front = layout.inFront.find(place); front != layout.inFront.end())
            content[QStringLiteral("front")] = front->second;
        places[placeName(place)] = content;
    }
    QJsonObject floating;
    for (const auto& [id, page] : layout.floating) {
        const QRect& g = page.geometry;
        floating[id] = QJsonObject{{QStringLiteral("home"), placeName(page.home)},
                                   {QStringLiteral("geometry"), numbers({g.x(), g.y(), g.width(), g.height()})}};
    }
    QJsonArray only;
    for (const PanelPlace place : layout.only) only.append(placeName(place));
    QJsonArray hidden;
    for (const QString& id : layout.hidden) hidden.append(id);
    QJsonObject panels;
    for (const auto& [id, state] : layout.panels) panels[id] = QJsonObject::fromVariantMap(state);
    const QJsonObject all{{QStringLiteral("triptych_layout"), kFormat},
                          {QStringLiteral("places"), places},
                          {QStringLiteral("floating"), floating},
                          {QStringLiteral("hidden"), hidden},
                          {QStringLiteral("only"), only},
                          {QStringLiteral("rows"), numbers(layout.rows)},
                          {QStringLiteral("wings"), numbers(layout.wings)},
                          {QStringLiteral("folded"), layout.folded},
                          {QStringLiteral("panels"), panels}};
    return QJsonDocument(all).toJson(QJsonDocument::Indented);
}

Result<LayoutState> layoutFromJson(const QByteArray& json)
{
    QJsonParseError parse;
    const QJsonDocument document = QJsonDocument::fromJson(json, &parse);
    if (!document.isObject())
        return wrong(parse.error == QJsonParseError::NoError ? QStringLiteral("it holds no object")
                                                             : parse.errorString());
    const QJsonObject object = document.object();
    const QJsonValue format = object[QStringLiteral("triptych_layout")];
    if (!format.isDouble()) return wrong(QStringLiteral("it has no \"triptych_layout\""));
    if (format.toInt() != kFormat)
        return Error{"the layout is of format " + std::to_string(format.toInt()) + ", this program reads format " +
                         std::to_string(kFormat),
                     "Save it again with this version of the program."};
    return LayoutReader(object).read();
}

} // namespace triptych
