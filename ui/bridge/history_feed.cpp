// What is read of a history, and what becomes of it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/history_feed.h"

#include "core/run/curve_cache.h"
#include "core/session/history_reader.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <limits>

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
    const std::size_t words = frame.words.empty() ? 0 : 8 * sizeof(LoadFrame::Word);
    return frame.layers.size() * (experts * (16 + 4 * domains + partners + words) + 4 * lifts) + 1;
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
    std::shared_ptr<const SeriesCache> numbers;               ///< of the step; null: not in the curves
    Past past;
    bool hasHistory = false;
    std::optional<Error> error;
};

/// The history of one run after the other. Jobs hold it; only their thread reads.
class HistoryFeed::Folder {
public:
    struct Request {
        std::uint64_t run = 0;
        std::filesystem::path folder;
        std::optional<std::int64_t> step;
        std::int64_t pastUntil = 0; ///< of what came up to this step; 0: none
    };

    explicit Folder(HistoryFeed& feed) : door(feed) {}

    Door<HistoryFeed> door;

    Answer read(const Request& request)
    {
        Answer answer;
        answer.run = request.run;
        answer.step = request.step;
        if (m_run != request.run) {
            forget();
            m_run = request.run;
        }
        if (request.step && request.step != kNewest) answer.numbers = numbers(request.folder, *request.step);
        if (!m_history) {
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
        if (request.pastUntil > 0)
            answer.past = {m_history->every_acceptance(request.pastUntil), m_history->every_kernels(request.pastUntil)};
        if (!request.step) return answer;
        const auto loads = [&](std::int64_t step) { return m_history->loads(step); };
        const auto probe = [&](std::int64_t step) { return m_history->probe(step); };
        answer.loads = frame(m_loads, lastUpTo(loadSteps, *request.step), loads, answer.error);
        answer.probe = frame(m_probe, lastUpTo(probeSteps, *request.step), probe, answer.error);
        return answer;
    }

    /// What cannot be read is no trouble: memory has the newest.
    std::shared_ptr<const SeriesCache> numbers(const std::filesystem::path& folder, std::int64_t step)
    {
        if (!std::exchange(m_looked, true)) // once: to make them again and again of a database would take seconds
            if (auto curves = open_curves(folder)) m_curves.emplace(curves.take());
        if (!m_curves || step < m_curves->first_step()) return nullptr;
        if (step > m_curves->last_step() && (!m_curves->refresh() || step > m_curves->last_step())) return nullptr;
        const std::int64_t first = std::max(m_curves->first_step(), step - RunFeed::kCalmSteps + 1);
        std::vector<double> values(static_cast<std::size_t>(step - first + 1));
        auto cache = std::make_shared<SeriesCache>();
        for (std::size_t column = 0; column < m_curves->columns().size(); ++column) {
            if (!m_curves->values(column, first, values)) return nullptr;
            for (std::size_t i = 0; i < values.size(); ++i)
                if (!curve::is_missing(values[i]))
                    cache->append({m_curves->columns()[column], first + static_cast<std::int64_t>(i), values[i]});
        }
        return cache;
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
        m_curves.reset();
        m_looked = false;
        m_history.reset();
        m_loads.reset();
        m_probe.reset();
    }

    std::uint64_t m_run = 0;
    std::optional<CurveReader> m_curves;
    bool m_looked = false; ///< for them
    std::optional<HistoryReader> m_history;
    std::shared_ptr<const LoadFrame> m_loads;
    std::shared_ptr<const ProbeFrame> m_probe;
};

HistoryFeed::HistoryFeed(RunFeed& feed, Moment& moment, QObject* parent)
    : QObject(parent), m_feed(feed), m_moment(moment), m_loads(kMostLoads), m_probes(kMostProbes),
      m_folder(std::make_shared<Folder>(*this))
{
    connect(&feed, &RunFeed::runStarted, this, &HistoryFeed::startOver);
    connect(&feed, &RunFeed::loadsArrived, this, &HistoryFeed::remember);
    connect(&feed, &RunFeed::probeArrived, this, &HistoryFeed::remember);
    connect(&feed, &RunFeed::numbersChanged, this, &HistoryFeed::lookAgain);
    connect(&moment, &Moment::changed, this, &HistoryFeed::follow);
    if (feed.run()) startOver();
}

HistoryFeed::~HistoryFeed()
{
    m_folder->door.close();
}

void HistoryFeed::startOver()
{
    ++m_run;
    m_reading = false;
    m_wanted = false;
    m_trouble.reset();
    m_kept.reset();
    m_past = {};
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
        showPast();
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
    read(m_moment.step());
    emit changed();
}

void HistoryFeed::list()
{
    m_sinceListed.start();
    if (!m_feed.run() || m_feed.run()->run_folder.empty()) return;
    const bool recorded = !m_feed.isLive() && m_feed.state() != SessionState::Preparing;
    const bool first = std::exchange(m_newest, false);
    const bool newest = recorded && (first || m_feed.isGrowing());
    m_reading = true;
    // A recorded run was opened with these.
    read(newest ? std::optional(kNewest) : std::nullopt, first && !recorded ? m_feed.run()->first_step : 0);
}

/// A later request replaces an earlier one that was not begun.
void HistoryFeed::read(std::optional<std::int64_t> step, std::int64_t pastUntil)
{
    m_reader.ask(this,
                 [folder = m_folder, request = Folder::Request{m_run, m_feed.run()->run_folder, step, pastUntil}] {
                     folder->door.tell([answer = folder->read(request)](HistoryFeed& feed) { feed.take(answer); });
                 });
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
    if (!answer.past.isEmpty()) m_past = answer.past;
    if (!m_feed.isHeld()) showPast();
    if (answer.step == kNewest) showNewest(answer);
    if (const auto step = m_moment.step()) {
        // A picture on the way is better than none while a hand goes on.
        if (fromMemory)
            holdFromMemory();
        else if (answer.step && answer.step != kNewest)
            m_feed.hold(m_wanted ? *answer.step : *step, answer.loads, answer.probe, answer.numbers);
        if (!fromMemory && (m_wanted || !m_feed.isHeld())) ask();
    }
    if (m_newest && !m_reading) list(); // a quick hand came before it
    emit changed();
}

/// Before the newest of each, which may be there already; once the feed shows it.
void HistoryFeed::showPast()
{
    const Past past = std::exchange(m_past, {});
    const auto show = [this](const auto& frames, const auto& newest, auto set) {
        if (frames.empty()) return;
        {
            const QSignalBlocker quiet(m_feed); // they are told at once
            for (const auto& frame : frames) (m_feed.*set)(frame);
        }
        (m_feed.*set)(newest ? newest : frames.back());
    };
    show(past.acceptance, m_feed.acceptance(), &RunFeed::setAcceptance);
    show(past.kernels, m_feed.kernels(), &RunFeed::setKernels);
}

void HistoryFeed::showNewest(const Answer& answer)
{
    if (answer.loads) {
        m_kept = answer.loads;
        const auto shown = m_feed.liveLoads();
        if (!shown || shown->step < answer.loads->step)
            m_feed.setLoads(answer.loads);
        else
            complete();
    }
    const auto probe = m_feed.liveProbe();
    if (answer.probe && (!probe || probe->step < answer.probe->step)) m_feed.setProbe(answer.probe);
}

/// What is read of a recorded run beside its history tells of loads alone: domains, pairs and tokens of the last frame
/// that was kept stay with it.
void HistoryFeed::complete()
{
    const auto shown = m_feed.liveLoads();
    if (m_feed.isLive() || !m_kept || !shown || !lacks_detail(*shown, *m_kept)) return;
    auto whole = std::make_shared<LoadFrame>(*shown);
    add_detail(*whole, *m_kept);
    m_feed.setLoads(std::move(whole));
}

/// Of a run that another process trains nothing arrives but what is read.
void HistoryFeed::lookAgain()
{
    if (m_feed.trainedBy().isEmpty() || m_reading || !m_sinceListed.isValid()) return;
    if (m_sinceListed.elapsed() > kListInterval) list();
}

void HistoryFeed::remember()
{
    complete();
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
