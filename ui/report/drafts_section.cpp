// Tokens that were guessed ahead, and how many of them were right.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/curve_figures.h"
#include "ui/report/report_text.h"
#include "ui/report/run_sections.h"
#include "ui/theme/theme.h"
#include "ui/widgets/number_text.h"

#include <QCoreApplication>

#include <cmath>

namespace triptych {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Report)
};

constexpr CurveStyle kStyles[] = {CurveStyle::Line, CurveStyle::Dashes, CurveStyle::DashDots, CurveStyle::ShortDashes};

double rateOf(const AcceptanceFrame::Count& count)
{
    return count.drafts > 0 ? static_cast<double>(count.accepted) / static_cast<double>(count.drafts) : std::nan("");
}

ReportFigure byPosition(const RunReport& run)
{
    const AcceptanceFrame& frame = run.acceptance->frame;
    CurvePlot plot;
    plot.title = Words::tr("share of drafts that are accepted");
    plot.across = Words::tr("position, token");
    plot.base = ValueBase::Zero;
    const double part = static_cast<double>(run.manifest.train.sequence_length) / AcceptanceFrame::kPositions;
    for (std::size_t depth = 0; depth < frame.by_position.size() && depth < std::size(kStyles); ++depth) {
        FigureCurve curve;
        curve.name = Words::tr("MTP %1").arg(depth + 1);
        curve.color = lightColors().mtp;
        curve.style = kStyles[depth];
        for (std::size_t i = 0; i < frame.by_position[depth].size(); ++i) {
            if (frame.by_position[depth][i].drafts == 0) continue;
            curve.steps.push_back((static_cast<double>(i) + 0.5) * std::max(part, 1.0));
            curve.values.push_back(rateOf(frame.by_position[depth][i]));
        }
        plot.curves.push_back(std::move(curve));
    }
    ReportFigure figure = curveFigure({plot}, 1, 190);
    figure.title = Words::tr("Accepted drafts by their place in the text");
    figure.caption =
        Words::tr("At the beginning of a text little is known, and drafts fail more often. Counted in the last "
                  "validation, step %1.")
            .arg(countText(frame.step));
    figure.alt = Words::tr("Curve of the accepted share of drafts over the position in the sequence.");
    return figure;
}

ReportTable byDomain(const AcceptanceFrame& frame, const std::vector<double>& rate)
{
    ReportTable table;
    table.title = Words::tr("Accepted drafts by kind of text");
    table.columns = {{Words::tr("Kind of text"), {}, ReportAlign::Text}};
    for (std::size_t depth = 0; depth < frame.by_domain.size(); ++depth) {
        table.columns.push_back({Words::tr("drafts of MTP %1").arg(depth + 1), {}, ReportAlign::Number});
        table.columns.push_back({Words::tr("accepted"), {}, ReportAlign::Number});
    }
    for (std::size_t domain = 0; domain < frame.domains.size(); ++domain) {
        QStringList cells(reportName(QString::fromStdString(frame.domains[domain]), 40));
        for (const auto& counts : frame.by_domain) {
            const AcceptanceFrame::Count count = domain < counts.size() ? counts[domain] : AcceptanceFrame::Count{};
            cells << countText(count.drafts) << percentText(rateOf(count));
        }
        table.rows.push_back({cells});
    }
    QStringList all(Words::tr("all"));
    for (std::size_t depth = 0; depth < frame.by_domain.size(); ++depth) {
        std::int64_t drafts = 0;
        for (const auto& count : frame.by_position.size() > depth ? frame.by_position[depth] : frame.by_domain[depth])
            drafts += count.drafts;
        all << countText(drafts) << (depth < rate.size() ? percentText(rate[depth]) : noNumber());
    }
    table.rows.push_back({all, ReportRowKind::Total});
    return table;
}

} // namespace

ReportSection draftsSection(const RunReport& run)
{
    ReportSection section{QStringLiteral("drafts"), Words::tr("How far ahead it sees"), {}};
    section.paragraph(Words::tr("An MTP module drafts the token after the next one. Where the model itself would have "
                                "written the same, the draft is accepted and a step of writing is saved: at an "
                                "acceptance of 85 to 90 %, DeepSeek-V3 reports 1.8 times the speed (section 5.4.3)."));
    if (!run.acceptance) {
        section.missing(lackText(run, ReportPart::Acceptance));
        return section;
    }
    const ReportAcceptance& acceptance = *run.acceptance;
    ReportFacts facts;
    for (std::size_t depth = 0; depth < acceptance.rate.size(); ++depth)
        facts.facts.push_back({Words::tr("Accepted drafts of MTP %1").arg(depth + 1),
                               percentText(acceptance.rate[depth]), Words::tr("of all positions")});
    facts.facts.push_back({Words::tr("Tokens for each step"), fixedText(acceptance.tokens_per_step, 2),
                           Words::tr("of writing, the work of drafting not counted")});
    section.blocks.emplace_back(facts);
    section.blocks.emplace_back(byPosition(run));
    if (!acceptance.frame.domains.empty() && !acceptance.frame.by_domain.empty())
        section.blocks.emplace_back(byDomain(acceptance.frame, acceptance.rate));
    return section;
}

} // namespace triptych
