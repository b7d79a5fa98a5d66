// Chapters in their order, and the language they are written in.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/run_report_document.h"

#include "ui/report/comparison_sections.h"
#include "ui/report/report_text.h"
#include "ui/report/report_writers.h"
#include "ui/report/run_sections.h"
#include "ui/widgets/number_text.h"

#include <QCoreApplication>
#include <QEvent>

namespace triptych {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Report)
};

/// Keeps from the program that its language changes while this is there: no window makes its texts anew.
class Unheard : public QObject {
public:
    Unheard() { qApp->installEventFilter(this); }
    bool eventFilter(QObject* object, QEvent* event) override
    {
        return object == qApp && event->type() == QEvent::LanguageChange;
    }
};

/// Texts and numbers of one language while it is there; then those of before. Windows keep theirs.
class LanguageOf {
public:
    explicit LanguageOf(LanguageChoice language) : m_choice(chosenLanguage()), m_numbers(QLocale())
    {
        chooseLanguage(language);
        // Not as this desktop writes numbers: the same run gives the same pages everywhere.
        QLocale::setDefault(localeFor(QLocale().language(), QLocale::c()));
    }
    ~LanguageOf()
    {
        chooseLanguage(m_choice);
        QLocale::setDefault(m_numbers);
    }
    LanguageOf(const LanguageOf&) = delete;
    LanguageOf& operator=(const LanguageOf&) = delete;

private:
    Unheard m_unheard; // longer than the destructor's own words
    LanguageChoice m_choice;
    QLocale m_numbers;
};

void addRun(const RunReport& run, const CostContext& context, ReportDocument& document)
{
    document.title = Words::tr("Training report: %1").arg(runName(run));
    document.run = runName(run);
    document.subtitle = Words::tr("Model %1, %2 steps, begun on %3")
                            .arg(reportName(QString::fromStdString(run.summary.model), 60),
                                 countText(run.summary.steps), dateText(run.summary.created));
    for (const auto& chapter : {summarySection, lossSection, speedSection, expertsSection, domainsSection,
                                attentionSection, draftsSection, timeSection, costSection})
        document.sections.push_back(chapter(run));
    document.sections.push_back(scaleSection(run, context));
    document.sections.push_back(historySection(run));
    document.sections.push_back(setupSection(run));
}

void addComparison(const ReportSet& set, ReportDocument& document)
{
    const QStringList names = comparedNames(set);
    document.title = Words::tr("Comparison of %1 runs").arg(set.runs.size());
    document.run = names.join(QStringLiteral(" · "));
    document.subtitle = joined(names);
    document.sections = comparisonSections(set, names);
}

} // namespace

ReportDocument reportDocument(const ReportSet& set)
{
    ReportDocument document;
    document.language = QLocale().language() == QLocale::German ? QLocale::German : QLocale::English;
    document.made = QDateTime::fromString(QString::fromStdString(set.exported), Qt::ISODate);
    if (set.runs.size() == 1)
        addRun(set.runs.front(), set.context, document);
    else
        addComparison(set, document);
    if (!set.title.empty()) document.title = reportName(QString::fromStdString(set.title), 120);
    document.source = Words::tr("Triptych %1, %2").arg(QStringLiteral(TRIPTYCH_VERSION), dateText(set.exported));
    return document;
}

namespace {

Status checkRuns(const ReportSet& set)
{
    if (!set.runs.empty()) return {};
    return Error{"there is no run to report", "Give the folder of a run, or of several to compare them."};
}

Result<QByteArray> whole(const ReportSet& set, ReportWriting::Kind kind, LanguageChoice language)
{
    if (const Status sound = checkRuns(set); !sound) return sound.error();
    ReportWriting writing({std::shared_ptr<void>(), &set}, kind, language); // it is there for as long as this takes
    while (writing.step()) {
    }
    return writing.take();
}

} // namespace

ReportWriting::ReportWriting(std::shared_ptr<const ReportSet> set, Kind kind, LanguageChoice language)
    : m_set(std::move(set)), m_kind(kind), m_language(language)
{}

ReportWriting::~ReportWriting() = default;

bool ReportWriting::step()
{
    const LanguageOf scope(m_language);
    if (m_writing) return m_writing->step();
    m_writing = m_kind == Kind::Pdf ? pdfWriting(reportDocument(*m_set)) : htmlWriting(reportDocument(*m_set));
    return true;
}

int ReportWriting::done() const
{
    return m_writing ? m_writing->done() : 0;
}

int ReportWriting::all() const
{
    return m_writing ? m_writing->all() : 0;
}

QByteArray ReportWriting::take()
{
    const LanguageOf scope(m_language);
    return m_writing ? m_writing->take() : QByteArray();
}

Result<QByteArray> reportHtml(const ReportSet& set, LanguageChoice language)
{
    return whole(set, ReportWriting::Kind::Html, language);
}

Result<QByteArray> reportPdf(const ReportSet& set, LanguageChoice language)
{
    return whole(set, ReportWriting::Kind::Pdf, language);
}

} // namespace triptych
