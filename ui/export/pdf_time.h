// When a PDF file was made, as we say it and not as the clock does.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDateTime>

namespace triptych {

/// Puts `time` in the place of the time at which Qt wrote the file, so that the same pages are the same bytes.
void setCreationTime(QByteArray& pdf, const QDateTime& time);

} // namespace triptych
