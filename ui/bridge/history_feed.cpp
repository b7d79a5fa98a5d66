// One thread that reads, one request on its way.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/history_feed.h"

#include "core/session/history_reader.h"
#include "core/util/request_box.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <limits>
#include <thread>

namespace triptych {

namespace {

constexpr int kListInterval = 2000; // ms between two looks at which frames a live run has kept
constexpr std::int64_t kNewest = std::numeric_limits<std::int64_t>::max();

std::size_t bytesOf(const LoadFrame& frame)
{
    const auto experts = static_cast<std::size_t>(frame.experts);
    const std::size_t domains = frame.domains.size();
    const std::size_t lifts = frame.lift.empty() ? 0 : frame.lift.front().size();
    const std::size_t partners = frame.partners.empty() ? 0 : 64; // up to 8 of 8 bytes
    return frame.layers.size() * (experts * (16 + 4 * domains + partners) + 4 * lifts) + 1;
}

std::size_t bytesOf(const ProbeFrame& frame)
{
    return 4 * (frame.attention.size() + frame.latent_norm.size()) + 512 * frame.tokens.size() + 1;
}

template <class Frame>
std::size_t mostOf(const Frame& frame, std::size_t most)
{
    return std::clamp<std::size_t>(HistoryFeed::kMostBytes / bytesOf(frame), 4, most);
}

/// A frame that was made anew from the last loads, with what only a kept one knows: domains, pairs, groups.
std::shared_ptr<const LoadFrame> withDetail(const std::shared_ptr<const LoadFrame>& frame, const LoadFrame& kept)
{
    if (frame->experts != kept.experts || frame->layers.size() != kept.layers.size()) return frame;
    auto whole = std::make_shared<LoadFrame>(*frame);
    if (whole->domain_share.empty()) {
        whole->domains = kept.domains;
        whole->domain_share = kept.domain_share;
    }
    if (whole->lift.empty()) whole->lift = kept.lift;
    if (whole->partners.empty()) whole->partners = kept.partners;
    if (whole->group_share.empty()) whole->group_share = kept.group_share;
    if (whole->micro_max_vio.empty()) whole->micro_max_vio = kept.micro_max_vio;
    return whole;
}

/// The last of rising steps that is not after one; nothing before the first.
std::optional<std::int64_t> lastUpTo(const std::vector<std::int64_t>& steps, std::int64_t step)
{
    const auto after = std::upper_bound(steps.begin(), steps.end(), step);
    return after == steps.begin() ? std::nullopt : std::optional(*(after - 1));
}

template <class Frame>
std::vector<std::int64_t> stepsOf(const FrameTrail<Frame>& trail)
{
    std::vector<std::int64_t> steps;
    for (const auto& frame : trail.frames()) steps.push_back(frame->step);
    return steps;
}

std::vector<std::int64_t> both(const std::vector<std::int64_t>& a, const std::vector<std::int64_t>& b)
{
    std::vector<std::int64_t> steps;
    std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(steps));
    return steps;
}

} // namespace

struct HistoryFeed::Answer {
    std::uint64_t run = 0;
    std::optional<std::int64_t> step; ///< nothing: which frames there are, alone
    std::vector<std::int64_t> steps;  ///< of all frames
    std::shared_ptr<const LoadFrame> loads;
    std::shared_ptr<const ProbeFrame> probe;
    bool hasHistory = false;
    std::optional<Error> error;
};

/// Has one request at a time; a later one replaces an earlier one that was not begun.
class HistoryFeed::Reader {
public:
    struct Request {
        std::uint64_t run = 0;
        std::filesystem::path folder;
        std::optional<std::int64_t> step;
    };

    explicit Reader(HistoryFeed& feed) : m_feed(feed), m_thread([this](const std::stop_token& stop) { loop(stop); }) {}

    void ask(Request request)
    {
        m_box.put(std::move(request));
    }

private:
    void loop(const std::stop_token& stop)
    {
        while (const std::optional<Request> asked = m_box.take(stop)) {
            const Request& request = *asked;
            auto answer = std::make_shared<const Answer>(read(request));
            QMetaObject::invokeMethod(
                &m_feed, [&feed = m_feed, answer] { feed.take(*answer); }, Qt::QueuedConnection);
        }
    }

    Answer read(const Request& request)
    {
        Answer answer;
        answer.run = request.run;
        answer.step = request.step;
        if (!m_history || m_run != request.run) {
            forget();
            m_run = request.run;
            auto opened = HistoryReader::open(request.folder);
            if (!opened) {
                answer.error = opened.error();
                return answer;
            }
            m_history.emplace(opened.take());
        } else if (const auto refreshed = m_history->refresh(); !refreshed) {
            forget();
            answer.error = refreshed.error();
            return answer;
        }
        const auto loadSteps = m_history->steps(HistoryKind::Loads);
        const auto probeSteps = m_history->steps(HistoryKind::Probe);
        answer.steps = both(loadSteps, probeSteps);
        answer.hasHistory = !answer.steps.empty();
        if (!request.step) return answer;
        const auto loads = [&](std::int64_t step) { return m_history->loads(step); };
        const auto probe = [&](std::int64_t step) { return m_history->probe(step); };
        answer.loads = frame(m_loads, lastUpTo(loadSteps, *request.step), loads, answer.error);
        answer.probe = frame(m_probe, lastUpTo(probeSteps, *request.step), probe, answer.error);
        return answer;
    }

    /// The one that was read last where it is the same: nothing is drawn anew for it.
    template <class Frame, class Read>
    static std::shared_ptr<const Frame> frame(std::shared_ptr<const Frame>& last, std::optional<std::int64_t> step,
                                              const Read& read, std::optional<Error>& error)
    {
        if (!step) return nullptr;
        if (last && last->step == *step) return last;
        const auto found = read(*step);
        if (!found) {
            error = found.error();
            return nullptr;
        }
        return last = *found;
    }

    void forget()
    {
        m_history.reset();
        m_loads.reset();
        m_probe.reset();
    }

    HistoryFeed& m_feed;
    RequestBox<Request> m_box;

    // Of the thread alone.
    std::uint64_t m_run = 0;
    std::optional<HistoryReader> m_history;
    std::shared_ptr<const LoadFrame> m_loads;
    std::shared_ptr<const ProbeFrame> m_probe;

    std::jthread m_thread; // last: it starts when everything else is there, and is joined first
};

HistoryFeed::HistoryFeed(RunFeed& feed, Moment& moment, QObject* parent)
    : QObject(parent), m_feed(feed), m_moment(moment), m_loads(kMostLoads), m_probes(kMostProbes),
      m_reader(std::make_unique<Reader>(*this))
{
    connect(&feed, &RunFeed::runStarted, this, &HistoryFeed::startOver);
    connect(&feed, &RunFeed::loadsArrived, this, &HistoryFeed::remember);
    connect(&feed, &RunFeed::probeArrived, this, &HistoryFeed::remember);
    connect(&moment, &Moment::changed, this, &HistoryFeed::follow);
    if (feed.run()) startOver();
}

HistoryFeed::~HistoryFeed()
{
    m_reader.reset(); // while there is somebody to answer to
}

void HistoryFeed::startOver()
{
    ++m_run;
    m_reading = false;
    m_wanted = false;
    m_trouble.reset();
    m_loads = FrameTrail<LoadFrame>(kMostLoads);
    m_probes = FrameTrail<ProbeFrame>(kMostProbes);
    m_source = HistorySource::None;
    m_moment.setFrames({});
    m_moment.goLive();
    emit changed();
    m_newest = true;
    // What a recorded run tells at once comes first.
    QMetaObject::invokeMethod(
        this,
        [this, run = m_run] {
            if (run == m_run && !m_reading) list();
        },
        Qt::QueuedConnection);
}

void HistoryFeed::setSource(HistorySource source)
{
    if (source == m_source) return;
    m_source = source;
    emit changed();
}

void HistoryFeed::follow()
{
    if (m_moment.isLive()) {
        m_wanted = false;
        m_feed.release();
    } else if (m_source == HistorySource::Memory || !m_feed.run() || m_feed.run()->run_folder.empty()) {
        holdFromMemory();
    } else if (m_reading) {
        m_wanted = true;
    } else {
        ask();
    }
}

void HistoryFeed::ask()
{
    m_reading = true;
    m_wanted = false;
    ++m_reads;
    m_reader->ask({m_run, m_feed.run()->run_folder, m_moment.step()});
    emit changed();
}

void HistoryFeed::list()
{
    m_sinceListed.start();
    if (!m_feed.run() || m_feed.run()->run_folder.empty()) return;
    const bool recorded = !m_feed.isLive() && m_feed.state() != SessionState::Preparing;
    const bool newest = std::exchange(m_newest, false) && recorded;
    m_reading = true;
    m_reader->ask({m_run, m_feed.run()->run_folder, newest ? std::optional(kNewest) : std::nullopt});
}

void HistoryFeed::take(const Answer& answer)
{
    if (answer.run != m_run) return;
    m_reading = false;
    // A run that keeps no history is no trouble as long as memory has frames.
    const bool remembers = !m_loads.frames().empty() || !m_probes.frames().empty();
    const bool fromMemory = !answer.hasHistory && remembers;
    m_trouble = fromMemory ? std::nullopt : answer.error;
    if (answer.hasHistory) {
        m_moment.setFrames(answer.steps);
        m_source = HistorySource::Folder;
        m_loads.clear(); // the folder has them
        m_probes.clear();
    } else if (fromMemory) {
        m_source = HistorySource::Memory;
    }
    if (answer.step == kNewest) showNewest(answer);
    if (const auto step = m_moment.step()) {
        // A picture on the way is better than none while a hand goes on.
        if (fromMemory)
            holdFromMemory();
        else if (answer.step && answer.step != kNewest)
            m_feed.hold(m_wanted ? *answer.step : *step, answer.loads, answer.probe);
        if (!fromMemory && (m_wanted || !m_feed.isHeld())) ask();
    }
    emit changed();
}

void HistoryFeed::showNewest(const Answer& answer)
{
    if (answer.loads) {
        const auto shown = m_feed.liveLoads();
        m_feed.setLoads(shown && shown->step >= answer.loads->step ? withDetail(shown, *answer.loads) : answer.loads);
    }
    const auto probe = m_feed.liveProbe();
    if (answer.probe && (!probe || probe->step < answer.probe->step)) m_feed.setProbe(answer.probe);
}

void HistoryFeed::remember()
{
    if (m_source == HistorySource::Folder) {
        if (!m_reading && m_feed.isGrowing() && m_sinceListed.elapsed() > kListInterval) list();
        return;
    }
    const auto keep = [](auto& trail, const auto& frame, std::size_t most) {
        if (!frame || (!trail.frames().empty() && trail.frames().back() == frame)) return;
        if (trail.frames().empty()) trail = std::decay_t<decltype(trail)>(mostOf(*frame, most));
        trail.add(frame);
    };
    keep(m_loads, m_feed.liveLoads(), kMostLoads);
    keep(m_probes, m_feed.liveProbe(), kMostProbes);
    m_moment.setFrames(both(stepsOf(m_loads), stepsOf(m_probes)));
    const bool hasFolder = m_feed.run() && !m_feed.run()->run_folder.empty();
    if (!hasFolder) setSource(HistorySource::Memory);
    // A live run with a folder begins to keep frames a moment after it has begun.
    if (hasFolder && !m_reading && m_feed.isLive() && m_sinceListed.isValid() &&
        m_sinceListed.elapsed() > kListInterval)
        list();
}

void HistoryFeed::holdFromMemory()
{
    const std::int64_t step = *m_moment.step();
    m_feed.hold(step, m_loads.at(step), m_probes.at(step));
}

} // namespace triptych
