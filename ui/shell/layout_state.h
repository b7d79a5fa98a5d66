// How the window is arranged, as a value: what stands where and how large, and what the panels keep.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/result.h"
#include "ui/panels/panel_catalog.h"

#include <QByteArray>
#include <QRect>
#include <QStringList>
#include <QVariantMap>

#include <map>
#include <set>

namespace triptych {

/// A page in a window of its own, and the place that it goes back to.
struct FloatingPage {
    PanelPlace home = PanelPlace::Below;
    QRect geometry; ///< on the screen; empty: wherever the window system likes
    bool operator==(const FloatingPage&) const = default;
};

/// Sizes are parts of a thousand, so that they fit windows of any size; empty: those of the program.
struct LayoutState {
    std::map<PanelPlace, QStringList> pages;  ///< ids of the tabs, from left to right
    std::map<PanelPlace, QString> inFront;    ///< of those
    std::map<QString, FloatingPage> floating; ///< by id
    std::set<QString> hidden;                 ///< without a tab
    std::set<PanelPlace> only;                ///< places that are shown alone; empty: all
    QList<int> rows;                          ///< wings, curves, pages at the bottom
    QList<int> wings;                         ///< from left to right
    bool folded = false;                      ///< the pages at the bottom
    std::map<QString, QVariantMap> panels;    ///< Panel::saveState() by id

    bool operator==(const LayoutState&) const = default;
};

/// Whether pages, windows, fold and places shown are the same; sizes, tabs in front and panels may differ.
bool sameStructure(const LayoutState& a, const LayoutState& b);

/// As a file keeps it: one JSON object.
QByteArray toJson(const LayoutState& layout);
/// Panels of other versions of the program are kept; what is missing in `pages` finds its place by the catalog. Errors:
/// no JSON, no layout, a place, a number or a list that is none.
Result<LayoutState> layoutFromJson(const QByteArray& json);

/// "moe", "mla", "mtp", "curves", "below": in files and links.
QString placeName(PanelPlace place);

} // namespace triptych
