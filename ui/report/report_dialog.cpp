// What is chosen, what is being done with it, and what came of it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/report_dialog.h"

#include "ui/report/report_dialog_parts.h"
#include "ui/widgets/number_text.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QDesktopServices>
#include <QDir>
#include <QEvent>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QUrl>

#include <algorithm>

namespace triptych {

namespace {

QString withoutKind(const QString& file)
{
    return reportKindOfFile(file) ? file.left(file.lastIndexOf(QLatin1Char('.'))) : file;
}

} // namespace

ReportDialog::~ReportDialog()
{
    cancel();
}

ReportKind ReportDialog::kind() const
{
    return static_cast<ReportKind>(m_kinds->checkedId());
}

void ReportDialog::choose(ReportKind kind)
{
    m_kinds->button(static_cast<int>(kind))->setChecked(true);
}

QString ReportDialog::file() const
{
    const QString named = m_file->text().trimmed();
    if (named.isEmpty()) return {};
    const QString whole = reportKindOfFile(named) ? named : named + QLatin1Char('.') + endingOf(kind());
    return QDir::cleanPath(QDir(m_folder).absoluteFilePath(whole));
}

void ReportDialog::setFile(const QString& file)
{
    m_ownFile = true;
    if (const auto meant = reportKindOfFile(file)) choose(*meant);
    m_file->setText(file);
}

std::vector<ReportedRun> ReportDialog::ticked() const
{
    std::vector<ReportedRun> chosen;
    for (std::size_t i = 0; i < m_all.size(); ++i)
        if (m_runs->item(static_cast<int>(i))->checkState() == Qt::Checked) chosen.push_back(m_all[i]);
    return chosen;
}

/// Another wish: what was said of the last one is over.
void ReportDialog::changed()
{
    m_wrong.clear();
    m_saved.clear();
    suggest();
    sayState();
}

/// A name that is not there yet; of one that a hand has named, the ending alone.
void ReportDialog::suggest()
{
    const QString ending = QLatin1Char('.') + endingOf(kind());
    if (m_ownFile) {
        const QString named = m_file->text();
        const auto meant = reportKindOfFile(named);
        if (meant && meant != kind()) m_file->setText(withoutKind(named) + ending);
        return;
    }
    const auto chosen = ticked();
    const QString stem = QDir(m_folder).absoluteFilePath(
        chosen.size() == 1 ? chosen.front().name + QStringLiteral("-report") : QStringLiteral("comparison-report"));
    QString free = stem + ending;
    for (int i = 2; QFileInfo::exists(free); ++i) free = QStringLiteral("%1-%2%3").arg(stem).arg(i).arg(ending);
    m_file->setText(free);
}

QString ReportDialog::lack() const
{
    if (ticked().empty()) return tr("Tick a run.");
    if (file().isEmpty()) return tr("The report needs a file.");
    if (QFileInfo(file()).isDir()) return tr("%1 is a folder: name a file in it.").arg(file());
    return {};
}

QString ReportDialog::notice() const
{
    if (QFileInfo::exists(file())) return tr("There is a file of this name already. “Replace” writes over it.");
    if (!reportKindOfFile(m_file->text().trimmed()))
        return tr("The file will be called %1.").arg(QFileInfo(file()).fileName());
    const auto runs = ticked().size();
    return runs == 1 ? tr("The report of one run: all its chapters, and every assumption of its price.")
                     : tr("A comparison of %1 runs: what they differ in, then their numbers and curves side by side.")
                           .arg(countText(static_cast<std::int64_t>(runs)));
}

void ReportDialog::tell(const QString& text, const QColor& color)
{
    m_note->setStyleSheet(QStringLiteral("color: %1").arg(color.name()));
    m_note->setText(text);
}

void ReportDialog::sayState()
{
    const bool busy = isBusy();
    for (QWidget* row : {static_cast<QWidget*>(m_runs), m_kindRows, static_cast<QWidget*>(m_title), m_fileRow})
        row->setEnabled(!busy);
    m_language->setEnabled(!busy && isForPeople(kind()));
    const QString lacking = lack();
    m_save->setEnabled(!busy && lacking.isEmpty());
    m_save->setText(!file().isEmpty() && QFileInfo(file()).isFile() && !busy ? tr("Replace") : tr("Save"));
    m_close->setText(busy ? tr("Cancel") : tr("Close"));
    m_open->setVisible(!m_saved.isEmpty());
    m_openFolder->setVisible(!m_saved.isEmpty());
    const ThemeColors& colors = m_theme.colors();
    if (busy) {
        tell(workText(), colors.muted);
    } else if (!m_wrong.isEmpty()) {
        tell(m_wrong, colors.bad);
    } else if (!m_saved.isEmpty()) {
        const QString done =
            tr("Saved: %1, %2.").arg(m_saved, bytesText(static_cast<double>(QFileInfo(m_saved).size())));
        tell(m_trouble.isEmpty() ? done : done + QLatin1Char(' ') + tr("Not all could be read: %1").arg(m_trouble),
             m_trouble.isEmpty() ? colors.good : colors.warning);
    } else {
        tell(lacking.isEmpty() ? notice() : lacking, lacking.isEmpty() ? colors.muted : colors.bad);
    }
}

void ReportDialog::open(const QString& what)
{
    if (!QDesktopServices::openUrl(QUrl::fromLocalFile(what)))
        fail(tr("The desktop has no program that opens %1.").arg(what));
}

void ReportDialog::reject()
{
    if (!isBusy()) return QDialog::reject();
    cancel();
    sayState();
}

void ReportDialog::closeEvent(QCloseEvent* event)
{
    cancel();
    QDialog::closeEvent(event);
}

void ReportDialog::changeEvent(QEvent* event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) sayTexts();
}

ReportKind ReportDialog::lastKind(const QSettings& settings)
{
    return reportKindOfFile(QStringLiteral("a.") + settings.value(QLatin1String(kReportKindKey)).toString())
        .value_or(ReportKind::Pdf);
}

QString ReportDialog::lastFolder(const QSettings& settings)
{
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    for (const QString& folder : {settings.value(QLatin1String(kReportFolderKey)).toString(), documents})
        if (QDir::isAbsolutePath(folder) && QFileInfo(folder).isDir()) return folder;
    return QDir::homePath();
}

} // namespace triptych
