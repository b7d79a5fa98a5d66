// Words and rows of one line.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/cost_detail.h"

#include "ui/language/cost_texts.h"
#include "ui/widgets/card.h"
#include "ui/widgets/cost_input_row.h"
#include "ui/widgets/cost_words.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/money_text.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace triptych {

namespace {

constexpr int kTwoColumns = 860; // px

QLabel* richLabel(const char* name, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setObjectName(QLatin1String(name));
    label->setTextFormat(Qt::RichText);
    label->setWordWrap(true);
    label->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    return label;
}

QWidget* columnOfRows()
{
    auto* box = new QWidget;
    auto* rows = new QVBoxLayout(box);
    rows->setSpacing(0);
    rows->setContentsMargins(0, 0, 0, 0);
    return box;
}

bool hasRange(const CostInput& input)
{
    return input.input.high > input.input.low;
}

} // namespace

CostDetail::CostDetail(const Theme& theme, CostBook& book, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_book(book), m_title(new ElidedLabel(this)), m_amount(new ElidedLabel(this)),
      m_inTotal(new QCheckBox(tr("In the total"), this)), m_close(new QToolButton(this)),
      m_scroll(new QScrollArea(this)), m_parts(new QGridLayout), m_inputBox(columnOfRows()), m_otherBox(columnOfRows()),
      m_formula(richLabel("costFormula", this)), m_questions(richLabel("costQuestions", this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(makeHead());
    auto* content = new QWidget;
    m_parts->setContentsMargins(0, 0, 12, 0);
    m_parts->setHorizontalSpacing(24);
    m_parts->setVerticalSpacing(4);
    content->setLayout(m_parts);
    m_scroll->setWidget(content);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    layout->addWidget(m_scroll, 1);
    m_rest.setSingleShot(true);
    m_rest.setInterval(CostBook::kRest);
    connect(&m_rest, &QTimer::timeout, this, &CostDetail::refreshQuestions);
    connect(&m_book, &CostBook::changed, this, &CostDetail::refresh);
    connect(&m_book, &CostBook::settled, this, &CostDetail::refresh);
    connect(m_close, &QToolButton::clicked, this, &CostDetail::closed);
    arrange();
    connect(m_inTotal, &QCheckBox::clicked, this, [this](bool in) { m_book.leaveOut(m_line, !in); });
}

QWidget* CostDetail::makeHead()
{
    auto* head = new QWidget(this);
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    m_title->setFont(bold);
    m_title->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_title->setObjectName(QStringLiteral("costDetailTitle"));
    m_amount->setObjectName(QStringLiteral("costDetailAmount"));
    m_inTotal->setToolTip(
        tr("Without the tick this step is not added. What is computed from it stays as it is, and the "
           "total says that something is left out."));
    m_close->setText(tr("Close"));
    m_close->setProperty("flat", true);
    m_close->setObjectName(QStringLiteral("costClose"));
    m_close->setToolTip(tr("Back to the total and to what matters most (Esc)"));
    auto* top = new QHBoxLayout;
    top->setSpacing(8);
    top->addWidget(m_title, 1);
    top->addWidget(m_inTotal);
    top->addWidget(m_close);
    auto* layout = new QVBoxLayout(head);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(top);
    layout->addWidget(m_amount);
    return head;
}

const LedgerLine* CostDetail::shown() const
{
    if (!m_book.ledger()) return nullptr;
    const auto& lines = m_book.ledger()->lines;
    const auto found =
        std::find_if(lines.begin(), lines.end(), [this](const LedgerLine& l) { return l.key == m_line; });
    return found == lines.end() ? nullptr : &*found;
}

void CostDetail::open(const std::string& line)
{
    m_line = line;
    rebuild();
    refresh();
    refreshQuestions();
    m_scroll->ensureVisible(0, 0);
}

void CostDetail::focusInput(const std::string& key)
{
    for (CostInputRow* row : m_inputs)
        if (row->key() == key) {
            row->field()->setFocus(Qt::OtherFocusReason);
            row->field()->selectAll();
            m_scroll->ensureWidgetVisible(row);
        }
}

void CostDetail::rebuild()
{
    for (CostInputRow* row : m_inputs) {
        row->hide();
        row->deleteLater();
    }
    m_inputs.clear();
    const LedgerLine* line = shown();
    if (!line) return;
    const CostPreset& source = m_book.sheet()->source();
    std::vector<const CostInput*> inputs;
    for (const CostInput& input : source.inputs)
        if (std::find(line->inputs.begin(), line->inputs.end(), input.key) != line->inputs.end())
            inputs.push_back(&input);
    // Those that the sources leave room for come first.
    std::stable_partition(inputs.begin(), inputs.end(), [](const CostInput* i) { return hasRange(*i); });
    for (const CostInput* input : inputs) {
        auto* row = new CostInputRow(m_theme, *input, this);
        connect(row, &CostInputRow::edited, this, [this, row](double value, EditPace pace) {
            if (const Status set = m_book.set(row->key(), value, pace); !set) row->refuse(set.error());
        });
        connect(row, &CostInputRow::resetAsked, this, [this, row] { m_book.reset(row->key()); });
        (hasRange(*input) ? m_inputBox : m_otherBox)->layout()->addWidget(row);
        m_inputs.push_back(row);
    }
    int unit = 0;
    for (const CostInputRow* row : m_inputs) unit = std::max(unit, row->unitWidth());
    for (CostInputRow* row : m_inputs) row->setUnitWidth(unit);
    QWidget* before = m_close; // Tab goes on as one reads
    for (CostInputRow* row : m_inputs) {
        for (QWidget* part : std::initializer_list<QWidget*>{row->field(), row->resetButton(), row->slider()}) {
            setTabOrder(before, part);
            before = part;
        }
    }
}

void CostDetail::refresh()
{
    const LedgerLine* line = shown();
    if (!line) return;
    const CostPreset& source = m_book.sheet()->source();
    const CostPreset& preset = m_book.sheet()->preset();
    const Currency& currency = m_book.currency();
    m_title->setText(costText(line->title));
    QString amount = moneyChangeText(line->usd, currency);
    if (m_book.hasBand() && line->low != line->high)
        amount = tr("%1, 5 to 95 %: %2 to %3", "an amount and its band")
                     .arg(amount, moneyText(line->low, currency), moneyText(line->high, currency));
    m_amount->setText(amount);
    m_amount->setHint(axisSentence(*line));
    m_amount->setColor(m_theme.colors().text);
    m_inTotal->setChecked(!line->left_out);
    m_formula->setText(QStringLiteral("<p style='margin:2px 0'>%1</p><p style='margin:4px 0'>= %2</p>%3")
                           .arg(axisSentence(*line), formulaInWords(preset, *m_book.lens(), line->formula),
                                quantitiesInWords(preset, *m_book.ledger(), *line)));
    m_formula->setToolTip(tr("As the preset has it: %1").arg(QString::fromStdString(line->formula)));
    for (CostInputRow* row : m_inputs)
        for (std::size_t i = 0; i < source.inputs.size(); ++i)
            if (source.inputs[i].key == row->key()) row->show(source.inputs[i], preset.inputs[i]);
    m_rest.start();
}

void CostDetail::refreshQuestions()
{
    m_rest.stop();
    const LedgerLine* line = shown();
    if (!line) return m_questions->clear();
    const CostPreset& preset = m_book.sheet()->preset();
    const auto vanishing = vanishing_points(preset, m_book.ledger()->lens, line->key);
    const QStringList open = openQuestions(preset, *line, vanishing ? *vanishing : std::vector<VanishingPoint>());
    QString text = QStringLiteral("<p style='margin:2px 0'><b>%1</b></p>").arg(tr("What is open"));
    for (const QString& question : open) text += QStringLiteral("<p style='margin:5px 0'>%1</p>").arg(question);
    m_questions->setText(text);
    m_questions->setToolTip(tr("Each value is that of one input alone, all others as they are now."));
}

/// Questions stand beside formula and inputs, or after the inputs that matter: what can be changed comes first.
void CostDetail::arrange()
{
    const bool two = width() >= kTwoColumns;
    for (QWidget* part : std::initializer_list<QWidget*>{m_formula, m_inputBox, m_questions, m_otherBox})
        m_parts->removeWidget(part);
    m_parts->addWidget(m_formula, 0, 0);
    m_parts->addWidget(m_inputBox, 1, 0);
    if (two)
        m_parts->addWidget(m_questions, 0, 1, 4, 1, Qt::AlignTop);
    else
        m_parts->addWidget(m_questions, 2, 0);
    m_parts->addWidget(m_otherBox, two ? 2 : 3, 0);
    m_parts->setColumnStretch(0, 3);
    m_parts->setColumnStretch(1, two ? 2 : 0);
    m_parts->setRowStretch(4, 1);
}

void CostDetail::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void CostDetail::keyPressEvent(QKeyEvent* event)
{
    if (event->key() != Qt::Key_Escape) return QWidget::keyPressEvent(event);
    emit closed();
}

} // namespace triptych
