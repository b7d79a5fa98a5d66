// tokenizer.json and tokenizer_config.json of a checkpoint folder, as the Hugging Face libraries read and write them.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/tokenizer.h"
#include "core/util/result.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace triptych {

/// A file of a checkpoint folder.
struct NamedText {
    std::string name;
    std::string contents;
};

/// tokenizer.json and tokenizer_config.json of the byte tokenizer. `tokenizers` opens them and gives the same ids as
/// ByteTokenizer with SpecialTokens::Parsed: a BPE without merges over the byte-level alphabet, nothing normalised.
/// `max_length` is the context the model was trained for, in tokens.
std::vector<NamedText> byte_tokenizer_files(std::int64_t max_length);

/// Writes both into an existing folder.
Status write_byte_tokenizer(const std::filesystem::path& folder, std::int64_t max_length);

/// Reads tokenizer.json of a checkpoint folder. Knows the byte tokenizer, by its model and its vocabulary, not by a
/// name. Errors: no such file, not JSON, another kind of tokenizer (the error says which and what to do).
Result<std::unique_ptr<Tokenizer>> read_tokenizer(const std::filesystem::path& folder);

} // namespace triptych
