// Waiting for weights, and looking at the reader from time to time.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/long_text_reading.h"

#include "ui/widgets/number_text.h"

#include <utility>

namespace triptych {

LongTextReading::LongTextReading(RunFeed& feed, std::function<void(Command)> post, QObject* parent)
    : QObject(parent), m_feed(feed), m_post(std::move(post))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        poll();
        if (isReading()) m_timer.start(m_pace.next());
    });
    connect(&feed, &RunFeed::runStarted, this, &LongTextReading::close);
    connect(&feed, &RunFeed::logged, this, &LongTextReading::takeLogged);
    connect(&feed, &RunFeed::stateChanged, this, &LongTextReading::followState);
}

std::string LongTextReading::runFolder() const
{
    return m_feed.run() ? m_feed.run()->run_folder : std::string();
}

QString LongTextReading::obstacle() const
{
    if (!m_feed.run()) return tr("Start or open a run: a long text is read with its weights.");
    if (runFolder().empty())
        return tr("This run has no folder, so its weights are never saved and cannot read.\n"
                  "Start one with Train, which gives it a folder.");
    return {};
}

void LongTextReading::open(const QString& text, int layer, int head)
{
    if (!obstacle().isEmpty()) return;
    m_open = true;
    m_trouble.clear();
    m_state.reset();
    m_ticket = 0; // what comes of an earlier text is not wanted
    m_request = {.folder = {}, .text = text.toStdString(), .layer = layer, .head = head};
    // While a step is held nothing is asked of the run: the weights of then are wanted, not those of now.
    m_awaitsSave = m_feed.isLive() && !m_feed.isHeld();
    if (m_awaitsSave)
        m_post(command::SaveCheckpoint{});
    else
        start(runFolder(), m_feed.isHeld() ? m_feed.shownStep() : -1);
    emit changed();
}

void LongTextReading::choose(int layer, int head)
{
    if (!m_open || (layer == m_request.layer && head == m_request.head)) return;
    m_request.layer = layer;
    m_request.head = head;
    if (m_awaitsSave || m_request.folder.empty()) return; // it starts with this head
    start(m_state && m_state->text ? m_state->text->checkpoint : m_request.folder, m_request.until);
    emit changed();
}

void LongTextReading::start(std::string folder, std::int64_t until)
{
    if (!m_reader) m_reader = std::make_unique<LongAttentionReader>();
    m_request.folder = std::move(folder);
    m_request.until = until;
    m_ticket = m_reader->read(m_request);
    m_timer.start(Pace::kQuick);
}

void LongTextReading::share(const LongTextReading& other)
{
    m_state = other.m_state;
    m_ticket = 0;
    m_request = other.m_request;
    m_trouble = other.m_trouble;
    m_open = other.m_open;
    m_awaitsSave = false;
    emit changed();
}

void LongTextReading::succeed(LongTextReading& before)
{
    before.m_timer.stop();
    m_reader = std::move(before.m_reader);
    m_state = std::exchange(before.m_state, nullptr);
    m_ticket = std::exchange(before.m_ticket, 0);
    m_seen = before.m_seen;
    m_request = before.m_request;
    m_trouble = before.m_trouble;
    m_open = std::exchange(before.m_open, false);
    m_awaitsSave = std::exchange(before.m_awaitsSave, false);
    if (isReading()) m_timer.start(Pace::kQuick);
    if (m_open) emit changed();
}

void LongTextReading::close()
{
    if (!m_open) return;
    if (m_reader) m_reader->close();
    m_open = false;
    m_awaitsSave = false;
    m_ticket = 0;
    m_state.reset();
    m_trouble.clear();
    m_timer.stop();
    emit changed();
}

bool LongTextReading::isReading() const
{
    return m_ticket > 0 && (!m_state || m_state->ticket != m_ticket || m_state->state < LongAttention::State::Done);
}

QString LongTextReading::status() const
{
    if (!m_trouble.isEmpty()) return m_trouble;
    if (m_awaitsSave) return tr("Long text: waits for the run to save its weights");
    if (m_state && m_state->error)
        return tr("Long text: %1. %2")
            .arg(QString::fromStdString(m_state->error->what), QString::fromStdString(m_state->error->hint));
    if (!m_state || !m_state->text) return tr("Long text: loads the weights");
    const auto tokens = static_cast<std::int64_t>(m_state->text->tokens.size());
    QStringList parts;
    parts << (m_state->text->whole_tokens > tokens ? tr("Long text, cut to the first %1 of %2 tokens")
                                                         .arg(countText(tokens), countText(m_state->text->whole_tokens))
                                                   : tr("Long text, %1 tokens").arg(countText(tokens)));
    if (m_state->text->step >= 0) parts << tr("weights of step %1").arg(countText(m_state->text->step));
    if (isReading()) parts << tr("%1 read").arg(countText(m_state->read));
    return parts.join(tr(", "));
}

void LongTextReading::poll()
{
    if (!m_reader) return;
    auto newer = m_reader->progress().get_newer(m_seen);
    if (!newer || newer->ticket != m_ticket) return;
    m_state = std::move(newer);
    emit changed();
}

void LongTextReading::takeLogged()
{
    if (!m_awaitsSave) return;
    const LogEntry& entry = m_feed.log().back();
    if (entry.kind == QLatin1String("health.checkpoint"))
        return giveUp(tr("The run could not save its weights: %1").arg(entry.text));
    if (entry.kind != QLatin1String("checkpoint")) return;
    m_awaitsSave = false;
    start(runFolder(), -1);
    emit changed();
}

void LongTextReading::followState()
{
    // A run that is stopped saves, so there is something to read; it is told after that.
    if (!m_awaitsSave || m_feed.isLive()) return;
    m_awaitsSave = false;
    start(runFolder(), -1);
    emit changed();
}

void LongTextReading::giveUp(const QString& why)
{
    m_awaitsSave = false;
    m_trouble = why;
    emit changed();
}

} // namespace triptych
