// Parts of links about curves.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/curve_link.h"

#include "ui/bridge/smoothing_kind.h"
#include "ui/plots/x_axis.h"
#include "ui/widgets/card_spec.h"

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

const QString kAxis = QStringLiteral("axis");
const QString kLog = QStringLiteral("log");
const QString kZoom = QStringLiteral("zoom");
const QString kSmooth = QStringLiteral("smooth");
const QString kSmoother = QStringLiteral("smoother");
// As the panel of curves keeps them.
const QString kSavedWeight = QStringLiteral("smoothing");
const QString kSavedKind = QStringLiteral("smoothing_kind");
const QString kSavedLog = QStringLiteral("logarithmic");
const QString kSavedCards = QStringLiteral("cards");

Error wrong(const QString& key, const QString& value, const QString& expected)
{
    return Error{QStringLiteral("%1: \"%2\" is no %3").arg(key, value, expected).toStdString(), {}};
}

QStringList axisIds()
{
    QStringList ids;
    for (const XAxis axis : allXAxes()) ids << xAxisInfo(axis).id;
    return ids;
}

QStringList smootherIds()
{
    QStringList ids;
    for (const SmoothingKind kind : {SmoothingKind::Exponential, SmoothingKind::Gaussian, SmoothingKind::Median})
        ids << smoothingId(kind);
    return ids;
}

/// As programs write it, whatever the language.
QString numberText(double value)
{
    return QString::number(value, 'g', 12);
}

std::optional<double> numberOf(const QString& text)
{
    bool valid = false;
    const double value = text.toDouble(&valid);
    return valid && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

bool isGiven(const CurveLink& link, const QString& key)
{
    if (key == kAxis) return !link.axis.isEmpty();
    if (key == kLog) return link.log.has_value();
    if (key == kZoom) return link.from.has_value();
    if (key == kSmooth) return link.smooth.has_value();
    return !link.smoother.isEmpty();
}

/// Nothing where some cards are logarithmic and some are not. Speed is left out, as by the button for all cards.
std::optional<bool> scaleOfAll(const QVariantList& cards)
{
    std::optional<bool> all;
    for (const QVariant& saved : cards) {
        const auto spec = cardSpecOf(saved);
        if (!spec || spec->series.front().metric.metric == Metric::TokensPerSecond) continue;
        const bool log = spec->scale == ValueScale::Logarithmic;
        if (all && *all != log) return std::nullopt;
        all = log;
    }
    return all;
}

} // namespace

QStringList curveLinkKeys()
{
    return {kAxis, kLog, kZoom, kSmooth, kSmoother};
}

QStringList toParts(const CurveLink& link)
{
    QStringList parts;
    const auto add = [&parts](const QString& key, const QString& value) { parts << key + QLatin1Char('=') + value; };
    if (!link.axis.isEmpty()) add(kAxis, link.axis);
    if (link.log) add(kLog, *link.log ? QStringLiteral("1") : QStringLiteral("0"));
    if (link.from && link.to) add(kZoom, numberText(*link.from) + QLatin1Char(',') + numberText(*link.to));
    if (link.smooth) add(kSmooth, numberText(*link.smooth));
    if (!link.smoother.isEmpty()) add(kSmoother, link.smoother);
    return parts;
}

Status takePart(CurveLink& link, const QString& key, const QString& value)
{
    if (!curveLinkKeys().contains(key)) return wrong(QStringLiteral("a part"), key, QStringLiteral("key"));
    if (isGiven(link, key)) return Error{QStringLiteral("\"%1\" is there twice").arg(key).toStdString(), {}};
    if (key == kAxis) {
        if (!axisIds().contains(value))
            return wrong(key, value, QStringLiteral("axis, expected one of ") + axisIds().join(QStringLiteral(", ")));
        link.axis = value;
    } else if (key == kSmoother) {
        if (!smootherIds().contains(value))
            return wrong(key, value,
                         QStringLiteral("way to smooth, expected one of ") + smootherIds().join(QStringLiteral(", ")));
        link.smoother = value;
    } else if (key == kLog) {
        if (value != QLatin1String("0") && value != QLatin1String("1"))
            return wrong(key, value, QStringLiteral("0 or 1"));
        link.log = value == QLatin1String("1");
    } else if (key == kSmooth) {
        const auto weight = numberOf(value);
        if (!weight || *weight < 0 || *weight > kMostSmoothing)
            return wrong(key, value, QStringLiteral("number from 0 to %1").arg(kMostSmoothing));
        link.smooth = weight;
    } else {
        const QStringList ends = value.split(QLatin1Char(','));
        const auto from = numberOf(ends.front());
        const auto to = numberOf(ends.back());
        if (ends.size() != 2 || !from || !to || *from >= *to)
            return wrong(key, value, QStringLiteral("pair of numbers that rise, such as 100,900"));
        link.from = from;
        link.to = to;
    }
    return {};
}

CurveLink curveLinkOf(const QVariantMap& state)
{
    CurveLink link;
    link.axis = state.value(kAxis).toString();
    link.log = scaleOfAll(state.value(kSavedCards).toList());
    const QVariantList zoom = state.value(kZoom).toList();
    if (zoom.size() == 2) {
        link.from = zoom[0].toDouble();
        link.to = zoom[1].toDouble();
    }
    if (const QVariant weight = state.value(kSavedWeight); weight.isValid()) link.smooth = weight.toDouble();
    link.smoother = state.value(kSavedKind).toString();
    return link;
}

QVariantMap stateOf(const CurveLink& link)
{
    QVariantMap state;
    if (!link.axis.isEmpty()) state[kAxis] = link.axis;
    if (link.log) state[kSavedLog] = *link.log;
    if (link.from && link.to) state[kZoom] = QVariantList{*link.from, *link.to};
    if (link.smooth) state[kSavedWeight] = *link.smooth;
    if (!link.smoother.isEmpty()) state[kSavedKind] = link.smoother;
    return state;
}

} // namespace triptych
