// Opens the corpus that a spec names, after checking the options that all kinds share.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/corpus.h"

#include "core/data/file_corpus.h"
#include "core/data/synthetic_corpus.h"

namespace triptych {

Result<std::unique_ptr<Corpus>> open_corpus(const DataSpec& spec, const CorpusOptions& options)
{
    if (options.row.sequence_length < 1 || options.row.lookahead < 1) {
        return Error{"the sequence length is " + std::to_string(options.row.sequence_length) + ", at least 1 is needed",
                     "Set sequence_length to 1 or more."};
    }
    if (!(options.validation_fraction >= 0 && options.validation_fraction <= 0.5)) {
        return Error{"validation_fraction is " + std::to_string(options.validation_fraction) + ", expected 0 to 0.5",
                     "Choose for example validation_fraction=0.1."};
    }
    return spec.builtin ? open_synthetic_corpus(spec, options) : open_file_corpus(spec, options);
}

} // namespace triptych
