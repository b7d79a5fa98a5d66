// A few words during training: they continue the prompt, repeat themselves, and disturb nothing.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/byte_tokenizer.h"
#include "core/session/sample_writer.h"
#include "tests/support/small_run.h"
#include "tests/support/token_source.h"

namespace triptych::test {
namespace {

struct Prepared {
    explicit Prepared(const std::vector<std::string>& more = {})
    {
        RunRequest request = small.request();
        request.settings.insert(request.settings.end(), more.begin(), more.end());
        setup = resolve_setup(request).take();
        source = std::make_unique<CountingSource>(264, 2, 32, 1);
        trainer = std::make_unique<Trainer>(setup.model, setup.train, *setup.router, setup.precision, *source, 0);
        trainer->initialize();
    }
    SmallRun small;
    RunSetup setup;
    std::unique_ptr<CountingSource> source;
    std::unique_ptr<Trainer> trainer;
    ByteTokenizer tokenizer;
};

TEST(SampleWriter, ContinuesThePromptAndRepeatsItselfAtTheSameStep)
{
    Prepared s;
    SampleWriter writer(s.setup, s.tokenizer);
    const std::string first = writer.write(*s.trainer, s.tokenizer.encode("Once upon")).text;
    EXPECT_TRUE(first.starts_with("Once upon")) << first;
    EXPECT_GT(first.size(), 9U);
    EXPECT_EQ(writer.write(*s.trainer, s.tokenizer.encode("Once upon")).text, first);
    SampleWriter another(s.setup, s.tokenizer);
    EXPECT_EQ(another.write(*s.trainer, s.tokenizer.encode("Once upon")).text, first);
    s.trainer->step();
    EXPECT_NE(writer.write(*s.trainer, s.tokenizer.encode("Once upon")).text, first) << "other weights, other dice";
}

TEST(SampleWriter, DisturbsNoTraining)
{
    Prepared a;
    Prepared b;
    SampleWriter writer(a.setup, a.tokenizer);
    for (int i = 0; i < 3; ++i) {
        writer.write(*a.trainer, a.tokenizer.encode("x"));
        EXPECT_EQ(a.trainer->step().loss, b.trainer->step().loss);
    }
}

TEST(SampleWriter, CutsAPromptThatLeavesNoRoomAndSaysNothingToAnEmptyOne)
{
    Prepared s({"max_position_embeddings=33"});
    SampleWriter writer(s.setup, s.tokenizer);
    EXPECT_EQ(writer.write(*s.trainer, {}).text, "");
    EXPECT_FALSE(writer.write(*s.trainer, s.tokenizer.encode(std::string(200, 'a'))).text.empty());
}

TEST(SampleWriter, WorksInDoublePrecisionToo)
{
    Prepared s({"precision=f64"});
    SampleWriter writer(s.setup, s.tokenizer);
    EXPECT_TRUE(writer.write(*s.trainer, s.tokenizer.encode("Hello")).text.starts_with("Hello"));
}

} // namespace
} // namespace triptych::test
