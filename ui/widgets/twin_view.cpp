// Tables behind tabs.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/twin_view.h"

#include "ui/models/table_text.h"
#include "ui/models/twin_table.h"
#include "ui/widgets/empty_note.h"
#include "ui/widgets/focus_target.h"
#include "ui/widgets/type_follower.h"

#include <QAction>
#include <QClipboard>
#include <QCollator>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QHeaderView>
#include <QSortFilterProxyModel>
#include <QStackedLayout>
#include <QTabWidget>
#include <QTableView>

#include <algorithm>
#include <cmath>
#include <set>

namespace triptych {

namespace {

constexpr int kInterval = 1000;  // ms
constexpr int kShareOfTime = 20; // a refresh may take a twentieth of the time until the next
constexpr int kMeasured = 200;   // rows that tell how wide a column is
constexpr int kWidest = 260;     // px of a column

/// Numbers by what they are, before texts; cells without a value are last.
class ExactOrder : public QSortFilterProxyModel {
public:
    explicit ExactOrder(QObject* parent) : QSortFilterProxyModel(parent) { m_texts.setNumericMode(true); }

protected:
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override
    {
        const QVariant a = exactValue(left);
        const QVariant b = exactValue(right);
        if (rank(a) != rank(b)) return rank(a) < rank(b);
        return rank(a) == 0 ? a.toDouble() < b.toDouble() : m_texts.compare(a.toString(), b.toString()) < 0;
    }

private:
    static int rank(const QVariant& value)
    {
        if (!value.isValid()) return 2;
        if (value.typeId() == QMetaType::QString) return 1;
        return std::isnan(value.toDouble()) ? 2 : 0;
    }

    QCollator m_texts;
};

} // namespace

TwinView::TwinView(Panel& panel, QWidget* parent)
    : QWidget(parent), m_panel(panel), m_tabs(new QTabWidget(this)), m_empty(emptyNote({}, this))
{
    auto* pages = new QStackedLayout(this);
    pages->addWidget(m_tabs);
    pages->addWidget(m_empty);
    m_empty->setText(tr("There are no numbers yet: the table comes with the picture."));
    m_tabs->setTabBarAutoHide(true);
    m_tabs->setDocumentMode(true);
    giveFocusTo(*this, *m_tabs);
    auto* action = new QAction(tr("Copy"), this);
    action->setShortcut(QKeySequence::Copy);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, &TwinView::copy);
    addAction(action);
    setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(&m_timer, &QTimer::timeout, this, &TwinView::refresh);
    m_timer.setSingleShot(true);
    refresh();
}

QTableView* TwinView::makeTable(QAbstractItemModel* model)
{
    auto* order = new ExactOrder(this);
    order->setSourceModel(model);
    auto* view = new QTableView(m_tabs);
    view->setModel(order);
    view->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder); // as the panel has them
    view->setSortingEnabled(true);
    view->setShowGrid(false);
    view->setWordWrap(false);
    view->setTabKeyNavigation(false);
    view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    view->verticalHeader()->hide();
    view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    followType(*view, 6);
    view->horizontalHeader()->setHighlightSections(false);
    view->horizontalHeader()->setResizeContentsPrecision(kMeasured);
    view->horizontalHeader()->setMaximumSectionSize(kWidest);
    view->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    view->resizeColumnsToContents();
    return view;
}

void TwinView::refresh()
{
    QElapsedTimer took;
    took.start();
    const std::vector<Twin> twins = m_panel.twins();
    const auto count = static_cast<int>(twins.size());
    for (int i = 0; i < count; ++i) {
        const Twin& twin = twins[static_cast<std::size_t>(i)];
        auto* there = qobject_cast<QTableView*>(m_tabs->widget(i));
        if (there && static_cast<ExactOrder*>(there->model())->sourceModel() != twin.model) {
            delete there;
            there = nullptr;
        }
        if (!there) m_tabs->insertTab(i, there = makeTable(twin.model), twin.title);
        m_tabs->setTabText(i, twin.title);
        there->setAccessibleName(twin.title);
    }
    while (m_tabs->count() > count) delete m_tabs->widget(count);
    static_cast<QStackedLayout*>(layout())->setCurrentWidget(count > 0 ? static_cast<QWidget*>(m_tabs) : m_empty);
    giveFocusTo(*this, table() ? static_cast<QWidget&>(*table()) : *m_tabs);
    if (isVisible()) m_timer.start(std::max(kInterval, static_cast<int>(took.elapsed()) * kShareOfTime));
}

QTableView* TwinView::table() const
{
    return qobject_cast<QTableView*>(m_tabs->currentWidget());
}

QString TwinView::chosenAsText() const
{
    const QTableView* view = table();
    if (!view) return {};
    const QModelIndexList chosen = view->selectionModel()->selectedIndexes();
    if (chosen.isEmpty()) return tableAsText(*view->model());
    std::set<int> rows;
    std::set<int> columns;
    for (const QModelIndex& cell : chosen) {
        rows.insert(cell.row());
        columns.insert(cell.column());
    }
    return tableAsText(*view->model(), {rows.begin(), rows.end()}, {columns.begin(), columns.end()});
}

void TwinView::copy() const
{
    QGuiApplication::clipboard()->setText(chosenAsText());
}

void TwinView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refresh();
}

void TwinView::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_timer.stop();
}

} // namespace triptych
