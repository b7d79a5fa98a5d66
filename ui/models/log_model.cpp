// Rows of the run log.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/log_model.h"

#include "ui/language/event_texts.h"
#include "ui/widgets/number_text.h"

#include <QCoreApplication>
#include <QFontDatabase>

namespace triptych {

namespace {

/// A kind in the language of the program; one that is not known stands for itself.
QString kindText(const QString& kind)
{
    static const struct {
        const char* kind;
        const char* text;
    } names[] = {{"start", QT_TRANSLATE_NOOP("LogKind", "start")},
                 {"state", QT_TRANSLATE_NOOP("LogKind", "state")},
                 {"validation", QT_TRANSLATE_NOOP("LogKind", "validation")},
                 {"sample", QT_TRANSLATE_NOOP("LogKind", "sample")},
                 {"checkpoint", QT_TRANSLATE_NOOP("LogKind", "checkpoint")},
                 {"setting", QT_TRANSLATE_NOOP("LogKind", "setting")},
                 {"routing", QT_TRANSLATE_NOOP("LogKind", "routing")},
                 {"refused", QT_TRANSLATE_NOOP("LogKind", "refused")},
                 {"memory", QT_TRANSLATE_NOOP("LogKind", "memory")},
                 {"error", QT_TRANSLATE_NOOP("LogKind", "error")},
                 {"health.nan", QT_TRANSLATE_NOOP("LogKind", "not a number")},
                 {"health.loss_spike", QT_TRANSLATE_NOOP("LogKind", "loss spike")},
                 {"health.dead_experts", QT_TRANSLATE_NOOP("LogKind", "dead experts")},
                 {"health.starved_experts", QT_TRANSLATE_NOOP("LogKind", "starved experts")},
                 {"health.imbalance", QT_TRANSLATE_NOOP("LogKind", "imbalance")},
                 {"health.entropy", QT_TRANSLATE_NOOP("LogKind", "entropy")},
                 {"health.variation", QT_TRANSLATE_NOOP("LogKind", "variation")},
                 {"health.store", QT_TRANSLATE_NOOP("LogKind", "storage")},
                 {"health.checkpoint", QT_TRANSLATE_NOOP("LogKind", "checkpoint")},
                 {"health.history", QT_TRANSLATE_NOOP("LogKind", "history")},
                 {"health.time", QT_TRANSLATE_NOOP("LogKind", "time")},
                 {"schedule", QT_TRANSLATE_NOOP("LogKind", "schedule")},
                 {"note", QT_TRANSLATE_NOOP("LogKind", "note")}};
    for (const auto& name : names)
        if (kind == QLatin1String(name.kind)) return QCoreApplication::translate("LogKind", name.text);
    return kind;
}

bool isSample(const LogEntry& entry)
{
    return entry.kind == QLatin1String("sample");
}

/// In the language of the window; what the model wrote is its own.
QString wordsOf(const LogEntry& entry)
{
    return isSample(entry) ? entry.text : eventText(entry.text);
}

QString inOneLine(QString text)
{
    return text.replace(QLatin1Char('\n'), QStringLiteral(" ⏎ "));
}

} // namespace

LogLook logLook(const QString& kind)
{
    if (kind == QLatin1String("error") || kind == QLatin1String("refused") || kind == QLatin1String("health.nan"))
        return {QStringLiteral("✕"), &ThemeColors::bad};
    if (kind.startsWith(QLatin1String("health."))) return {QStringLiteral("▲"), &ThemeColors::warning};
    if (kind == QLatin1String("validation")) return {QStringLiteral("○"), &ThemeColors::validation};
    if (kind == QLatin1String("checkpoint")) return {QStringLiteral("✓"), &ThemeColors::good};
    if (kind == QLatin1String("setting") || kind == QLatin1String("routing"))
        return {QStringLiteral("◆"), &ThemeColors::mla};
    if (kind == QLatin1String("sample")) return {QStringLiteral("“"), &ThemeColors::mtp};
    return {QStringLiteral("·"), &ThemeColors::muted};
}

QString logLine(const LogEntry& entry)
{
    const QString text = inOneLine(wordsOf(entry));
    return entry.time + QLatin1String("  ") + (isSample(entry) ? LogModel::tr("the model writes: %1").arg(text) : text);
}

LogModel::LogModel(const RunFeed& feed, const Theme& theme, QObject* parent)
    : QAbstractTableModel(parent), m_feed(feed), m_theme(theme),
      m_monospaced(QFontDatabase::systemFont(QFontDatabase::FixedFont)), m_rows(static_cast<int>(feed.log().size()))
{
    connect(&feed, &RunFeed::logged, this, &LogModel::takeNew);
    connect(&feed, &RunFeed::runStarted, this, &LogModel::takeNew);
    connect(&theme, &Theme::changed, this, [this] {
        if (m_rows > 0) emit dataChanged(index(0, 0), index(m_rows - 1, ColumnCount - 1), {Qt::ForegroundRole});
    });
}

void LogModel::takeNew()
{
    const auto count = static_cast<int>(m_feed.log().size());
    if (count < m_rows) {
        beginResetModel();
        m_rows = count;
        endResetModel();
    } else if (count > m_rows) {
        beginInsertRows({}, m_rows, count - 1);
        m_rows = count;
        endInsertRows();
    }
}

int LogModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int LogModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant LogModel::textOf(const LogEntry& entry, int column) const
{
    switch (column) {
    case TimeColumn: return entry.time.section(QLatin1Char(' '), -1); // the day is in the tooltip
    case StepColumn: return countText(entry.step);
    case KindColumn: return logLook(entry.kind).sign + QChar(0x2002) + kindText(entry.kind);
    case TextColumn: return inOneLine(wordsOf(entry)); // as it was written it is a line below, or a tooltip, away
    default: return {};
    }
}

/// As it was logged, for tables and files.
QVariant LogModel::exactOf(const LogEntry& entry, int column) const
{
    switch (column) {
    case StepColumn: return QVariant::fromValue<qlonglong>(entry.step);
    case KindColumn: return entry.kind;
    case TextColumn: return entry.text;
    default: return entry.time;
    }
}

QString LogModel::toolTip(const LogEntry& entry) const
{
    const QString text = wordsOf(entry).toHtmlEscaped();
    // Rich text, so that it is wrapped; spaces and lines of what the model wrote are kept.
    return isSample(entry) ? QStringLiteral("<pre style='white-space: pre-wrap; font-family: \"%1\"'>%2</pre>")
                                 .arg(m_monospaced.family(), text)
                           : QStringLiteral("<p>%1</p>").arg(text);
}

QVariant LogModel::data(const QModelIndex& index, int role) const
{
    const auto& log = m_feed.log();
    if (!index.isValid() || static_cast<std::size_t>(index.row()) >= log.size()) return {};
    const LogEntry& entry = log[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::EditRole: return exactOf(entry, index.column());
    case Qt::DisplayRole: return textOf(entry, index.column());
    case Qt::ToolTipRole:
        if (index.column() == TimeColumn) return entry.time;
        return index.column() == TextColumn ? toolTip(entry) : QVariant();
    case Qt::TextAlignmentRole:
        return static_cast<int>((index.column() == StepColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::ForegroundRole:
        if (index.column() == KindColumn) return m_theme.colors().*logLook(entry.kind).color;
        return index.column() == TextColumn ? m_theme.colors().text : m_theme.colors().muted;
    case Qt::FontRole: return index.column() == TextColumn && isSample(entry) ? QVariant(m_monospaced) : QVariant();
    case kFullTextRole: return wordsOf(entry);
    case kStepRole: return QVariant::fromValue<qlonglong>(entry.step);
    default: return {};
    }
}

QVariant LogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>((section == StepColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    switch (section) {
    case TimeColumn: return tr("time");
    case StepColumn: return tr("step");
    case KindColumn: return tr("kind");
    case TextColumn: return tr("text");
    default: return {};
    }
}

} // namespace triptych
