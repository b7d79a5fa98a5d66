// The thread, and what it makes of a request.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/plan_worker.h"

#include <algorithm>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace triptych {

namespace {

/// Enough to see filling, the even middle and draining apart.
std::int64_t drawnMicroBatches(const ClusterPlan& plan)
{
    const std::int64_t enough = 2 * plan.layout.pp + std::max<std::int64_t>(4, plan.layout.pp / 2);
    return std::min(plan.micro_batches, enough + enough % 2);
}

StepPicture pictureOf(const ClusterPlan& plan)
{
    StepPicture picture{plan, {}, drawnMicroBatches(plan), {}};
    auto line = step_timeline(plan.layout.schedule, plan.layout.pp, picture.drawn, plan.others);
    if (line)
        picture.line = line.take();
    else
        picture.error = line.error();
    return picture;
}

StepPicture otherPicture(const PlanRequest& request, const ClusterPlan& plan)
{
    PlanLayout layout = plan.layout;
    layout.schedule = layout.schedule == PipelineSchedule::DualPipe ? PipelineSchedule::OneForwardOneBackward
                                                                    : PipelineSchedule::DualPipe;
    if (const auto other = evaluate_layout(request, layout))
        return pictureOf(*other);
    else {
        StepPicture none;
        none.plan.layout = layout;
        none.error = other.error();
        return none;
    }
}

bool fixesLayout(const PlanRequest& r)
{
    return r.pp || r.ep || r.dp || r.micro_batch || r.schedule;
}

/// Where nothing fits into memory the smallest, where nothing is in time the fastest.
const ClusterPlan* nearest(const std::vector<ClusterPlan>& plans)
{
    const ClusterPlan* best = nullptr;
    const auto misses = [](const ClusterPlan& p) { return std::pair(p.fits() ? 0.0 : p.memory.total(), p.days); };
    for (const ClusterPlan& p : plans)
        if (!best || misses(p) < misses(*best)) best = &p;
    return best;
}

} // namespace

PlanAnswer answerTo(const PlanRequest& request, const std::stop_token& stop)
{
    PlanSearch asked = search_layouts(request, stop);
    PlanAnswer answer{request, {}, {}, {.plans = {}, .left_out = 0, .best = Error{}}, {}};
    if (asked.best)
        answer.plan = *asked.best;
    else
        answer.refusal = asked.best.error();
    if (const ClusterPlan* near = nearest(asked.plans); near && !answer.plan) answer.plan = *near;
    if (fixesLayout(request)) {
        PlanRequest free = request;
        free.pp = free.ep = free.dp = free.micro_batch = std::nullopt;
        free.schedule.reset();
        answer.search = search_layouts(free, stop);
    } else {
        answer.search = std::move(asked);
    }
    if (!answer.plan || stop.stop_requested()) return answer;
    answer.steps.push_back(pictureOf(*answer.plan));
    answer.steps.push_back(otherPicture(request, *answer.plan));
    return answer;
}

class PlanWorker::Thread {
public:
    using Job = std::function<void(const std::stop_token&)>;

    /// In the place of what waits in this slot, and of what is at work there.
    void put(Job job)
    {
        const std::lock_guard lock(m_mutex);
        m_stop.request_stop();
        m_stop = {};
        m_question = std::move(job);
        m_news.notify_one();
    }
    void putAside(Job job)
    {
        const std::lock_guard lock(m_mutex);
        m_aside = std::move(job);
        m_news.notify_one();
    }
    void giveUp()
    {
        const std::lock_guard lock(m_mutex);
        m_stop.request_stop();
        m_question = nullptr;
    }
    ~Thread() { giveUp(); }

private:
    void work(const std::stop_token& end)
    {
        std::unique_lock lock(m_mutex);
        while (m_news.wait(lock, end, [this] { return m_question || m_aside; })) {
            Job job = std::exchange(m_question ? m_question : m_aside, nullptr);
            const std::stop_token stop = m_stop.get_token();
            lock.unlock();
            job(stop);
            lock.lock();
        }
    }

    std::mutex m_mutex;
    std::condition_variable_any m_news;
    std::stop_source m_stop; ///< of the question
    Job m_question;
    Job m_aside;                                                              ///< whatever may wait for it
    std::jthread m_worker{[this](const std::stop_token& end) { work(end); }}; // last: see FormTimer
};

PlanWorker::PlanWorker(QObject* parent) : QObject(parent) {}

PlanWorker::~PlanWorker() = default;

void PlanWorker::ask(const PlanRequest& request)
{
    if (!m_thread) m_thread = std::make_unique<Thread>();
    m_awaited = true;
    m_thread->put([this, request, ticket = ++m_ticket](const std::stop_token& stop) {
        auto answer = std::make_shared<const PlanAnswer>(answerTo(request, stop));
        if (stop.stop_requested()) return;
        // Joined before it goes: what is posted to it is dropped with it.
        QMetaObject::invokeMethod(
            this,
            [this, answer, ticket] {
                if (ticket != m_ticket || !m_awaited) return;
                m_awaited = false;
                emit answered(answer);
            },
            Qt::QueuedConnection);
    });
}

void PlanWorker::cancel()
{
    m_awaited = false;
    if (m_thread) m_thread->giveUp();
}

void PlanWorker::askForChecks()
{
    if (!m_thread) m_thread = std::make_unique<Thread>();
    m_thread->putAside([this](const std::stop_token&) {
        auto found = plan_checks();
        auto checks = std::make_shared<const std::vector<PlanCheck>>(found ? found.take() : std::vector<PlanCheck>{});
        QMetaObject::invokeMethod(
            this, [this, checks] { emit checked(checks); }, Qt::QueuedConnection);
    });
}

} // namespace triptych
