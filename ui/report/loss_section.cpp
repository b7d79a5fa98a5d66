// What the run learned.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/curve_figures.h"
#include "ui/report/report_text.h"
#include "ui/report/run_sections.h"
#include "ui/theme/theme.h"
#include "ui/widgets/number_text.h"

#include <QCoreApplication>

namespace triptych {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Report)
};

void addLossFigure(const RunReport& run, ReportSection& section)
{
    const ThemeColors colors = lightColors();
    CurvePlot plot;
    plot.title = Words::tr("nats per token");
    if (const ReportCurve* train = run.curve(Metric::MainLoss))
        plot.curves.push_back(figureCurve(*train, Words::tr("training"), colors.loss));
    if (const ReportCurve* held = run.curve(Metric::ValLoss))
        plot.curves.push_back(figureCurve(*held, Words::tr("unseen text"), colors.validation));
    if (plot.curves.empty()) {
        section.missing(Words::tr("This run recorded no loss."));
        return;
    }
    ReportFigure figure = curveFigure({plot}, 1, 250);
    figure.title = Words::tr("Loss of the next token");
    figure.caption = Words::tr("Each point is the mean of a few steps, the faint band reaches from the smallest to the "
                               "largest of them. Crosses at the bottom mark values that are no numbers, triangles at "
                               "an edge values beyond it.");
    const auto& last = run.summary.main_loss;
    figure.alt =
        Words::tr("Curve of the loss over steps, from %1 to %2 nats per token.")
            .arg(last ? lossText(last->first.value) : noNumber(), last ? lossText(last->last.value) : noNumber());
    section.blocks.emplace_back(figure);
}

void addMtpFigure(const RunReport& run, ReportSection& section)
{
    const ThemeColors colors = lightColors();
    CurvePlot plot;
    plot.title = Words::tr("nats per token");
    constexpr CurveStyle kStyles[] = {CurveStyle::Line, CurveStyle::Dashes, CurveStyle::DashDots,
                                      CurveStyle::ShortDashes};
    for (int depth = 1; depth <= 4; ++depth) {
        const ReportCurve* loss = run.curve({Metric::DepthLoss, depth});
        if (!loss) loss = depth == 1 ? run.curve(Metric::MtpLoss) : nullptr;
        if (loss)
            plot.curves.push_back(figureCurve(*loss, Words::tr("MTP %1").arg(depth), colors.mtp, kStyles[depth - 1]));
    }
    if (plot.curves.empty()) {
        section.missing(Words::tr("This model has no module that predicts further ahead, or recorded no loss of it."));
        return;
    }
    if (const ReportCurve* main = run.curve(Metric::MainLoss))
        plot.curves.push_back(figureCurve(*main, Words::tr("next token"), colors.muted));
    ReportFigure figure = curveFigure({plot}, 1, 210);
    figure.title = Words::tr("Loss of the modules that predict further ahead");
    figure.caption =
        Words::tr("MTP 1 predicts the token after the next one, MTP 2 the one after that (section 2.2). They "
                  "lie above the loss of the next token, since the further future is harder to guess.");
    figure.alt = Words::tr("Curves of the losses of the MTP modules over steps.");
    section.blocks.emplace_back(figure);
}

void addRow(ReportTable& table, const QString& name, const std::optional<LossSummary>& loss)
{
    if (!loss) return;
    table.rows.push_back(plainRow({name, lossText(loss->first.value), lossText(loss->least.value),
                                   countText(loss->least.step), lossText(loss->last.value)}));
}

void addTable(const RunReport& run, ReportSection& section)
{
    ReportTable table;
    table.title = Words::tr("Losses");
    table.columns = {{Words::tr("Loss"), {}, ReportAlign::Text},
                     {Words::tr("first"), {}, ReportAlign::Number},
                     {Words::tr("smallest"), {}, ReportAlign::Number},
                     {Words::tr("at step"), {}, ReportAlign::Number},
                     {Words::tr("last"), {}, ReportAlign::Number}};
    addRow(table, Words::tr("of the next token, training"), run.summary.main_loss);
    addRow(table, Words::tr("of the next token, unseen text"), run.summary.val_loss);
    addRow(table, Words::tr("what is minimised, with MTP and balance"), run.summary.loss);
    table.note = Words::tr("In nats per token: the natural logarithm of one over the probability that the model gave "
                           "to what came next.");
    if (run.summary.val_bits_per_byte)
        table.note += QLatin1Char(' ') + Words::tr("On unseen text the model needs %1 bits for each byte.")
                                             .arg(lossText(run.summary.val_bits_per_byte->value));
    if (!table.rows.empty()) section.blocks.emplace_back(table);
}

} // namespace

ReportSection lossSection(const RunReport& run)
{
    ReportSection section{QStringLiteral("loss"), Words::tr("What it learned"), {}};
    section.paragraph(Words::tr("The loss says how surprised the model is by the next token: lower is better, and zero "
                                "would be certainty. A curve for unseen text that turns up again while the one for "
                                "training falls would mean that the model learns its data by heart."));
    addLossFigure(run, section);
    addTable(run, section);
    addMtpFigure(run, section);
    if (run.sample && !run.sample->text.empty()) {
        section.heading(Words::tr("What it writes"));
        section.paragraph(
            Words::tr("At step %1 the model continued a beginning by itself:").arg(countText(run.sample->step)));
        section.blocks.emplace_back(ReportCode{reportText(QString::fromStdString(run.sample->text))});
    }
    return section;
}

} // namespace triptych
