// What somebody typed to ask for a plan, as texts, and the request that the core makes a plan of.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cluster/planner.h"

#include <QString>
#include <QVariantMap>

#include <array>
#include <map>
#include <optional>

namespace triptych {

/// In the order in which a form asks for them.
enum class PlanInputField : std::uint8_t {
    Model = 0, ///< a preset's name; empty: the open run's model
    GpuPreset, ///< a preset's name
    Gpus,
    Precision, ///< "fp8" or "bf16"
    Pp,        ///< empty: searched for, as the next three, and the schedule
    Ep,
    Dp,
    MicroBatch,
    Schedule, ///< by name_of(); empty: searched for
    Tokens,
    SequenceLength, ///< empty: 4,096 or the model's positions
    Batch,
    NodeLimit, ///< groups of experts a token may choose from; empty: the model's
    Memory,    ///< GB of a GPU that may be used; empty: all
    Deadline,  ///< days; empty: none
    Price,     ///< USD per GPU-hour; empty: the GPU's
};
inline constexpr std::size_t kPlanInputFields = 16;
inline constexpr PlanInputField kLayoutFields[] = {PlanInputField::Pp, PlanInputField::Ep, PlanInputField::Dp,
                                                   PlanInputField::MicroBatch, PlanInputField::Schedule};

/// As typed; nothing of it need make sense.
class PlanInput {
public:
    /// DeepSeek-V3 on 2,048 H800, the layout left to the search.
    PlanInput();

    const QString& operator[](PlanInputField field) const { return m_texts[static_cast<std::size_t>(field)]; }
    QString& operator[](PlanInputField field) { return m_texts[static_cast<std::size_t>(field)]; }
    bool operator==(const PlanInput&) const = default;

    /// Sets what belongs to a layout, the number of GPUs too.
    void take(const PlanLayout& layout);

    QVariantMap toMap() const;
    /// What the map does not have as a text of sensible length stays.
    void takeMap(const QVariantMap& map);

private:
    std::array<QString, kPlanInputFields> m_texts;
};

struct PlanInputFault {
    PlanInputField field = PlanInputField::Model;
    QString what; ///< what was found and what was expected
    QString hint; ///< what to do
};

/// A request, or why there is none.
struct PlanQuestion {
    std::optional<PlanRequest> request;
    std::optional<PlanInputFault> fault;
};

/// Presets of models and GPUs, each read once, when it is first asked for.
class PlanPresets {
public:
    Result<ModelConfig> model(const QString& name);
    Result<Gpu> gpu(const QString& name);

private:
    std::map<QString, ModelConfig> m_models;
    std::map<QString, Gpu> m_gpus;
};

/// open: the model of the run that is open; null: none is.
PlanQuestion questionOf(const PlanInput& input, const ModelConfig* open, PlanPresets& presets);

/// The field that a fault of the core lies in.
PlanInputField inputFieldOf(PlanField field);
/// The core's advice with the names of fields in the place of options: "--micro-batch" is "Micro-batch" here.
QString adviceInWords(const std::string& hint);
/// "PP", "Micro-batch", in the language of the program.
QString planFieldTitle(PlanInputField field);

} // namespace triptych
