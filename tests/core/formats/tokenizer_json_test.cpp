// What we write we read back; every other tokenizer is refused with its name and a way out.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/byte_tokenizer.h"
#include "core/formats/tokenizer_json.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <string>

namespace triptych {
namespace {

using test::slurp;
using test::TempFolder;
using Json = nlohmann::ordered_json;

Json written_file()
{
    const TempFolder folder;
    EXPECT_TRUE(write_byte_tokenizer(folder.path(), 512).ok());
    return Json::parse(slurp(folder / "tokenizer.json"));
}

/// The error of reading this file; empty when it is taken for the byte tokenizer.
std::string refusal(const std::string& contents)
{
    const TempFolder folder;
    folder.write("tokenizer.json", contents);
    const auto tokenizer = read_tokenizer(folder.path());
    if (tokenizer.ok()) return {};
    EXPECT_NE(tokenizer.error().hint.find("--tokens"), std::string::npos);
    return tokenizer.error().what;
}

TEST(TokenizerJson, ReadsBackWhatItWrote)
{
    const TempFolder folder;
    ASSERT_TRUE(write_byte_tokenizer(folder.path(), 512).ok());
    const auto tokenizer = read_tokenizer(folder.path());
    ASSERT_TRUE(tokenizer.ok()) << tokenizer.error().what;
    EXPECT_EQ((*tokenizer)->name(), "byte");
}

TEST(TokenizerJson, HasTheByteLevelAlphabetOnOurIds)
{
    const auto vocab = written_file()["model"]["vocab"];
    EXPECT_EQ(vocab.size(), 264u);
    EXPECT_EQ(vocab["A"], 8 + 'A');
    EXPECT_EQ(vocab["\u0120"], 8 + ' '); // as in every GPT-2 style file
    EXPECT_EQ(vocab["\u010A"], 8 + '\n');
    EXPECT_EQ(vocab["\u00FF"], 8 + 0xFF);
    EXPECT_EQ(vocab["\u0143"], 8 + 0xAD); // the last of the invisible ones
}

TEST(TokenizerJson, ConfigNamesTheSpecialTokens)
{
    const TempFolder folder;
    ASSERT_TRUE(write_byte_tokenizer(folder.path(), 512).ok());
    const auto config = Json::parse(slurp(folder / "tokenizer_config.json"));
    EXPECT_EQ(config["bos_token"], "<bos>");
    EXPECT_EQ(config["eos_token"], "<eos>");
    EXPECT_EQ(config["model_max_length"], 512);
}

TEST(TokenizerJson, TheOrderOfTheVocabularyDoesNotMatter)
{
    auto file = written_file();
    Json reversed = Json::object();
    const auto& vocab = file["model"]["vocab"];
    for (auto at = vocab.rbegin(); at != vocab.rend(); ++at) reversed[at.key()] = at.value();
    file["model"]["vocab"] = reversed;
    EXPECT_EQ(refusal(file.dump()), "");
}

TEST(TokenizerJson, RefusesMergesAndSaysHowMany)
{
    auto file = written_file();
    file["model"]["merges"] = {"a b", "ab c"};
    EXPECT_NE(refusal(file.dump()).find("BPE with merges is not supported yet: it has 2 merges"), std::string::npos);
}

TEST(TokenizerJson, RefusesOtherKindsByName)
{
    auto file = written_file();
    file["model"]["type"] = "Unigram";
    EXPECT_NE(refusal(file.dump()).find("Unigram tokenizers are not supported yet"), std::string::npos);
    file = written_file();
    file["pre_tokenizer"]["type"] = "Metaspace";
    EXPECT_NE(refusal(file.dump()).find("found Metaspace"), std::string::npos);
    file = written_file();
    file["pre_tokenizer"]["add_prefix_space"] = true;
    EXPECT_NE(refusal(file.dump()).find("adds a space"), std::string::npos);
    file = written_file();
    file["normalizer"] = {{"type", "NFC"}};
    EXPECT_NE(refusal(file.dump()).find("normalizer"), std::string::npos);
}

TEST(TokenizerJson, RefusesAnotherVocabulary)
{
    auto file = written_file();
    file["model"]["vocab"]["A"] = 5;
    EXPECT_NE(refusal(file.dump()).find("token A has id 5"), std::string::npos);
    file = written_file();
    file["model"]["vocab"].erase("A");
    EXPECT_NE(refusal(file.dump()).find("token A of the byte tokenizer is missing"), std::string::npos);
    file = written_file();
    file["model"]["vocab"]["AB"] = 264;
    EXPECT_NE(refusal(file.dump()).find("265 tokens"), std::string::npos);
}

TEST(TokenizerJson, RefusesWhatIsNoTokenizer)
{
    for (const auto* contents : {"", "{", "[]", "3", "\xFF\xFE", "{\"model\": \"BPE\"}", "{\"model\": {\"type\": 7}}",
                                 "{\"model\":{\"type\":\"BPE\",\"vocab\":[],\"merges\":3}}"})
        EXPECT_FALSE(refusal(contents).empty()) << contents;
    EXPECT_FALSE(refusal(std::string(100000, '[')).empty());
    const TempFolder folder;
    const auto missing = read_tokenizer(folder.path());
    ASSERT_FALSE(missing.ok());
    EXPECT_NE(missing.error().what.find("tokenizer.json: no such file"), std::string::npos);
}

TEST(TokenizerJson, WritingIntoAMissingFolderIsAnError)
{
    const TempFolder folder;
    EXPECT_FALSE(write_byte_tokenizer(folder / "missing", 512).ok());
}

} // namespace
} // namespace triptych
