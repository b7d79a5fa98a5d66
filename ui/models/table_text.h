// Tables as text for other programs.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

class QAbstractItemModel;

namespace triptych {

/// A line of titles, then a line each row; exact values, see exactText(). Separated by commas, in quotes where a field
/// has commas, quotes or line ends (RFC 4180, with \n as the line end).
QString tableAsCsv(const QAbstractItemModel& table);
/// The same separated by tabs, as spreadsheets paste it; tabs and line ends within a field are spaces.
QString tableAsText(const QAbstractItemModel& table);
/// Of some rows and columns.
QString tableAsText(const QAbstractItemModel& table, const std::vector<int>& rows, const std::vector<int>& columns);

} // namespace triptych
