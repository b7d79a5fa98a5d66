// Reading what was typed.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/plan_input.h"

#include "core/config/preset.h"
#include "ui/models/typed_number.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

using enum PlanInputField;

constexpr std::int64_t kUsualLength = 4096;
constexpr qsizetype kLongestText = 60;
constexpr double kMostWhole = 9e15; // whole numbers that a double has exactly

struct FieldText {
    const char* key;   ///< in saved states
    const char* title; ///< in the context "Planner"
};
constexpr std::array<FieldText, kPlanInputFields> kFields = {
    {{"model", QT_TRANSLATE_NOOP("Planner", "Model")},
     {"gpu", QT_TRANSLATE_NOOP("Planner", "GPU")},
     {"gpus", QT_TRANSLATE_NOOP("Planner", "Number of GPUs")},
     {"precision", QT_TRANSLATE_NOOP("Planner", "Precision")},
     {"pp", QT_TRANSLATE_NOOP("Planner", "PP")},
     {"ep", QT_TRANSLATE_NOOP("Planner", "EP")},
     {"dp", QT_TRANSLATE_NOOP("Planner", "DP")},
     {"microBatch", QT_TRANSLATE_NOOP("Planner", "Micro-batch")},
     {"schedule", QT_TRANSLATE_NOOP("Planner", "Schedule")},
     {"tokens", QT_TRANSLATE_NOOP("Planner", "Tokens")},
     {"sequence", QT_TRANSLATE_NOOP("Planner", "Sequence")},
     {"batch", QT_TRANSLATE_NOOP("Planner", "Batch")},
     {"nodeLimit", QT_TRANSLATE_NOOP("Planner", "Node limit")},
     {"memory", QT_TRANSLATE_NOOP("Planner", "Memory limit")},
     {"deadline", QT_TRANSLATE_NOOP("Planner", "Deadline")},
     {"price", QT_TRANSLATE_NOOP("Planner", "Price")}}};

const FieldText& textOf(PlanInputField field)
{
    return kFields[static_cast<std::size_t>(field)];
}

/// Fills a request field by field; keeps the first fault.
class Reader {
public:
    explicit Reader(const PlanInput& input) : m_input(input) {}

    std::optional<double> number(PlanInputField field)
    {
        if (m_input[field].trimmed().isEmpty()) return std::nullopt;
        const auto value = typedNumber(m_input[field]);
        if (value) return *value;
        refuse(field, value.error());
        return std::nullopt;
    }
    std::optional<std::int64_t> whole(PlanInputField field)
    {
        const auto value = number(field);
        if (!value) return std::nullopt;
        if (*value != std::floor(*value) || std::abs(*value) > kMostWhole) {
            refuse(field,
                   QCoreApplication::translate("Planner", "“%1” is no whole number").arg(m_input[field].trimmed()),
                   QCoreApplication::translate("Planner", "Type a whole number."));
            return std::nullopt;
        }
        return static_cast<std::int64_t>(*value);
    }
    /// The same where empty is no answer.
    std::int64_t needed(PlanInputField field)
    {
        if (m_input[field].trimmed().isEmpty()) missing(field);
        return whole(field).value_or(0);
    }
    void missing(PlanInputField field)
    {
        refuse(field, QCoreApplication::translate("Planner", "nothing is typed here"),
               QCoreApplication::translate("Planner", "Type a number."));
    }
    void refuse(PlanInputField field, const QString& what, const QString& hint)
    {
        if (!m_fault) m_fault = PlanInputFault{field, what, hint};
    }
    void refuse(PlanInputField field, const Error& error)
    {
        refuse(field, QString::fromStdString(error.what), adviceInWords(error.hint));
    }
    const std::optional<PlanInputFault>& fault() const { return m_fault; }

private:
    const PlanInput& m_input;
    std::optional<PlanInputFault> m_fault;
};

void readModel(const PlanInput& input, const ModelConfig* open, PlanPresets& presets, PlanRequest& request,
               Reader& reader)
{
    if (input[Model].isEmpty()) {
        if (open)
            request.model = *open;
        else
            reader.refuse(Model, QCoreApplication::translate("Planner", "no run is open whose model could be planned"),
                          QCoreApplication::translate("Planner", "Choose a preset, or open a run."));
    } else if (auto model = presets.model(input[Model])) {
        request.model = model.take();
    } else {
        reader.refuse(Model, model.error());
    }
    if (const Status valid = validate(request.model); !valid) reader.refuse(Model, valid.error());
    if (auto gpu = presets.gpu(input[PlanInputField::GpuPreset]))
        request.gpu = gpu.take();
    else
        reader.refuse(PlanInputField::GpuPreset, gpu.error());
}

/// topk_group groups of experts for a token, as the router of the model has it (report section 2.1.2).
void readNodeLimit(PlanRequest& request, Reader& reader)
{
    const auto limit = reader.whole(NodeLimit);
    if (!limit || reader.fault()) return;
    ModelConfig& model = request.model;
    const std::int64_t groups = std::max<std::int64_t>(1, model.n_group);
    const std::int64_t each = std::max<std::int64_t>(1, model.n_routed_experts / groups);
    const std::int64_t least = std::min(groups, (model.num_experts_per_tok + each - 1) / each);
    if (*limit < least || *limit > groups) {
        reader.refuse(NodeLimit,
                      QCoreApplication::translate("Planner",
                                                  "a limit of %1 groups, but this model has %2 groups of %3 experts "
                                                  "and uses %4 for a token")
                          .arg(*limit)
                          .arg(groups)
                          .arg(each)
                          .arg(model.num_experts_per_tok),
                      QCoreApplication::translate("Planner", "Type %1 to %2, or nothing for the model's own.")
                          .arg(least)
                          .arg(groups));
        return;
    }
    if (model.n_group > 1) model.topk_group = *limit;
}

} // namespace

PlanInput::PlanInput()
{
    (*this)[Model] = QStringLiteral("deepseek-v3");
    (*this)[PlanInputField::GpuPreset] = QStringLiteral("h800");
    (*this)[Gpus] = QStringLiteral("2048");
    (*this)[Precision] = QStringLiteral("fp8");
    (*this)[Tokens] = QStringLiteral("14.8T");
    (*this)[Batch] = QStringLiteral("15360");
}

void PlanInput::take(const PlanLayout& layout)
{
    (*this)[Gpus] = QString::number(layout.gpus());
    (*this)[Pp] = QString::number(layout.pp);
    (*this)[Ep] = QString::number(layout.ep);
    (*this)[Dp] = QString::number(layout.dp);
    (*this)[MicroBatch] = QString::number(layout.micro_batch);
    (*this)[Schedule] = QString::fromUtf8(name_of(layout.schedule).data());
}

QVariantMap PlanInput::toMap() const
{
    QVariantMap map;
    for (std::size_t i = 0; i < kPlanInputFields; ++i) map.insert(QLatin1String(kFields[i].key), m_texts[i]);
    return map;
}

void PlanInput::takeMap(const QVariantMap& map)
{
    for (std::size_t i = 0; i < kPlanInputFields; ++i) {
        const QVariant value = map.value(QLatin1String(kFields[i].key));
        if (value.typeId() == QMetaType::QString && value.toString().size() <= kLongestText)
            m_texts[i] = value.toString();
    }
}

Result<ModelConfig> PlanPresets::model(const QString& name)
{
    if (const auto found = m_models.find(name); found != m_models.end()) return found->second;
    auto read = load_model_config(name.toStdString());
    if (read) m_models.emplace(name, *read);
    return read;
}

Result<Gpu> PlanPresets::gpu(const QString& name)
{
    if (const auto found = m_gpus.find(name); found != m_gpus.end()) return found->second;
    auto read = load_gpu(name.toStdString());
    if (read) m_gpus.emplace(name, *read);
    return read;
}

PlanQuestion questionOf(const PlanInput& input, const ModelConfig* open, PlanPresets& presets)
{
    PlanRequest request;
    Reader reader(input);
    readModel(input, open, presets, request, reader);
    request.gpus = reader.needed(Gpus);
    request.format = input[Precision] == QLatin1String("bf16") ? TrainFormat::Bf16 : TrainFormat::Fp8;
    request.pp = reader.whole(Pp);
    request.ep = reader.whole(Ep);
    request.dp = reader.whole(Dp);
    request.micro_batch = reader.whole(MicroBatch);
    request.schedule = schedule_from_name(input[Schedule].toStdString());
    if (input[Tokens].trimmed().isEmpty()) reader.missing(Tokens);
    request.tokens = reader.number(Tokens).value_or(0);
    request.sequence_length =
        reader.whole(SequenceLength).value_or(std::min(kUsualLength, request.model.max_position_embeddings));
    request.batch = reader.needed(Batch);
    readNodeLimit(request, reader);
    if (const auto gigabytes = reader.number(Memory)) request.memory_limit = *gigabytes * 1e9;
    request.deadline_days = reader.number(Deadline);
    request.usd_per_gpu_hour = reader.number(Price);
    if (reader.fault()) return {std::nullopt, reader.fault()};
    if (const auto fault = find_fault(request)) {
        reader.refuse(inputFieldOf(fault->field), fault->error);
        return {std::nullopt, reader.fault()};
    }
    return {std::move(request), std::nullopt};
}

PlanInputField inputFieldOf(PlanField field)
{
    switch (field) {
    case PlanField::Gpus: return Gpus;
    case PlanField::Pp: return Pp;
    case PlanField::Ep: return Ep;
    case PlanField::Dp: return Dp;
    case PlanField::MicroBatch: return MicroBatch;
    case PlanField::Schedule: return Schedule;
    case PlanField::Tokens: return Tokens;
    case PlanField::SequenceLength: return SequenceLength;
    case PlanField::Batch: return Batch;
    case PlanField::Memory: return Memory;
    case PlanField::Deadline: return Deadline;
    case PlanField::Price: return Price;
    }
    return Model;
}

QString adviceInWords(const std::string& hint)
{
    QString words = QString::fromStdString(hint);
    for (const auto& [option, field] : {std::pair{"--micro-batch", MicroBatch},
                                        {"--schedule", Schedule},
                                        {"--batch", Batch},
                                        {"--pp", Pp},
                                        {"--ep", Ep},
                                        {"--dp", Dp}})
        words.replace(QLatin1String(option), planFieldTitle(field));
    return words;
}

QString planFieldTitle(PlanInputField field)
{
    return QCoreApplication::translate("Planner", textOf(field).title);
}

} // namespace triptych
