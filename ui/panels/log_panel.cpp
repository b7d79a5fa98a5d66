// What happened in the run, line by line: validations, samples, checkpoints, changed settings, trouble.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/log_model.h"
#include "ui/panels/panel.h"
#include "ui/widgets/card.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/type_follower.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QToolButton>

#include <algorithm>

namespace triptych {

namespace {

/// Shows the rows whose kind or text has the words.
class LogFilter final : public QSortFilterProxyModel {
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    void setWords(const QString& text)
    {
        m_words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
        invalidateFilter();
    }

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override
    {
        if (m_words.isEmpty()) return true;
        const QString kind = sourceModel()->index(row, LogModel::KindColumn, parent).data().toString();
        const QString text =
            sourceModel()->index(row, LogModel::TextColumn, parent).data(LogModel::kFullTextRole).toString();
        return std::all_of(m_words.begin(), m_words.end(), [&](const QString& word) {
            return kind.contains(word, Qt::CaseInsensitive) || text.contains(word, Qt::CaseInsensitive);
        });
    }

private:
    QStringList m_words;
};

class LogPanel final : public Panel {
    Q_OBJECT

public:
    LogPanel(const PanelContext& context, QWidget* parent);

    QList<QAction*> panelActions() override { return {m_find}; }
    std::vector<Twin> twins() override { return {{tr("Log of the run"), m_model}}; }
    QVariantMap saveState() const override { return {{QStringLiteral("filter"), m_words->text()}}; }
    void restoreState(const QVariantMap& state) override
    {
        m_words->setText(state.value(QStringLiteral("filter")).toString());
    }

private:
    QLayout* buildSide();
    void buildTable();
    void filter();
    void showCount();
    void showDetail();
    void followScrolling();
    void copySelection();
    void goTo(const QModelIndex& line);

    const RunFeed& m_feed;
    Moment& m_moment;
    LogModel* m_model;
    LogFilter* m_filter;
    QLineEdit* m_words;
    QAction* m_find;
    QLabel* m_count;
    QToolButton* m_newest;
    QTableView* m_table;
    QPlainTextEdit* m_detail;
    QLabel* m_empty;
    bool m_atEnd = true; ///< the newest line stays in sight
};

LogPanel::LogPanel(const PanelContext& context, QWidget* parent)
    : Panel(parent), m_feed(context.feed), m_moment(context.moment),
      m_model(new LogModel(context.feed, context.theme, this)), m_filter(new LogFilter(this)),
      m_words(new QLineEdit(this)), m_find(new QAction(tr("Filter of the log"), this)), m_count(mutedLabel({}, this)),
      m_newest(new QToolButton(this)), m_table(new QTableView(this)), m_detail(new QPlainTextEdit(this)),
      m_empty(mutedLabel({}, this))
{
    // The log is wide and low: what belongs to it stands beside it and not above it.
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addWidget(m_empty, 1);
    layout->addWidget(m_table, 1);
    layout->addLayout(buildSide());
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_filter->setSourceModel(m_model);
    buildTable();
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &LogPanel::showCount);
    connect(m_model, &QAbstractItemModel::modelReset, this, &LogPanel::showCount);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &LogPanel::showDetail);
    followScrolling();
    showCount();
    showDetail();
}

QLayout* LogPanel::buildSide()
{
    m_words->setPlaceholderText(tr("Filter (Ctrl+F)"));
    m_words->setClearButtonEnabled(true);
    m_words->setObjectName(QStringLiteral("logFilter"));
    m_words->setAccessibleName(tr("Filter of the run log"));
    m_words->setToolTip(tr("Shows the lines whose kind or text has all these words. Escape shows all lines."));
    m_words->setFixedWidth(180);
    connect(m_words, &QLineEdit::textChanged, this, &LogPanel::filter);
    m_find->setObjectName(QStringLiteral("findInLog"));
    m_find->setShortcut(QKeySequence::Find);
    connect(m_find, &QAction::triggered, this, [this] {
        m_words->setFocus(Qt::ShortcutFocusReason);
        m_words->selectAll();
    });
    addAction(m_find);
    auto* all = new QAction(m_words);
    all->setShortcut(Qt::Key_Escape);
    all->setShortcutContext(Qt::WidgetShortcut);
    connect(all, &QAction::triggered, m_words, &QLineEdit::clear);
    m_words->addAction(all);

    m_newest->setText(tr("Jump to newest"));
    m_newest->setObjectName(QStringLiteral("jumpToNewest"));
    m_newest->setToolTip(tr("You have scrolled up, so the log stays where it is. Press to follow it again."));
    connect(m_newest, &QToolButton::clicked, m_table, &QTableView::scrollToBottom);
    QSizePolicy keepsItsPlace = m_newest->sizePolicy();
    keepsItsPlace.setRetainSizeWhenHidden(true);
    m_newest->setSizePolicy(keepsItsPlace);

    auto* bar = new QHBoxLayout;
    bar->setSpacing(8);
    bar->addWidget(m_words);
    bar->addWidget(m_count, 1);
    bar->addWidget(m_newest);
    auto* side = new QVBoxLayout;
    side->setSpacing(6);
    side->addLayout(bar);
    side->addWidget(m_detail, 1);
    side->addStretch(0);
    return side;
}

void LogPanel::buildTable()
{
    m_table->setModel(m_filter);
    m_table->setObjectName(QStringLiteral("logTable"));
    m_table->setAccessibleName(tr("Run log"));
    m_table->setShowGrid(false);
    m_table->setStyleSheet(QStringLiteral("QTableView::item { padding: 0 6px; }"));
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    // Rows of one height: a hundred thousand of them need no measuring.
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    QHeaderView* header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionResizeMode(LogModel::TextColumn, QHeaderView::Stretch);
    const auto width = [this](const QString& widest) { return fontMetrics().horizontalAdvance(widest) + 18; };
    header->resizeSection(LogModel::TimeColumn, width(QStringLiteral("00:00:00")));
    header->resizeSection(LogModel::StepColumn, width(QStringLiteral("0,000,000")));
    header->resizeSection(LogModel::KindColumn, width(QStringLiteral("▲ dead experts")));
    followType(*m_table, 6);

    m_table->setToolTip(tr("A double click, or Enter, shows the window as it was at the step of the line."));
    connect(m_table, &QTableView::activated, this, &LogPanel::goTo);
    auto* copy = new QAction(tr("Copy"), m_table);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    connect(copy, &QAction::triggered, this, &LogPanel::copySelection);
    m_table->addAction(copy);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);

    m_detail->setReadOnly(true);
    m_detail->setObjectName(QStringLiteral("logDetail"));
    m_detail->setAccessibleName(tr("The chosen line in full"));
    m_detail->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_detail->setFrameShape(QFrame::NoFrame);
    m_detail->setMinimumHeight(QFontMetrics(m_detail->font()).lineSpacing() + 10);
}

void LogPanel::followScrolling()
{
    QScrollBar* bar = m_table->verticalScrollBar();
    connect(bar, &QScrollBar::valueChanged, this, [this, bar](int value) {
        m_atEnd = value >= bar->maximum();
        m_newest->setVisible(!m_atEnd);
    });
    connect(bar, &QScrollBar::rangeChanged, this, [this, bar](int, int maximum) {
        if (m_atEnd) bar->setValue(maximum);
    });
    m_newest->hide();
}

void LogPanel::filter()
{
    m_filter->setWords(m_words->text());
    showCount();
}

void LogPanel::showCount()
{
    const int all = m_model->rowCount();
    const int shown = m_filter->rowCount();
    const auto gone = static_cast<std::int64_t>(m_feed.forgottenLines());
    const QString lines = all == 1   ? tr("1 line")
                          : gone > 0 ? tr("newest %1 of %2 lines").arg(countText(all), countText(gone + all))
                                     : tr("%1 lines").arg(countText(all));
    const QString what = tr("Lines that the filter lets through, of all that the run told.");
    m_count->setToolTip(gone > 0 ? what + QLatin1Char('\n') +
                                       tr("Older ones are not in memory any more: events.jsonl in the run's folder has "
                                          "them all.")
                                 : what);
    m_count->setText(shown == all ? lines : tr("%1 of %2", "log lines").arg(countText(shown), lines));
    m_count->setVisible(all > 0);
    m_table->setVisible(shown > 0);
    m_empty->setVisible(shown == 0);
    m_empty->setText(all > 0 ? tr("No line has these words.")
                             : tr("What happens in a run is told here, line by line: validations, texts that the model "
                                  "writes by itself, checkpoints, changed settings, and whatever needs a look."));
}

void LogPanel::showDetail()
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows(LogModel::TextColumn);
    const QString text = rows.size() == 1 ? rows.first().data(LogModel::kFullTextRole).toString() : QString();
    const int room = m_table->columnWidth(LogModel::TextColumn);
    const bool cut = text.contains(QLatin1Char('\n')) || fontMetrics().horizontalAdvance(text) > room;
    m_detail->setVisible(cut);
    if (cut) m_detail->setPlainText(text);
}

void LogPanel::goTo(const QModelIndex& line)
{
    const std::int64_t step = line.data(LogModel::kStepRole).toLongLong();
    if (step > 0) m_moment.show(step);
}

void LogPanel::copySelection()
{
    QModelIndexList rows = m_table->selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end());
    QString text;
    for (const QModelIndex& row : rows) {
        for (const int column : {LogModel::TimeColumn, LogModel::StepColumn, LogModel::KindColumn})
            text += row.siblingAtColumn(column).data().toString() + QLatin1Char('\t');
        text += row.siblingAtColumn(LogModel::TextColumn).data(LogModel::kFullTextRole).toString() + QLatin1Char('\n');
    }
    QApplication::clipboard()->setText(text);
}

} // namespace

Panel* createLogPanel(const PanelContext& context, QWidget* parent)
{
    return new LogPanel(context, parent);
}

} // namespace triptych

#include "log_panel.moc"
