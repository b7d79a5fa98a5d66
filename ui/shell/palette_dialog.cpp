// Finding by words, and the dialog around it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/palette_dialog.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QRegularExpression>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

namespace triptych {

namespace {

constexpr int kWidth = 560; // px
constexpr int kHeight = 380;
constexpr std::size_t kMostShown = 200;
constexpr int kGroup = Qt::UserRole;
constexpr int kKey = Qt::UserRole + 1;

/// Text at the left, group and key in the muted colour at the right.
class EntryDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override
    {
        return {kWidth / 2, option.fontMetrics.height() + 10};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const bool chosen = option.state.testFlag(QStyle::State_Selected);
        const bool enabled = index.flags().testFlag(Qt::ItemIsEnabled);
        const QPalette& p = option.palette;
        if (chosen) painter->fillRect(option.rect, p.color(QPalette::Highlight));
        const QColor muted = p.color(QPalette::Disabled, QPalette::Text);
        const QColor strong = p.color(chosen ? QPalette::HighlightedText : QPalette::Text);
        const QRect box = option.rect.adjusted(10, 0, -10, 0);
        const QString key = index.data(kKey).toString();
        const QString right = key.isEmpty() ? index.data(kGroup).toString()
                                            : QStringLiteral("%1   %2").arg(index.data(kGroup).toString(), key);
        const int room = box.width() - option.fontMetrics.horizontalAdvance(right) - 16;
        painter->setPen(chosen ? strong : muted);
        painter->drawText(box, Qt::AlignVCenter | Qt::AlignRight, right);
        painter->setPen(enabled || chosen ? strong : muted);
        painter->drawText(box, Qt::AlignVCenter | Qt::AlignLeft,
                          option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, room));
    }
};

QStringList wordsOf(const QString& text)
{
    static const QRegularExpression space(QStringLiteral("\\s+"));
    return text.toLower().split(space, Qt::SkipEmptyParts);
}

} // namespace

std::vector<std::size_t> findEntries(const std::vector<PaletteEntry>& entries, const QString& text)
{
    const QStringList words = wordsOf(text);
    const QString all = words.join(QLatin1Char(' '));
    std::vector<std::pair<int, std::size_t>> found; // rank, index
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const QString title = entries[i].text.toLower();
        const QString line = entries[i].group.toLower() + QLatin1Char(' ') + title;
        if (!std::all_of(words.begin(), words.end(), [&line](const QString& word) { return line.contains(word); }))
            continue;
        const bool begins = title.startsWith(all);
        const bool within = title.contains(all);
        found.emplace_back((begins ? 0 : within ? 1 : 2) + (entries[i].enabled ? 0 : 3), i);
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<std::size_t> order;
    for (const auto& [rank, index] : found) order.push_back(index);
    return order;
}

std::optional<WantedSelection> selectionIn(const QString& text)
{
    const QStringList words = wordsOf(text);
    if (words.isEmpty() || words.size() % 2 != 0) return std::nullopt;
    WantedSelection wanted;
    // In English, and in the language of the program.
    const std::pair<const char*, std::optional<std::int64_t>*> parts[] = {
        {QT_TRANSLATE_NOOP("Palette", "layer"), &wanted.layer},
        {QT_TRANSLATE_NOOP("Palette", "expert"), &wanted.expert},
        {QT_TRANSLATE_NOOP("Palette", "head"), &wanted.head},
        {QT_TRANSLATE_NOOP("Palette", "token"), &wanted.token},
        {QT_TRANSLATE_NOOP("Palette", "step"), &wanted.step}};
    for (qsizetype i = 0; i < words.size(); i += 2) {
        bool number = false;
        const std::int64_t value = words[i + 1].toLongLong(&number);
        const auto part = std::find_if(std::begin(parts), std::end(parts), [&](const auto& p) {
            return words[i] == QLatin1String(p.first) ||
                   words[i] == QCoreApplication::translate("Palette", p.first).toLower();
        });
        if (!number || value < 0 || part == std::end(parts)) return std::nullopt;
        *part->second = value;
    }
    return wanted;
}

PaletteDialog::PaletteDialog(std::vector<PaletteEntry> entries,
                             std::function<std::optional<PaletteEntry>(const QString&)> typed, QWidget* parent)
    : QDialog(parent), m_entries(std::move(entries)), m_typed(std::move(typed)), m_line(new QLineEdit(this)),
      m_list(new QListWidget(this))
{
    setWindowTitle(tr("Find an action, a panel, a metric, an alert"));
    setObjectName(QStringLiteral("palette"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(8);
    layout->addWidget(m_line);
    layout->addWidget(m_list, 1);
    m_line->setPlaceholderText(tr("words in any order, or \"layer 3 expert 9\", \"head 1\", \"step 620\""));
    m_line->setAccessibleName(windowTitle());
    m_line->installEventFilter(this);
    m_list->setAccessibleName(tr("What was found"));
    m_list->setItemDelegate(new EntryDelegate(m_list));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(m_line, &QLineEdit::textChanged, this, &PaletteDialog::refresh);
    connect(m_list, &QListWidget::itemClicked, this, &PaletteDialog::runCurrent);
    resize(kWidth, kHeight);
    refresh();
    m_line->setFocus();
}

void PaletteDialog::refresh()
{
    m_shown.clear();
    if (auto typed = m_typed ? m_typed(m_line->text()) : std::nullopt) m_shown.push_back(std::move(*typed));
    for (const std::size_t index : findEntries(m_entries, m_line->text()))
        if (m_shown.size() < kMostShown) m_shown.push_back(m_entries[index]);
    m_list->clear();
    for (const PaletteEntry& entry : m_shown) {
        auto* item = new QListWidgetItem(entry.text, m_list);
        item->setData(kGroup, entry.group);
        item->setData(kKey, entry.key);
        if (!entry.enabled) item->setFlags(item->flags() & ~Qt::ItemIsEnabled);
    }
    m_list->setCurrentRow(m_shown.empty() ? -1 : 0);
    m_line->setAccessibleDescription(m_shown.empty() ? tr("Nothing has these words")
                                                     : tr("%n found", nullptr, static_cast<int>(m_shown.size())));
}

QStringList PaletteDialog::shown() const
{
    QStringList texts;
    for (const PaletteEntry& entry : m_shown) texts << entry.text;
    return texts;
}

bool PaletteDialog::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_line || event->type() != QEvent::KeyPress) return QDialog::eventFilter(watched, event);
    const int last = m_list->count() - 1;
    const int row = m_list->currentRow();
    const int page = std::max(1, m_list->viewport()->height() / std::max(1, m_list->sizeHintForRow(0)));
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Up: m_list->setCurrentRow(row > 0 ? row - 1 : last); return true;
    case Qt::Key_Down: m_list->setCurrentRow(row < last ? row + 1 : 0); return true;
    case Qt::Key_PageUp: m_list->setCurrentRow(std::max(0, row - page)); return true;
    case Qt::Key_PageDown: m_list->setCurrentRow(std::min(last, row + page)); return true;
    case Qt::Key_Return:
    case Qt::Key_Enter: runCurrent(); return true;
    default: return QDialog::eventFilter(watched, event);
    }
}

void PaletteDialog::runCurrent()
{
    const int row = m_list->currentRow();
    if (row < 0 || !m_shown[static_cast<std::size_t>(row)].enabled) return;
    const auto run = m_shown[static_cast<std::size_t>(row)].run;
    accept(); // before: what is run may want the focus
    if (run) run();
}

} // namespace triptych
