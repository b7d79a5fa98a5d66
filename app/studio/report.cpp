// Reports as files.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/report.h"

#include "app/studio/outcome.h"
#include "ui/export/card_export.h"
#include "ui/report/report_export.h"

#include <cstdio>
#include <filesystem>
#include <vector>

namespace triptych {

namespace {

Status write_report(const ReportSet& set, ReportKind kind, LanguageChoice language, const std::string& file)
{
    const auto bytes = reportBytes(set, kind, language);
    if (!bytes) return bytes.error();
    return writeFile(QString::fromStdString(file), *bytes);
}

} // namespace

int make_report(const StudioArguments& arguments)
{
    const ReportArguments& report = arguments.report;
    const auto kind = reportKindOfFile(QString::fromStdString(report.file));
    if (!kind)
        return fail({"--out: \"" + report.file + "\" is no kind of file that can be written",
                     "Give it a name that ends with .pdf, .html, .csv or .json."},
                    kWrongUsage);
    ReportOptions options = reportOptions(*kind);
    options.prices = report.prices;
    const std::vector<std::filesystem::path> folders(arguments.runs.begin(), arguments.runs.end());
    const auto set = read_report_set(folders, report.title, options);
    if (!set) return fail(set.error());
    for (const RunReport& run : set->runs)
        for (const std::string& trouble : run.troubles)
            std::fprintf(stderr, "note: %s: %s\n", run.summary.name.c_str(), trouble.c_str());
    const Status written = write_report(*set, *kind, arguments.language.value_or(LanguageChoice::System), report.file);
    return written ? 0 : fail(written.error());
}

Result<std::string> write_own_report(const std::string& run_folder, LanguageChoice language)
{
    const auto set = read_report_set({run_folder}, {}, reportOptions(ReportKind::Html));
    if (!set) return set.error();
    const std::string file = run_folder + "/report.html";
    if (const Status written = write_report(*set, ReportKind::Html, language, file); !written) return written.error();
    return file;
}

} // namespace triptych
