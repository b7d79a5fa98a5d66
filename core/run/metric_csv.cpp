// CSV by RFC 4180, with the types that pandas, DuckDB and Arrow guess from it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/export_output.h"
#include "core/run/metric_export.h"

#include <array>
#include <charconv>
#include <cmath>
#include <set>

namespace triptych {

namespace {

std::string field(const std::string& text)
{
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

/// The shortest digits that read back as the same number.
void append_number(std::string& row, double value)
{
    if (std::isnan(value)) {
        row += "nan"; // without the sign that some processors give it
        return;
    }
    std::array<char, 32> text{};
    row.append(text.data(), std::to_chars(text.data(), text.data() + text.size(), value).ptr);
}

/// A whole number, or nothing where it is not known.
void append_count(std::string& row, double value)
{
    constexpr double kExact = 9007199254740992.0; // 2^53
    if (std::abs(value) <= kExact) row += std::to_string(static_cast<std::int64_t>(std::llround(value)));
}

void append_known(std::string& row, double value)
{
    if (!std::isnan(value)) append_number(row, value);
}

class LongRows {
public:
    static std::string head() { return "run,metric,unit,step,tokens,seconds,value,time\n"; }

    void append(std::string& rows, const std::string& run, const ExportStep& step) const
    {
        std::string middle = "," + std::to_string(step.step) + ",";
        append_count(middle, step.tokens);
        middle += ",";
        append_known(middle, step.seconds);
        const std::string time = "," + utc_text(step.time) + "\n";
        for (const Sample& sample : step.samples) {
            rows += run + "," + metric_name(sample.metric) + ",";
            rows += metric_info(sample.metric.metric).unit;
            rows += middle + ",";
            append_number(rows, sample.value);
            rows += time;
        }
    }
};

class WideRows {
public:
    explicit WideRows(const std::vector<ExportedRun>& runs)
    {
        std::set<MetricId> all;
        for (const ExportedRun& run : runs) all.insert(run.scan.metrics().begin(), run.scan.metrics().end());
        m_columns.assign(all.begin(), all.end());
    }

    std::string head() const
    {
        std::string text = "run,step,time";
        for (const MetricId metric : m_columns) text += "," + metric_name(metric);
        return text + "\n";
    }

    void append(std::string& rows, const std::string& run, const ExportStep& step) const
    {
        rows += run + "," + std::to_string(step.step) + "," + utc_text(step.time);
        std::size_t next = 0; // both are in the order of the catalog
        for (const MetricId metric : m_columns) {
            rows += ",";
            if (next == step.samples.size() || step.samples[next].metric != metric) continue;
            const double value = step.samples[next++].value;
            metric == MetricId(Metric::Tokens) ? append_count(rows, value) : append_number(rows, value);
        }
        rows += "\n";
    }

private:
    std::vector<MetricId> m_columns;
};

template <class Rows>
Result<ExportCount> write_rows(std::vector<ExportedRun>& runs, const Rows& rows, ExportOutput& output)
{
    ExportCount count;
    if (Status written = output.write(rows.head()); !written) return written.error();
    for (ExportedRun& run : runs) {
        const std::string name = field(run.name);
        const Status done = for_each_step(run, [&](const ExportStep& step) {
            std::string text;
            rows.append(text, name, step);
            ++count.steps;
            count.samples += static_cast<std::int64_t>(step.samples.size());
            return output.write(text);
        });
        if (!done) return done.error();
    }
    if (Status committed = output.commit(); !committed) return committed.error();
    return count;
}

} // namespace

Result<ExportCount> export_csv(std::vector<ExportedRun>& runs, CsvShape shape, const std::filesystem::path& file,
                               IfExported if_exported)
{
    if (Status names = check_names(runs); !names) return names.error();
    auto output = ExportOutput::create(file, if_exported);
    if (!output) return output.error();
    return shape == CsvShape::Long ? write_rows(runs, LongRows(), *output) : write_rows(runs, WideRows(runs), *output);
}

} // namespace triptych
