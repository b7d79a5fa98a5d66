// Building the form and keeping texts and fields alike.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/plan_form.h"

#include "core/config/preset.h"
#include "ui/widgets/card.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/step_timeline_view.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QScrollBar>

namespace triptych {

namespace {

using enum PlanInputField;

constexpr int kTallEnough = 560; // px: all fields in one column
constexpr int kFieldWidth = 15;  // of "0", which a preset's name takes about

PlanInputField fieldAt(std::size_t index)
{
    return static_cast<PlanInputField>(index);
}

bool isChoice(PlanInputField field)
{
    return field == Model || field == PlanInputField::GpuPreset || field == Precision || field == Schedule;
}

/// With the unit that is typed in.
QString titleOf(PlanInputField field)
{
    switch (field) {
    case PlanInputField::MicroBatch: return PlanForm::tr("Micro-batch (seq.)");
    case SequenceLength: return PlanForm::tr("Sequence (tokens)");
    case Batch: return PlanForm::tr("Batch (seq.)");
    case NodeLimit: return PlanForm::tr("Node limit (groups)");
    case Memory: return PlanForm::tr("Memory limit (GB)");
    case Deadline: return PlanForm::tr("Deadline (days)");
    case Price: return PlanForm::tr("Price ($/hour)");
    case Gpus: return PlanForm::tr("GPUs (number)");
    case Pp: return PlanForm::tr("PP (stages)");
    case Ep: return PlanForm::tr("EP (GPUs)");
    case Dp: return PlanForm::tr("DP (pipelines)");
    default: return planFieldTitle(field);
    }
}

} // namespace

QString hintOf(PlanInputField field)
{
    switch (field) {
    case Model:
        return PlanForm::tr(
            "The model that is trained: a preset of resources/model_presets, or that of the run that is open.");
    case PlanInputField::GpuPreset:
        return PlanForm::tr("A preset of resources/gpu_presets, every figure of it with source and date.");
    case Gpus: return PlanForm::tr("Number of GPUs: PP × DP. With a deadline that many or a divisor of it.");
    case Precision:
        return PlanForm::tr("What the linear layers multiply in. Attention, router and head are in BF16 in "
                            "both.\nDeepSeek-V3 report, section 3.3.1.");
    case Pp:
        return PlanForm::tr("Pipeline parallelism: stages that the layers are cut into, at most one for each layer. "
                            "Empty: searched for.");
    case Ep:
        return PlanForm::tr("Expert parallelism: GPUs that share the experts of a layer. Divides DP and the number of "
                            "experts. Empty: searched for.");
    case Dp:
        return PlanForm::tr(
            "Data parallelism: pipelines side by side. PP × DP is the number of GPUs. Empty: searched for.");
    case PlanInputField::MicroBatch:
        return PlanForm::tr("Sequences that go through the pipeline together. Empty: searched for, 1, 2, 4 … 64.");
    case Schedule:
        return PlanForm::tr(
            "DualPipe: from both ends at once, exchanges hidden; an even PP, and 2 PP micro-batches at least.\n1F1B: "
            "one forward, one backward. ZB1P: gradients of weights fill the bubble. DeepSeek-V3 report, table 2.");
    case Tokens: return PlanForm::tr("Tokens of the whole training, as 14.8T or 14.8e12.");
    case SequenceLength: return PlanForm::tr("Tokens of a sequence. Empty: 4,096, or the model's positions.");
    case Batch:
        return PlanForm::tr(
            "Sequences of a step over all GPUs; 15,360 at the end of DeepSeek-V3's training (section 4.2).");
    case NodeLimit:
        return PlanForm::tr("Node-limited routing: groups of experts that a token may choose from, a group being a "
                            "node. Empty: the model's own.\nDeepSeek-V3 report, section 2.1.2.");
    case Memory: return PlanForm::tr("Gigabytes, of 10⁹ bytes, that the plan may use of a GPU. Empty: all of them.");
    case Deadline: return PlanForm::tr("Days within which the training is to be done. Empty: no deadline.");
    case Price: return PlanForm::tr("US dollars for a GPU-hour. Empty: that of the GPU's preset.");
    }
    return {};
}

PlanForm::PlanForm(const Theme& theme, QWidget* parent)
    : QScrollArea(parent), m_theme(theme), m_page(new QWidget(this)), m_grid(new QGridLayout(m_page)),
      m_message(new QLabel(m_page))
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    setAccessibleName(tr("What is planned"));
    viewport()->setAutoFillBackground(false);
    m_grid->setContentsMargins(0, 0, 4, 0);
    m_grid->setHorizontalSpacing(8);
    m_grid->setVerticalSpacing(4);
    m_message->setObjectName(QStringLiteral("planFault"));
    m_message->setWordWrap(true);
    m_message->hide();
    for (std::size_t i = 0; i < kPlanInputFields; ++i) makeRow(fieldAt(i));
    setWidget(m_page);
    m_page->setAutoFillBackground(false); // the card shows
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    for (const PlanInputField each : {Pp, Ep, Dp, PlanInputField::MicroBatch}) setPlaceholder(each, tr("search"));
    setPlaceholder(Deadline, tr("none"));
    setInput(m_input);
    connect(&theme, &Theme::changed, this, &PlanForm::frame);
    arrange();
}

void PlanForm::makeRow(PlanInputField field)
{
    Row& made = row(field);
    made.name = mutedLabel(titleOf(field), m_page);
    if (isChoice(field)) {
        made.box = new QComboBox(m_page);
        made.box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        made.box->setMinimumContentsLength(8);
        fillBox(field);
        connect(made.box, &QComboBox::currentIndexChanged, this, [this, field](int) {
            m_input[field] = row(field).box->currentData().toString();
            emit changed();
        });
    } else {
        made.line = new QLineEdit(m_page);
        connect(made.line, &QLineEdit::textEdited, this, [this, field](const QString& text) {
            m_input[field] = text;
            emit changed();
        });
    }
    QWidget* control = this->field(field);
    control->setObjectName(QStringLiteral("plan-") + planFieldTitle(field));
    control->setAccessibleName(titleOf(field));
    control->setMinimumWidth(fontMetrics().horizontalAdvance(QString(kFieldWidth, QLatin1Char('0'))));
    made.name->setBuddy(control);
    setHint(field, hintOf(field));
}

void PlanForm::addItem(PlanInputField field, const QString& text, const QString& key)
{
    row(field).box->addItem(text, key);
}

void PlanForm::fillBox(PlanInputField field)
{
    switch (field) {
    case Model:
        addItem(field, tr("the open run's"), {});
        for (const std::string& name : list_model_presets())
            addItem(field, QString::fromStdString(name), QString::fromStdString(name));
        break;
    case PlanInputField::GpuPreset:
        for (const std::string& name : list_gpu_presets())
            addItem(field, QString::fromStdString(name), QString::fromStdString(name));
        break;
    case Precision:
        addItem(field, tr("FP8"), QStringLiteral("fp8"));
        addItem(field, tr("BF16"), QStringLiteral("bf16"));
        break;
    default:
        addItem(field, tr("search"), {});
        for (const PipelineSchedule schedule :
             {PipelineSchedule::DualPipe, PipelineSchedule::OneForwardOneBackward, PipelineSchedule::ZeroBubble})
            addItem(field, scheduleTitle(schedule), QString::fromUtf8(name_of(schedule).data()));
    }
}

QWidget* PlanForm::field(PlanInputField field) const
{
    const Row& made = row(field);
    return made.line ? static_cast<QWidget*>(made.line) : made.box;
}

void PlanForm::setInput(const PlanInput& input)
{
    m_input = input;
    for (std::size_t i = 0; i < kPlanInputFields; ++i) {
        const PlanInputField field = fieldAt(i);
        const QSignalBlocker quiet(this->field(field));
        if (row(field).line) {
            if (row(field).line->text() != input[field]) row(field).line->setText(input[field]);
            continue;
        }
        QComboBox* box = row(field).box;
        const int index = box->findData(input[field]);
        box->setCurrentIndex(std::max(0, index));
        m_input[field] = box->currentData().toString(); // a preset that is there no more
    }
}

void PlanForm::setPlaceholder(PlanInputField field, const QString& text)
{
    if (row(field).line) row(field).line->setPlaceholderText(text);
}

void PlanForm::setHint(PlanInputField field, const QString& text)
{
    row(field).name->setToolTip(text);
    this->field(field)->setToolTip(text);
}

void PlanForm::showDefaults(const PlanRequest& request)
{
    setPlaceholder(SequenceLength, QString::number(request.sequence_length));
    setPlaceholder(NodeLimit, request.model.n_group > 1
                                  ? tr("%1 of %2").arg(request.model.topk_group).arg(request.model.n_group)
                                  : tr("none"));
    setPlaceholder(Memory, QString::number(request.gpu.memory_bytes / 1e9));
    setPlaceholder(Price, fixedText(request.gpu.usd_per_hour, 2));
    for (const auto& [key, figure] : request.gpu.figures)
        if (key == "usd_per_gpu_hour")
            setHint(Price,
                    tr("%1\n%2: $%3 for a GPU-hour. %4, %5.")
                        .arg(hintOf(Price), QString::fromStdString(request.gpu.title), QString::number(figure.value),
                             QString::fromStdString(figure.source), QString::fromStdString(figure.date)));
    setHint(PlanInputField::GpuPreset,
            hintOf(PlanInputField::GpuPreset) + QLatin1Char('\n') + QString::fromStdString(request.gpu.title));
}

void PlanForm::setOpenModel(const QString& name)
{
    row(Model).box->setItemText(0, name.isEmpty() ? tr("the open run's") : tr("open run: %1").arg(name));
}

QString PlanForm::faultText() const
{
    return m_fault ? tr("%1: %2. %3", "a field, what is wrong with it, what to do")
                         .arg(planFieldTitle(m_fault->field), m_fault->what, m_fault->hint)
                   : QString();
}

void PlanForm::setFault(const std::optional<PlanInputFault>& fault)
{
    const bool moves = fault.has_value() != m_fault.has_value() || (fault && fault->field != m_fault->field);
    m_fault = fault;
    m_message->setText(faultText());
    for (std::size_t i = 0; i < kPlanInputFields; ++i)
        field(fieldAt(i))->setAccessibleDescription(fault && fault->field == fieldAt(i) ? faultText() : QString());
    if (!moves) return;
    m_columns = 0;
    arrange();
    frame();
}

void PlanForm::frame()
{
    m_message->setStyleSheet(QStringLiteral("color: %1").arg(m_theme.colors().bad.name()));
    for (std::size_t i = 0; i < kPlanInputFields; ++i) {
        QWidget* control = field(fieldAt(i));
        const bool faulty = m_fault && m_fault->field == fieldAt(i);
        control->setStyleSheet(faulty ? QStringLiteral("border: 1px solid %1").arg(m_theme.colors().bad.name())
                                      : QString());
    }
}

void PlanForm::arrange()
{
    const int columns = height() >= kTallEnough ? 1 : 2;
    if (columns == m_columns) return;
    m_columns = columns;
    const int each = static_cast<int>(kPlanInputFields) / columns;
    for (int i = 0; i < static_cast<int>(kPlanInputFields); ++i) {
        const PlanInputField at = fieldAt(static_cast<std::size_t>(i));
        // By rows, as one reads; every second line of the grid is room for a message.
        const int line = 2 * (i / columns), side = 2 * (i % columns);
        m_grid->addWidget(row(at).name, line, side);
        m_grid->addWidget(field(at), line, side + 1);
    }
    for (int i = 0; i <= 2 * static_cast<int>(kPlanInputFields); ++i) m_grid->setRowStretch(i, i == 2 * each ? 1 : 0);
    for (int i = 0; i < 4; ++i) m_grid->setColumnStretch(i, i % 2 == 1 && i < 2 * columns ? 1 : 0);
    m_message->setVisible(m_fault.has_value());
    if (m_fault) m_grid->addWidget(m_message, 2 * (static_cast<int>(m_fault->field) / columns) + 1, 0, 1, 2 * columns);
    m_page->setTabOrder(field(Model), field(PlanInputField::GpuPreset));
    setFixedWidth(m_grid->minimumSize().width() + verticalScrollBar()->sizeHint().width());
}

void PlanForm::resizeEvent(QResizeEvent* event)
{
    // First, since the page takes its width of what is arranged.
    arrange();
    QScrollArea::resizeEvent(event);
}

} // namespace triptych
