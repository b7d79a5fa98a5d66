// How curves are looked at, as parts of a link: "axis=tokens&log=1&zoom=1000,5000&smooth=0.9&smoother=median".
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/result.h"

#include <QString>
#include <QStringList>
#include <QVariantMap>

#include <optional>

namespace triptych {

/// What is not given stays as it is.
struct CurveLink {
    QString axis;               ///< xAxisInfo().id
    std::optional<bool> log;    ///< of all cards; nothing where some are and some are not
    std::optional<double> from; ///< of what is in sight, in units of the axis; `to` with it
    std::optional<double> to;
    std::optional<double> smooth; ///< the weight for all cards
    QString smoother;             ///< smoothingId()
    bool operator==(const CurveLink&) const = default;
};

/// key=value each.
QStringList toParts(const CurveLink& link);
/// The keys there are.
QStringList curveLinkKeys();
/// Takes one part. Errors: not one of the keys, one that is there already, an axis or a way to smooth that is none, a
/// number that is none or out of range, an empty or endless zoom.
Status takePart(CurveLink& link, const QString& key, const QString& value);

/// Of what Panel::saveState() of the curves says.
CurveLink curveLinkOf(const QVariantMap& state);
/// What Panel::restoreState() of the curves takes.
QVariantMap stateOf(const CurveLink& link);

} // namespace triptych
