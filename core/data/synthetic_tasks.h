// The built-in texts: labelled domains, deterministic by seed, without end. What a run learns when it is given no
// files.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/result.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace triptych {

/// One kind of text that can be told from the others, so that experts have something to specialise in.
struct SyntheticDomain {
    std::string_view name;  ///< as in `builtin:arithmetic`
    std::string_view title; ///< one line for people
};

/// All domains; a label is an index into this list.
std::span<const SyntheticDomain> synthetic_domains();

struct SyntheticDocument {
    std::string text; ///< 60..400 bytes, UTF-8
    int domain = 0;   ///< index into synthetic_domains()
};

/// An endless numbered shelf of documents of some domains, in equal shares. The text depends on (domains, seed, number)
/// alone.
class SyntheticText {
public:
    /// "mixed" for all domains, or the name of one. The error lists the names.
    static Result<SyntheticText> create(std::string_view name, std::uint64_t seed);

    const std::vector<int>& domains() const { return m_domains; }
    SyntheticDocument document(std::uint64_t number) const;

    /// Changes whenever any built-in text would: a hash of the first documents of this kind with seed 0.
    std::uint64_t fingerprint() const;

private:
    SyntheticText(std::vector<int> domains, std::uint64_t seed) : m_domains(std::move(domains)), m_seed(seed) {}

    std::vector<int> m_domains;
    std::uint64_t m_seed;
};

} // namespace triptych
