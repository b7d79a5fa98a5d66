// The list of series and its filter.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/series_chooser.h"

#include "ui/widgets/card.h"
#include "ui/widgets/number_text.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScreen>
#include <QTreeWidget>
#include <QTreeWidgetItemIterator>
#include <QVBoxLayout>

#include <algorithm>
#include <map>

namespace triptych {

namespace {

constexpr int kWidth = 640;
constexpr int kHeight = 380;
constexpr int kNameWidth = 230;
constexpr int kUnitWidth = 90;
constexpr int kKey = Qt::UserRole;

bool hasAll(const QString& text, const QStringList& words)
{
    return std::all_of(words.begin(), words.end(),
                       [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}

} // namespace

SeriesChooser::SeriesChooser(const SeriesCatalog& catalog, QWidget* parent)
    : QFrame(parent, Qt::Popup), m_catalog(catalog), m_filter(new QLineEdit(this)), m_list(new QTreeWidget(this)),
      m_note(mutedLabel({}, this)), m_each(new QPushButton(this)), m_together(new QPushButton(this))
{
    setObjectName(QStringLiteral("card"));
    m_filter->setPlaceholderText(tr("Find a metric: \"vio layer 3\""));
    m_filter->setAccessibleName(tr("Find a metric"));
    m_filter->setObjectName(QStringLiteral("seriesFilter"));
    m_filter->setClearButtonEnabled(true);
    m_filter->installEventFilter(this);
    m_list->setObjectName(QStringLiteral("seriesList"));
    m_list->setAccessibleName(tr("Metrics of the runs in view"));
    m_list->setColumnCount(3);
    m_list->setHeaderLabels({tr("Metric"), tr("Unit"), tr("What it is")});
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformRowHeights(true);
    m_list->header()->resizeSection(0, kNameWidth);
    m_list->header()->resizeSection(1, kUnitWidth);
    m_list->installEventFilter(this);
    m_note->setWordWrap(true);
    m_each->setObjectName(QStringLiteral("addEach"));
    m_together->setObjectName(QStringLiteral("addTogether"));
    m_together->setText(tr("As one card"));
    m_together->setToolTip(tr("All that is marked, over one axis: what has another unit than the first is told as a "
                              "number beside the curves. At most %1.")
                               .arg(kMostSeriesOfCard));

    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_note, 1);
    buttons->addWidget(m_together);
    buttons->addWidget(m_each);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->addWidget(m_filter);
    layout->addWidget(m_list, 1);
    layout->addLayout(buttons);
    resize(kWidth, kHeight);

    connect(m_filter, &QLineEdit::textChanged, this, &SeriesChooser::filter);
    connect(m_list, &QTreeWidget::itemChanged, this, &SeriesChooser::showMarked);
    connect(m_list, &QTreeWidget::currentItemChanged, this, &SeriesChooser::showMarked);
    connect(m_list, &QTreeWidget::itemDoubleClicked, this, [this] { choose(As::ACardEach); });
    connect(m_each, &QPushButton::clicked, this, [this] { choose(As::ACardEach); });
    connect(m_together, &QPushButton::clicked, this, [this] { choose(As::OneCard); });
}

void SeriesChooser::openAt(const QPoint& screen)
{
    m_filter->clear();
    fill();
    const QRect room = this->screen()->availableGeometry();
    move(std::clamp(screen.x(), room.left(), std::max(room.left(), room.right() - width())),
         std::clamp(screen.y(), room.top(), std::max(room.top(), room.bottom() - height())));
    show();
    m_filter->setFocus();
}

void SeriesChooser::fill()
{
    m_list->clear();
    m_keys = m_catalog.keys();
    std::map<QString, QTreeWidgetItem*> groups;
    for (const SeriesKey& key : m_keys) {
        QTreeWidgetItem*& group = groups[SeriesCatalog::group(key)];
        if (!group) {
            group = new QTreeWidgetItem(m_list, {SeriesCatalog::group(key)});
            group->setFlags(Qt::ItemIsEnabled);
            group->setFirstColumnSpanned(true);
            QFont bold = font();
            bold.setWeight(QFont::DemiBold);
            group->setFont(0, bold);
        }
        addRow(key, *group);
    }
    m_list->expandAll();
    filter(m_filter->text());
}

void SeriesChooser::addRow(const SeriesKey& key, QTreeWidgetItem& group)
{
    const QString explanation = SeriesCatalog::explanation(key);
    auto* row = new QTreeWidgetItem(&group);
    row->setText(0, m_catalog.title(key));
    row->setText(1, SeriesCatalog::unit(key));
    row->setText(2, explanation.section(QLatin1Char('\n'), 0, 0));
    row->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    row->setCheckState(0, Qt::Unchecked);
    row->setData(0, kKey, static_cast<int>(&key - m_keys.data()));
    for (int column = 0; column < 3; ++column)
        row->setToolTip(column, seriesKeyText(key) + QLatin1Char('\n') + explanation);
}

void SeriesChooser::filter(const QString& words)
{
    const QStringList all = words.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (int g = 0; g < m_list->topLevelItemCount(); ++g) {
        QTreeWidgetItem* group = m_list->topLevelItem(g);
        bool any = false;
        for (int i = 0; i < group->childCount(); ++i) {
            QTreeWidgetItem* row = group->child(i);
            const SeriesKey& key = m_keys[static_cast<std::size_t>(row->data(0, kKey).toInt())];
            const bool passes = hasAll(row->text(0) + QLatin1Char(' ') + seriesKeyText(key) + QLatin1Char(' ') +
                                           row->text(1) + QLatin1Char(' ') + row->text(2),
                                       all);
            row->setHidden(!passes);
            any |= passes;
        }
        group->setHidden(!any);
    }
    selectFirst();
    showMarked();
}

void SeriesChooser::selectFirst()
{
    m_list->setCurrentItem(nullptr);
    for (QTreeWidgetItemIterator it(m_list, QTreeWidgetItemIterator::NotHidden); *it; ++it)
        if ((*it)->parent() && !(*it)->parent()->isHidden()) return m_list->setCurrentItem(*it);
}

std::vector<SeriesKey> SeriesChooser::marked() const
{
    std::vector<SeriesKey> keys;
    for (QTreeWidgetItemIterator it(m_list, QTreeWidgetItemIterator::Checked); *it; ++it)
        keys.push_back(m_keys[static_cast<std::size_t>((*it)->data(0, kKey).toInt())]);
    const QTreeWidgetItem* current = m_list->currentItem();
    if (keys.empty() && current && current->parent())
        keys.push_back(m_keys[static_cast<std::size_t>(current->data(0, kKey).toInt())]);
    return keys;
}

void SeriesChooser::showMarked()
{
    const std::size_t count = marked().size();
    m_each->setText(count > 1 ? tr("Add %1 cards").arg(countText(static_cast<std::int64_t>(count)))
                              : tr("Add the card"));
    m_each->setEnabled(count > 0);
    m_together->setEnabled(count > 1 && count <= kMostSeriesOfCard);
    m_note->setText(m_keys.empty() ? tr("Metrics appear here when a run records them.")
                                   : tr("Space marks, Enter adds. The row of all layers is their median with the band "
                                        "from the smallest to the largest."));
}

void SeriesChooser::choose(As as)
{
    const std::vector<SeriesKey> keys = marked();
    if (keys.empty()) return;
    std::vector<CardSpec> cards;
    if (as == As::OneCard)
        cards.push_back({keys});
    else
        for (const SeriesKey& key : keys) cards.push_back({{key}});
    hide();
    emit chosen(cards);
}

bool SeriesChooser::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress) return QFrame::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        choose(As::ACardEach);
        return true;
    }
    if (watched == m_filter && (key == Qt::Key_Down || key == Qt::Key_PageDown)) {
        m_list->setFocus();
        return true;
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace triptych
