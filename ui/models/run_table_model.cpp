// Rows of the list to cells.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/run_table_model.h"

#include "core/cost/closed_forms.h"
#include "ui/bridge/recorded_feed.h"
#include "ui/bridge/shown_currency.h"
#include "ui/language/core_texts.h"
#include "ui/models/twin_table.h"
#include "ui/plots/run_sign.h"
#include "ui/widgets/number_text.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

namespace triptych {

namespace {

constexpr int kAgeInterval = 1000; // ms
constexpr double kSilence = 2;     // s after which a disk is said not to answer

constexpr std::array kColumnIds = {
    QLatin1String("name"),   QLatin1String("state"),  QLatin1String("steps"), QLatin1String("last"),
    QLatin1String("low"),    QLatin1String("high"),   QLatin1String("mean"),  QLatin1String("at"),
    QLatin1String("tokens"), QLatin1String("money"),  QLatin1String("model"), QLatin1String("data"),
    QLatin1String("begun"),  QLatin1String("origin"), QLatin1String("tags"),  QLatin1String("notes")};
static_assert(kColumnIds.size() == RunTableModel::ColumnCount);

QString text8(const std::string& text)
{
    return QString::fromStdString(text);
}

QString folderOf(const RunRow& row)
{
    return text8(row.folder.string());
}

double secondsSince(std::chrono::steady_clock::time_point then)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - then).count();
}

bool isNumberColumn(int column)
{
    using M = RunTableModel;
    return (column >= M::StepsColumn && column <= M::MoneyColumn);
}

/// "3 s", "2 min".
QString ageText(double seconds)
{
    if (seconds < 60) return RunTableModel::tr("%1 s").arg(static_cast<int>(seconds));
    return RunTableModel::tr("%1 min").arg(static_cast<int>(seconds / 60));
}

/// The end of a path says more than its beginning.
QString shortModel(const std::string& model)
{
    const QString text = text8(model);
    const QString file = text.section(QLatin1Char('/'), -1);
    return file == QLatin1String("config.json") ? text.section(QLatin1Char('/'), -2, -2) : file;
}

} // namespace

RunTableModel::RunTableModel(RunList& runs, const Theme& theme, QObject* parent)
    : QAbstractTableModel(parent), m_runs(runs), m_theme(theme), m_rows(runs.rows())
{
    connect(&runs, &RunList::rowsChanged, this, &RunTableModel::takeRows);
    connect(&runs, &RunList::comparedChanged, this, &RunTableModel::refresh);
    connect(&theme, &Theme::changed, this, &RunTableModel::refresh);
    connect(&ShownCurrency::get(), &ShownCurrency::changed, this, [this] {
        refresh();
        emit headerDataChanged(Qt::Horizontal, MoneyColumn, MoneyColumn);
    });
    connect(&m_ages, &QTimer::timeout, this, [this] {
        if (!m_rows.empty()) emit dataChanged(index(0, StateColumn), index(rowCount() - 1, StateColumn));
    });
    m_ages.start(kAgeInterval);
}

/// Both are in the order of folders: what came and went is told row by row, so that the choice in a table stays.
void RunTableModel::takeRows()
{
    const RunList::Rows& now = m_runs.rows();
    std::size_t at = 0;
    for (const auto& row : now) {
        while (at < m_rows.size() && m_rows[at]->folder < row->folder) {
            beginRemoveRows({}, static_cast<int>(at), static_cast<int>(at));
            m_rows.erase(m_rows.begin() + static_cast<std::ptrdiff_t>(at));
            endRemoveRows();
        }
        const bool known = at < m_rows.size() && m_rows[at]->folder == row->folder;
        if (!known) {
            beginInsertRows({}, static_cast<int>(at), static_cast<int>(at));
            m_rows.insert(m_rows.begin() + static_cast<std::ptrdiff_t>(at), row);
            endInsertRows();
        } else if (m_rows[at] != row) {
            m_rows[at] = row;
            emit dataChanged(index(static_cast<int>(at), 0), index(static_cast<int>(at), ColumnCount - 1));
        }
        ++at;
    }
    if (at == m_rows.size()) return;
    beginRemoveRows({}, static_cast<int>(at), static_cast<int>(m_rows.size()) - 1);
    m_rows.resize(at);
    endRemoveRows();
}

void RunTableModel::refresh()
{
    if (!m_rows.empty()) emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

const RunRow* RunTableModel::rowAt(int row) const
{
    return row >= 0 && row < rowCount() ? m_rows[static_cast<std::size_t>(row)].get() : nullptr;
}

QString RunTableModel::folderAt(int row) const
{
    const RunRow* found = rowAt(row);
    return found ? folderOf(*found) : QString();
}

void RunTableModel::setQuestion(const RunQuestion& question)
{
    m_question = question;
    m_runs.ask(question);
    emit headerDataChanged(Qt::Horizontal, LastColumn, AtColumn);
}

void RunTableModel::setPinned(const QString& folder, bool pinned)
{
    if (pinned == isPinned(folder)) return;
    if (pinned)
        m_pinned.insert(folder);
    else
        m_pinned.remove(folder);
    refresh();
}

int RunTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int RunTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString RunTableModel::valueText(double value)
{
    if (!std::isfinite(value)) return noNumber();
    const double size = std::abs(value);
    if (size >= 1000) return countText(std::llround(value));
    if (size > 0 && size < 0.001) return QLocale().toString(value, 'e', 2);
    return fixedText(value, size < 9.9995 ? 3 : size < 99.995 ? 2 : 1);
}

QString RunTableModel::columnId(int column)
{
    return column >= 0 && column < ColumnCount ? QString(kColumnIds.at(static_cast<std::size_t>(column))) : QString();
}

int RunTableModel::columnOf(const QString& id)
{
    const auto found = std::find(kColumnIds.begin(), kColumnIds.end(), id);
    return static_cast<int>(found - kColumnIds.begin());
}

QString RunTableModel::stateText(const RunRow& row) const
{
    const auto waiting = m_runs.library().waiting();
    if (waiting && waiting->seconds > kSilence && row.folder == waiting->folder)
        return tr("no answer for %1").arg(ageText(waiting->seconds));
    switch (row.state) {
    case RowState::Training:
        if (row.process == QCoreApplication::applicationPid() && row.host == host_name()) return tr("trains here");
        return tr("process %1, %2 ago").arg(row.process).arg(ageText(secondsSince(row.looked)));
    case RowState::Finished: return tr("finished");
    case RowState::Stopped: return tr("stopped");
    case RowState::Failed: return tr("failed: %1").arg(text8(row.reason));
    case RowState::Interrupted: return tr("interrupted");
    case RowState::Unknown: return tr("ended");
    case RowState::Unreadable: break;
    }
    return row.troubles.empty() ? QString() : text8(row.troubles.front().what).remove(folderOf(row) + QLatin1Char('/'));
}

QString RunTableModel::text(const RunRow& row, int column) const
{
    const bool numbers = row.state != RowState::Unreadable && row.steps > 0;
    switch (column) {
    case NameColumn: return (isPinned(folderOf(row)) ? QStringLiteral("★ ") : QString()) + text8(row.name);
    case StateColumn: {
        const bool warns = !row.troubles.empty() || row.state == RowState::Failed;
        return (warns ? QStringLiteral("▲ ") : QString()) + stateText(row);
    }
    case StepsColumn: return numbers ? countText(row.steps) : noNumber();
    case LastColumn: return valueText(row.metric.last);
    case LowColumn: return valueText(row.metric.low);
    case HighColumn: return valueText(row.metric.high);
    case MeanColumn: return valueText(row.metric.mean);
    case AtColumn: return valueText(row.metric.at);
    case TokensColumn: return std::isfinite(row.tokens) ? largeText(row.tokens) : noNumber();
    case MoneyColumn: {
        const double usd = headlineOf(row);
        return std::isfinite(usd) ? usdText(usd) : noNumber();
    }
    case ModelColumn: return shortModel(row.model);
    case DataColumn: return text8(row.data);
    case CreatedColumn: return row.created.empty() ? QString() : localTime(row.created).section(QLatin1Char(':'), 0, 1);
    case OriginColumn:
        return row.forked_from ? tr("%1 at step %2", "a run forked from another")
                                     .arg(text8(row.forked_from->run).section(QLatin1Char('/'), -1),
                                          countText(row.forked_from->step))
                               : QString();
    case TagsColumn: return text8(text_of(row.notes.tags));
    case NotesColumn: return text8(row.notes.text).replace(QLatin1Char('\n'), QLatin1Char(' '));
    default: return {};
    }
}

QString RunTableModel::toolTip(const RunRow& row, int column) const
{
    QStringList lines;
    const double full = fullCostOf(row);
    switch (column) {
    case NameColumn:
        lines << folderOf(row)
              << (folderOf(row) == m_runs.shown() ? tr("This run is shown in the whole window.")
                                                  : tr("Check it to draw its curves beside those of the run that is "
                                                       "shown. Enter or a double click shows it in the whole window."));
        break;
    case StateColumn:
        if (!row.holder.empty())
            lines << tr("Trained by %1").arg(text8(row.holder))
                  << tr("Followed: its files were looked at %1 ago.").arg(ageText(secondsSince(row.looked)));
        if (!row.reason.empty()) lines << text8(row.reason) << text8(row.hint);
        for (const Error& trouble : row.troubles) lines << text8(trouble.what) << text8(trouble.hint);
        if (lines.isEmpty()) lines << stateText(row);
        break;
    case MeanColumn:
        if (row.metric.points > 0)
            lines
                << tr("Mean of the %1 values of the run, each with the same weight.").arg(countText(row.metric.points));
        [[fallthrough]];
    case LowColumn:
    case HighColumn:
        if (row.metric.gaps > 0)
            lines << tr("%1 values are no finite numbers and left out.").arg(countText(row.metric.gaps));
        break;
    case MoneyColumn:
        lines << withRate(tr("Rented: device-hours × rental price. In full, with all that such a machine costs: %1")
                              .arg(std::isfinite(full) ? usdText(full) : noNumber()));
        break;
    case CreatedColumn: lines << localTime(row.created); break;
    case ModelColumn: lines << text8(row.model); break;
    case OriginColumn:
        if (!row.forked_from) break;
        lines << tr("Began with the checkpoint of step %1 of %2")
                     .arg(countText(row.forked_from->step), text8(row.forked_from->run));
        for (const std::string& setting : row.forked_from->changed) lines << text8(setting);
        break;
    case TagsColumn:
        lines << tr("Double click or F2 to write tags, with commas between them.") << text(row, column);
        break;
    case NotesColumn: lines << tr("Double click or F2 to write notes.") << text8(row.notes.text); break;
    default: return {};
    }
    lines.removeAll(QString());
    return lines.join(QLatin1Char('\n'));
}

/// What a file or another program gets, and an editor of notes and tags. An empty text: not known.
QVariant RunTableModel::exact(const RunRow& row, int column) const
{
    const auto number = [](double value) { return std::isnan(value) ? QVariant(QString()) : QVariant(value); };
    switch (column) {
    case NameColumn: return text8(row.name);
    case StateColumn: return stateText(row);
    case StepsColumn: return countCell(row.steps);
    case LastColumn: return number(row.metric.last);
    case LowColumn: return number(row.metric.low);
    case HighColumn: return number(row.metric.high);
    case MeanColumn: return number(row.metric.mean);
    case AtColumn: return number(row.metric.at);
    case TokensColumn: return number(row.tokens);
    case MoneyColumn: return number(ShownCurrency::get().perUsd() * headlineOf(row));
    case ModelColumn: return text8(row.model);
    case CreatedColumn: return text8(row.created);
    case NotesColumn: return text8(row.notes.text);
    default: return text(row, column);
    }
}

void RunTableModel::setPrices(const std::optional<HourPrices>& prices)
{
    if (prices == m_prices) return;
    m_prices = prices;
    refresh();
}

double RunTableModel::headlineOf(const RunRow& row) const
{
    return m_prices ? price_of_seconds(row.train_seconds, m_prices->headline) : row.headline_usd;
}

double RunTableModel::fullCostOf(const RunRow& row) const
{
    return m_prices ? price_of_seconds(row.train_seconds, m_prices->full) : row.tco_usd;
}

QVariant RunTableModel::sortKey(const RunRow& row, int column) const
{
    switch (column) {
    case StepsColumn: return static_cast<double>(row.steps);
    case LastColumn: return row.metric.last;
    case LowColumn: return row.metric.low;
    case HighColumn: return row.metric.high;
    case MeanColumn: return row.metric.mean;
    case AtColumn: return row.metric.at;
    case TokensColumn: return row.tokens;
    case MoneyColumn: return headlineOf(row);
    case StateColumn: return static_cast<double>(row.state);
    case CreatedColumn: return text8(row.created);
    case NameColumn: return text8(row.name);
    default: return text(row, column);
    }
}

QVariant RunTableModel::foreground(const RunRow& row, int column) const
{
    const ThemeColors& colors = m_theme.colors();
    if (column == StateColumn) {
        if (row.state == RowState::Unreadable || row.state == RowState::Failed) return colors.bad;
        if (!row.troubles.empty()) return colors.warning;
        return row.state == RowState::Training ? colors.good : colors.muted;
    }
    if (row.state == RowState::Unreadable) return colors.muted;
    return column >= TokensColumn && column <= OriginColumn && column != MoneyColumn ? QVariant(colors.muted)
                                                                                     : QVariant(colors.text);
}

/// The line that a run is drawn with; an empty place of the same width where it is not drawn.
QVariant RunTableModel::sign(const RunRow& row) const
{
    const QString folder = folderOf(row);
    if (folder == m_runs.shown()) return runSign(m_theme.colors().loss, CurveStyle::Line);
    const int number = m_runs.numberOf(folder);
    return number > 0 ? runSign(m_theme.runColor(number), styleOfRun(number + 1)) : noRunSign();
}

QVariant RunTableModel::data(const QModelIndex& index, int role) const
{
    const RunRow* row = rowAt(index.row());
    if (!row) return {};
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole: return text(*row, column);
    case Qt::EditRole: return exact(*row, column);
    case Qt::ToolTipRole: return toolTip(*row, column);
    case Qt::TextAlignmentRole:
        return int((isNumberColumn(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::ForegroundRole: return foreground(*row, column);
    case Qt::FontRole: {
        if (column != NameColumn || folderOf(*row) != m_runs.shown()) return {};
        QFont bold;
        bold.setBold(true);
        return bold;
    }
    case Qt::DecorationRole: return column == NameColumn ? sign(*row) : QVariant();
    case Qt::CheckStateRole:
        if (column != NameColumn) return {};
        return folderOf(*row) == m_runs.shown() || m_runs.isCompared(folderOf(*row)) ? Qt::Checked : Qt::Unchecked;
    case kSortRole: return sortKey(*row, column);
    case kFolderRole: return folderOf(*row);
    case Qt::AccessibleTextRole:
        return column == NameColumn && m_runs.isCompared(folderOf(*row)) ? tr("%1, drawn").arg(text(*row, column))
                                                                         : QVariant();
    default: return {};
    }
}

bool RunTableModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    const RunRow* row = rowAt(index.row());
    if (!row) return false;
    if (role == Qt::CheckStateRole && index.column() == NameColumn) {
        m_runs.compare(folderOf(*row), value.toInt() == Qt::Checked);
        return true;
    }
    if (role != Qt::EditRole) return false;
    RunNotes notes = row->notes;
    const std::string text = value.toString().trimmed().toStdString();
    if (index.column() == NotesColumn) notes.text = text;
    if (index.column() == TagsColumn) notes.tags = tags_from_text(text);
    if (notes == row->notes) return false;
    m_runs.keepNotes(folderOf(*row), notes);
    return true; // shown when the folder has them
}

Qt::ItemFlags RunTableModel::flags(const QModelIndex& index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    const RunRow* row = rowAt(index.row());
    if (!row || row->state == RowState::Unreadable) return flags;
    if (index.column() == NameColumn) flags |= Qt::ItemIsUserCheckable;
    if (index.column() == NotesColumn || index.column() == TagsColumn) flags |= Qt::ItemIsEditable;
    return flags;
}

QVariant RunTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole)
        return int((isNumberColumn(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && section >= LastColumn && section <= AtColumn) {
        const MetricInfo& info = metric_info(m_question.metric.metric);
        return QStringLiteral("%1 [%2]: %3")
            .arg(text8(metric_name(m_question.metric)), coreText(info.unit), coreText(info.doc));
    }
    if (role != Qt::DisplayRole) return {};
    switch (section) {
    case NameColumn: return tr("Run");
    case StateColumn: return tr("State");
    case StepsColumn: return tr("Steps");
    case LastColumn: return tr("Last");
    case LowColumn: return tr("Lowest");
    case HighColumn: return tr("Highest");
    case MeanColumn: return tr("Mean");
    case AtColumn: return m_question.step ? tr("At %1").arg(countText(*m_question.step)) : tr("At step");
    case TokensColumn: return tr("Tokens");
    case MoneyColumn: return tr("Money, %1", "a currency").arg(ShownCurrency::get().code());
    case ModelColumn: return tr("Model");
    case DataColumn: return tr("Data");
    case CreatedColumn: return tr("Begun");
    case OriginColumn: return tr("Forked from");
    case TagsColumn: return tr("Tags");
    case NotesColumn: return tr("Notes");
    default: return {};
    }
}

RunTableFilter::RunTableFilter(RunTableModel& model, QObject* parent) : QSortFilterProxyModel(parent), m_model(model)
{
    setSourceModel(&model);
    setSortRole(RunTableModel::kSortRole);
}

void RunTableFilter::setWords(const QString& text)
{
    m_words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    invalidateFilter();
}

bool RunTableFilter::filterAcceptsRow(int row, const QModelIndex&) const
{
    using M = RunTableModel;
    return std::all_of(m_words.begin(), m_words.end(), [&](const QString& word) {
        for (const int column : {M::NameColumn, M::StateColumn, M::ModelColumn, M::DataColumn, M::OriginColumn,
                                 M::TagsColumn, M::NotesColumn})
            if (m_model.index(row, column).data().toString().contains(word, Qt::CaseInsensitive)) return true;
        return false;
    });
}

/// Numbers that are none come last, whichever way; what is pinned comes first.
bool RunTableFilter::lessThan(const QModelIndex& left, const QModelIndex& right) const
{
    const bool rising = sortOrder() == Qt::AscendingOrder;
    const bool pinnedLeft = m_model.isPinned(left.siblingAtColumn(0).data(RunTableModel::kFolderRole).toString());
    const bool pinnedRight = m_model.isPinned(right.siblingAtColumn(0).data(RunTableModel::kFolderRole).toString());
    if (pinnedLeft != pinnedRight) return pinnedLeft == rising;
    const QVariant a = left.data(sortRole());
    const QVariant b = right.data(sortRole());
    if (a.typeId() != QMetaType::Double) return a.toString().localeAwareCompare(b.toString()) < 0;
    const bool noneLeft = std::isnan(a.toDouble());
    const bool noneRight = std::isnan(b.toDouble());
    if (noneLeft != noneRight) return noneRight == rising;
    return a.toDouble() < b.toDouble();
}

} // namespace triptych
