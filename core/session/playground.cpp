// The playground's worker: one loop that obeys commands between two tokens.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/playground.h"

#include "core/session/playground_lane.h"
#include "core/util/mailbox.h"
#include "core/util/thread_priority.h"

#include <array>
#include <thread>

namespace triptych {

namespace {

Error text_failure(const std::exception& thrown)
{
    return {std::string("the text cannot go on: ") + thrown.what(),
            "This is a defect or a lack of memory: note the message. A training beside it goes on."};
}

} // namespace

class Playground::Worker {
public:
    explicit Worker(std::int64_t memory_bytes)
        : m_lanes{lane(PlayLane::A, memory_bytes), lane(PlayLane::B, memory_bytes)},
          m_thread([this](const std::stop_token& stop) { loop(stop); })
    {}

    Mailbox<PlayCommand, PlayEvent>& mail() { return m_mail; }
    PlaygroundLane& lane(PlayLane which) { return *m_lanes[which == PlayLane::A ? 0 : 1]; }

private:
    std::unique_ptr<PlaygroundLane> lane(PlayLane which, std::int64_t memory_bytes)
    {
        return std::make_unique<PlaygroundLane>(which, memory_bytes,
                                                [this](PlayEvent event) { m_mail.tell(std::move(event)); });
    }
    bool writes() const { return m_lanes[0]->writes() || m_lanes[1]->writes(); }

    void loop(const std::stop_token& stop)
    {
        be_less_urgent();
        while (!stop.stop_requested()) {
            const auto patience = writes() ? Patience::TakeWhatIsThere : Patience::WaitForOne;
            if (const auto command = m_mail.take(stop, patience)) {
                std::visit([this](const auto& c) { obey(c); }, *command);
                continue;
            }
            for (const auto& each : m_lanes)
                if (each->writes()) guarded(*each, [&] { each->step(); });
        }
    }
    /// The one place that catches what ops throw: shapes, devices, memory.
    template <class Fn>
    void guarded(PlaygroundLane& lane, Fn&& work)
    {
        try {
            work();
        } catch (const std::exception& e) {
            lane.abandon(text_failure(e));
        }
    }

    void obey(const play::Load& c)
    {
        guarded(lane(c.lane), [&] { lane(c.lane).load(c.folder); });
    }
    void obey(const play::Unload& c) { lane(c.lane).unload(); }
    void obey(const play::Generate& c)
    {
        guarded(lane(c.lane), [&] { lane(c.lane).generate(c.request); });
    }
    void obey(const play::Stop& c) { lane(c.lane).stop(); }
    void obey(const play::List& c) { m_mail.tell(play::Listed{c.run_folder, list_checkpoints(c.run_folder)}); }

    Mailbox<PlayCommand, PlayEvent> m_mail;
    std::array<std::unique_ptr<PlaygroundLane>, 2> m_lanes; ///< of the worker's thread, but for their progress

    std::jthread m_thread; // last: it starts when everything else is there, and is stopped and joined first
};

Playground::Playground(std::int64_t memory_bytes) : m_worker(std::make_unique<Worker>(memory_bytes)) {}
Playground::~Playground() = default;

void Playground::post(PlayCommand command)
{
    m_worker->mail().post(std::move(command));
}

std::vector<PlayEvent> Playground::take_events()
{
    return m_worker->mail().take_events();
}

const FrameBox<PlayProgress>& Playground::progress(PlayLane lane) const
{
    return m_worker->lane(lane).progress();
}

} // namespace triptych
