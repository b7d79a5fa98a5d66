// The reference folders of tests/golden, and models filled with their weights.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/config_json.h"
#include "core/formats/safetensors.h"
#include "core/tensor/named_tensors.h"
#include "tests/support/model_fixture.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace triptych::test {

inline std::filesystem::path golden_folder(const std::string& name)
{
    return std::filesystem::path(TRIPTYCH_SOURCE_DIR) / "tests" / "golden" / name;
}

/// One file of references.
class GoldenFile {
public:
    explicit GoldenFile(const std::filesystem::path& path) : m_file(SafetensorsFile::open(path).take()) {}

    bool has(const std::string& name) const { return m_file.find(name) != nullptr; }
    std::vector<std::int64_t> shape(const std::string& name) const { return m_file.find(name)->shape; }
    std::vector<double> doubles(const std::string& name) const
    {
        const TensorEntry& entry = *m_file.find(name);
        std::vector<double> values(static_cast<std::size_t>(entry.count()));
        EXPECT_TRUE(m_file.read_into(name, entry.shape, values.data(), DType::F64).ok()) << name;
        return values;
    }
    std::vector<std::int32_t> integers(const std::string& name) const
    {
        const TensorEntry& entry = *m_file.find(name);
        std::vector<std::int64_t> wide(static_cast<std::size_t>(entry.count()));
        EXPECT_TRUE(m_file.read_bytes(entry, wide.data()).ok()) << name;
        return {wide.begin(), wide.end()};
    }

private:
    SafetensorsFile m_file;
};

/// The model of a golden folder with its weights.
inline std::unique_ptr<ModelFixture> golden_model(const std::string& name, DType dtype, const TokenShape& shape, PlanFor purpose)
{
    const ModelConfig config = read_model_config(golden_folder(name) / "config.json").value();
    auto fixture =
        std::make_unique<ModelFixture>(config, std::string(router_of(config).value()->id), dtype, shape, purpose);
    const auto file = SafetensorsFile::open(golden_folder(name) / "model.safetensors").take();
    for (const NamedTensor& t : weight_tensors(fixture->params)) {
        const Status read = file.read_into(t.name, t.shape, t.data, t.dtype);
        EXPECT_TRUE(read.ok()) << (read.ok() ? "" : read.error().what);
    }
    return fixture;
}

} // namespace triptych::test
