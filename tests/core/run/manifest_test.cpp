// run.json: what was written comes back, and what cannot be a manifest says why and crashes nobody.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/manifest.h"
#include "tests/support/temp_folder.h"
#include "tests/support/tiny_config.h"
#include "tests/support/without_privileges.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <functional>
#include <regex>

namespace triptych::test {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

Manifest example()
{
    Manifest m;
    m.model_name = "models/tiny \"quoted\".json";
    m.model = tiny_config();
    m.model.rope_scaling = YarnConfig{};
    m.train.learning_rate = 1.0 / 3; // no decimal of a few digits gives it back
    m.train.threads = 3;
    m.train.router = "softmax_aux";
    m.schedule_steps = 1234;
    m.data = {{"builtin:mixed", "0123456789abcdef", 0, 0}, {"a text.txt", "fedcba9876543210", 1 << 30, 7}};
    m.domains = {"english", "a text"};
    m.device = "cpu, 3 threads, f32";
    stamp(m);
    return m;
}

class ManifestTest : public testing::Test {
protected:
    ManifestTest()
    {
        EXPECT_TRUE(write_manifest(m_temp.path(), example()).ok());
        m_written = Json::parse(slurp(m_temp / "run.json"));
    }

    /// The refusal of a file, which must name it and say what to do; "" where it was read.
    std::string refusal_of(const std::string& contents) const
    {
        m_temp.write("run.json", contents);
        const auto read = read_manifest(m_temp.path());
        if (read) return {};
        EXPECT_NE(read.error().what.find("run.json"), std::string::npos) << read.error().what;
        EXPECT_FALSE(read.error().hint.empty()) << read.error().what;
        return read.error().what;
    }

    TempFolder m_temp;
    Json m_written;
};

TEST_F(ManifestTest, ComesBackAsItWasWritten)
{
    const Manifest m = example();
    const auto read = read_manifest(m_temp.path());
    ASSERT_TRUE(read.ok()) << read.error().what;
    EXPECT_EQ(read->model_name, m.model_name);
    EXPECT_EQ(read->model, m.model);
    EXPECT_EQ(read->train, m.train);
    EXPECT_EQ(read->schedule_steps, 1234);
    ASSERT_EQ(read->data.size(), 2U);
    for (std::size_t i = 0; i < 2; ++i) {
        EXPECT_EQ(read->data[i].spec, m.data[i].spec);
        EXPECT_EQ(read->data[i].hash, m.data[i].hash);
        EXPECT_EQ(read->data[i].bytes, m.data[i].bytes);
        EXPECT_EQ(read->data[i].documents, m.data[i].documents);
    }
    EXPECT_EQ(read->domains, m.domains);
    EXPECT_EQ(read->device, m.device);
    EXPECT_EQ(read->host, m.host);
    EXPECT_EQ(read->git_revision, m.git_revision);
}

TEST_F(ManifestTest, IsStampedWithTimePlaceAndVersion)
{
    const Manifest m = example();
    EXPECT_TRUE(std::regex_match(m.created, std::regex(R"(20\d\d-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-6]\dZ)")))
        << m.created;
    EXPECT_FALSE(m.host.empty());
    EXPECT_TRUE(std::regex_match(m.version, std::regex(R"(\d+\.\d+\.\d+)"))) << m.version;
}

TEST_F(ManifestTest, IsWrittenWholeOrNotAtAll)
{
    EXPECT_EQ(std::distance(fs::directory_iterator(m_temp.path()), fs::directory_iterator()), 1) << "nothing beside it";
    const Status refused = write_manifest(m_temp / "nowhere", example());
    ASSERT_FALSE(refused.ok());
    EXPECT_FALSE(refused.error().hint.empty());
}

TEST_F(ManifestTest, AFolderWithoutOneIsNoRun)
{
    const auto read = read_manifest(m_temp / "nowhere");
    ASSERT_FALSE(read.ok());
    EXPECT_NE(read.error().what.find("is no run folder"), std::string::npos);
    EXPECT_NE(read.error().hint.find("triptych train --run"), std::string::npos);
}

TEST_F(ManifestTest, OneThatMayNotBeReadIsNotSaidToBeMissing)
{
    ASSERT_TRUE(write_manifest(m_temp.path(), example()));
    const auto refusal = [&] {
        const WithoutPrivileges nobody;
        return read_manifest(m_temp.path()).error();
    };
    fs::permissions(m_temp / "run.json", fs::perms(0));
    EXPECT_NE(refusal().what.find("run.json: permission denied"), std::string::npos) << refusal().what;
    EXPECT_NE(refusal().hint.find("permissions"), std::string::npos) << refusal().hint;
    fs::permissions(m_temp.path(), fs::perms(0));
    EXPECT_NE(refusal().what.find("run.json: permission denied"), std::string::npos) << refusal().what;
    EXPECT_EQ(refusal().what.find("no run folder"), std::string::npos) << "nobody can know";
    fs::permissions(m_temp.path(), fs::perms(0755));
}

TEST_F(ManifestTest, ANewerFormatIsRefusedWithItsVersion)
{
    Json file = m_written;
    file["format"] = 2;
    file["version"] = "9.1.0";
    EXPECT_NE(refusal_of(file.dump()).find("newer version of Triptych (9.1.0)"), std::string::npos);
}

TEST_F(ManifestTest, DescriptionsMayBeMissingButNotWhatARunIsResumedFrom)
{
    for (const auto& [key, value] : m_written.items()) {
        Json file = m_written;
        file.erase(key);
        const bool needed = key == "model" || key == "train" || key == "data";
        const std::string refusal = refusal_of(file.dump());
        EXPECT_EQ(!refusal.empty(), needed) << key << ": " << refusal;
        if (needed) {
            EXPECT_NE(refusal.find(key), std::string::npos) << refusal;
        }
    }
}

TEST_F(ManifestTest, ValuesOfAnyOtherKindAreRefusedOrPassedOverAndNeverCrash)
{
    const std::vector<Json> odd = {nullptr,
                                   true,
                                   -1,
                                   1e300,
                                   "text",
                                   Json::array(),
                                   Json::object(),
                                   Json::array({Json::object()}),
                                   Json::array({nullptr, "x"}),
                                   18446744073709551615ULL};
    for (const auto& [key, value] : m_written.items()) {
        for (const Json& other : odd) {
            Json file = m_written;
            file[key] = other;
            const std::string refusal = refusal_of(file.dump());
            if (key == "model" || key == "data") {
                EXPECT_FALSE(refusal.empty()) << key << " = " << other;
            }
        }
    }
}

TEST_F(ManifestTest, DamagedFilesAreRefusedWithThePlace)
{
    const std::string whole = slurp(m_temp / "run.json");
    EXPECT_FALSE(refusal_of("").empty());
    EXPECT_FALSE(refusal_of("[]").empty());
    EXPECT_FALSE(refusal_of(std::string("\0\1\2\xFF", 4)).empty());
    EXPECT_NE(refusal_of(whole.substr(0, whole.size() / 2)).find("line "), std::string::npos);
    EXPECT_NE(refusal_of("{\"format\": 1, \"format\": 1}").find("occurs twice"), std::string::npos);
    const std::string deep = "{\"model\": " + std::string(200'000, '[') + std::string(200'000, ']') + "}";
    EXPECT_NE(refusal_of(deep).find("nested too deeply"), std::string::npos);
}

TEST_F(ManifestTest, ImpossibleSettingsAreRefusedByName)
{
    Json file = m_written;
    file["model"]["n_group"] = 3;
    EXPECT_NE(refusal_of(file.dump()).find("n_group is 3"), std::string::npos);
    file = m_written;
    file["train"]["learning_rate"] = -1;
    EXPECT_NE(refusal_of(file.dump()).find("learning_rate"), std::string::npos);
    file = m_written;
    file["train"]["a_setting_of_tomorrow"] = 1;
    EXPECT_NE(refusal_of(file.dump()).find("a_setting_of_tomorrow"), std::string::npos);
}

TEST_F(ManifestTest, AResumedRunMayChangeItsPlanAndThePlacesOfItsDataAndNothingElse)
{
    m_written["a key of a later version"] = {1, 2, 3};
    m_temp.write("run.json", m_written.dump());
    const std::string before = slurp(m_temp / "run.json");
    ASSERT_TRUE(update_manifest(m_temp.path(), 1234, {"builtin:mixed", "a text.txt"}).ok());
    EXPECT_EQ(slurp(m_temp / "run.json"), before) << "nothing changes, nothing is written";
    ASSERT_TRUE(update_manifest(m_temp.path(), 5678, {"builtin:mixed", "b text.txt"}).ok());
    Json expected = m_written;
    expected["schedule_steps"] = 5678;
    expected["data"][1]["spec"] = "b text.txt";
    EXPECT_EQ(Json::parse(slurp(m_temp / "run.json")), expected);
    EXPECT_FALSE(update_manifest(m_temp / "nowhere", 1, {}).ok());
}

} // namespace
} // namespace triptych::test
