// All runs that are known: which are drawn, how they stand, what they reached, in what they differ.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/run_list.h"
#include "ui/bridge/run_pricing.h"
#include "ui/language/core_texts.h"
#include "ui/models/run_difference_model.h"
#include "ui/models/run_table_model.h"
#include "ui/panels/panel.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_note.h"
#include "ui/widgets/focus_target.h"
#include "ui/widgets/fork_dialog.h"
#include "ui/widgets/menu_room.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/run_table.h"
#include "ui/widgets/steady_width.h"
#include "ui/widgets/type_follower.h"

#include <QAction>
#include <QComboBox>
#include <QFileDialog>
#include <QGridLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QSet>
#include <QStackedWidget>
#include <QTableView>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <cmath>

namespace triptych {

namespace {

using M = RunTableModel;

constexpr int kGap = 12;
constexpr int kRowPadding = 6;
constexpr int kSideDigits = 30; // as wide is what stands beside the table
constexpr int kMostCompared = 8;

/// What the columns of values can be of.
constexpr std::array kMetrics = {Metric::MainLoss, Metric::ValLoss,         Metric::MtpLoss,  Metric::Loss,
                                 Metric::MaxVio,   Metric::TokensPerSecond, Metric::GradNorm, Metric::Mfu};
constexpr std::array kHiddenAtFirst = {M::MeanColumn,  M::AtColumn,   M::TokensColumn,
                                       M::ModelColumn, M::DataColumn, M::OriginColumn};

/// A column of a layout that was kept; ColumnCount where it is none. Older versions wrote numbers, of columns without
/// the mean.
int keptColumn(const QVariant& kept)
{
    if (kept.typeId() == QMetaType::QString) return M::columnOf(kept.toString());
    bool isNumber = false;
    const int number = kept.toInt(&isNumber);
    if (!isNumber || number < 0 || number >= M::ColumnCount - 1) return M::ColumnCount;
    return number < M::MeanColumn ? number : number + 1;
}

class RunsPanel final : public Panel {
    Q_OBJECT

public:
    RunsPanel(const PanelContext& context, QWidget* parent);

    QList<QAction*> panelActions() override { return {m_find, m_open, m_fork, m_pin, m_add, m_difference}; }
    std::vector<Twin> twins() override { return {{tr("Runs"), m_model}, {tr("Settings that differ"), m_differences}}; }
    QVariantMap saveState() const override;
    void restoreState(const QVariantMap& state) override;

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QAction* action(const QString& name, const QString& text, const QString& tip, const QKeySequence& key);
    void buildActions();
    void buildTable();
    void buildSide(QVBoxLayout& side);
    void ask();
    void filter();
    void showCount();
    void showDifferences();
    void chooseColumns();
    void addFolder();
    void toggleChosen();
    void openChosen();
    void pinChosen();
    void forkChosen();
    QStringList chosen() const;
    QStringList marked() const;
    void keepColumns(const QVariant& hidden);

    PanelContext m_context;
    RunList& m_runs;
    RunTableModel* m_model;
    RunTableFilter* m_filter;
    RunDifferenceModel* m_differences;
    QStackedWidget* m_pages;
    RunTable* m_table;
    QTableView* m_differenceTable;
    QLabel* m_empty;
    QLabel* m_same;
    QLineEdit* m_words;
    QComboBox* m_metric;
    ElidedLabel* m_count;
    QAction* m_find = nullptr;
    QAction* m_open = nullptr;
    QAction* m_pin = nullptr;
    QAction* m_fork = nullptr;
    QAction* m_add = nullptr;
    QAction* m_difference = nullptr;
    QTimer m_asking; ///< the knob moves faster than disks
};

RunsPanel::RunsPanel(const PanelContext& context, QWidget* parent)
    : Panel(parent), m_context(context), m_runs(*context.runs), m_model(new RunTableModel(m_runs, context.theme, this)),
      m_filter(new RunTableFilter(*m_model, this)), m_differences(new RunDifferenceModel(this)),
      m_pages(new QStackedWidget(this)), m_table(new RunTable), m_differenceTable(new QTableView),
      m_empty(emptyNote({})), m_same(emptyNote({})), m_words(new QLineEdit(this)), m_metric(new QComboBox(this)),
      m_count(new ElidedLabel(this))
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kGap);
    for (QWidget* page : {static_cast<QWidget*>(m_empty), static_cast<QWidget*>(m_table),
                          static_cast<QWidget*>(m_differenceTable), static_cast<QWidget*>(m_same)})
        m_pages->addWidget(page);
    layout->addWidget(m_pages, 1);
    auto* side = new QVBoxLayout;
    side->setSpacing(6);
    layout->addLayout(side);
    layout->addSpacing(kRoomForMenu - kGap);
    giveFocusTo(*this, *m_table);
    buildActions();
    buildTable();
    buildSide(*side);

    m_asking.setSingleShot(true);
    m_asking.setInterval(150);
    connect(&m_asking, &QTimer::timeout, this, &RunsPanel::ask);
    connect(&context.moment, &Moment::changed, this, [this] { m_asking.start(); });
    RunPricing& pricing = RunPricing::of(context.feed);
    const auto price = [this, &pricing] { m_model->setPrices(pricing.hourPrices()); };
    connect(&pricing, &RunPricing::changed, this, price);
    price();
    connect(&m_runs, &RunList::comparedChanged, this, &RunsPanel::showCount);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &RunsPanel::showCount);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &RunsPanel::showCount);
    connect(&m_runs, &RunList::rowsChanged, this, &RunsPanel::showCount); // a checkpoint more can be forked from
    ask();
    showCount();
}

QAction* RunsPanel::action(const QString& name, const QString& text, const QString& tip, const QKeySequence& key)
{
    auto* made = new QAction(text, this);
    made->setObjectName(name);
    made->setToolTip(key.isEmpty() ? tip : tip + QStringLiteral("  (%1)").arg(key.toString(QKeySequence::NativeText)));
    made->setShortcut(key);
    made->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addAction(made);
    return made;
}

void RunsPanel::buildActions()
{
    m_find = action(QStringLiteral("findRun"), tr("Find a run"), tr("Go to the filter of the runs"), {});
    m_find->setShortcuts({QKeySequence(Qt::Key_Slash), QKeySequence::Find});
    connect(m_find, &QAction::triggered, this, [this] {
        m_words->setFocus(Qt::ShortcutFocusReason);
        m_words->selectAll();
    });
    m_open = action(QStringLiteral("openRun"), tr("Open"), tr("Show this run in the whole window (Enter)"), {});
    connect(m_open, &QAction::triggered, this, &RunsPanel::openChosen);
    m_pin = action(QStringLiteral("pinRun"), tr("Pin"), tr("Keep this run above the others, or let it go"),
                   QKeySequence(Qt::Key_P));
    connect(m_pin, &QAction::triggered, this, &RunsPanel::pinChosen);
    m_fork = action(QStringLiteral("forkRun"), tr("Fork…"),
                    tr("A new run that begins with a checkpoint of this one, with other settings"), {});
    connect(m_fork, &QAction::triggered, this, &RunsPanel::forkChosen);
    m_add = action(QStringLiteral("addRun"), tr("Add…"),
                   tr("A run, or a folder of runs, from anywhere; mounted folders of other machines too. Folders can "
                      "be dropped here as well."),
                   {});
    connect(m_add, &QAction::triggered, this, &RunsPanel::addFolder);
    m_difference = action(QStringLiteral("differences"), tr("Diff"), tr("In which settings the checked runs differ"),
                          QKeySequence(Qt::Key_D));
    m_difference->setCheckable(true);
    connect(m_difference, &QAction::toggled, this, &RunsPanel::showCount);
}

void RunsPanel::buildTable()
{
    for (QTableView* table : {static_cast<QTableView*>(m_table), m_differenceTable}) {
        table->setShowGrid(false);
        table->setStyleSheet(QStringLiteral("QTableView::item { padding: 0 6px; }"));
        table->setWordWrap(false);
        table->setTabKeyNavigation(false);
        table->setSelectionBehavior(QAbstractItemView::SelectRows);
        table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
        table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
        table->verticalHeader()->hide();
        table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
        table->horizontalHeader()->setHighlightSections(false);
    }
    m_differenceTable->setModel(m_differences);
    m_differenceTable->setObjectName(QStringLiteral("differenceTable"));
    m_differenceTable->setAccessibleName(tr("Settings in which the checked runs differ"));
    m_differenceTable->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    followType(*m_differenceTable, kRowPadding);

    m_table->setModel(m_filter);
    m_table->setObjectName(QStringLiteral("runTable"));
    m_table->setAccessibleName(tr("Runs"));
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(M::CreatedColumn, Qt::DescendingOrder);
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    QHeaderView* header = m_table->horizontalHeader();
    const auto width = [this](const QString& widest) { return fontMetrics().horizontalAdvance(widest) + 18; };
    for (const int column : {M::StepsColumn, M::TokensColumn})
        header->resizeSection(column, width(countText(9'999'999)));
    for (const int column : {M::LastColumn, M::LowColumn, M::HighColumn, M::MeanColumn, M::AtColumn})
        header->resizeSection(column, width(QStringLiteral("00,000.0")));
    header->resizeSection(M::MoneyColumn, width(usdText(0)));
    header->resizeSection(M::ModelColumn, width(QStringLiteral("experts256")));
    header->resizeSection(M::CreatedColumn, width(QStringLiteral("2026-01-01 00:00")));
    for (const int column : {M::DataColumn, M::OriginColumn})
        header->resizeSection(column, width(QString(16, QLatin1Char('0'))));
    header->resizeSection(M::TagsColumn, width(QString(10, QLatin1Char('0'))));
    header->setStretchLastSection(true);
    for (const int column : kHiddenAtFirst) m_table->setColumnHidden(column, true);
    m_table->setGivingWay(
        {{M::StateColumn, {width(tr("process 99999, 3 s ago")), width(tr("interrupted"))}},
         {M::NameColumn,
          {width(QStringLiteral("tiny-20260101-120000")) + 62, width(QStringLiteral("tiny-20260101")) + 62}}});
    m_table->showHeadersWhole();
    m_table->growWithType();
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QWidget::customContextMenuRequested, this, &RunsPanel::chooseColumns);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_table->addActions({m_open, m_fork, m_pin, m_difference, m_add});
    connect(m_table, &RunTable::toggled, this, &RunsPanel::toggleChosen);
    connect(m_table, &RunTable::entered, this, &RunsPanel::openChosen);
    connect(m_table, &QTableView::doubleClicked, this, [this](const QModelIndex& index) {
        if (!(index.flags() & Qt::ItemIsEditable)) openChosen();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &RunsPanel::showCount);
}

void RunsPanel::buildSide(QVBoxLayout& side)
{
    m_words->setPlaceholderText(tr("Filter (/)"));
    m_words->setClearButtonEnabled(true);
    m_words->setObjectName(QStringLiteral("runFilter"));
    m_words->setAccessibleName(tr("Filter of the runs"));
    m_words->setToolTip(tr("Shows the runs that have all these words in name, state, model, data, tags or notes."));
    connect(m_words, &QLineEdit::textChanged, this, &RunsPanel::filter);
    auto* all = new QAction(m_words);
    all->setShortcut(Qt::Key_Escape);
    all->setShortcutContext(Qt::WidgetShortcut);
    connect(all, &QAction::triggered, m_words, &QLineEdit::clear);
    m_words->addAction(all);

    m_metric->setObjectName(QStringLiteral("runMetric"));
    m_metric->setAccessibleName(tr("What last, lowest, highest and mean are of"));
    m_metric->setToolTip(tr("What the columns Last, Lowest, Highest, Mean and At step are of"));
    for (const Metric metric : kMetrics) {
        const MetricInfo& info = metric_info(metric);
        m_metric->addItem(QString::fromStdString(metric_name(metric)), static_cast<int>(metric));
        m_metric->setItemData(m_metric->count() - 1, coreText(info.doc), Qt::ToolTipRole);
    }
    connect(m_metric, &QComboBox::currentIndexChanged, this, &RunsPanel::ask);

    auto* columns = new QToolButton(this);
    columns->setText(tr("Columns"));
    columns->setObjectName(QStringLiteral("runColumns"));
    columns->setToolTip(tr("Which columns are shown"));
    connect(columns, &QToolButton::clicked, this, &RunsPanel::chooseColumns);
    auto* grid = new QGridLayout;
    grid->setSpacing(6);
    grid->addWidget(m_words, 0, 0, 1, 2);
    auto* add = new QToolButton(this);
    add->setDefaultAction(m_add);
    add->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    grid->addWidget(add, 0, 2);
    grid->addWidget(m_metric, 1, 0, 1, 2);
    grid->addWidget(columns, 1, 2);
    int column = 0;
    for (QAction* each : {m_open, m_fork, m_difference}) {
        auto* button = new QToolButton(this);
        button->setDefaultAction(each);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        grid->addWidget(button, 2, column++);
    }
    columns->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    auto* box = new QWidget(this);
    keepWidth(*box, QString(kSideDigits, QLatin1Char('0')), 0);
    grid->setContentsMargins(0, 0, 0, 0);
    box->setLayout(grid);
    side.addWidget(box);
    m_count->setObjectName(QStringLiteral("runCount"));
    m_count->setHint(tr("Runs that the filter lets through, of all that are known here."));
    const auto mute = [this] { m_count->setColor(m_context.theme.colors().muted); };
    connect(&m_context.theme, &Theme::changed, m_count, mute);
    mute();
    side.addWidget(m_count);
    side.addStretch(1);
}

/// As the scrubber stands: a step that was, or none.
void RunsPanel::ask()
{
    const auto metric = static_cast<Metric>(m_metric->currentData().toInt());
    m_model->setQuestion({metric, m_context.moment.step()});
}

void RunsPanel::filter()
{
    m_filter->setWords(m_words->text());
    showCount();
}

void RunsPanel::showCount()
{
    const int all = m_model->rowCount();
    const int shown = m_filter->rowCount();
    const QString runs = all == 1 ? tr("1 run") : tr("%1 runs").arg(countText(all));
    QString text = shown == all ? runs : tr("%1 of %2", "runs").arg(countText(shown), runs);
    if (const auto drawn = m_runs.compared().size(); drawn > 0) text += tr(", %1 compared").arg(drawn);
    m_count->setText(text);
    m_open->setEnabled(chosen().size() == 1);
    m_pin->setEnabled(!chosen().isEmpty());
    const auto one = chosen().size() == 1 ? m_runs.row(chosen().front()) : nullptr;
    m_fork->setEnabled(one && one->manifest && !one->checkpoints.empty());
    m_difference->setEnabled(m_difference->isChecked() || marked().size() > 1);
    if (m_difference->isChecked()) return showDifferences();
    m_empty->setText(all > 0 ? tr("No run has these words.")
                             : tr("Your runs are listed here, with what they reached: those of this program, those in "
                                  "the folder runs, and any that you add or drop."));
    m_pages->setCurrentWidget(shown > 0 ? static_cast<QWidget*>(m_table) : m_empty);
}

/// The run that is shown and those that are compared with it.
QStringList RunsPanel::marked() const
{
    QStringList all = m_runs.compared();
    if (!m_runs.shown().isEmpty()) all.prepend(m_runs.shown());
    return all.mid(0, kMostCompared);
}

void RunsPanel::showDifferences()
{
    QStringList names;
    std::vector<std::shared_ptr<const Manifest>> manifests;
    for (const QString& folder : marked()) {
        const auto row = m_runs.row(folder);
        if (!row || !row->manifest) continue;
        names << QString::fromStdString(row->name);
        manifests.push_back(row->manifest);
    }
    m_differences->show(names, differences(manifests));
    m_same->setText(manifests.size() < 2 ? tr("Check two or more runs to see in which settings they differ.")
                                         : tr("These runs were started with the same settings."));
    m_pages->setCurrentWidget(m_differences->rowCount() > 0 ? static_cast<QWidget*>(m_differenceTable) : m_same);
}

void RunsPanel::chooseColumns()
{
    QMenu menu;
    for (int column = M::StateColumn; column < M::ColumnCount; ++column) {
        QAction* each = menu.addAction(m_model->headerData(column, Qt::Horizontal).toString());
        each->setCheckable(true);
        each->setChecked(!m_table->isColumnHidden(column));
        connect(each, &QAction::toggled, this, [this, column](bool on) { m_table->setColumnHidden(column, !on); });
    }
    menu.exec(QCursor::pos());
}

void RunsPanel::addFolder()
{
    const QString folder = QFileDialog::getExistingDirectory(this, tr("A run, or a folder of runs"));
    if (!folder.isEmpty()) m_runs.add(folder);
}

QStringList RunsPanel::chosen() const
{
    QStringList folders;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows())
        folders << index.data(M::kFolderRole).toString();
    return folders;
}

void RunsPanel::toggleChosen()
{
    const QStringList folders = chosen();
    const bool all =
        std::all_of(folders.begin(), folders.end(), [this](const QString& f) { return m_runs.isCompared(f); });
    for (const QString& folder : folders) m_runs.compare(folder, !all);
}

void RunsPanel::openChosen()
{
    if (const QStringList folders = chosen(); folders.size() == 1) m_runs.open(folders.front());
}

void RunsPanel::pinChosen()
{
    const QStringList folders = chosen();
    const bool all =
        std::all_of(folders.begin(), folders.end(), [this](const QString& f) { return m_model->isPinned(f); });
    for (const QString& folder : folders) m_model->setPinned(folder, !all);
    m_filter->invalidate();
}

void RunsPanel::forkChosen()
{
    const QStringList folders = chosen();
    const auto run = folders.size() == 1 ? m_runs.row(folders.front()) : nullptr;
    if (!run || !run->manifest || run->checkpoints.empty()) return;
    ForkDialog dialog(run, m_runs.home(), m_context.theme, this);
    dialog.setObjectName(QStringLiteral("forkDialog"));
    if (m_context.moment.step()) dialog.chooseStep(*m_context.moment.step());
    if (dialog.exec() == QDialog::Accepted) m_runs.start(dialog.request());
}

void RunsPanel::showEvent(QShowEvent* event)
{
    Panel::showEvent(event);
    m_runs.setSeen(true);
}

void RunsPanel::hideEvent(QHideEvent* event)
{
    Panel::hideEvent(event);
    m_runs.setSeen(false);
}

QVariantMap RunsPanel::saveState() const
{
    QVariantList hidden;
    for (int column = 0; column < M::ColumnCount; ++column)
        if (m_table->isColumnHidden(column)) hidden << M::columnId(column);
    QStringList names(m_model->pinned().begin(), m_model->pinned().end());
    names.sort();
    const QVariantList pinned(names.begin(), names.end()); // as a layout in a file comes back
    const QHeaderView* header = m_table->horizontalHeader();
    return {{QStringLiteral("filter"), m_words->text()},
            {QStringLiteral("metric"), m_metric->currentText()},
            {QStringLiteral("hidden"), hidden},
            {QStringLiteral("pinned"), pinned},
            {QStringLiteral("sort"), M::columnId(header->sortIndicatorSection())},
            {QStringLiteral("falling"), header->sortIndicatorOrder() == Qt::DescendingOrder}};
}

void RunsPanel::restoreState(const QVariantMap& state)
{
    m_words->setText(state.value(QStringLiteral("filter")).toString());
    const int metric = m_metric->findText(state.value(QStringLiteral("metric")).toString());
    if (metric >= 0) m_metric->setCurrentIndex(metric);
    if (const QVariant hidden = state.value(QStringLiteral("hidden")); hidden.typeId() == QMetaType::QVariantList)
        keepColumns(hidden);
    for (const QString& folder : state.value(QStringLiteral("pinned")).toStringList()) m_model->setPinned(folder, true);
    if (const int column = keptColumn(state.value(QStringLiteral("sort"))); column < M::ColumnCount)
        m_table->sortByColumn(column, state.value(QStringLiteral("falling")).toBool() ? Qt::DescendingOrder
                                                                                      : Qt::AscendingOrder);
}

void RunsPanel::keepColumns(const QVariant& hidden)
{
    QSet<int> columns;
    for (const QVariant& each : hidden.toList()) {
        columns.insert(keptColumn(each));
        if (each.typeId() != QMetaType::QString) columns.insert(M::MeanColumn); // there was none then
    }
    for (int column = M::StateColumn; column < M::ColumnCount; ++column)
        m_table->setColumnHidden(column, columns.contains(column));
}

/// Where nobody has a list of runs.
class NoRunsPanel final : public Panel {
    Q_OBJECT

public:
    explicit NoRunsPanel(QWidget* parent) : Panel(parent)
    {
        auto* layout = new QVBoxLayout(this);
        layout->addWidget(emptyNote(tr("No list of runs is kept here.")));
    }
};

} // namespace

Panel* createRunsPanel(const PanelContext& context, QWidget* parent)
{
    if (!context.runs) return new NoRunsPanel(parent);
    return new RunsPanel(context, parent);
}

} // namespace triptych

#include "runs_panel.moc"
