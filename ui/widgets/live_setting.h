// One setting of the training that runs, to be changed by hand: what was asked for, and what the trainer confirmed.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/command.h"
#include "ui/bridge/run_feed.h"
#include "ui/theme/theme.h"
#include "ui/widgets/live_setting_info.h"

#include <QWidget>

#include <functional>
#include <optional>
#include <string>

class QLabel;
class QLineEdit;

namespace triptych {

class ElidedLabel;

/// Where a setting stands between the hand and the trainer.
enum class LiveSettingState : std::uint8_t {
    Unavailable = 1, ///< no run would hear it, or the window shows a step that was
    InForce,         ///< the field shows what the trainer uses
    Editing,         ///< typed, not sent
    Requested,       ///< sent, not yet confirmed: a trainer obeys between two steps
    Rejected,        ///< cannot be read, out of range, or refused by the trainer; the text stays to be mended
};

/// A row: title, field, state in words. Enter sends, Escape goes back to what is in force, Up and Down walk 1-2-5, or
/// by one where numbers are whole. Title, unit, range and help are those of liveSettingInfo().
class LiveSetting : public QWidget {
    Q_OBJECT

public:
    /// `key` must be a row that may change while training ("learning_rate", "bias_update_speed"), or kActiveExperts;
    /// `post` sends to the session.
    LiveSetting(const RunFeed& feed, const Theme& theme, std::function<void(Command)> post, const std::string& key,
                QWidget* parent = nullptr);

    LiveSettingState state() const { return m_state; }
    /// Sent and not yet answered.
    std::optional<double> requested() const { return m_requested; }
    /// What is said beside the field.
    QString message() const;
    QLabel* caption() const { return m_caption; }
    QLineEdit* field() const { return m_field; }

    /// As if typed and entered.
    void request(const QString& text);

signals:
    void stateChanged();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    bool canBeSet() const { return m_feed.isLive() && !m_feed.isHeld() && m_info.missing.isEmpty(); }
    void showInForce();
    void showRequested();
    void takeConfirmation(const QString& key, double value);
    void takeFailure(const QString& what, const QString& hint);
    void startOver();
    void edited();
    void nudge(int direction);
    std::optional<double> parse(const QString& text);
    void setState(LiveSettingState state, const QString& message, const QString& hint = {});
    void applyColors();

    const RunFeed& m_feed;
    const Theme& m_theme;
    std::function<void(Command)> m_post;
    const std::string m_key;
    LiveSettingInfo m_info; ///< as of the last startOver()
    LiveSettingState m_state = LiveSettingState::Unavailable;
    std::optional<double> m_requested;
    bool m_live = false; ///< as of the last startOver()
    bool m_held = false;
    QLabel* m_caption;
    QLineEdit* m_field;
    ElidedLabel* m_message;
};

/// The next of 1, 2, 5, 10, 20 ... above (direction 1) or below (-1) a value; from 0 up it is `smallest`, and below
/// that it is 0.
double nextOnLadder(double value, int direction, double smallest = 1e-6);

} // namespace triptych
