// The built-in texts: labelled domains, deterministic by seed, without end. What a run learns when it is given no
// files.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/synthetic_tasks.h"

#include "core/data/synthetic/writers.h"
#include "core/util/hash64.h"

#include <array>
#include <numeric>

namespace triptych {

namespace {

struct Row {
    SyntheticDomain domain;
    std::string (*write)(synthetic::TextRng&);
};

// The only list of domains: one row and one file for each.
constexpr std::array kRows = {
    Row{{"english", "English: short stories"}, synthetic::write_english},
    Row{{"german", "German: short stories"}, synthetic::write_german},
    Row{{"arithmetic", "Arithmetic with right answers"}, synthetic::write_arithmetic},
    Row{{"code", "Code in the manner of Python and C"}, synthetic::write_code},
    Row{{"json", "JSON objects"}, synthetic::write_json},
    Row{{"chess", "Chess: legal moves"}, synthetic::write_chess},
    Row{{"log", "Server logs with ISO times"}, synthetic::write_log},
    Row{{"table", "Markdown tables with totals"}, synthetic::write_table},
    Row{{"roman", "Roman numerals"}, synthetic::write_roman},
    Row{{"verse", "Rhymed verse"}, synthetic::write_verse},
};

constexpr auto kDomains = [] {
    std::array<SyntheticDomain, kRows.size()> domains{};
    for (std::size_t i = 0; i < kRows.size(); ++i) domains[i] = kRows[i].domain;
    return domains;
}();

std::string all_names()
{
    std::string names = "mixed";
    for (const auto& domain : kDomains) names += ", " + std::string(domain.name);
    return names;
}

} // namespace

std::span<const SyntheticDomain> synthetic_domains()
{
    return kDomains;
}

Result<SyntheticText> SyntheticText::create(std::string_view name, std::uint64_t seed)
{
    std::vector<int> domains(kDomains.size());
    std::iota(domains.begin(), domains.end(), 0);
    if (name == "mixed") return SyntheticText(std::move(domains), seed);
    for (const int domain : domains) {
        if (kDomains[static_cast<std::size_t>(domain)].name == name) return SyntheticText({domain}, seed);
    }
    return Error{"builtin:" + std::string(name) + " does not exist",
                 "Choose builtin: with one of " + all_names() + "."};
}

SyntheticDocument SyntheticText::document(std::uint64_t number) const
{
    synthetic::TextRng rng(m_seed, number);
    const int domain = rng.pick(m_domains);
    return {kRows[static_cast<std::size_t>(domain)].write(rng), domain};
}

std::uint64_t SyntheticText::fingerprint() const
{
    constexpr std::uint64_t kDocuments = 512;
    const SyntheticText standard(m_domains, 0);
    Hash64 hash;
    for (std::uint64_t number = 0; number < kDocuments; ++number) {
        const auto document = standard.document(number);
        hash.update_integer(static_cast<std::uint64_t>(document.domain));
        hash.update(document.text);
    }
    return hash.digest();
}

} // namespace triptych
