// A report in the making: read by another thread, drawn here bit by bit, written by that thread again.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/card_export.h"
#include "ui/report/report_dialog.h"
#include "ui/report/report_dialog_parts.h"
#include "ui/report/sentence_text.h"
#include "ui/widgets/number_text.h"

#include <QComboBox>
#include <QFileInfo>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QTimer>

#include <algorithm>
#include <chrono>

namespace triptych {

namespace {

QString stageText(const ReportProgress& reading)
{
    const QString done = countText(reading.done + 1);
    const QString all = countText(reading.all);
    switch (reading.stage) {
    case ReportStage::Numbers:
        return reading.all > 0 ? ReportDialog::tr("its numbers, series %1 of %2").arg(done, all)
                               : ReportDialog::tr("its numbers");
    case ReportStage::Curves:
        return reading.all > 0 ? ReportDialog::tr("its curves, %1 of %2").arg(done, all)
                               : ReportDialog::tr("its curves");
    case ReportStage::Experts: return ReportDialog::tr("what its experts did");
    case ReportStage::Attention: return ReportDialog::tr("what its heads looked at");
    case ReportStage::Prices: break;
    }
    return ReportDialog::tr("its settings and prices");
}

} // namespace

QString ReportDialog::readingText() const
{
    const auto chosen = ticked();
    const std::size_t run = std::min(m_reading.run, chosen.size() - 1);
    const QString stage = stageText(m_reading);
    if (chosen.size() == 1) return tr("Reading %1: %2 …").arg(chosen[run].name, stage);
    return tr("Reading %1, run %2 of %3: %4 …")
        .arg(chosen[run].name, countText(static_cast<std::int64_t>(run) + 1),
             countText(static_cast<std::int64_t>(chosen.size())), stage);
}

QString ReportDialog::workText() const
{
    switch (m_work) {
    case Work::Reading: return readingText();
    case Work::Drawing: {
        if (!m_drawing || m_drawing->all() == 0) return tr("Setting the pages …");
        const QString next = countText(std::min(m_drawing->done() + 1, m_drawing->all()));
        const QString all = countText(m_drawing->all());
        return m_asked.kind == ReportKind::Pdf ? tr("Drawing page %1 of %2 …").arg(next, all)
                                               : tr("Drawing chapter %1 of %2 …").arg(next, all);
    }
    case Work::Writing: break;
    }
    return tr("Writing %1 …").arg(QFileInfo(m_asked.file).fileName());
}

/// Tells what is being read, not more often than somebody can read it, and whether it still has to be.
std::function<bool(const ReportProgress&)> ReportDialog::teller()
{
    using Clock = std::chrono::steady_clock;
    static constexpr std::chrono::milliseconds kPause{40};
    struct Told {
        ReportProgress progress;
        Clock::time_point at;
    };
    return [door = m_door, told = Told{}](const ReportProgress& progress) mutable {
        const bool same = progress.run == told.progress.run && progress.stage == told.progress.stage;
        if (!same || Clock::now() - told.at >= kPause) {
            told = {progress, Clock::now()};
            door->tell([door, progress](ReportDialog& dialog) {
                if (dialog.m_door != door) return;
                dialog.m_reading = progress;
                dialog.sayState();
            });
        }
        return door->isOpen();
    };
}

void ReportDialog::save()
{
    if (isBusy() || !lack().isEmpty()) return;
    m_asked = {file(), kind(), static_cast<LanguageChoice>(m_language->currentData().toInt()),
               QFileInfo::exists(file())};
    m_wrong.clear();
    m_saved.clear();
    m_work = Work::Reading;
    m_reading = {};
    std::vector<std::filesystem::path> folders;
    for (const ReportedRun& run : ticked()) folders.emplace_back(run.folder.toStdString());
    ReportOptions options = reportOptions(m_asked.kind);
    m_door = std::make_shared<Door<ReportDialog>>(*this);
    options.go_on = teller();
    m_reader.ask(nullptr, [door = m_door, read = m_read, folders, title = m_title->text().trimmed().toStdString(),
                           options, kind = m_asked.kind] {
        if (!door->isOpen()) return;
        const auto found = std::make_shared<Read>();
        auto set = read(folders, title, options);
        if (!set)
            found->error = set.error();
        else
            found->set = std::make_shared<const ReportSet>(set.take());
        if (found->set && !isForPeople(kind) && door->isOpen()) {
            auto bytes = reportBytes(*found->set, kind, LanguageChoice::English);
            if (bytes) found->bytes = bytes.take();
        }
        door->tell([door, found](ReportDialog& dialog) {
            if (dialog.m_door == door) dialog.take(*found);
        });
    });
    sayState();
}

void ReportDialog::cancel()
{
    m_turn->stop();
    m_drawing.reset();
    if (!m_door) return;
    m_door->close();
    m_door.reset();
}

void ReportDialog::fail(const QString& why)
{
    cancel();
    m_wrong = why;
    sayState();
}

void ReportDialog::fail(const Error& error)
{
    fail(sentenceText(error.what) + QStringLiteral(". ") + sentenceText(error.hint));
}

void ReportDialog::take(const Read& read)
{
    if (!read.set) return fail(read.error);
    m_trouble.clear();
    for (const RunReport& run : read.set->runs)
        if (m_trouble.isEmpty() && !run.troubles.empty())
            m_trouble = QString::fromStdString(run.summary.name + ": " + run.troubles.front());
    if (read.bytes) return write(*read.bytes);
    m_work = Work::Drawing;
    m_drawing = std::make_unique<ReportWriting>(
        read.set, m_asked.kind == ReportKind::Pdf ? ReportWriting::Kind::Pdf : ReportWriting::Kind::Html,
        m_asked.language);
    m_turn->start();
    sayState();
}

void ReportDialog::draw()
{
    if (!m_drawing) return;
    if (m_drawing->step()) return sayState();
    const QByteArray bytes = m_drawing->take();
    m_turn->stop();
    m_drawing.reset();
    write(bytes);
}

void ReportDialog::write(const QByteArray& bytes)
{
    m_work = Work::Writing;
    m_reader.ask(nullptr, [door = m_door, bytes, asked = m_asked] {
        Written written;
        if (!asked.replaces && QFileInfo::exists(asked.file)) {
            written.came = Came::Meanwhile;
        } else if (const Status status = writeFile(asked.file, bytes, [&door] { return door->isOpen(); }); !status) {
            written = {Came::Failed, status.error()};
        }
        door->tell([door, written](ReportDialog& dialog) {
            if (dialog.m_door == door) dialog.take(written);
        });
    });
    sayState();
}

void ReportDialog::take(const Written& written)
{
    if (written.came == Came::Failed) return fail(written.error);
    if (written.came == Came::Meanwhile)
        return fail(tr("A file of this name has come meanwhile. “Replace” writes over it."));
    cancel(); // it is done
    QSettings settings;
    settings.setValue(QLatin1String(kReportKindKey), endingOf(m_asked.kind));
    settings.setValue(QLatin1String(kReportFolderKey), QFileInfo(m_asked.file).absolutePath());
    m_saved = m_asked.file;
    sayState();
    m_open->setFocus();
    emit saved(m_saved);
}

} // namespace triptych
