// tokenizer.json and tokenizer_config.json of a checkpoint folder, as the Hugging Face libraries read and write them.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/tokenizer_json.h"

#include "core/data/byte_tokenizer.h"
#include "core/util/atomic_file.h"
#include "core/util/json_text.h"

#include <nlohmann/json.hpp>

#include <string>

namespace triptych {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kHint = "Give token ids instead of text (--tokens), or use a checkpoint made by `triptych`.";

/// The visible character that the byte-level alphabet of GPT-2 has for a byte: printable Latin-1 characters stand for
/// themselves, the others follow from U+0100 in the order of the bytes.
std::string letter_of(int byte)
{
    const auto printable = [](int b) { return (b >= 0x21 && b <= 0x7E) || (b >= 0xA1 && b <= 0xFF && b != 0xAD); };
    int code = byte;
    if (!printable(byte)) {
        code = 0x100;
        for (int b = 0; b < byte; ++b) code += printable(b) ? 0 : 1;
    }
    if (code < 0x80) return {static_cast<char>(code)};
    return {static_cast<char>(0xC0 | code >> 6), static_cast<char>(0x80 | (code & 0x3F))};
}

Json vocabulary()
{
    Json vocab = Json::object();
    TokenId id = 0;
    for (const auto name : ByteTokenizer::kSpecialNames) vocab[std::string(name)] = id++;
    for (int byte = 0; byte < 256; ++byte) vocab[letter_of(byte)] = id++;
    return vocab;
}

Json added_token(std::string_view name)
{
    return {{"content", name}, {"single_word", false}, {"lstrip", false},
            {"rstrip", false}, {"normalized", false},  {"special", true}};
}

Json byte_level()
{
    return {{"type", "ByteLevel"}, {"add_prefix_space", false}, {"trim_offsets", false}, {"use_regex", false}};
}

Json tokenizer_json()
{
    Json added = Json::array();
    for (std::size_t i = 0; i < ByteTokenizer::kSpecialNames.size(); ++i) {
        Json token = {{"id", i}};
        token.update(added_token(ByteTokenizer::kSpecialNames[i]));
        added.push_back(std::move(token));
    }
    const Json model = {{"type", "BPE"},
                        {"dropout", nullptr},
                        {"unk_token", nullptr},
                        {"continuing_subword_prefix", nullptr},
                        {"end_of_word_suffix", nullptr},
                        {"fuse_unk", false},
                        {"byte_fallback", false},
                        {"ignore_merges", false},
                        {"vocab", vocabulary()},
                        {"merges", Json::array()}};
    return {{"version", "1.0"},          {"truncation", nullptr},   {"padding", nullptr},
            {"added_tokens", added},     {"normalizer", nullptr},   {"pre_tokenizer", byte_level()},
            {"post_processor", nullptr}, {"decoder", byte_level()}, {"model", model}};
}

Json tokenizer_config_json(std::int64_t max_length)
{
    Json added = Json::object();
    for (std::size_t i = 0; i < ByteTokenizer::kSpecialNames.size(); ++i)
        added[std::to_string(i)] = added_token(ByteTokenizer::kSpecialNames[i]);
    return {{"tokenizer_class", "PreTrainedTokenizerFast"},
            {"bos_token", ByteTokenizer::kSpecialNames[ByteTokenizer::kBos]},
            {"eos_token", ByteTokenizer::kSpecialNames[ByteTokenizer::kEos]},
            {"pad_token", ByteTokenizer::kSpecialNames[ByteTokenizer::kPad]},
            {"add_bos_token", false},
            {"add_eos_token", false},
            {"clean_up_tokenization_spaces", false},
            {"model_max_length", max_length},
            {"added_tokens_decoder", added}};
}

/// A member of an object, or null where there is none: never throws on odd files.
const Json& member(const Json& object, const char* key)
{
    static const Json null;
    if (!object.is_object()) return null;
    const auto found = object.find(key);
    return found == object.end() ? null : *found;
}

std::string text_or(const Json& value, const char* otherwise)
{
    return value.is_string() ? value.get<std::string>() : otherwise;
}

/// Why the file is not our byte tokenizer; empty when it is.
std::string difference(const Json& file)
{
    const Json& model = member(file, "model");
    const auto type = text_or(member(model, "type"), "unknown");
    if (type != "BPE") return type + " tokenizers are not supported yet";
    const Json& merges = member(model, "merges");
    if (merges.is_array() && !merges.empty()) {
        return "BPE with merges is not supported yet: it has " + std::to_string(merges.size()) + " merges and " +
               std::to_string(member(model, "vocab").size()) + " tokens";
    }
    const auto splits = text_or(member(member(file, "pre_tokenizer"), "type"), "no");
    if (splits != "ByteLevel") return "expected the pre-tokenizer ByteLevel, found " + splits;
    if (member(member(file, "pre_tokenizer"), "add_prefix_space") != Json(false))
        return "it adds a space before the text, which the byte tokenizer does not";
    if (!member(file, "normalizer").is_null()) return "it changes the text before splitting (normalizer)";
    const Json& vocab = member(model, "vocab");
    if (!vocab.is_object()) return "it has no vocabulary";
    // Compared by key, since the order of the keys means nothing.
    const Json expected = vocabulary();
    for (const auto& [token, id] : expected.items()) {
        const auto found = vocab.find(token);
        if (found == vocab.end()) return "token " + token + " of the byte tokenizer is missing";
        if (*found != id)
            return "token " + token + " has id " + found->dump(-1, ' ', false, Json::error_handler_t::replace) +
                   ", the byte tokenizer gives it " + id.dump();
    }
    if (vocab.size() != expected.size())
        return "it has " + std::to_string(vocab.size()) + " tokens, the byte tokenizer has " +
               std::to_string(expected.size());
    return {};
}

} // namespace

std::vector<NamedText> byte_tokenizer_files(std::int64_t max_length)
{
    return {{"tokenizer.json", tokenizer_json().dump(1) + "\n"},
            {"tokenizer_config.json", tokenizer_config_json(max_length).dump(1) + "\n"}};
}

Status write_byte_tokenizer(const std::filesystem::path& folder, std::int64_t max_length)
{
    for (const NamedText& file : byte_tokenizer_files(max_length))
        if (auto status = write_file_atomically(folder / file.name, file.contents); !status) return status;
    return {};
}

Result<std::unique_ptr<Tokenizer>> read_tokenizer(const std::filesystem::path& folder)
{
    const auto path = folder / "tokenizer.json";
    const auto text = read_whole_file(path);
    if (!text) return Error{text.error().what, kHint};
    if (const Status json = check_json_object(*text, path.string()); !json)
        return Error{json.error().what, "Copy it again from where it came from, or give token ids (--tokens)."};
    const Json file = Json::parse(*text);
    const auto reason = difference(file);
    if (!reason.empty()) return Error{path.string() + ": " + reason, kHint};
    return std::unique_ptr<Tokenizer>(std::make_unique<ByteTokenizer>());
}

} // namespace triptych
