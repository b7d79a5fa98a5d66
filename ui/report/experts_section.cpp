// How the work was spread over experts.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/layer_names.h"
#include "ui/report/curve_figures.h"
#include "ui/report/map_figures.h"
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

void addMaps(const RunReport& run, ReportSection& section)
{
    if (!run.loads || run.loads->maps.empty()) {
        section.missing(lackText(run, ReportPart::Loads));
        return;
    }
    ReportFigure figure = loadFigure(*run.loads);
    figure.title = Words::tr("Load of every expert, over the run");
    figure.caption =
        Words::tr("A row is a layer, a column an expert, a picture one step of the run. Grey is a fair share, "
                  "orange more than that, blue less; the darkest blue is an expert that hardly any token "
                  "reaches. Loads are smoothed over about 20 steps.");
    figure.alt = Words::tr("Maps of layers by experts at %1 steps of the run.").arg(run.loads->maps.size());
    section.blocks.emplace_back(figure);
}

void addCurves(const RunReport& run, ReportSection& section)
{
    const ThemeColors colors = lightColors();
    CurvePlot plot;
    plot.title = Words::tr("MaxVio: load of the busiest expert over the mean, less one");
    plot.base = ValueBase::Zero;
    if (const ReportCurve* all = run.curve(Metric::MaxVio))
        plot.curves.push_back(figureCurve(*all, Words::tr("mean"), colors.moe));
    if (plot.curves.empty()) return;
    ReportFigure figure = curveFigure({plot}, 1, 190);
    figure.title = Words::tr("Imbalance over the run");
    figure.caption =
        Words::tr("Zero means that all experts of a layer work alike; 1 means that the busiest has twice its "
                  "share, for which all others wait. The curve is the mean of all layers.");
    figure.alt = Words::tr("Curve of MaxVio over steps.");
    section.blocks.emplace_back(figure);
}

void addBalance(const RunReport& run, ReportSection& section)
{
    if (run.balance.empty()) {
        section.missing(lackText(run, ReportPart::Balance));
        return;
    }
    const std::int64_t mainLayers = run.loads ? run.loads->main_layers : -1;
    ReportTable table;
    table.title = Words::tr("Balance of each layer");
    const auto number = [](const QString& title) { return ReportColumn{title, {}, ReportAlign::Number}; };
    table.columns = {{Words::tr("Layer"), {}, ReportAlign::Text},
                     number(Words::tr("MaxVio, last 100 steps")),
                     number(Words::tr("worst")),
                     number(Words::tr("at step")),
                     number(Words::tr("diversity")),
                     number(Words::tr("dead experts")),
                     number(Words::tr("over twice their share")),
                     number(Words::tr("busiest expert"))};
    for (const BalanceRow& row : run.balance)
        table.rows.push_back(
            plainRow({layerLabel(row.layer, mainLayers), valueText(row.recent_max_vio, 2),
                      row.worst_max_vio ? fixedText(row.worst_max_vio->value, 2) : noNumber(),
                      row.worst_max_vio ? countText(row.worst_max_vio->step) : noNumber(),
                      row.diversity ? percentText(*row.diversity) : noNumber(), countText(row.dead), countText(row.hot),
                      Words::tr("%1 (%2×)")
                          .arg(countText(row.hottest_expert), fixedText(static_cast<double>(row.hottest_ratio), 2))}));
    table.note =
        Words::tr("Diversity is the exponential of the entropy of the loads over the number of experts: 100 % is "
                  "an even use. Dead: less than 1 % of the mean load. All but MaxVio are of the newest step.");
    section.blocks.emplace_back(table);
}

} // namespace

ReportSection expertsSection(const RunReport& run)
{
    ReportSection section{QStringLiteral("experts"), Words::tr("How the experts shared the work"), {}};
    section.paragraph(
        Words::tr("In each layer a router picks a few experts for every token. If it always picked the same "
                  "ones, the others would be paid for and learn nothing; the bias that the router adds "
                  "for idle experts (section 2.1.2) is there to prevent that without disturbing the loss."));
    if (run.manifest.model.n_routed_experts <= 0) {
        section.missing(Words::tr("This model has no experts to choose from."));
        return section;
    }
    addMaps(run, section);
    addCurves(run, section);
    addBalance(run, section);
    return section;
}

ReportSection domainsSection(const RunReport& run)
{
    ReportSection section{QStringLiteral("domains"), Words::tr("What the experts specialise in"), {}};
    section.paragraph(
        Words::tr("Where the data are labelled by kind, one can ask whether some experts take care of code and "
                  "others of verse. Specialisation is not forced on them: it grows where it helps."));
    if (!run.specialisation || run.specialisation->layers.empty()) {
        section.missing(lackText(run, ReportPart::Specialisation));
        return section;
    }
    const std::int64_t mainLayers = run.loads ? run.loads->main_layers : -1;
    const ReportSpecialisation& domains = *run.specialisation;
    ReportFigure figure = specialisationFigure(domains, mainLayers);
    figure.title = Words::tr("Which experts each kind of text chooses, step %1").arg(countText(domains.step));
    figure.caption =
        Words::tr("Of all layers the one that tells kinds of text apart best. A cell says how much more often "
                  "(orange) or less often (blue) than evenly the tokens of that kind go to the expert.");
    figure.alt = Words::tr("Map of kinds of text by experts.");
    section.blocks.emplace_back(figure);
    ReportTable table;
    table.title = Words::tr("How far kinds of text are apart");
    table.columns = {{Words::tr("Layer"), {}, ReportAlign::Text}, {Words::tr("Distance"), {}, ReportAlign::Number}};
    for (std::size_t i = 0; i < domains.layers.size() && i < domains.distance.size(); ++i)
        table.rows.push_back(plainRow({layerLabel(domains.layers[i], mainLayers), percentText(domains.distance[i])}));
    table.note =
        Words::tr("0 %: all kinds of text use the experts alike. 100 %: no expert is shared. It is half the sum of "
                  "the differences of their shares from the mean, averaged over the kinds.");
    section.blocks.emplace_back(table);
    return section;
}

ReportSection attentionSection(const RunReport& run)
{
    ReportSection section{QStringLiteral("attention"), Words::tr("Where it looks"), {}};
    section.paragraph(Words::tr("To predict the next token, each head of a layer looks back at the tokens so far. "
                                "The pictures show the heads that follow a habit most clearly, on the same short text "
                                "(section 2.1.1)."));
    if (!run.attention || run.attention->examples.empty()) {
        section.missing(lackText(run, ReportPart::Attention));
        return section;
    }
    const ReportAttention& attention = *run.attention;
    QString text;
    for (const std::string& token : attention.token_texts) text += QString::fromStdString(token);
    section.paragraph(
        Words::tr("The text, on which its loss is %1 nats per token: “%2”")
            .arg(lossText(attention.loss), reportName(text.replace(QChar(0x2423), QLatin1Char(' ')), 600)));
    if (attention.source == AttentionSource::Checkpoint)
        section.missing(Words::tr("This run kept no look at a text of its own: the pictures were made from its latest "
                                  "checkpoint for this report."));
    ReportFigure figure = attentionFigure(*run.attention, run.loads ? run.loads->main_layers : -1);
    figure.title = Words::tr("Attention of some heads, step %1").arg(countText(run.attention->step));
    figure.caption =
        Words::tr("Read a row from left to right: how much the token on the left edge looks at each token "
                  "below, the darker the more. Above the diagonal lies the future, which no head may see.");
    if (run.attention->pool > 1)
        figure.caption +=
            QLatin1Char(' ') + Words::tr("A cell is the largest of %1 × %1 neighbours.").arg(run.attention->pool);
    figure.alt = Words::tr("Maps of tokens by tokens for %1 heads.").arg(run.attention->examples.size());
    section.blocks.emplace_back(figure);
    ReportTable table;
    table.title = Words::tr("Where these heads look on average");
    const auto number = [](const QString& title) { return ReportColumn{title, {}, ReportAlign::Number}; };
    table.columns = {{Words::tr("Head"), {}, ReportAlign::Text},
                     number(Words::tr("the token itself")),
                     number(Words::tr("the one before")),
                     number(Words::tr("the first of the text")),
                     number(Words::tr("spread"))};
    for (const AttentionExample& example : run.attention->examples)
        table.rows.push_back(plainRow({Words::tr("%1, head %2")
                                           .arg(layerTitle(example.layer, run.loads ? run.loads->main_layers : -1))
                                           .arg(example.head),
                                       percentText(example.habits.self), percentText(example.habits.previous),
                                       percentText(example.habits.first), percentText(example.habits.spread)}));
    table.note = Words::tr("Spread: how many tokens share the look, as a part of all that can be seen.");
    section.blocks.emplace_back(table);
    return section;
}

} // namespace triptych
