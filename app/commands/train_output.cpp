// What all three forms share, and the JSON lines, which are a contract (docs/cli.md).
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/train_output.h"

#include "app/console/json_line.h"
#include "core/session/event_text.h"

#include <nlohmann/json.hpp>

namespace triptych {

namespace {

using Json = nlohmann::ordered_json;

double value_of(const std::vector<Sample>& samples, Metric metric)
{
    for (const Sample& sample : samples)
        if (sample.metric == MetricId(metric)) return sample.value;
    return 0;
}

class JsonOutput final : public TrainOutput {
public:
    explicit JsonOutput(const RunRequest& request) : m_device(request.device) {}

    void end(const std::string& reason) override { line({{"event", "end"}, {"reason", reason}}); }

private:
    /// Numbers that are none become null, as JSON has no word for them.
    static void line(const Json& object) { print_now(json_line(object)); }

    void show(const Event& event) override
    {
        if (const auto* e = std::get_if<event::RunStarted>(&event))
            line({{"event", "start"},
                  {"parameters", e->parameters},
                  {"active_parameters", e->active_parameters},
                  {"device", m_device},
                  {"precision", e->precision},
                  {"run", e->run_folder}});
        else if (const auto* v = std::get_if<event::Validation>(&event))
            line({{"event", "validation"},
                  {"step", v->step},
                  {"loss", v->loss},
                  {"bits_per_byte", v->bits_per_byte},
                  {"max_vio", v->max_vio}});
        else if (const auto* c = std::get_if<event::CheckpointSaved>(&event))
            line({{"event", "checkpoint"}, {"path", c->path}});
        else if (const auto* h = std::get_if<event::Health>(&event))
            line({{"event", "health"}, {"kind", h->kind}, {"message", h->message}});
        else if (const auto* s = std::get_if<event::Schedule>(&event))
            line({{"event", "schedule"},
                  {"step", s->step},
                  {"schedule_steps", s->steps},
                  {"message", to_text(*s).message}});
    }

    void show_step(const StepNumbers& step) override
    {
        const StepReport& r = step.report;
        line({{"event", "step"},
              {"step", r.step},
              {"tokens", r.tokens},
              {"loss", r.loss},
              {"main_loss", r.main_loss},
              {"mtp_loss", r.mtp_loss},
              {"balance_loss", r.balance_loss},
              {"grad_norm", r.grad_norm},
              {"learning_rate", r.learning_rate},
              {"tokens_per_second", r.tokens_per_second},
              {"mfu", step.mfu},
              {"max_vio", r.max_vio},
              {"headline_usd", step.headline_usd},
              {"tco_usd", step.tco_usd}});
    }

    std::string m_device;
};

} // namespace

void TrainOutput::on_event(Event event)
{
    if (const auto* started = std::get_if<event::RunStarted>(&event)) m_started = *started;
    if (std::holds_alternative<event::CheckpointSaved>(event)) m_save_failure.reset();
    if (const auto* health = std::get_if<event::Health>(&event)) {
        if (health->kind == "checkpoint") m_save_failure = health->message;
        if (health->kind == "store") m_store_failure = health->message;
    }
    show(event);
}

void TrainOutput::on_step(const StepReport& report, const std::vector<Sample>& samples)
{
    if (report.step == 0) return; // an evaluation's numbers, which come as an event too
    show_step({report, value_of(samples, Metric::Mfu), value_of(samples, Metric::HeadlineUsd),
               value_of(samples, Metric::TcoUsd)});
}

std::unique_ptr<TrainOutput> make_json_output(const RunRequest& request)
{
    return std::make_unique<JsonOutput>(request);
}

std::unique_ptr<TrainOutput> make_train_output(Format format, const RunRequest& request)
{
    if (format == Format::Json) return make_json_output(request);
    return is_terminal() ? make_terminal_output(request) : make_plain_output(request);
}

} // namespace triptych
