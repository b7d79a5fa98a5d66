// Safetensors files: what is written is read back, and each lie of a header has its own sentence.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/safetensors.h"
#include "core/formats/safetensors_writer.h"
#include "tests/support/file_size_limit.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstring>
#include <functional>
#include <numeric>

namespace triptych {
namespace {

using test::slurp;
using test::TempFolder;

/// A file of this header text and so many bytes of data; length 0 stands for the true one.
std::string file_of(const std::string& header, std::size_t data_bytes, std::uint64_t length = 0)
{
    if (length == 0) length = header.size();
    std::string file(8, '\0');
    std::memcpy(file.data(), &length, 8);
    return file + header + std::string(data_bytes, '\1');
}

struct Lie {
    const char* name;
    std::function<std::string()> file;
    const char* named; ///< must occur in the message
};

Lie header_lie(const char* name, std::string header, std::size_t data_bytes, const char* named)
{
    return {name, [=] { return file_of(header, data_bytes); }, named};
}

const Lie kLies[] = {
    {"EmptyFile", [] { return std::string(); }, "0 bytes"},
    {"SevenBytes", [] { return std::string(7, '\0'); }, "7 bytes"},
    {"LengthBeyondTheFile", [] { return file_of("{}", 0, 1000); }, "claims 1000 bytes"},
    {"LengthOfAllBits", [] { return file_of("{}", 0, ~std::uint64_t{0}); }, "claims 18446744073709551615 bytes"},
    {"NoHeader", [] { return std::string(8, '\0'); }, "does not begin with {"},
    {"AnotherFormat", [] { return "GGUF" + std::string(4, '\0') + "more text than this"; }, "claims"},
    {"TruncatedHeader", [] { return file_of("{\"a\": {\"dtype\": \"F3", 0); }, "not valid JSON"},
    {"NoObject", [] { return file_of("[1]", 0); }, "does not begin with {"},
    {"NotUtf8", [] { return file_of("{\"\xff\": {}}", 0); }, "not valid JSON"},
    {"DeepNesting", [] { return file_of("{\"a\": " + std::string(50000, '['), 0); }, "nested too deeply"},
    header_lie(
        "NameTwice",
        R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}})",
        2, "\"a\" occurs twice"),
    header_lie("EntryThatIsNoObject", R"({"a":3})", 0, "\"a\" is not described"),
    header_lie("NoDtype", R"({"a":{"shape":[1],"data_offsets":[0,1]}})", 1, "\"a\" has no dtype"),
    header_lie("UnknownDtype", R"({"a":{"dtype":"F12","shape":[1],"data_offsets":[0,1]}})", 1, "\"F12\""),
    header_lie("DtypeThatIsNoText", R"({"a":{"dtype":7,"shape":[1],"data_offsets":[0,1]}})", 1, "no dtype"),
    header_lie("NoShape", R"({"a":{"dtype":"U8","data_offsets":[0,1]}})", 1, "shape"),
    header_lie("NegativeDimension", R"({"a":{"dtype":"U8","shape":[-1],"data_offsets":[0,1]}})", 1, "no size"),
    header_lie("FractionalDimension", R"({"a":{"dtype":"U8","shape":[1.5],"data_offsets":[0,1]}})", 1, "no size"),
    header_lie("DimensionBeyondInt64", R"({"a":{"dtype":"U8","shape":[18446744073709551615],"data_offsets":[0,1]}})", 1,
               "no size"),
    header_lie("ProductThatOverflows", R"({"a":{"dtype":"U8","shape":[4294967296,4294967296],"data_offsets":[0,0]}})",
               0, "larger than any file"),
    header_lie("BytesThatOverflow", R"({"a":{"dtype":"F64","shape":[2305843009213693952],"data_offsets":[0,0]}})", 0,
               "larger than any file"),
    header_lie("NoOffsets", R"({"a":{"dtype":"U8","shape":[1]}})", 1, "data_offsets"),
    header_lie("OneOffset", R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0]}})", 1, "data_offsets"),
    header_lie("NegativeOffset", R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[-1,0]}})", 1, "no range"),
    header_lie("SwappedOffsets", R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[1,0]}})", 1, "no range"),
    header_lie("EndBeyondTheFile", R"({"a":{"dtype":"U8","shape":[9],"data_offsets":[0,9]}})", 8, "ends at byte 9"),
    header_lie("HugeOffset", R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,18446744073709551615]}})", 8,
               "ends at byte"),
    header_lie("ShapeLargerThanTheBytes", R"({"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}})", 8, "12 bytes"),
    header_lie("ShapeSmallerThanTheBytes", R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}})", 8, "4 bytes"),
    header_lie(
        "Overlap",
        R"({"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[2,6]}})",
        6, "\"b\" overlaps"),
    header_lie(
        "SamePlaceTwice",
        R"({"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}})",
        4, "overlaps"),
    header_lie("HoleAtTheStart", R"({"a":{"dtype":"U8","shape":[4],"data_offsets":[4,8]}})", 8, "hole after byte 0"),
    header_lie(
        "HoleBetween",
        R"({"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[4,6]}})",
        6, "hole after byte 2"),
    header_lie("DataAtTheEnd", R"({"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}})", 8, "8 follow"),
    header_lie("MissingData", R"({"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}})", 3, "only 3"),
    header_lie("MetadataOfNumbers", R"({"__metadata__":{"a":1}})", 0, "__metadata__"),
    header_lie("MetadataThatIsNoObject", R"({"__metadata__":[]})", 0, "__metadata__"),
    header_lie("NameThatSteersTheTerminal", R"({"\u001b[2J":3})", 0, "\"?[2J\""),
};

class LyingSafetensors : public testing::TestWithParam<Lie> {};

TEST_P(LyingSafetensors, IsRefusedWithTheFileAndTheReason)
{
    const TempFolder folder;
    const auto path = folder.write("x.safetensors", GetParam().file());
    const Result<SafetensorsFile> file = SafetensorsFile::open(path);
    ASSERT_FALSE(file.ok());
    const Error& error = file.error();
    EXPECT_NE(error.what.find("x.safetensors"), std::string::npos) << error.what;
    EXPECT_NE(error.what.find(GetParam().named), std::string::npos) << error.what;
    EXPECT_LT(error.what.size(), 400u);
    EXPECT_FALSE(error.hint.empty());
}

INSTANTIATE_TEST_SUITE_P(Lies, LyingSafetensors, testing::ValuesIn(kLies),
                         [](const auto& lie) { return std::string(lie.param.name); });

class Safetensors : public testing::Test {
protected:
    void SetUp() override
    {
        std::iota(floats.begin(), floats.end(), 0.0f);
        std::iota(doubles.begin(), doubles.end(), 100.0);
    }

    std::vector<TensorToWrite> tensors() const
    {
        return {{"small", {2, 3}, floats.data(), DType::F32, DType::BF16},
                {"floats", {3, 2}, floats.data(), DType::F32, DType::F32},
                {"doubles", {5}, doubles.data(), DType::F64, DType::F64},
                {"ids", {2}, ids.data(), DType::I64, DType::I64},
                {"bytes", {3}, bytes.data(), DType::U8, DType::U8},
                {"halves", {6}, floats.data(), DType::F32, DType::F16},
                {"empty", {0, 7}, nullptr, DType::F32, DType::F32},
                {"scalar", {}, floats.data() + 5, DType::F32, DType::F32}};
    }

    TempFolder folder;
    std::vector<float> floats = std::vector<float>(6);
    std::vector<double> doubles = std::vector<double>(5);
    std::vector<std::int64_t> ids = {-3, 1LL << 40};
    std::vector<std::uint8_t> bytes = {1, 2, 255};
};

TEST_F(Safetensors, WhatIsWrittenIsReadBack)
{
    ASSERT_TRUE(write_safetensors(folder / "x.safetensors", tensors(), {{"format", "pt"}}).ok());
    const Result<SafetensorsFile> file = SafetensorsFile::open(folder / "x.safetensors");
    ASSERT_TRUE(file.ok()) << file.error().what;
    EXPECT_EQ(file->tensors().size(), 8u);
    EXPECT_EQ(file->metadata().at("format"), "pt");
    EXPECT_EQ(file->find("small")->known_dtype(), DType::BF16);
    std::vector<float> read(6);
    ASSERT_TRUE(file->read_into("small", std::vector<std::int64_t>{2, 3}, read.data(), DType::F32).ok());
    EXPECT_EQ(read, floats);
    std::vector<double> read_doubles(6);
    ASSERT_TRUE(file->read_into("halves", std::vector<std::int64_t>{6}, read_doubles.data(), DType::F64).ok());
    EXPECT_EQ(read_doubles[5], 5);
    ASSERT_TRUE(file->read_into("doubles", std::vector<std::int64_t>{5}, read.data(), DType::F32).ok());
    EXPECT_EQ(read[4], 104);
    std::vector<std::int64_t> read_ids(2);
    ASSERT_TRUE(file->read_into("ids", std::vector<std::int64_t>{2}, read_ids.data(), DType::I64).ok());
    EXPECT_EQ(read_ids, ids);
    EXPECT_TRUE(file->read_into("empty", std::vector<std::int64_t>{0, 7}, nullptr, DType::F32).ok());
    ASSERT_TRUE(file->read_into("scalar", {}, read.data(), DType::F32).ok());
    EXPECT_EQ(read[0], 5);
}

TEST_F(Safetensors, TensorsLieAlignedToTheirElements)
{
    ASSERT_TRUE(write_safetensors(folder / "x.safetensors", tensors()).ok());
    const std::string text = slurp(folder / "x.safetensors");
    std::uint64_t length = 0;
    std::memcpy(&length, text.data(), 8);
    EXPECT_EQ(length % 8, 0u);
    const SafetensorsFile file = SafetensorsFile::open(folder / "x.safetensors").take();
    for (const TensorEntry& entry : file.tensors())
        EXPECT_EQ(entry.begin % size_of(*entry.known_dtype()), 0u) << entry.name;
}

TEST_F(Safetensors, ALargeTensorIsConvertedInParts)
{
    std::vector<float> values(300'000);
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<float>(i % 251);
    const std::vector<TensorToWrite> one = {{"w", {300'000}, values.data(), DType::F32, DType::BF16}};
    ASSERT_TRUE(write_safetensors(folder / "x.safetensors", one).ok());
    std::vector<float> back(values.size());
    const SafetensorsFile file = SafetensorsFile::open(folder / "x.safetensors").take();
    ASSERT_TRUE(file.read_into("w", std::vector<std::int64_t>{300'000}, back.data(), DType::F32).ok());
    EXPECT_EQ(back, values);
}

TEST_F(Safetensors, SaysWhichTensorIsMissingOrHasAnotherShapeOrType)
{
    ASSERT_TRUE(write_safetensors(folder / "x.safetensors", tensors()).ok());
    const SafetensorsFile file = SafetensorsFile::open(folder / "x.safetensors").take();
    std::vector<float> read(6);
    const auto refusal = [&](const char* name, std::vector<std::int64_t> shape, DType dtype) {
        const Status status = file.read_into(name, shape, read.data(), dtype);
        return status ? "" : status.error().what;
    };
    EXPECT_NE(refusal("absent", {6}, DType::F32).find("no tensor \"absent\""), std::string::npos);
    EXPECT_NE(refusal("floats", {2, 3}, DType::F32).find("has the shape [3, 2], expected [2, 3]"), std::string::npos);
    EXPECT_NE(refusal("floats", {6}, DType::F32).find("[3, 2]"), std::string::npos);
    EXPECT_NE(refusal("ids", {2}, DType::F32).find("type I64, which cannot be read as F32"), std::string::npos);
}

TEST_F(Safetensors, AFileThatShrinksAfterOpeningIsAnErrorAndNoSignal)
{
    ASSERT_TRUE(write_safetensors(folder / "x.safetensors", tensors()).ok());
    const SafetensorsFile file = SafetensorsFile::open(folder / "x.safetensors").take();
    std::filesystem::resize_file(folder / "x.safetensors", 100);
    std::vector<float> read(6);
    const Status status = file.read_into("floats", std::vector<std::int64_t>{3, 2}, read.data(), DType::F32);
    ASSERT_FALSE(status.ok());
    EXPECT_NE(status.error().what.find("the file ends at byte"), std::string::npos);
}

TEST_F(Safetensors, TypesWeDoNotComputeWithMayBeThereButCannotBeRead)
{
    const auto path =
        folder.write("x.safetensors", file_of(R"({"flags":{"dtype":"BOOL","shape":[2],"data_offsets":[0,2]}})", 2));
    const Result<SafetensorsFile> file = SafetensorsFile::open(path);
    ASSERT_TRUE(file.ok()) << file.error().what;
    float read[2];
    EXPECT_NE(file->read_into("flags", std::vector<std::int64_t>{2}, read, DType::F32).error().what.find("BOOL"),
              std::string::npos);
}

TEST_F(Safetensors, AHeaderWithoutTensorsAndOneFollowedBySpacesAreValid)
{
    EXPECT_TRUE(SafetensorsFile::open(folder.write("a", file_of("{}", 0))).ok());
    EXPECT_TRUE(SafetensorsFile::open(folder.write("b", file_of("{\"__metadata__\":{\"a\":\"b\"}}      ", 0))).ok());
}

TEST_F(Safetensors, WhatIsNoFileIsRefusedWithoutHanging)
{
    EXPECT_NE(SafetensorsFile::open(folder / "absent").error().what.find("no such file"), std::string::npos);
    EXPECT_NE(SafetensorsFile::open(folder.path()).error().what.find("it is a folder"), std::string::npos);
    ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
    EXPECT_NE(SafetensorsFile::open(folder / "pipe").error().what.find("not a regular file"), std::string::npos);
}

TEST_F(Safetensors, AFullDiskLeavesTheOldFileAndNothingElse)
{
    const auto path = folder.write("x.safetensors", "old");
    Status status;
    {
        const test::FileSizeLimit limit(300);
        status = write_safetensors(path, tensors());
    }
    ASSERT_FALSE(status.ok());
    EXPECT_NE(status.error().what.find("x.safetensors"), std::string::npos);
    EXPECT_EQ(slurp(path), "old");
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), std::filesystem::directory_iterator()),
              1);
}

TEST_F(Safetensors, TwoTensorsOfOneNameAreRefused)
{
    std::vector<TensorToWrite> twice = tensors();
    twice[1].name = twice[0].name;
    EXPECT_NE(write_safetensors(folder / "x", twice).error().what.find("two tensors are named \"small\""),
              std::string::npos);
}

TEST_F(Safetensors, TheStreamingWriterInsistsOnItsPlan)
{
    const std::vector<TensorPlan> plan = {{"a", {6}, DType::F32}};
    SafetensorsWriter writer = SafetensorsWriter::create(folder / "x", plan).take();
    EXPECT_THROW((void)writer.commit(), std::logic_error);
    ASSERT_TRUE(writer.append(floats.data(), DType::F32).ok());
    EXPECT_THROW((void)writer.append(floats.data(), DType::F32), std::logic_error);
    EXPECT_TRUE(writer.commit().ok());
    EXPECT_TRUE(SafetensorsFile::open(folder / "x").ok());
}

} // namespace
} // namespace triptych
