// The built-in texts as a corpus: rows without end, documents divided into training and validation by their hash.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/corpus.h"

namespace triptych {

/// A document whose hash is 0 mod 16 is for validation only, so no text is ever on both sides. `validation_fraction`
/// only says whether there is a validation split.
Result<std::unique_ptr<Corpus>> open_synthetic_corpus(const DataSpec& spec, const CorpusOptions& options);

} // namespace triptych
