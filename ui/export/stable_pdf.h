// The same pages as a PDF file twice are the same bytes, whenever and in whatever process they are written.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDateTime>

namespace triptych {

/// While it is there, hash tables made in this process have an order that is the same in every process: a PDF file has
/// its fonts in that of one. Not for what strangers choose the keys of.
class StableOrder {
public:
    StableOrder();
    ~StableOrder(); ///< back to an order by chance, unless it was not by chance before
    StableOrder(const StableOrder&) = delete;
    StableOrder& operator=(const StableOrder&) = delete;

private:
    bool m_byChance;
};

/// Puts `time` in the place of the time at which Qt wrote the file.
void setCreationTime(QByteArray& pdf, const QDateTime& time);

} // namespace triptych
