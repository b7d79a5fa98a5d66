// What the files of the dialog of a report share.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/report/report_export.h"

namespace triptych {

inline constexpr auto kReportKindKey = "report/kind"; ///< of the settings
inline constexpr auto kReportFolderKey = "report/folder";

/// Pages, in a language.
inline bool isForPeople(ReportKind kind)
{
    return kind == ReportKind::Pdf || kind == ReportKind::Html;
}

} // namespace triptych
