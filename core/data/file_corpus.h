// Text files as a corpus: packed end to end, split into training and validation, read in shuffled epochs.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/corpus.h"

namespace triptych {

/// Split: with 32 or more files, none of them more than half of the text, whole documents by their content hash (equal
/// files fall on one side); otherwise the tail of each file. Where the fraction asked for is less than one row, the
/// tail grows to it, up to half.
Result<std::unique_ptr<Corpus>> open_file_corpus(const DataSpec& spec, const CorpusOptions& options);

} // namespace triptych
