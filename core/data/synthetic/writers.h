// The writers of the built-in domains, one file each. Every one gives a whole document of kMinBytes..kMaxBytes bytes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/synthetic/text_rng.h"

#include <string>

namespace triptych::synthetic {

std::string write_english(TextRng& rng);    ///< short stories with one person, one thing and matching pronouns
std::string write_german(TextRng& rng);     ///< the same in German: three genders, four cases, verb-second order
std::string write_arithmetic(TextRng& rng); ///< sums, products, small word problems; every answer is right
std::string write_code(TextRng& rng);       ///< small functions in the manner of Python and C
std::string write_json(TextRng& rng);       ///< valid JSON objects
std::string write_chess(TextRng& rng);      ///< openings of legal moves, without castling and en passant
std::string write_log(TextRng& rng);        ///< server logs with ISO 8601 times that never run backwards
std::string write_table(TextRng& rng);      ///< Markdown tables with a right total
std::string write_roman(TextRng& rng);      ///< roman numerals, converted and added
std::string write_verse(TextRng& rng);      ///< rhymed stanzas

} // namespace triptych::synthetic
