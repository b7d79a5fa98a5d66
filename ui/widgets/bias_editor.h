// The biases of a layer's experts, to be seen and to be changed by hand.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/command.h"
#include "ui/bridge/run_feed.h"
#include "ui/widgets/bias_strip.h"
#include "ui/widgets/live_setting.h"

#include <QTimer>
#include <QWidget>

#include <functional>
#include <map>
#include <optional>
#include <vector>

class QHBoxLayout;
class QLabel;
class QLineEdit;
class QToolButton;

namespace triptych {

class ElidedLabel;

/// A strip of dots, and a field with the number of the chosen expert. While a hand moves a dot one request at most is
/// on its way, and a frame at least lies between two; the last one is always sent. States are those of a setting, of
/// the chosen expert.
class BiasEditor : public QWidget {
    Q_OBJECT

public:
    /// Milliseconds between two requests of one drag.
    static constexpr int kFrame = 33;

    BiasEditor(const RunFeed& feed, const Theme& theme, std::function<void(Command)> post, QWidget* parent = nullptr);

    /// What is in force, of a row of the frame.
    void setFrame(const LoadFrame& frame, std::size_t row);
    /// The first is the one that field and button are about; empty: none is chosen.
    void setExperts(std::vector<int> experts);

    LiveSettingState state() const { return m_state; }
    /// What is said beside the field.
    QString message() const;
    /// As if typed and entered.
    void request(const QString& text);
    /// At the end of the field's row; the editor owns it.
    void addToRow(QWidget* widget);
    /// To the field, with its number marked.
    void focusField();
    QLineEdit* field() const { return m_field; }
    BiasStrip* strip() const { return m_strip; }

signals:
    void expertChosen(int expert);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Request {
        std::int64_t layer = -1;
        int expert = -1;
        double bias = 0;
    };
    struct Refusal {
        Request request;
        QString what;
        QString hint;
    };

    QWidget* makeRow();
    void drag(int expert, double bias);
    void drop(int expert, double bias);
    void send(const Request& request);
    void sendPending();
    void takeAnswer(quint64 ticket, bool obeyed, const QString& what, const QString& hint);
    void startOver();
    void refresh();
    void edited();
    void nudge(int direction);
    void showRequests();
    QString obstacle() const;
    std::optional<double> parse(const QString& text) const;
    std::optional<double> inForce(int expert) const;
    const Request* newestOf(int expert) const;
    void setState(LiveSettingState state, const QString& message, const QString& hint);
    void setField(double bias);

    const RunFeed& m_feed;
    const Theme& m_theme;
    std::function<void(Command)> m_post;
    std::int64_t m_layer = -1;
    std::int64_t m_step = -1; ///< of the frame
    std::vector<int> m_experts;
    std::map<Ticket, Request> m_requests; ///< sent
    std::optional<Request> m_pending;     ///< of a drag, to be sent
    std::optional<Refusal> m_refusal;     ///< the last one
    QTimer m_frame;
    LiveSettingState m_state = LiveSettingState::Unavailable;
    bool m_editing = false;
    BiasStrip* m_strip;
    QHBoxLayout* m_row;
    QLabel* m_caption;
    QLineEdit* m_field;
    QToolButton* m_zero;
    ElidedLabel* m_message;
};

} // namespace triptych
