// The settings that hands may turn while a run trains, behind one button that says how they stand.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/live_setting.h"

#include <QToolButton>

#include <vector>

class QFrame;

namespace triptych {

/// "lr 0.001", and a sign while one is requested or refused. Learning rate, gamma, alpha and lambda in its popup.
class SettingsButton : public QToolButton {
    Q_OBJECT

public:
    SettingsButton(const RunFeed& feed, const Theme& theme, const std::function<void(Command)>& post,
                   QWidget* parent = nullptr);

    const std::vector<LiveSetting*>& settings() const { return m_settings; }
    void open();

private:
    void alignFields();
    void tell();

    const RunFeed& m_feed;
    QFrame* m_popup;
    std::vector<LiveSetting*> m_settings;
};

} // namespace triptych
