// A layer is read out of many frames.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/expert_history.h"

#include "core/session/history_reader.h"
#include "core/session/route_saturation.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <map>
#include <utility>

namespace triptych {

namespace {

constexpr int kAskInterval = 2000; // ms between two looks at what a live run has kept

using Moments = std::vector<std::shared_ptr<const LayerMoment>>;

std::optional<std::size_t> rowOf(const LoadFrame& frame, std::int64_t layer)
{
    for (std::size_t row = 0; row < frame.layers.size() && row < frame.ratio.size(); ++row)
        if (frame.layers[row].layer == layer) return row;
    return std::nullopt;
}

/// Null where the frame has none of the layers.
std::shared_ptr<const LayerMoment> momentOf(const LoadFrame& frame, const std::vector<std::int64_t>& layers)
{
    LayerMoment moment{frame.step, {}};
    for (const std::int64_t layer : layers)
        if (const auto row = rowOf(frame, layer))
            moment.layers.push_back({layer, frame.ratio[*row], frame.layers[*row].bias});
    return moment.layers.empty() ? nullptr : std::make_shared<const LayerMoment>(std::move(moment));
}

/// Tokens and routes alone: attention is what makes a frame large.
std::shared_ptr<const ProbeFrame> routesOf(const ProbeFrame& frame)
{
    auto routes = std::make_shared<ProbeFrame>();
    routes->step = frame.step;
    routes->tokens = frame.tokens;
    routes->layers = frame.layers;
    routes->routes = frame.routes;
    return routes;
}

std::size_t bytesOf(const LoadFrame& frame)
{
    const std::size_t each = 16 + 4 * frame.domains.size() + (frame.partners.empty() ? 0 : 64);
    return frame.layers.size() * static_cast<std::size_t>(frame.experts) * each + 1;
}

/// At most so many of the steps, evenly, the last among them.
std::vector<std::int64_t> spread(const std::vector<std::int64_t>& steps, std::size_t most)
{
    if (steps.size() <= most) return steps;
    std::vector<std::int64_t> chosen;
    for (std::size_t i = 1; i <= most; ++i) chosen.push_back(steps[i * steps.size() / most - 1]);
    return chosen;
}

} // namespace

struct ExpertHistory::Request {
    std::uint64_t run = 0;
    std::filesystem::path folder; ///< empty: there is none
    std::vector<std::int64_t> layers;
    std::vector<std::shared_ptr<const LoadFrame>> loads;
    std::vector<std::shared_ptr<const ProbeFrame>> probes;
};

struct ExpertHistory::Answer {
    std::uint64_t run = 0;
    std::vector<std::int64_t> layers;
    std::int64_t kept = std::numeric_limits<std::int64_t>::min(); ///< the last step of the folder
    Moments moments;
    std::optional<std::vector<SettledRoutes>> settled; ///< in the second answer to a request: routes take longer
    std::optional<Error> error;
};

/// What was read once of a layer is not read again. Jobs hold it; only their thread reads, and stops where nobody waits
/// for an answer any more.
class ExpertHistory::Folder {
public:
    explicit Folder(ExpertHistory& owner) : m_door(owner) {}

    void close() { m_door.close(); }

    void answer(const Request& request)
    {
        Answer answer = read(request);
        tell(answer);
        if (m_history && m_door.isOpen()) readRoutes();
        answer.settled = settle(request);
        tell(answer);
    }

private:
    void tell(const Answer& answer)
    {
        m_door.tell([answer](ExpertHistory& owner) { owner.take(answer); });
    }

    Answer read(const Request& request)
    {
        Answer answer;
        answer.run = request.run;
        answer.layers = request.layers;
        if (m_run != request.run) forget();
        if (m_layers != request.layers) m_moments.clear();
        m_run = request.run;
        m_layers = request.layers;
        if (!request.folder.empty()) readFolder(request, answer);
        for (const auto& frame : request.loads)
            if (frame->step > answer.kept)
                if (auto moment = momentOf(*frame, request.layers)) answer.moments.push_back(std::move(moment));
        return answer;
    }

    void readFolder(const Request& request, Answer& answer)
    {
        if (!m_history) {
            auto opened = HistoryReader::open(request.folder);
            if (!opened) {
                answer.error = opened.error();
                return;
            }
            m_history.emplace(opened.take());
        } else if (const auto refreshed = m_history->refresh(); !refreshed) {
            answer.error = refreshed.error();
            forget();
            return;
        }
        const auto steps = m_history->steps(HistoryKind::Loads);
        std::map<std::int64_t, std::shared_ptr<const LayerMoment>> moments;
        for (const std::int64_t step : steps) {
            if (!m_door.isOpen()) return;
            const auto known = m_moments.find(step);
            auto moment = known != m_moments.end() ? known->second : readMoment(step, answer.error);
            if (moment) moments[moment->step] = std::move(moment);
        }
        m_moments = std::move(moments);
        for (const auto& [step, moment] : m_moments) answer.moments.push_back(moment);
        if (!steps.empty()) answer.kept = steps.back();
    }

    void readRoutes()
    {
        std::map<std::int64_t, std::shared_ptr<const ProbeFrame>> routes;
        for (const std::int64_t step : spread(m_history->steps(HistoryKind::Probe), kMostProbes)) {
            if (!m_door.isOpen()) return;
            const auto known = m_routes.find(step);
            if (known != m_routes.end()) {
                routes.insert(*known);
            } else if (const auto frame = m_history->probe(step); frame && *frame) {
                routes[step] = routesOf(**frame);
            }
        }
        m_routes = std::move(routes);
    }

    std::shared_ptr<const LayerMoment> readMoment(std::int64_t step, std::optional<Error>& error)
    {
        const auto frame = m_history->loads(step);
        if (!frame) {
            error = frame.error();
            return nullptr;
        }
        return *frame ? momentOf(**frame, m_layers) : nullptr;
    }

    /// Against the newest frame, wherever it comes from.
    std::vector<SettledRoutes> settle(const Request& request) const
    {
        std::vector<SettledRoutes> settled;
        auto all = m_routes;
        for (const auto& frame : request.probes) all[frame->step] = frame;
        if (all.size() < 2) return settled;
        const ProbeFrame& newest = *all.rbegin()->second;
        for (const auto& [step, frame] : all) {
            const std::vector<double> shares = route_saturation(*frame, newest);
            const auto layer = static_cast<std::size_t>(std::max<std::int64_t>(request.layers.front(), 0));
            if (layer < shares.size() && std::isfinite(shares[layer])) settled.push_back({step, shares[layer]});
        }
        if (settled.size() < 2) settled.clear();
        return settled;
    }

    void forget()
    {
        m_history.reset();
        m_moments.clear();
        m_routes.clear();
    }

    Door<ExpertHistory> m_door;
    std::uint64_t m_run = 0;
    std::vector<std::int64_t> m_layers;
    std::optional<HistoryReader> m_history;
    std::map<std::int64_t, std::shared_ptr<const LayerMoment>> m_moments; ///< of the folder and the layers
    std::map<std::int64_t, std::shared_ptr<const ProbeFrame>> m_routes;   ///< of the folder, without attention
};

ExpertHistory::ExpertHistory(const RunFeed& feed, QObject* parent)
    : QObject(parent), m_feed(feed), m_loads(kMostLoads), m_probes(kMostProbes),
      m_folder(std::make_shared<Folder>(*this))
{
    connect(&feed, &RunFeed::runStarted, this, &ExpertHistory::startOver);
    connect(&feed, &RunFeed::loadsArrived, this, &ExpertHistory::takeLoads);
    connect(&feed, &RunFeed::probeArrived, this, &ExpertHistory::takeProbe);
    takeLoads();
    takeProbe();
}

ExpertHistory::~ExpertHistory()
{
    m_folder->close();
}

void ExpertHistory::startOver()
{
    ++m_run;
    m_moments.clear();
    m_settled.clear();
    m_trouble.reset();
    m_loads = FrameTrail<LoadFrame>(kMostLoads);
    m_probes = FrameTrail<ProbeFrame>(kMostProbes);
    m_reading = m_wanted = m_answered = false;
    emit changed();
    // What a recorded run tells at once comes first.
    QMetaObject::invokeMethod(this, &ExpertHistory::ask, Qt::QueuedConnection);
}

void ExpertHistory::watch(std::vector<std::int64_t> layers)
{
    if (layers == m_layers) return;
    m_layers = std::move(layers);
    m_answered = false;
    m_moments.clear();
    m_settled.clear();
    for (const auto& frame : m_loads.frames()) append(*frame); // until the rest is read
    ask();
    emit changed();
}

void ExpertHistory::takeOver(const ExpertHistory& other)
{
    m_layers = other.m_layers;
    m_moments = other.m_moments;
    m_settled = other.m_settled;
    m_trouble = other.m_trouble;
    m_loads = other.m_loads;
    m_probes = other.m_probes;
    m_answered = other.m_answered;
    if (isReading()) ask();
    emit changed();
}

void ExpertHistory::ask()
{
    if (m_layers.empty() || !m_feed.run()) return;
    m_wanted = m_reading;
    if (m_reading) return;
    m_reading = true;
    m_sinceAsked.start();
    Request request{m_run, m_feed.run()->run_folder, m_layers, m_loads.frames(), m_probes.frames()};
    m_reader.ask(this, [folder = m_folder, request = std::move(request)] { folder->answer(request); });
}

void ExpertHistory::take(const Answer& answer)
{
    if (answer.run != m_run) return;
    m_reading = !answer.settled;
    const bool wanted = answer.layers == m_layers;
    if (wanted) {
        m_answered = true;
        m_trouble = answer.moments.empty() ? answer.error : std::nullopt;
        m_moments = answer.moments;
        if (answer.settled) m_settled = *answer.settled;
        for (const auto& frame : m_loads.frames()) // those that came meanwhile
            if (m_moments.empty() || frame->step > m_moments.back()->step) append(*frame);
        forgetUpTo(answer.kept);
        emit changed();
    }
    if (!m_reading && (m_wanted || !wanted)) ask();
}

/// Frames that the folder has are not needed twice.
void ExpertHistory::forgetUpTo(std::int64_t step)
{
    if (m_loads.frames().empty() || m_loads.frames().front()->step > step) return;
    const auto frames = m_loads.frames();
    m_loads.clear();
    for (const auto& frame : frames)
        if (frame->step > step) m_loads.add(frame);
}

void ExpertHistory::append(const LoadFrame& frame)
{
    auto moment = momentOf(frame, m_layers);
    if (!moment) return;
    // A run that was resumed says its last steps again.
    while (!m_moments.empty() && m_moments.back()->step >= frame.step) m_moments.pop_back();
    m_moments.push_back(std::move(moment));
}

void ExpertHistory::takeLoads()
{
    const auto frame = m_feed.liveLoads();
    if (!frame || (!m_loads.frames().empty() && m_loads.frames().back() == frame)) return;
    if (m_loads.frames().empty())
        m_loads = FrameTrail<LoadFrame>(std::clamp<std::size_t>(kMostBytes / bytesOf(*frame), 4, kMostLoads));
    m_loads.add(frame);
    if (m_layers.empty()) return;
    append(*frame);
    emit changed();
    if (!m_reading && (!m_sinceAsked.isValid() || m_sinceAsked.elapsed() > kAskInterval)) ask();
}

void ExpertHistory::takeProbe()
{
    const auto frame = m_feed.liveProbe();
    if (frame && (m_probes.frames().empty() || m_probes.frames().back()->step != frame->step))
        m_probes.add(routesOf(*frame));
}

} // namespace triptych
