// Curves that are torn, cut, of another version or damaged: what is left is read, the rest is refused in words.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/curve_rows.h"
#include "tests/support/file_size_limit.h"
#include "tests/support/killed_child.h"
#include "tests/support/mutate.h"

namespace triptych::test {
namespace {

namespace fs = std::filesystem;

class CurveDamageTest : public testing::Test {
protected:
    static constexpr std::int64_t kSteps = 1'700; // a whole segment of level 1, rows in every file

    fs::path folder() const { return m_temp / "curves"; }
    void write() const
    {
        CurveWriter writer = new_curves(folder());
        append_rows(writer, 1, kSteps);
    }
    Error refused() const
    {
        const auto reader = CurveReader::open(folder());
        EXPECT_FALSE(reader.ok());
        if (reader) return {};
        EXPECT_FALSE(reader.error().hint.empty());
        return reader.error();
    }
    /// Reads everything; what is answered is right, what is not is an error with a hint.
    static bool read_everything(const CurveReader& reader)
    {
        bool whole = true;
        std::vector<double> values(static_cast<std::size_t>(reader.last_step() - reader.first_step() + 1));
        for (std::size_t c = 0; c < reader.columns().size(); ++c) {
            const Status read = reader.values(c, reader.first_step(), values);
            if (!read) {
                EXPECT_FALSE(read.error().hint.empty()) << read.error().what;
            }
            const auto sum = reader.sum(c);
            if (!sum) {
                EXPECT_FALSE(sum.error().hint.empty()) << sum.error().what;
            } else if (read) {
                EXPECT_EQ(*sum, curve::sum_of(values)); // of whole numbers
            }
            whole = whole && read;
            for (int level = 1; level <= curve::kTopLevel; ++level) {
                std::vector<Extent> blocks(static_cast<std::size_t>(reader.blocks(level)));
                whole = reader.extents(c, level, 0, blocks).ok() && whole;
            }
        }
        for (const MetricId id : reader.sparse_metrics()) whole = reader.sparse(id).ok() && whole;
        return whole;
    }

    TempFolder m_temp;
};

TEST_F(CurveDamageTest, ATornFileShowsWhatIsWholeAndNothingElse)
{
    write();
    for (const char* name : {"level-0.bin", "level-1.bin", "tail.bin", "sparse.bin", "sums.bin"}) {
        const std::string whole = slurp(folder() / name);
        ASSERT_FALSE(whole.empty()) << name;
        for (std::size_t cut = 1; cut <= whole.size(); cut += whole.size() / 23 + 1) {
            SCOPED_TRACE(std::string(name) + " without its last " + std::to_string(cut) + " bytes");
            fs::resize_file(folder() / name, whole.size() - cut);
            const CurveReader reader = open_reader(folder());
            EXPECT_LE(reader.last_step(), kSteps);
            EXPECT_TRUE(read_everything(reader));
            expect_rows(reader);
            if (std::string(name) != "level-0.bin" && std::string(name) != "tail.bin") {
                EXPECT_EQ(reader.last_step(), kSteps);
            }
            m_temp.rewrite(std::string("curves/") + name, whole);
        }
    }
}

TEST_F(CurveDamageTest, LevelsThatAreMissingArePutTogetherFromTheValues)
{
    write();
    const CurveReader before = open_reader(folder());
    std::vector<Extent> expected(static_cast<std::size_t>(before.blocks(2)));
    ASSERT_TRUE(before.extents(0, 2, 0, expected).ok());
    for (const char* name : {"level-1.bin", "level-2.bin", "tail.bin", "sparse.bin"}) fs::remove(folder() / name);
    const CurveReader reader = open_reader(folder());
    EXPECT_EQ(reader.last_step(), kSteps / 256 * 256);
    std::vector<Extent> found(static_cast<std::size_t>(reader.blocks(2)));
    ASSERT_TRUE(reader.extents(0, 2, 0, found).ok());
    for (std::size_t b = 0; b < found.size(); ++b) {
        EXPECT_EQ(found[b].high, expected[b].high);
        EXPECT_EQ(found[b].points, expected[b].points);
    }
    EXPECT_TRUE(reader.sparse(Metric::ValLoss)->empty());
    fs::remove(folder() / "level-0.bin");
    EXPECT_NE(refused().what.find("level-0.bin is damaged"), std::string::npos);
}

TEST_F(CurveDamageTest, AFileThatShrankIsReadAnew)
{
    write();
    CurveReader reader = open_reader(folder());
    fs::resize_file(folder() / "level-0.bin", curve::segment_bytes(3));
    std::vector<double> values(kSteps);
    const Status shrunk = reader.values(0, 1, values);
    ASSERT_FALSE(shrunk.ok());
    EXPECT_FALSE(shrunk.error().hint.empty());
    ASSERT_TRUE(reader.refresh().value());
    EXPECT_EQ(reader.generation(), 2U);
    EXPECT_EQ(reader.last_step(), 256);
    expect_rows(reader);
}

TEST_F(CurveDamageTest, AResumedRunIsAnotherGenerationEvenWhereItIsLongerThanBefore)
{
    write();
    CurveReader reader = open_reader(folder());
    auto writer = CurveWriter::resume(folder(), 900).take();
    EXPECT_TRUE(reader.refresh().value());
    EXPECT_EQ(reader.generation(), 2U);
    EXPECT_EQ(reader.last_step(), 900);
    EXPECT_FALSE(reader.refresh().value());
    // Steps that are trained again have other times.
    CurveReader late = open_reader(folder());
    append_rows(writer, 901, 1000);
    ASSERT_TRUE(late.refresh().value());
    EXPECT_EQ(late.generation(), 1U) << "it only grew";
    auto again = CurveWriter::resume(folder(), 950).take();
    for (std::int64_t step = 951; step <= 1500; ++step)
        ASSERT_TRUE(again.append(step, std::vector<double>(3, 1.0)).ok());
    ASSERT_TRUE(again.append(Sample{Metric::ValLoss, 1000, 1000}).ok());
    ASSERT_TRUE(again.commit().ok());
    EXPECT_TRUE(late.refresh().value());
    EXPECT_EQ(late.generation(), 2U);
    EXPECT_EQ(late.last_step(), 1500);
}

TEST_F(CurveDamageTest, CurvesMadeAnewWithOtherColumnsAreAnotherGeneration)
{
    write();
    CurveReader reader = open_reader(folder());
    CurveWriter writer = new_curves(folder(), 4);
    append_rows(writer, 1, kSteps);
    EXPECT_TRUE(reader.refresh().value());
    EXPECT_EQ(reader.generation(), 2U);
    ASSERT_EQ(reader.columns().size(), 4U);
    expect_rows(reader);
}

TEST_F(CurveDamageTest, ALayoutThatIsMissingHalfWrittenOrOfANewerFormatIsRefusedInWords)
{
    write();
    const std::string whole = slurp(folder() / "columns.json");
    for (const std::string& text : {whole.substr(0, whole.size() / 2), std::string(), std::string("{}"),
                                    std::string(R"({"format":1,"first_step":0,"columns":["loss"],"sparse":[]})"),
                                    std::string(R"({"format":1,"first_step":1,"columns":[],"sparse":[]})"),
                                    std::string(R"({"format":1,"first_step":1,"columns":[7],"sparse":[]})"),
                                    std::string(R"({"format":1,"first_step":1e300,"columns":["loss"],"sparse":[]})")}) {
        m_temp.rewrite("curves/columns.json", text);
        EXPECT_NE(refused().what.find("columns.json is damaged"), std::string::npos) << text;
        EXPECT_NE(refused().hint.find("metrics.sqlite"), std::string::npos);
        EXPECT_FALSE(CurveWriter::resume(folder(), 10).ok());
    }
    m_temp.rewrite("curves/columns.json", R"({"format":2,"anything":"else"})");
    EXPECT_NE(refused().what.find("newer version of Triptych (format 2, this one knows 1)"), std::string::npos);
    fs::remove(folder() / "columns.json");
    EXPECT_NE(refused().what.find("there are no curves"), std::string::npos);
    EXPECT_FALSE(CurveReader::open(m_temp / "nothing").ok());
}

TEST_F(CurveDamageTest, AReaderKeepsWhatItHadWhileALookFails)
{
    write();
    CurveReader reader = open_reader(folder());
    fs::rename(folder() / "columns.json", folder() / "away");
    EXPECT_FALSE(reader.refresh().ok());
    EXPECT_EQ(reader.last_step(), kSteps);
    expect_rows(reader);
    fs::rename(folder() / "away", folder() / "columns.json");
    EXPECT_FALSE(reader.refresh().value()) << "nothing is new";
    EXPECT_EQ(reader.generation(), 1U);
}

TEST_F(CurveDamageTest, MetricsOfALaterVersionAreLeftOutAndAreNoFailure)
{
    write();
    std::string layout = slurp(folder() / "columns.json");
    layout.replace(layout.find("step_seconds"), std::string("step_seconds").size(), "unheard_of");
    m_temp.rewrite("curves/columns.json", layout);
    const CurveReader reader = open_reader(folder());
    ASSERT_EQ(reader.columns().size(), 2U);
    std::vector<double> norms(kSteps);
    ASSERT_TRUE(reader.values(reader.column(Metric::GradNorm).value(), 1, norms).ok());
    EXPECT_TRUE(same_bits(norms[1600], curve_value(1601, 2)));
    EXPECT_FALSE(CurveWriter::resume(folder(), 10).ok()) << "it could not write the unknown column";
}

TEST_F(CurveDamageTest, AFullDiskLosesNothingOnceThereIsRoomAgain)
{
    {
        CurveWriter writer = new_curves(m_temp / "whole");
        append_rows(writer, 1, kSteps);
    }
    CurveWriter writer = new_curves(folder());
    append_rows(writer, 1, 300);
    {
        const FileSizeLimit limit(10'000);
        bool failed = false;
        for (std::int64_t step = 301; step <= 1650; ++step) {
            ASSERT_TRUE(writer.append(step, curve_row(step, 3)).ok());
            if (step % 100 == 0) {
                ASSERT_TRUE(writer.append(Sample{Metric::ValLoss, step, static_cast<double>(step)}).ok());
            }
            if (step % 700 == 0) {
                ASSERT_TRUE(writer.append(Sample{Metric::ValMaxVio, step, 0.5}).ok());
            }
            if (step % 13 == 0) failed = !writer.commit().ok() || failed;
        }
        EXPECT_TRUE(failed);
        EXPECT_GT(writer.waiting_bytes(), 10'000U);
        const CurveReader reader = open_reader(folder());
        EXPECT_LT(reader.last_step(), 1650);
        expect_rows(reader);
    }
    append_rows(writer, 1651, kSteps);
    EXPECT_EQ(writer.waiting_bytes(), 0U);
    expect_same_contents(folder(), m_temp / "whole");
}

TEST_F(CurveDamageTest, AKilledWriterLeavesAReadableFolderThatCanBeGoneOnWith)
{
    const auto work = [&](const std::function<void()>& ready) {
        auto writer = CurveWriter::create(folder(), curve_columns(3), 1);
        if (!writer) return;
        append_rows(*writer, 1, 2000, 50);
        ready();
        append_rows(*writer, 2001, 100'000'000, 3);
    };
    kill_amid(work, 100'000); // into the middle of what follows
    if (HasFatalFailure()) return;

    const CurveReader reader = open_reader(folder());
    EXPECT_GE(reader.last_step(), 2000);
    expect_rows(reader);
    EXPECT_TRUE(read_everything(reader));
    auto writer = CurveWriter::resume(folder(), 1900);
    ASSERT_TRUE(writer.ok()) << writer.error().what;
    append_rows(*writer, 1901, 2000);
    CurveWriter whole = new_curves(m_temp / "whole");
    append_rows(whole, 1, 2000);
    expect_same_contents(folder(), m_temp / "whole");
}

TEST_F(CurveDamageTest, DamagedFilesAreRefusedOrReadAndNeverAnswerWrongValues)
{
    write();
    const auto whole = contents_of(folder());
    int opened = 0;
    int refusals = 0;
    for (std::uint64_t round = 0; round < 1200; ++round) {
        auto file = whole.begin();
        std::advance(file, static_cast<std::ptrdiff_t>(round % whole.size()));
        m_temp.rewrite("curves/" + file->first, mutated(file->second, 4, round));
        auto reader = CurveReader::open(folder());
        if (!reader) {
            ++refusals;
            EXPECT_FALSE(reader.error().hint.empty()) << reader.error().what;
        } else {
            ++opened;
            EXPECT_LT(reader->last_step() - reader->first_step(), 2 * kSteps);
            if (read_everything(*reader) && file->first != "columns.json") expect_rows(*reader);
            (void)reader->refresh();
        }
        auto writer = CurveWriter::resume(folder(), 800);
        if (writer) {
            (void)writer->append(writer->last_step() + 1, std::vector<double>(writer->columns().size()));
            EXPECT_TRUE(writer->commit().ok());
        } else {
            EXPECT_FALSE(writer.error().hint.empty()) << writer.error().what;
        }
        for (const auto& [name, bytes] : whole) m_temp.rewrite("curves/" + name, bytes);
        if (HasFailure()) FAIL() << file->first << ", round " << round;
    }
    EXPECT_GT(opened, 700);
    EXPECT_GT(refusals, 50);
}

} // namespace
} // namespace triptych::test
