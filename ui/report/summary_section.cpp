// The first page.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/report_text.h"
#include "ui/report/run_sections.h"
#include "ui/widgets/number_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Report)
};

QString whatItIs(const RunReport& run)
{
    const ReportSummary& s = run.summary;
    return Words::tr(
               "The run “%1” trained the model “%2”: a language model with %3 parameters, of which %4 work on each "
               "token. It is built like DeepSeek-V3 (arXiv:2412.19437): a router sends each token to a few of "
               "many experts (MoE), attention keeps a compressed memory of the text (MLA), and extra modules "
               "learn to predict more than one token ahead (MTP).")
        .arg(runName(run), reportName(QString::fromStdString(s.model), 60),
             largeText(static_cast<double>(s.parameters)), largeText(static_cast<double>(s.active_parameters)));
}

QString howLong(const RunReport& run)
{
    const ReportSummary& s = run.summary;
    QStringList data;
    for (const ManifestData& part : run.manifest.data) data << reportName(QString::fromStdString(part.spec), 60);
    QString text = s.tokens ? Words::tr("In %1 steps it read %2 tokens of %3.")
                                  .arg(countText(s.steps), largeText(*s.tokens),
                                       data.isEmpty() ? Words::tr("data that is not known") : joined(data))
                            : Words::tr("It made %1 steps.").arg(countText(s.steps));
    if (s.planned_steps > 0 && s.planned_steps != s.steps)
        text += QLatin1Char(' ') + Words::tr("%1 steps were planned.").arg(countText(s.planned_steps));
    if (std::any_of(run.manifest.data.begin(), run.manifest.data.end(),
                    [](const ManifestData& part) { return part.spec.starts_with("builtin:"); }))
        text +=
            QLatin1Char(' ') + Words::tr("What begins with “builtin:” is text that the program makes up by rules as "
                                         "it goes, as much as is asked for.");
    return text + QLatin1Char(' ') + stateText(s.state);
}

/// exp(-loss) is easier to picture than nats.
QString howWell(const RunReport& run)
{
    const ReportSummary& s = run.summary;
    const bool held = s.val_loss && std::isfinite(s.val_loss->last.value);
    const auto& loss = held ? s.val_loss : s.main_loss;
    if (!loss || !std::isfinite(loss->last.value))
        return Words::tr("It recorded no loss: how well it did is not known.");
    const double vocabulary = static_cast<double>(run.manifest.model.vocab_size);
    const QString first =
        held ? Words::tr("The loss on text that it never trained on went from %1 to %2 nats per token.")
             : Words::tr("The loss on its training text went from %1 to %2 nats per token.");
    QString text = first.arg(lossText(loss->first.value), lossText(loss->last.value));
    if (vocabulary > 1)
        text += QLatin1Char(' ') +
                Words::tr("In other words: on average (geometric mean) it gives the token that comes next "
                          "a probability of %1; guessing among its %2 tokens would give %3.")
                    .arg(percentText(std::exp(-loss->last.value)), countText(std::llround(vocabulary)),
                         percentText(1 / vocabulary));
    return text;
}

QString howFast(const RunReport& run)
{
    if (!run.throughput) return {};
    const ReportThroughput& t = *run.throughput;
    QString text = Words::tr("It trained on %1 tokens per second on average (device: %2).")
                       .arg(largeText(t.tokens_per_second), reportName(QString::fromStdString(run.summary.device), 60));
    if (t.mfu && *t.mfu > 0)
        text += QLatin1Char(' ') +
                Words::tr("That is %1 of what its matrix products could do at best (MFU).").arg(percentText(*t.mfu));
    return text;
}

QString whatItCost(const RunReport& run)
{
    if (!run.money) return lackText(run, ReportPart::Money);
    const RunMoney& money = *run.money;
    return Words::tr(
               "What it cost depends on what is counted. Renting the machine for this run alone: %1 (the headline "
               "lens, the one under which DeepSeek-V3 cost $5.576 million). With owned hardware, energy, the failed "
               "runs before it and the people: %2 (the full-cost lens; its band is %3). Both count the same %4 "
               "of training.")
        .arg(moneyText(money.headline.lens.ledger.total), moneyText(money.full.lens.ledger.total),
             bandText(money.full.lens.ledger.low, money.full.lens.ledger.high), spanText(money.device_hours * 3600));
}

ReportFacts tiles(const RunReport& run)
{
    const ReportSummary& s = run.summary;
    ReportFacts facts;
    if (s.val_loss)
        facts.facts.push_back({Words::tr("Loss on unseen text"), lossText(s.val_loss->last.value),
                               Words::tr("nats per token at step %1").arg(countText(s.val_loss->last.step))});
    else if (s.main_loss)
        facts.facts.push_back({Words::tr("Loss in training"), lossText(s.main_loss->last.value),
                               Words::tr("nats per token at step %1").arg(countText(s.main_loss->last.step))});
    if (s.tokens)
        facts.facts.push_back(
            {Words::tr("Tokens"), largeText(*s.tokens), Words::tr("in %1 steps").arg(countText(s.steps))});
    if (run.throughput)
        facts.facts.push_back(
            {Words::tr("Speed"), largeText(run.throughput->tokens_per_second), Words::tr("tokens per second")});
    if (s.train_seconds)
        facts.facts.push_back({Words::tr("Training time"), spanText(*s.train_seconds),
                               Words::tr("of the device, all sessions together")});
    if (run.money) {
        facts.facts.push_back({Words::tr("Headline cost"), moneyText(run.money->headline.lens.ledger.total),
                               Words::tr("this run alone, rented")});
        facts.facts.push_back({Words::tr("Full cost"), moneyText(run.money->full.lens.ledger.total),
                               bandText(run.money->full.lens.ledger.low, run.money->full.lens.ledger.high)});
    }
    return facts;
}

} // namespace

ReportSection summarySection(const RunReport& run)
{
    ReportSection section{QStringLiteral("summary"), Words::tr("In short"), {}};
    section.paragraph(whatItIs(run));
    section.paragraph(howLong(run));
    if (const ReportFacts facts = tiles(run); !facts.facts.empty()) section.blocks.emplace_back(facts);
    section.paragraph(howWell(run));
    for (const QString& text : {howFast(run), whatItCost(run)})
        if (!text.isEmpty()) section.paragraph(text);
    if (!run.summary.state_reason.empty() && run.summary.state == RowState::Failed)
        section.caution(
            Words::tr("Why it failed: %1").arg(reportText(QString::fromStdString(run.summary.state_reason))));
    for (const std::string& trouble : run.troubles)
        section.caution(Words::tr("Not everything could be read: %1").arg(toReport(trouble)));
    section.paragraph(Words::tr("Each chapter opens with what its figures show and how to read them. Numbers that were "
                                "not measured say so, and what this run did not record is named where it would stand. "
                                "“Section” refers to the DeepSeek-V3 report, arXiv:2412.19437."));
    return section;
}

} // namespace triptych
