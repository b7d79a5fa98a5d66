// Thousands of damaged safetensors files: each is refused or read whole, none crashes.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/safetensors.h"
#include "core/formats/safetensors_writer.h"
#include "kernels/base/rng.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>

namespace triptych {
namespace {

std::string valid_file(const test::TempFolder& folder)
{
    const std::vector<float> values(64, 1.5f);
    const std::vector<TensorToWrite> tensors = {
        {"model.embed_tokens.weight", {4, 8}, values.data(), DType::F32, DType::F32},
        {"model.layers.0.self_attn.kv_b_proj.weight", {8, 4}, values.data(), DType::F32, DType::BF16},
        {"model.norm.weight", {8}, values.data(), DType::F32, DType::F16},
        {"empty", {0}, values.data(), DType::F32, DType::F32}};
    EXPECT_TRUE(write_safetensors(folder / "valid", tensors, {{"format", "pt"}}).ok());
    return test::slurp(folder / "valid");
}

/// One to three changes: bytes set, digits set (the header stays JSON), the end cut off, or bytes added.
std::string damaged(std::string file, const Philox& random, std::uint64_t round)
{
    std::uint64_t draw = round * 64;
    const auto below = [&](std::uint64_t bound) { return random.below(draw++, bound); };
    const std::uint64_t changes = 1 + below(3);
    for (std::uint64_t i = 0; i < changes && !file.empty(); ++i) {
        switch (below(5)) {
        case 0: file[below(file.size())] = static_cast<char>(below(256)); break;
        case 1: file[below(std::min<std::uint64_t>(file.size(), 8))] = static_cast<char>(below(256)); break;
        case 2: {
            const std::size_t digit = file.find_first_of("0123456789", below(file.size()));
            if (digit != file.npos) file[digit] = static_cast<char>('0' + below(10));
            break;
        }
        case 3: file.resize(below(file.size() + 1)); break;
        default: file.insert(below(file.size() + 1), below(9), static_cast<char>(below(256))); break;
        }
    }
    return file;
}

TEST(SafetensorsFuzz, DamagedFilesAreRefusedOrReadWhole)
{
    const test::TempFolder folder;
    const std::string valid = valid_file(folder);
    const Philox random(20240607, 1);
    int refused = 0;
    int read = 0;
    for (std::uint64_t round = 0; round < 3000; ++round) {
        // A new name each time: overwriting makes some file systems wait for the disk.
        const auto path = folder.write("damaged" + std::to_string(round), damaged(valid, random, round));
        const Result<SafetensorsFile> file = SafetensorsFile::open(path);
        std::filesystem::remove(path);
        if (!file) {
            ++refused;
            EXPECT_FALSE(file.error().what.empty() || file.error().hint.empty());
            continue;
        }
        ++read;
        for (const TensorEntry& entry : file->tensors()) {
            std::vector<char> bytes(entry.bytes);
            EXPECT_TRUE(file->read_bytes(entry, bytes.data()).ok()) << "round " << round;
            std::vector<float> floats(static_cast<std::size_t>(entry.count()));
            (void)file->read_into(entry.name, entry.shape, floats.data(), DType::F32);
        }
    }
    EXPECT_GT(refused, 1000);
    EXPECT_GT(read, 100) << "changes of data alone leave a valid file";
}

} // namespace
} // namespace triptych
