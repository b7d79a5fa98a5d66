// The playground's worker: one loop that obeys commands between two tokens.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/playground.h"

#include "core/session/playground_lane.h"
#include "core/util/thread_priority.h"

#include <condition_variable>
#include <deque>
#include <mutex>
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

    void post(PlayCommand command)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_commands.push_back(std::move(command));
        }
        m_wake.notify_all();
    }
    std::vector<PlayEvent> take_events()
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_events, {});
    }
    PlaygroundLane& lane(PlayLane which) { return *m_lanes[which == PlayLane::A ? 0 : 1]; }

private:
    std::unique_ptr<PlaygroundLane> lane(PlayLane which, std::int64_t memory_bytes)
    {
        return std::make_unique<PlaygroundLane>(which, memory_bytes,
                                                [this](PlayEvent event) { tell(std::move(event)); });
    }
    void tell(PlayEvent event)
    {
        const std::lock_guard lock(m_mutex);
        m_events.push_back(std::move(event));
    }
    bool writes() const { return m_lanes[0]->writes() || m_lanes[1]->writes(); }

    std::optional<PlayCommand> next_command(const std::stop_token& stop)
    {
        std::unique_lock lock(m_mutex);
        if (!writes()) m_wake.wait(lock, stop, [this] { return !m_commands.empty(); });
        if (m_commands.empty()) return std::nullopt;
        PlayCommand command = std::move(m_commands.front());
        m_commands.pop_front();
        return command;
    }
    void loop(const std::stop_token& stop)
    {
        be_less_urgent();
        while (!stop.stop_requested()) {
            if (const auto command = next_command(stop)) {
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
    void obey(const play::List& c) { tell(play::Listed{c.run_folder, list_checkpoints(c.run_folder)}); }

    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::deque<PlayCommand> m_commands;
    std::vector<PlayEvent> m_events;
    std::array<std::unique_ptr<PlaygroundLane>, 2> m_lanes; ///< of the worker's thread, but for their progress

    std::jthread m_thread; // last: it starts when everything else is there, and is stopped and joined first
};

Playground::Playground(std::int64_t memory_bytes) : m_worker(std::make_unique<Worker>(memory_bytes)) {}
Playground::~Playground() = default;

void Playground::post(PlayCommand command)
{
    m_worker->post(std::move(command));
}

std::vector<PlayEvent> Playground::take_events()
{
    return m_worker->take_events();
}

const FrameBox<PlayProgress>& Playground::progress(PlayLane lane) const
{
    return m_worker->lane(lane).progress();
}

} // namespace triptych
