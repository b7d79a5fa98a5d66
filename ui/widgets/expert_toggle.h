// A button that asks the training to switch the chosen expert off or on again, and says what became of it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/command.h"
#include "ui/bridge/run_feed.h"
#include "ui/widgets/live_setting.h"

#include <QWidget>

#include <functional>
#include <map>
#include <optional>

class QToolButton;

namespace triptych {

class ElidedLabel;

/// States as those of a setting; Editing does not happen. A request is waited for by its ticket, also while another
/// expert is chosen meanwhile.
class ExpertToggle : public QWidget {
    Q_OBJECT

public:
    ExpertToggle(const RunFeed& feed, const Theme& theme, std::function<void(Command)> post, QWidget* parent = nullptr);

    /// Layer as in tensor names; -1: none is chosen.
    void setExpert(std::int64_t layer, std::int64_t expert);
    /// Asks for the other state of the expert; nothing while it cannot be asked for or is asked for already.
    void toggle();

    LiveSettingState state() const { return m_state; }
    /// What is said beside the button.
    QString message() const;
    QToolButton* button() const { return m_button; }

private:
    /// What was asked for an expert.
    struct Request {
        std::int64_t layer = -1;
        std::int64_t expert = -1;
        ExpertSwitch to = ExpertSwitch::Off;
        bool isOf(std::int64_t l, std::int64_t e) const { return layer == l && expert == e; }
    };
    struct Refusal {
        Request request;
        QString what;
        QString hint;
    };

    void takeAnswer(quint64 ticket, bool obeyed, const QString& what, const QString& hint);
    void startOver();
    void refresh();
    /// Why nothing can be asked for now; empty: it can.
    QString obstacle() const;
    const Request* pending() const;
    void setState(LiveSettingState state, const QString& message, const QString& hint);

    const RunFeed& m_feed;
    const Theme& m_theme;
    std::function<void(Command)> m_post;
    std::int64_t m_layer = -1;
    std::int64_t m_expert = -1;
    std::map<Ticket, Request> m_requests;
    std::optional<Refusal> m_refusal; ///< the last one
    LiveSettingState m_state = LiveSettingState::Unavailable;
    QToolButton* m_button;
    ElidedLabel* m_message;
};

} // namespace triptych
