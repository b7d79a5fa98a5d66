// Filling the tables of a plan.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/plan_twins.h"

#include "ui/models/twin_table.h"
#include "ui/panels/plan_figures.h"
#include "ui/widgets/step_timeline_view.h"

#include <QCoreApplication>

namespace triptych {

namespace {

using Answer = std::shared_ptr<const PlanAnswer>;

QString say(const char* text)
{
    return QCoreApplication::translate("Planner", text);
}

struct Figure {
    QString name;
    double value = 0;
    QString unit;
    QString source;
};

std::vector<Figure> figuresOf(const PlanAnswer& answer)
{
    const ClusterPlan& p = *answer.plan;
    const QString core = QStringLiteral("docs/planner.md");
    const auto row = [&](const char* name, double value, const char* unit) {
        return Figure{say(name), value, say(unit), core};
    };
    std::vector<Figure> rows = {
        row(QT_TRANSLATE_NOOP("Planner", "training time"), p.days, QT_TRANSLATE_NOOP("Planner", "days")),
        row(QT_TRANSLATE_NOOP("Planner", "money"), p.usd, "USD"),
        row(QT_TRANSLATE_NOOP("Planner", "GPU-hours"), p.gpu_hours, QT_TRANSLATE_NOOP("Planner", "GPU-hours")),
        row(QT_TRANSLATE_NOOP("Planner", "MFU, causal"), p.mfu, ""),
        row(QT_TRANSLATE_NOOP("Planner", "MFU, full attention"), p.mfu_noncausal, ""),
        row(QT_TRANSLATE_NOOP("Planner", "a step"), p.step_seconds, "s"),
        row(QT_TRANSLATE_NOOP("Planner", "a step: kernels"), p.work_seconds - p.exposed_seconds, "s"),
        row(QT_TRANSLATE_NOOP("Planner", "a step: exposed all-to-all"), p.exposed_seconds, "s"),
        row(QT_TRANSLATE_NOOP("Planner", "a step: bubble"), p.bubble_seconds, "s"),
        row(QT_TRANSLATE_NOOP("Planner", "a step: update"), p.update_seconds, "s"),
        row(QT_TRANSLATE_NOOP("Planner", "memory: weights"), p.memory.weights, "B"),
        row(QT_TRANSLATE_NOOP("Planner", "memory: gradients"), p.memory.gradients, "B"),
        row(QT_TRANSLATE_NOOP("Planner", "memory: optimizer"), p.memory.optimizer, "B"),
        row(QT_TRANSLATE_NOOP("Planner", "memory: activations"), p.memory.activations, "B"),
        row(QT_TRANSLATE_NOOP("Planner", "memory: buffers"), p.memory.buffers, "B"),
        row(QT_TRANSLATE_NOOP("Planner", "memory: may be used"), p.memory_capacity, "B")};
    rows[1].source = priceSource(answer.request);
    rows.push_back({say(QT_TRANSLATE_NOOP("Planner", "price of a GPU-hour")), priceOf(answer.request),
                    QStringLiteral("USD"), priceSource(answer.request)});
    return rows;
}

Twin figuresTwin(Panel& panel, const Answer& answer)
{
    const auto rows = std::make_shared<const std::vector<Figure>>(figuresOf(*answer));
    return twinTable(panel, "plan", say(QT_TRANSLATE_NOOP("Planner", "The plan")),
                     {say(QT_TRANSLATE_NOOP("Planner", "figure")), say(QT_TRANSLATE_NOOP("Planner", "value")),
                      say(QT_TRANSLATE_NOOP("Planner", "unit")), say(QT_TRANSLATE_NOOP("Planner", "source"))},
                     static_cast<int>(rows->size()), [rows](int at, int column) -> QVariant {
                         const Figure& row = (*rows)[static_cast<std::size_t>(at)];
                         switch (column) {
                         case 0: return row.name;
                         case 1: return row.value;
                         case 2: return row.unit;
                         default: return row.source;
                         }
                     });
}

Twin exchangeTwin(Panel& panel, const Answer& answer)
{
    const auto rows = std::make_shared<const std::vector<BarRow>>(exchangeRows(answer->request, *answer->plan));
    return twinTable(panel, "exchange", say(QT_TRANSLATE_NOOP("Planner", "What a token sends in a MoE layer")),
                     {say(QT_TRANSLATE_NOOP("Planner", "network and routing")),
                      say(QT_TRANSLATE_NOOP("Planner", "bytes per token")),
                      say(QT_TRANSLATE_NOOP("Planner", "bytes and time"))},
                     static_cast<int>(rows->size()), [rows](int at, int column) -> QVariant {
                         const BarRow& row = (*rows)[static_cast<std::size_t>(at)];
                         return column == 0 ? QVariant(row.name) : column == 1 ? QVariant(row.value) : row.number;
                     });
}

QString kindText(ChunkKind kind)
{
    switch (kind) {
    case ChunkKind::Forward: return QStringLiteral("F");
    case ChunkKind::Backward: return QStringLiteral("B");
    case ChunkKind::BackwardInputs: return QStringLiteral("B−W");
    case ChunkKind::Weights: return QStringLiteral("W");
    case ChunkKind::Both: return QStringLiteral("F&B");
    }
    return {};
}

QVariant batchCell(const MicroBatch& which)
{
    return QString::number(which.index) +
           (which.direction == PipeDirection::Down ? QStringLiteral("↓") : QStringLiteral("↑"));
}

Twin scheduleTwin(Panel& panel, const Answer& answer)
{
    struct Row {
        PipelineSchedule schedule;
        std::size_t stage;
        StageChunk chunk;
    };
    auto rows = std::make_shared<std::vector<Row>>();
    for (const StepPicture& step : answer->steps)
        for (std::size_t s = 0; s < step.line.stages.size(); ++s)
            for (const StageChunk& chunk : step.line.stages[s]) rows->push_back({step.plan.layout.schedule, s, chunk});
    return twinTable(
        panel, "schedule", say(QT_TRANSLATE_NOOP("Planner", "One step, chunk by chunk, as it is drawn")),
        {say(QT_TRANSLATE_NOOP("Planner", "schedule")), say(QT_TRANSLATE_NOOP("Planner", "GPU of the pipeline")),
         say(QT_TRANSLATE_NOOP("Planner", "chunk")), say(QT_TRANSLATE_NOOP("Planner", "micro-batch forward")),
         say(QT_TRANSLATE_NOOP("Planner", "micro-batch backward")), say(QT_TRANSLATE_NOOP("Planner", "begin (s)")),
         say(QT_TRANSLATE_NOOP("Planner", "end (s)"))},
        static_cast<int>(rows->size()), [rows](int at, int column) -> QVariant {
            const Row& row = (*rows)[static_cast<std::size_t>(at)];
            const StageChunk& c = row.chunk;
            switch (column) {
            case 0: return scheduleTitle(row.schedule);
            case 1: return countCell(static_cast<std::int64_t>(row.stage));
            case 2: return kindText(c.kind);
            case 3:
                return c.kind == ChunkKind::Forward || c.kind == ChunkKind::Both ? batchCell(c.micro_batch)
                                                                                 : QVariant(QString());
            case 4: return c.kind == ChunkKind::Forward ? QVariant(QString()) : batchCell(c.backward);
            case 5: return c.begin;
            default: return c.end;
            }
        });
}

Twin layoutsTwin(Panel& panel, const Answer& answer)
{
    const auto cell = [answer](int at, int column) -> QVariant {
        const ClusterPlan& p = answer->search.plans[static_cast<std::size_t>(at)];
        const bool late = answer->request.deadline_days && p.days > *answer->request.deadline_days;
        switch (column) {
        case 0: return countCell(p.layout.gpus());
        case 1: return countCell(p.layout.pp);
        case 2: return countCell(p.layout.ep);
        case 3: return countCell(p.layout.dp);
        case 4: return countCell(p.layout.micro_batch);
        case 5: return scheduleTitle(p.layout.schedule);
        case 6: return p.days;
        case 7: return p.usd;
        case 8: return p.mfu;
        case 9: return p.memory.total();
        default:
            return !p.fits() ? say(QT_TRANSLATE_NOOP("Planner", "too large"))
                   : late    ? say(QT_TRANSLATE_NOOP("Planner", "too late"))
                             : say(QT_TRANSLATE_NOOP("Planner", "yes"));
        }
    };
    return twinTable(panel, "layouts", say(QT_TRANSLATE_NOOP("Planner", "All layouts of the search")),
                     {say(QT_TRANSLATE_NOOP("Planner", "GPUs")), QStringLiteral("PP"), QStringLiteral("EP"),
                      QStringLiteral("DP"), say(QT_TRANSLATE_NOOP("Planner", "micro-batch (sequences)")),
                      say(QT_TRANSLATE_NOOP("Planner", "schedule")), say(QT_TRANSLATE_NOOP("Planner", "days")),
                      QStringLiteral("USD"), QStringLiteral("MFU"), say(QT_TRANSLATE_NOOP("Planner", "memory (bytes)")),
                      say(QT_TRANSLATE_NOOP("Planner", "fits"))},
                     static_cast<int>(answer->search.plans.size()), cell);
}

} // namespace

std::vector<Twin> planTwins(Panel& panel, const Answer& answer)
{
    if (!answer || !answer->plan) return {};
    return {figuresTwin(panel, answer), exchangeTwin(panel, answer), scheduleTwin(panel, answer),
            layoutsTwin(panel, answer)};
}

Twin checksTwin(Panel& panel, const std::shared_ptr<const std::vector<PlanCheck>>& checks)
{
    return twinTable(panel, "checks", say(QT_TRANSLATE_NOOP("Planner", "The planner against published figures")),
                     {say(QT_TRANSLATE_NOOP("Planner", "figure")), say(QT_TRANSLATE_NOOP("Planner", "predicted")),
                      say(QT_TRANSLATE_NOOP("Planner", "published")), say(QT_TRANSLATE_NOOP("Planner", "unit")),
                      say(QT_TRANSLATE_NOOP("Planner", "error")), say(QT_TRANSLATE_NOOP("Planner", "use")),
                      say(QT_TRANSLATE_NOOP("Planner", "source"))},
                     static_cast<int>(checks->size()), [checks](int at, int column) -> QVariant {
                         const PlanCheck& c = (*checks)[static_cast<std::size_t>(at)];
                         switch (column) {
                         case 0: return QString::fromStdString(c.name);
                         case 1: return c.predicted;
                         case 2: return c.published;
                         case 3: return QString::fromStdString(c.unit);
                         case 4: return errorText(c.error());
                         case 5:
                             return c.use == CheckUse::Calibrated
                                        ? say(QT_TRANSLATE_NOOP("Planner", "calibrated"))
                                        : say(QT_TRANSLATE_NOOP("Planner", "checked"));
                         default: return QString::fromStdString(c.source);
                         }
                     });
}

} // namespace triptych
