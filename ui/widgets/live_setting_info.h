// What a setting is called, what it means, and between which numbers it may be moved.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/event.h"

#include <QString>

#include <string>

namespace triptych {

struct LiveSettingInfo {
    QString title;
    QString help; ///< with range and unit, several lines
    double min = 0;
    double max = 0;
    bool whole = false; ///< Up and Down go by one
    QString beyond;     ///< why there is nothing outside of the range; empty: the range says all
    QString missing;    ///< why the run has no such setting; empty: it has
};

/// Of a row of train_config_fields(), or of kActiveExperts, whose range is the run's. run: null before the first.
LiveSettingInfo liveSettingInfo(const std::string& key, const event::RunStarted* run);

/// All its digits, with the decimal sign of the program's language; LiveSetting reads it back.
QString settingText(double value);

} // namespace triptych
