// Costs for people: what is counted, then the lines, then what they rest on.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/cost_output.h"
#include "app/console/console.h"
#include "app/console/numbers.h"
#include "app/console/table.h"
#include "core/util/quote.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace triptych {

namespace {

constexpr auto kLeft = Table::Align::Left;
constexpr auto kRight = Table::Align::Right;

/// "2,664,000", "0.0771", "1.48e+13": six digits that count, without an exponent where people can read it.
std::string value_text(double value)
{
    const double size = std::abs(value);
    if (size < 1000 || size >= 1e13) return fmt::format("{:.6g}", value);
    const std::string text = grouped(fmt::format("{:.{}f}", size, size == std::round(size) || size >= 1e5 ? 0 : 2));
    return value < 0 ? "-" + text : text;
}

void print_head(const CostReport& report)
{
    const Ledger& ledger = report.ledger;
    print(fmt::format("{}\n", printable(ledger.title)));
    if (report.run) print(fmt::format("run      {}\n", printable(report.run->folder)));
    print(fmt::format("source   {}, {} ({})\n", printable(report.preset.source), printable(report.preset.date),
                      name_of(report.preset.basis)));
    print(fmt::format("lens     {}: {}\n", printable(ledger.lens), printable(ledger.lens_title)));
    print(fmt::format("scope    {}\n", printable(ledger.scope)));
    if (ledger.gpu_hours && *ledger.gpu_hours > 0) {
        const Money hour = Money::clamped(ledger.total.usd() / *ledger.gpu_hours);
        print(fmt::format("hours    {}, each at {} of this total\n", value_text(*ledger.gpu_hours),
                          amount_text(report.currency, hour)));
    }
    if (report.currency.code != "USD")
        print(
            fmt::format("rate     {:g} {} for a dollar, set by you\n", report.currency.per_usd, report.currency.code));
}

void print_notes(const CostReport& report)
{
    for (const LedgerLine& line : report.ledger.lines)
        if (!line.note.empty()) print(fmt::format("{}: {}\n", printable(line.title), printable(line.note)));
    for (const std::string& note : {report.preset.note, report.ledger.note})
        if (!note.empty()) print(printable(note) + "\n");
    if (report.preset.defects.empty()) return;
    print("\nknown to be wrong with it\n");
    for (const std::string& defect : report.preset.defects) print("- " + printable(defect) + "\n");
}

/// "price, edited": what a reader must know of a line beside its amount.
std::string remarks(const LedgerLine& line)
{
    std::vector<std::string_view> words;
    if (line.axis) words.emplace_back(*line.axis == CostAxis::Price ? "price" : "scope");
    if (line.unknown) words.emplace_back(line.usd == Money() ? "not published" : "incomplete");
    if (line.edited) words.emplace_back("edited");
    return fmt::format("{}", fmt::join(words, ", "));
}

/// Steps of a waterfall get a column with where they lead.
void print_lines(const CostReport& report)
{
    const Ledger& ledger = report.ledger;
    const auto steps = waterfall(ledger);
    const bool falls = steps && std::any_of(ledger.lines.begin(), ledger.lines.end(),
                                            [](const LedgerLine& line) { return line.axis.has_value(); });
    Table table({kLeft, kLeft, kRight, kRight, kRight, kRight, kLeft});
    table.add({"book", "line", "amount", "low", "high", falls ? "leads to" : "", ""});
    for (std::size_t i = 0; i < ledger.lines.size(); ++i) {
        const LedgerLine& line = ledger.lines[i];
        table.add({fmt::format("{} {}", letter_of(line.part), title_of(line.part)), printable(line.title),
                   amount_text(report.currency, line.usd), amount_text(report.currency, line.low),
                   amount_text(report.currency, line.high), falls ? amount_text(report.currency, (*steps)[i].to) : "",
                   remarks(line)});
    }
    table.add({"", "total", amount_text(report.currency, ledger.total), amount_text(report.currency, ledger.low),
               amount_text(report.currency, ledger.high), "", ""});
    print("\n");
    table.print_all();
    print_notes(report);
}

/// Only inputs that the lines of this lens are made of.
void print_inputs(const CostReport& report)
{
    Table table({kLeft, kRight, kLeft, kLeft, kLeft, kLeft});
    for (const CostInput& input : report.preset.inputs) {
        const bool used =
            std::any_of(report.ledger.lines.begin(), report.ledger.lines.end(), [&](const LedgerLine& line) {
                return std::find(line.inputs.begin(), line.inputs.end(), input.key) != line.inputs.end();
            });
        if (!used) continue;
        const PriceInput& in = input.input;
        table.add({input.key, value_text(in.value), printable(in.unit),
                   in.low < in.high ? value_text(in.low) + " to " + value_text(in.high) : "",
                   in.edited ? "edited" : std::string(name_of(in.basis)),
                   in.edited ? "" : printable(in.source) + ", " + printable(in.date)});
    }
    print("\nmade of (--set KEY=VALUE)\n");
    table.print_all();
}

void print_tornado(const CostReport& report)
{
    const std::vector<TornadoBar>& bars = report.tornado.bars;
    if (bars.empty()) return;
    Table table({kLeft, kRight, kRight, kLeft});
    constexpr std::size_t kMost = 6;
    for (std::size_t i = 0; i < std::min(kMost, bars.size()); ++i) {
        const TornadoBar& bar = bars[i];
        table.add({bar.key, amount_text(report.currency, bar.at_low), amount_text(report.currency, bar.at_high),
                   printable(bar.title)});
    }
    const bool whole = report.tornado.line + 1 == report.ledger.lines.size();
    const std::string of = whole ? "what moves the total most"
                                 : fmt::format("no range moves the last total; what moves the one after {} most",
                                               in_quotes(report.ledger.lines[report.tornado.line].title));
    print(fmt::format("\n{}, from the low to the high end of its range\n", of));
    table.print_all();
}

} // namespace

std::string amount_text(const Currency& currency, Money money)
{
    const double value = currency.from(money);
    const std::string text = grouped(usd_text(std::abs(value)).substr(1));
    return (value < 0 ? "-" : "") + (currency.code == "USD" ? "$" + text : currency.code + " " + text);
}

void print_cost_text(const CostReport& report)
{
    print_head(report);
    print_lines(report);
    if (report.run) print_run_cost_text(*report.run, report.currency);
    print_inputs(report);
    print_tornado(report);
    if (report.other_lenses.empty()) return;
    Table table({kLeft, kRight, kLeft});
    for (const Ledger& other : report.other_lenses)
        table.add({printable(other.lens), amount_text(report.currency, other.total), printable(other.lens_title)});
    print("\nother lenses (--lens NAME)\n");
    table.print_all();
}

void print_cost_list_text(const std::vector<CostListRow>& rows)
{
    Table table({kLeft, kLeft});
    for (const CostListRow& row : rows) table.add({row.name, printable(row.title)});
    table.print_all();
}

} // namespace triptych
