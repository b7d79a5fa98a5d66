// A long text on its way through the newest weights: which they are, how far it is read, which head is wanted.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/command.h"
#include "core/session/long_attention.h"
#include "ui/bridge/pace.h"
#include "ui/bridge/run_feed.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>

namespace triptych {

/// The live run is asked to save first; of a recorded one the newest checkpoint is read, and while a step is held the
/// newest at or before it. Starts its thread with the first text, and never waits. Another run closes the text.
class LongTextReading : public QObject {
    Q_OBJECT

public:
    LongTextReading(RunFeed& feed, std::function<void(Command)> post, QObject* parent = nullptr);

    /// Why no text can be read now, and what to do; empty where one can.
    QString obstacle() const;
    void open(const QString& text, int layer, int head);
    /// Another head of the same text, with the same weights.
    void choose(int layer, int head);
    /// Back to nothing; what is read ends.
    void close();

    /// Shows what another one has read so far, which goes on there.
    void share(const LongTextReading& other);
    /// Goes on with what another one reads, or waits for; that one has nothing then.
    void succeed(LongTextReading& before);

    bool isOpen() const { return m_open; }
    /// The run was asked to save, and has not yet.
    bool awaitsSave() const { return m_awaitsSave; }
    bool isReading() const;
    /// Of the head that was asked for last; null before its reading begins.
    std::shared_ptr<const LongAttention> state() const { return m_state; }
    /// How far it is, in a line: what it waits for, how much was cut, of which step the weights are, or why there is
    /// nothing.
    QString status() const;

    /// Fetches now instead of at the next tick.
    void poll();

signals:
    void changed();

private:
    std::string runFolder() const;
    void start(std::string folder, std::int64_t until);
    void takeLogged();
    void followState();
    void giveUp(const QString& why);

    RunFeed& m_feed;
    std::function<void(Command)> m_post;
    std::unique_ptr<LongAttentionReader> m_reader;
    std::shared_ptr<const LongAttention> m_state;
    std::uint64_t m_ticket = 0;
    std::uint64_t m_seen = 0;
    LongTextRequest m_request;
    QString m_trouble;
    bool m_open = false;
    bool m_awaitsSave = false;
    Pace m_pace;
    QTimer m_timer;
};

} // namespace triptych
