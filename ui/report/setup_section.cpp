// How a run was set up, what happened in it, and how to do it again.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/report_text.h"
#include "ui/report/run_sections.h"
#include "ui/report/sentence_text.h"
#include "ui/widgets/number_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace triptych {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Report)
};

ReportColumn words(const QString& title)
{
    return {title, {}, ReportAlign::Text};
}

QString plainText(const std::string& text, int most = 300)
{
    return reportName(QString::fromStdString(text), most);
}

ReportTable settingsTable(const QString& title, const std::vector<ReportSetting>& settings)
{
    ReportTable table;
    table.title = title;
    const bool differs =
        std::any_of(settings.begin(), settings.end(), [](const ReportSetting& setting) { return setting.differs; });
    table.columns = {
        words(Words::tr("Setting")), {Words::tr("Value"), {}, ReportAlign::Number}, words(Words::tr("Unit"))};
    if (differs) table.columns.push_back({Words::tr("Usual"), {}, ReportAlign::Number});
    table.columns.push_back(words(Words::tr("What it is")));
    for (const ReportSetting& setting : settings) {
        const QString unit = toReport(setting.unit);
        ReportRow row = plainRow(
            {plainText(setting.key, 60), plainText(setting.value, 60), unit == QLatin1String("1") ? QString() : unit});
        if (differs) row.cells << (setting.differs ? plainText(setting.usual, 60) : QString());
        const QString doc = toReport(setting.doc);
        row.cells << (doc == reportText(QString::fromStdString(setting.doc)) ? sentenceText(setting.doc) : doc);
        table.rows.push_back(std::move(row));
    }
    table.note = differs ? Words::tr("“Usual” is given where the value differs from it.")
                         : Words::tr("All of them are as usual, or there is nothing to compare them with.");
    return table;
}

QString kindText(const std::string& kind)
{
    if (kind == "start") return Words::tr("start");
    if (kind == "memory") return Words::tr("memory");
    if (kind == "validation") return Words::tr("validation");
    if (kind == "checkpoint") return Words::tr("checkpoint");
    if (kind == "schedule") return Words::tr("plan");
    if (kind == "setting") return Words::tr("setting");
    if (kind == "routing") return Words::tr("routing");
    if (kind == "error") return Words::tr("error");
    if (kind.starts_with("health.")) return Words::tr("alarm");
    return plainText(kind, 40);
}

void addEvents(const RunReport& run, ReportSection& section)
{
    if (run.events.empty()) {
        section.missing(lackText(run, ReportPart::Events));
        return;
    }
    ReportTable table;
    table.title = Words::tr("Events");
    table.columns = {{Words::tr("Step"), {}, ReportAlign::Number},
                     words(Words::tr("Time (UTC)")),
                     words(Words::tr("Kind")),
                     words(Words::tr("Event"))};
    QString day;
    for (const StoredEvent& event : run.events) {
        const QString date = dateText(event.time);
        if (date != day) table.rows.push_back({QStringList(date), ReportRowKind::Group});
        day = date;
        const QString time = plainText(event.time, 30).section(QLatin1Char('T'), 1).remove(QLatin1Char('Z'));
        // The step has a column of its own.
        std::string message = event.message;
        if (const std::string step = "step " + std::to_string(event.step) + ": "; message.starts_with(step))
            message.erase(0, step.size());
        table.rows.push_back(plainRow({countText(event.step), time, kindText(event.kind), sentenceText(message)}));
    }
    table.note = Words::tr("Alarms and errors are quoted as the program wrote them, in English.");
    if (run.events_left_out > 0)
        table.note += QLatin1Char(' ') + Words::tr("%1 older events are left out.").arg(countText(run.events_left_out));
    section.blocks.emplace_back(table);
}

} // namespace

ReportTable dataTable(const RunReport& run)
{
    ReportTable table;
    table.title = Words::tr("Data");
    table.columns = {words(Words::tr("Source")),
                     words(Words::tr("Hash of the content")),
                     {Words::tr("Size"), {}, ReportAlign::Number},
                     {Words::tr("Documents"), {}, ReportAlign::Number}};
    for (const ManifestData& data : run.manifest.data)
        table.rows.push_back(
            plainRow({plainText(data.spec), plainText(data.hash),
                      data.bytes > 0 ? bytesText(static_cast<double>(data.bytes)) : Words::tr("endless"),
                      data.documents > 0 ? countText(data.documents) : Words::tr("endless")}));
    return table;
}

ReportSection historySection(const RunReport& run)
{
    ReportSection section{QStringLiteral("history"), Words::tr("What happened"), {}};
    section.paragraph(Words::tr("Everything that the run itself recorded beside its numbers: evaluations, checkpoints, "
                                "alarms, and settings that somebody changed while it trained."));
    if (run.notes.text.empty() && run.notes.tags.empty()) {
        section.missing(lackText(run, ReportPart::Notes));
    } else {
        section.heading(Words::tr("Notes"));
        QStringList tags;
        for (const std::string& tag : run.notes.tags) tags << plainText(tag, 60);
        if (!tags.isEmpty()) section.paragraph(Words::tr("Tags: %1").arg(joined(tags)));
        for (const QString& paragraph :
             reportText(QString::fromStdString(run.notes.text)).split(QStringLiteral("\n\n"), Qt::SkipEmptyParts))
            section.paragraph(paragraph);
    }
    addEvents(run, section);
    QStringList checkpoints;
    for (const ReportCheckpoint& checkpoint : run.checkpoints) checkpoints << plainText(checkpoint.name, 60);
    if (checkpoints.isEmpty())
        section.missing(lackText(run, ReportPart::Checkpoints));
    else
        section.paragraph(
            Words::tr("Checkpoints, each a folder in the Hugging Face format: %1.").arg(joined(checkpoints)));
    return section;
}

ReportSection setupSection(const RunReport& run)
{
    ReportSection section{QStringLiteral("setup"), Words::tr("How to do it again"), {}};
    section.paragraph(Words::tr("This command trains the run once more:"));
    section.blocks.emplace_back(ReportCode{reportText(QString::fromStdString(run.command.line))});
    for (const std::string& condition : run.command.conditions) section.paragraph(sentenceText(condition));
    const Manifest& manifest = run.manifest;
    ReportTable origin;
    origin.title = Words::tr("Program and machine");
    origin.columns = {words(Words::tr("What")), words(Words::tr("Value"))};
    const auto row = [&](const QString& name, const std::string& value) {
        if (!value.empty()) origin.rows.push_back(plainRow({name, plainText(value)}));
    };
    row(Words::tr("Triptych"), manifest.version);
    row(Words::tr("revision of its source"), manifest.git_revision);
    row(Words::tr("device"), manifest.device);
    row(Words::tr("host"), manifest.host);
    row(Words::tr("begun (UTC)"), manifest.created);
    row(Words::tr("ended (UTC)"), run.summary.ended);
    row(Words::tr("seed"), std::to_string(manifest.train.seed));
    if (manifest.forked_from) {
        QStringList changed;
        for (const std::string& setting : manifest.forked_from->changed) changed << plainText(setting);
        origin.rows.push_back(
            plainRow({Words::tr("begun from"),
                      Words::tr("%1, step %2, with %3 changed")
                          .arg(plainText(manifest.forked_from->run), countText(manifest.forked_from->step),
                               changed.isEmpty() ? Words::tr("nothing") : joined(changed))}));
    }
    section.blocks.emplace_back(origin);
    section.blocks.emplace_back(dataTable(run));
    section.blocks.emplace_back(settingsTable(Words::tr("Settings of the training"), run.configuration.training));
    section.blocks.emplace_back(settingsTable(Words::tr("Settings of the model"), run.configuration.model));
    return section;
}

} // namespace triptych
