// Links to text and back.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/view_link.h"

#include <QStringList>
#include <QUrl>

#include <algorithm>
#include <array>
#include <iterator>

namespace triptych {

namespace {

struct Part {
    const char* key;
    std::optional<std::int64_t> ViewLink::*value;
};
constexpr std::array kParts = {Part{"step", &ViewLink::step}, Part{"layer", &ViewLink::layer},
                               Part{"expert", &ViewLink::expert}, Part{"head", &ViewLink::head},
                               Part{"token", &ViewLink::token}};

Error wrong(const QString& what)
{
    return Error{what.toStdString(),
                 "Write it like \"step=620&layer=3&expert=9&head=1&token=4&layout=Triptych&axis=tokens&log=1&"
                 "zoom=1000,5000&smooth=0.9&smoother=median\"; each part may be left out."};
}

std::optional<Error> take(ViewLink& link, const QString& key, const QString& value)
{
    if (key == QLatin1String("layout")) {
        if (!link.layout.isEmpty()) return wrong(QStringLiteral("\"layout\" is there twice"));
        link.layout = QUrl::fromPercentEncoding(value.toUtf8());
        if (link.layout.isEmpty()) return wrong(QStringLiteral("\"layout\" has no name"));
        return std::nullopt;
    }
    if (curveLinkKeys().contains(key)) {
        const Status taken = takePart(link.curves, key, value);
        return taken ? std::nullopt : std::optional(wrong(QString::fromStdString(taken.error().what)));
    }
    const auto part =
        std::find_if(kParts.begin(), kParts.end(), [&key](const Part& p) { return key == QLatin1String(p.key); });
    if (part == kParts.end())
        return wrong(QStringLiteral("\"%1\" is none of step, layer, expert, head, token, layout, %2")
                         .arg(key, curveLinkKeys().join(QStringLiteral(", "))));
    auto& number = link.*part->value;
    if (number) return wrong(QStringLiteral("\"%1\" is there twice").arg(key));
    bool valid = false;
    number = value.toLongLong(&valid);
    if (!valid || *number < 0)
        return wrong(QStringLiteral("%1: \"%2\" is no whole number, expected 0 or more").arg(key, value));
    return std::nullopt;
}

} // namespace

QString toText(const ViewLink& link)
{
    QStringList parts;
    for (const Part& part : kParts)
        if (const auto& value = link.*part.value)
            parts << QStringLiteral("%1=%2").arg(QLatin1String(part.key)).arg(*value);
    if (!link.layout.isEmpty())
        parts << QStringLiteral("layout=") + QString::fromLatin1(QUrl::toPercentEncoding(link.layout));
    return (parts + toParts(link.curves)).join(QLatin1Char('&'));
}

Result<ViewLink> viewLinkFromText(const QString& text)
{
    ViewLink link;
    for (const QString& part : text.split(QLatin1Char('&'))) {
        const qsizetype equals = part.indexOf(QLatin1Char('='));
        if (equals <= 0) return wrong(QStringLiteral("\"%1\" is not of the form key=value").arg(part));
        if (const auto error = take(link, part.left(equals), part.mid(equals + 1))) return *error;
    }
    if (link.expert && !link.layer) return wrong(QStringLiteral("an expert is one of a layer, and no layer is given"));
    return link;
}

} // namespace triptych
