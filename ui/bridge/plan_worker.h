// Plans on a thread of its own: the newest question counts, an older one is given up.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cluster/plan_checks.h"
#include "core/cluster/planner.h"
#include "core/cluster/timeline.h"

#include <QObject>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace triptych {

/// One pipeline's step, to be drawn.
struct StepPicture {
    ClusterPlan plan;
    StepTimeline line;          ///< of `drawn` micro-batches, every stage as the mean of those that are waited for
    std::int64_t drawn = 0;     ///< micro-batches, at most those of the plan
    std::optional<Error> error; ///< why there is none; then only the schedule of `plan` is set
};

/// All that follows from one request.
struct PlanAnswer {
    PlanRequest request;
    std::optional<ClusterPlan> plan; ///< the cheapest; where nothing fits, the one that misses by least
    std::optional<Error> refusal;    ///< why `plan` will not do, or why there is none
    PlanSearch search;               ///< through all layouts of the cluster, whatever the request sets of the layout
    std::vector<StepPicture> steps;  ///< of the plan, then of the same layout by another schedule
};
/// Whatever the thread that asks. Once it is asked to stop the answer is of no use.
PlanAnswer answerTo(const PlanRequest& request, const std::stop_token& stop = {});

/// Lives in the GUI's thread and never waits, but for its destructor: that waits for one layout to be computed.
class PlanWorker : public QObject {
    Q_OBJECT

public:
    explicit PlanWorker(QObject* parent = nullptr);
    ~PlanWorker() override;

    /// Gives up what it is at. Answered by answered(), unless another question comes first.
    void ask(const PlanRequest& request);
    /// No answer is wanted any more.
    void cancel();
    /// Whether an answer is to come.
    bool isBusy() const { return m_awaited; }
    /// The published figures, once; answered by checked().
    void askForChecks();

signals:
    void answered(const std::shared_ptr<const triptych::PlanAnswer>& answer);
    void checked(const std::shared_ptr<const std::vector<triptych::PlanCheck>>& checks);

private:
    class Thread;
    std::unique_ptr<Thread> m_thread; ///< null before the first question
    std::uint64_t m_ticket = 0;       ///< of the newest question
    bool m_awaited = false;
};

} // namespace triptych
