// Boxes and buttons over one book.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/cost_controls.h"

#include "core/cost/cost_preset_file.h"
#include "ui/language/cost_texts.h"
#include "ui/widgets/currency_edit.h"
#include "ui/widgets/waterfall_view.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QToolButton>

#include <filesystem>

namespace triptych {

namespace {

constexpr int kGap = 8;
constexpr int kLeastBox = 90;
constexpr int kMostLetters = 46; // of a box, however long its entries are

QComboBox* addBox(const char* name, const QString& what, QWidget* parent)
{
    auto* box = new QComboBox(parent);
    box->setObjectName(QLatin1String(name));
    box->setAccessibleName(what);
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    box->setMinimumWidth(kLeastBox); // its longest entry does not hold the panel wide
    box->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    return box;
}

} // namespace

CostControls::CostControls(CostBook& book, WaterfallView& view, QWidget* parent)
    : QWidget(parent), m_book(book), m_view(view), m_presets(addBox("costPreset", tr("Cost preset"), this)),
      m_lenses(addBox("costLens", tr("Lens: the way to count"), this)),
      m_log(addButton(
          "costLog", tr("Log"),
          tr("Powers of ten side by side, so that every step can be seen; without it lengths are amounts (L)"))),
      m_out(addButton("costZoomOut", QStringLiteral("−"), tr("Linear scale up to the next larger total (−)"))),
      m_in(addButton("costZoomIn", QStringLiteral("+"), tr("Linear scale up to the next smaller total (+)"))),
      m_undo(addButton("costUndo", QStringLiteral("↶"), tr("Undo: takes the last change back (Ctrl+Z in this panel)"))),
      m_redo(addButton("costRedo", QStringLiteral("↷"), tr("Redo: makes it again (Ctrl+Shift+Z in this panel)"))),
      m_reset(addButton("costReset", tr("Reset all"), tr("Back to what the sources say, every input and every step"))),
      m_currency(new CurrencyEdit(this))
{
    setMinimumWidth(1);                                            // what does not fit is left out
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred); // from the left, as what stands below
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kGap);
    layout->addWidget(m_presets);
    layout->addWidget(m_lenses);
    for (QToolButton* button : {m_log, m_out, m_in, m_undo, m_redo, m_reset}) layout->addWidget(button);
    layout->addWidget(m_currency);
    layout->addStretch(1);
    m_log->setCheckable(true);
    m_out->setAccessibleName(tr("Show more of the linear scale"));
    m_in->setAccessibleName(tr("Zoom into the linear scale"));
    m_undo->setAccessibleName(tr("Undo"));
    m_redo->setAccessibleName(tr("Redo"));
    fillPresets();
    fillLenses();
    refresh();
    connect(&book, &CostBook::presetChanged, this, &CostControls::fillPresets);
    connect(&book, &CostBook::presetChanged, this, &CostControls::fillLenses);
    connect(&book, &CostBook::changed, this, &CostControls::refresh);
    connect(&view, &WaterfallView::scaleChanged, this, &CostControls::refresh);
    connect(m_presets, &QComboBox::activated, this,
            [this] { m_book.choosePreset(m_presets->currentData().toString().toStdString()); });
    connect(m_lenses, &QComboBox::activated, this,
            [this] { m_book.chooseLens(m_lenses->currentData().toString().toStdString()); });
    connect(m_log, &QToolButton::clicked, this,
            [this](bool on) { m_view.setScale(on ? MoneyScale::Logarithmic : MoneyScale::Linear); });
    connect(m_out, &QToolButton::clicked, this, [this] { m_view.setZoom(m_view.zoom() - 1); });
    connect(m_in, &QToolButton::clicked, this, [this] { m_view.setZoom(m_view.zoom() + 1); });
    connect(m_undo, &QToolButton::clicked, &book, &CostBook::undo);
    connect(m_redo, &QToolButton::clicked, &book, &CostBook::redo);
    connect(m_reset, &QToolButton::clicked, &book, &CostBook::resetAll);
}

QToolButton* CostControls::addButton(const char* name, const QString& text, const QString& tip)
{
    auto* button = new QToolButton(this);
    button->setObjectName(QLatin1String(name));
    button->setText(text);
    button->setToolTip(tip);
    return button;
}

/// The presets of the program, and one that somebody opened from a file.
void CostControls::fillPresets()
{
    const QSignalBlocker quiet(m_presets);
    if (m_presets->count() == 0)
        for (const std::string& name : list_cost_presets()) {
            const auto preset = load_cost_preset(name);
            const QString key = QString::fromStdString(name);
            m_presets->addItem(preset ? costText(preset->title) : key, key);
            m_presets->setItemData(m_presets->count() - 1,
                                   preset ? QString::fromStdString(preset->source + ", " + preset->date)
                                          : QString::fromStdString(preset.error().what),
                                   Qt::ToolTipRole);
        }
    const QString wanted = QString::fromStdString(m_book.name());
    if (m_presets->findData(wanted) < 0) {
        const std::string file = std::filesystem::path(m_book.name()).filename().string();
        m_presets->addItem(m_book.sheet() ? costText(m_book.sheet()->source().title) : QString::fromStdString(file),
                           wanted);
        m_presets->setItemData(m_presets->count() - 1, wanted, Qt::ToolTipRole);
    }
    m_presets->setCurrentIndex(m_presets->findData(wanted));
    m_presets->setToolTip(tr("What is counted, by whom: %1").arg(m_presets->currentText()));
}

void CostControls::fillLenses()
{
    const QSignalBlocker quiet(m_lenses);
    m_lenses->clear();
    m_lenses->setEnabled(m_book.sheet() != nullptr);
    if (!m_book.sheet()) return;
    for (const CostLens& lens : m_book.sheet()->source().lenses) {
        m_lenses->addItem(costText(lens.title), QString::fromStdString(lens.key));
        m_lenses->setItemData(m_lenses->count() - 1, costText(lens.scope), Qt::ToolTipRole);
    }
    m_lenses->setCurrentIndex(m_lenses->findData(QString::fromStdString(m_book.lens()->key)));
    m_lenses->setToolTip(tr("Lens: %1\n%2").arg(m_lenses->currentText(), costText(m_book.lens()->scope)));
}

void CostControls::refresh()
{
    const CostSheet* sheet = m_book.sheet();
    m_undo->setEnabled(sheet && sheet->can_undo());
    m_redo->setEnabled(sheet && sheet->can_redo());
    m_reset->setEnabled(sheet && !sheet->changes().empty());
    const bool linear = m_view.scale() == MoneyScale::Linear;
    m_log->setChecked(!linear);
    m_in->setEnabled(linear && m_view.zoom() + 1 < static_cast<int>(m_view.rows().size()));
    m_out->setEnabled(linear && m_view.zoom() > 0);
}

void CostControls::showWhatFits()
{
    for (QComboBox* box : {m_presets, m_lenses})
        box->setMaximumWidth(kMostLetters * box->fontMetrics().horizontalAdvance(QLatin1Char('0')));
    int room = width() - 2 * (kLeastBox + kGap); // of both boxes at their narrowest
    for (QWidget* part : std::initializer_list<QWidget*>{m_log, m_undo, m_reset, m_redo, m_in, m_out, m_currency}) {
        room -= part->sizeHint().width() + kGap;
        const bool fits = room >= 0;
        if (fits == part->isHidden()) part->setVisible(fits);
    }
}

void CostControls::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    showWhatFits();
}

} // namespace triptych
