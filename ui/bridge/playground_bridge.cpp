// Putting the playground's events together to texts.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/playground_bridge.h"

#include <algorithm>
#include <utility>

namespace triptych {

std::int64_t PlayText::drafts() const
{
    return std::count_if(tokens.begin(), tokens.end(), [](const PlayToken& t) { return t.draft.has_value(); });
}

std::int64_t PlayText::rightDrafts() const
{
    return std::count_if(tokens.begin(), tokens.end(),
                         [](const PlayToken& t) { return t.draft && t.draft->token == t.token; });
}

std::string PlayText::written(bool prompt) const
{
    std::string all;
    for (const PlayToken& token : tokens)
        if (prompt || !token.from_prompt) all += token.piece;
    return all;
}

PlaygroundBridge::PlaygroundBridge(QObject* parent) : QObject(parent)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        poll();
        if (awaits()) m_timer.start(m_pace.next());
    });
}

bool PlaygroundBridge::awaits() const
{
    return m_unanswered > 0 || std::any_of(m_texts.begin(), m_texts.end(), [](const auto& t) { return t.writing; });
}

void PlaygroundBridge::post(PlayCommand command)
{
    if (!m_playground) m_playground = std::make_unique<Playground>();
    m_playground->post(std::move(command));
    if (!m_timer.isActive()) m_timer.start(Pace::kQuick);
}

void PlaygroundBridge::load(PlayLane lane, const std::string& folder)
{
    PlayText& text = at(lane);
    text.folder = folder;
    text.loading = true;
    text.error.reset();
    ++m_unanswered;
    post(play::Load{lane, folder});
    emit changed(lane);
}

void PlaygroundBridge::unload(PlayLane lane)
{
    at(lane).folder.clear();
    ++m_unanswered;
    post(play::Unload{lane});
}

void PlaygroundBridge::generate(PlayLane lane, const PlayRequest& request)
{
    PlayText& text = at(lane);
    text.writing = true;
    if (!text.loading) text.error.reset();
    ++m_unanswered;
    post(play::Generate{lane, request});
    emit changed(lane);
}

void PlaygroundBridge::stop(PlayLane lane)
{
    if (at(lane).writing) post(play::Stop{lane});
}

void PlaygroundBridge::list(const std::string& runFolder)
{
    ++m_unanswered;
    post(play::List{runFolder});
}

void PlaygroundBridge::showTextsOf(const PlaygroundBridge& other)
{
    m_texts = other.m_texts;
    for (const PlayLane lane : kPlayLanes) {
        at(lane).writing = at(lane).loading = false;
        emit changed(lane);
    }
}

void PlaygroundBridge::succeed(PlaygroundBridge& before)
{
    before.m_timer.stop();
    m_playground = std::move(before.m_playground);
    m_texts = std::exchange(before.m_texts, {});
    m_progressSeen = std::exchange(before.m_progressSeen, {});
    m_unanswered = std::exchange(before.m_unanswered, 0);
    if (awaits()) m_timer.start(Pace::kQuick);
    for (const PlayLane lane : kPlayLanes) emit changed(lane);
}

void PlaygroundBridge::poll()
{
    if (!m_playground) return;
    std::array<bool, 2> touched{};
    for (PlayEvent& event : m_playground->take_events())
        std::visit(
            [&](auto& e) {
                if constexpr (requires { e.lane; }) touched[index(e.lane)] = true;
                take(e);
            },
            event);
    for (const PlayLane lane : kPlayLanes) {
        if (const auto progress = m_playground->progress(lane).get_newer(m_progressSeen[index(lane)])) {
            at(lane).progress = *progress;
            touched[index(lane)] = true;
        }
        if (touched[index(lane)]) emit changed(lane);
    }
}

void PlaygroundBridge::take(play::Loaded& e)
{
    --m_unanswered;
    PlayText& text = at(e.lane);
    text.loading = false;
    text.error.reset();
    text.model = std::move(e.model);
}

void PlaygroundBridge::take(play::Unloaded& e)
{
    --m_unanswered;
    at(e.lane) = PlayText{};
}

void PlaygroundBridge::take(play::Began& e)
{
    --m_unanswered;
    PlayText& text = at(e.lane);
    text.tokens = std::move(e.prompt);
    text.request = std::move(e.request);
    text.readings.clear();
    text.end.reset();
    text.error.reset();
    text.writing = true;
}

void PlaygroundBridge::take(play::Chose& e)
{
    at(e.lane).tokens.push_back(std::move(e.token));
}

void PlaygroundBridge::take(play::Read& e)
{
    at(e.lane).readings.push_back(std::move(e.reading));
}

void PlaygroundBridge::take(play::Ended& e)
{
    at(e.lane).end = e.why;
    at(e.lane).writing = false;
}

void PlaygroundBridge::take(play::Refused& e)
{
    // What a text under way ends by answers no command: that one was answered when the text began.
    PlayText& text = at(e.lane);
    m_unanswered = std::max(m_unanswered - 1, 0);
    if (e.loading) {
        text.loading = false;
        text.model.reset();
        text.folder.clear(); // the next request tries again
        text.error = std::move(e.error);
    } else {
        text.writing = false;
        if (!text.error) text.error = std::move(e.error); // why there is no model says more than that there is none
    }
}

void PlaygroundBridge::take(play::Listed& e)
{
    --m_unanswered;
    emit listed(e.run_folder, e.checkpoints);
}

} // namespace triptych
