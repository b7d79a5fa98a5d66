// A lesson over live runs: a router that is balanced, the same one that is not, and how it is mended.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/command.h"
#include "ui/bridge/run_feed.h"

#include <QObject>

#include <array>
#include <functional>
#include <limits>
#include <optional>

namespace triptych {

enum class LessonStage : std::uint8_t { Begin = 1, Balanced, Unbalanced, Mending, End };

/// What a part of the lesson came to; each part is compared with the others by the last 20 of its steps.
struct LessonOutcome {
    std::int64_t step = 0;
    double maxVio = 0;        ///< mean over layers
    std::int64_t dead = 0;    ///< experts without a token for 20 steps
    std::int64_t experts = 0; ///< of all layers
    double loss = 0;          ///< main loss, nats per token
};

/// Two short trainings of the smallest model, equal but for the balancing. A hand leads from stage to stage; the lesson
/// waits in each until there is something to see. Another run in between ends it.
class CollapseLesson : public QObject {
    Q_OBJECT

public:
    /// Of the balanced and of the unbalanced run, before they are compared.
    static constexpr std::int64_t kSteps = 60;
    /// After the balancing came on, before anything is said of it.
    static constexpr std::int64_t kHealing = 20;
    /// Of the bias in a step: ten times that of the V3 report, to see in a minute what took them thousands of steps.
    static constexpr double kSpeed = 0.01;

    /// `start` begins a run, `post` sends to the session, `compare` draws a folder's curves beside those of the run.
    struct Hands {
        std::function<void(const RunRequest&)> start;
        std::function<void(Command)> post;
        std::function<void(const QString&)> compare;
    };

    CollapseLesson(const RunFeed& feed, Hands hands, QObject* parent = nullptr);

    LessonStage stage() const { return m_stage; }
    /// Whether the stage has shown what it is for.
    bool isDone() const { return m_stage == LessonStage::Begin || m_stage == LessonStage::End || m_done; }
    /// Of what the stage waits for, 0..1; 1 does not mean done while the loads are still uneven.
    double progress() const;
    /// To the next stage, where this one is done; from the last one to the first.
    void goOn();
    /// The stages so far, balanced, unbalanced, mended; the one that goes on as it is now.
    const std::array<std::optional<LessonOutcome>, 3>& outcomes() const { return m_outcomes; }
    /// At which step of its run the balancing came on; nothing before.
    std::optional<std::int64_t> mendedAt() const { return m_mendedAt; }
    /// MaxVio when it was asked for; not-a-number before.
    double maxVioBefore() const { return m_before; }
    /// Why the lesson ended by itself; empty: it did not.
    const QString& trouble() const { return m_trouble; }

    /// Stands where another one of the same feed does.
    void takeOver(const CollapseLesson& other);

signals:
    void changed();

private:
    void begin(LessonStage stage, double speed);
    void takeRun();
    void takeState();
    void takeNumbers();
    void takeAnswer(quint64 ticket, bool obeyed, const QString& what, const QString& hint);
    void stop(const QString& trouble);
    LessonOutcome outcomeNow() const;

    const RunFeed& m_feed;
    Hands m_hands;
    LessonStage m_stage = LessonStage::Begin;
    bool m_done = false;
    bool m_awaited = false; ///< a run of the lesson that has been asked for
    std::array<std::optional<LessonOutcome>, 3> m_outcomes;
    QString m_balancedRun; ///< folder
    Ticket m_ticket = 0;
    std::optional<std::int64_t> m_mendedAt;
    double m_before = std::numeric_limits<double>::quiet_NaN();
    QString m_trouble;
};

} // namespace triptych
