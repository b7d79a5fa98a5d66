// Texts of a form become a request, or say which field is at fault.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/preset.h"
#include "tests/support/language_scope.h"
#include "tests/support/qt_print.h"
#include "ui/models/plan_input.h"

#include <gtest/gtest.h>

namespace triptych::test {
namespace {

using enum PlanInputField;

PlanQuestion asked(std::initializer_list<std::pair<PlanInputField, const char*>> typed,
                   const ModelConfig* open = nullptr)
{
    PlanInput input;
    for (const auto& [field, text] : typed) input[field] = QString::fromUtf8(text);
    PlanPresets presets;
    return questionOf(input, open, presets);
}

TEST(PlanInput, AFreshFormAsksForDeepSeekV3OnItsCluster)
{
    const PlanQuestion question = asked({});
    ASSERT_TRUE(question.request.has_value()) << question.fault->what.toStdString();
    EXPECT_EQ(question.request->gpus, 2048);
    EXPECT_EQ(question.request->gpu.name, "h800");
    EXPECT_EQ(question.request->tokens, 14.8e12);
    EXPECT_EQ(question.request->batch, 15360);
    EXPECT_EQ(question.request->sequence_length, 4096);
    EXPECT_FALSE(question.request->pp || question.request->schedule || question.request->memory_limit);
}

TEST(PlanInput, WhatIsTypedComesIntoTheRequest)
{
    const PlanQuestion question = asked({{Pp, "16"},
                                         {Ep, "64"},
                                         {Dp, "128"},
                                         {MicroBatch, "1"},
                                         {Schedule, "dualpipe"},
                                         {Precision, "bf16"},
                                         {NodeLimit, "2"},
                                         {Memory, "64"},
                                         {Deadline, "60"},
                                         {Price, "0"},
                                         {SequenceLength, "2048"}});
    ASSERT_TRUE(question.request.has_value()) << question.fault->what.toStdString();
    const PlanRequest& r = *question.request;
    EXPECT_EQ(std::tuple(r.pp, r.ep, r.dp, r.micro_batch), std::tuple(16, 64, 128, 1));
    EXPECT_EQ(r.schedule, PipelineSchedule::DualPipe);
    EXPECT_EQ(r.format, TrainFormat::Bf16);
    EXPECT_EQ(r.model.topk_group, 2);
    EXPECT_EQ(r.memory_limit, 64e9);
    EXPECT_EQ(r.deadline_days, 60);
    EXPECT_EQ(r.usd_per_gpu_hour, 0);
    EXPECT_EQ(r.sequence_length, 2048);
}

struct Wrong {
    PlanInputField field;
    const char* text;
    const char* what;
    const char* hint;
};

TEST(PlanInput, WhatCannotBeIsRefusedAtItsField)
{
    const LanguageScope english(LanguageChoice::English);
    const Wrong cases[] = {
        {Model, "no-such-model", "no-such-model", ""},
        {Model, "", "no run is open", "Choose a preset"},
        {GpuPreset, "h9000", "h9000", ""},
        {Gpus, "0", "the number of GPUs is 0, expected 1 to 1000000", "1 to 1000000"},
        {Gpus, "1000000000", "the number of GPUs is 1000000000", "1 to 1000000"},
        {Gpus, "1e30", "“1e30” is no whole number", "whole number"},
        {Gpus, "", "nothing is typed here", "Type a number"},
        {Gpus, "12.5", "“12.5” is no whole number", "whole number"},
        {Gpus, "some", "“some” is no number", "2048"},
        {Pp, "62", "PP 62 cuts a model of 61 layers", "Choose PP 61 or less"},
        {Pp, "7", "2048 GPUs cannot form pipelines of PP 7", "Choose a PP that divides 2048"},
        {Pp, "-1", "PP is -1, expected 1", "from 1"},
        {Ep, "96", "EP 96 does not divide the 256 routed experts", "Choose an EP that divides 256"},
        {Dp, "100", "2048 GPUs cannot form 100 equal pipelines", "divides 2048"},
        {MicroBatch, "0", "the micro-batch is 0", "from 1"},
        {Tokens, "-5", "the number of tokens is -5", "positive"},
        {Tokens, "", "nothing is typed here", "number"},
        {SequenceLength, "1", "the sequence length is 1, but the model has 163840 positions", "from 2"},
        {Batch, "0", "the batch is 0", "from 1"},
        {NodeLimit, "0", "a limit of 0 groups, but this model has 8 groups of 32 experts", "1 to 8"},
        {NodeLimit, "9", "a limit of 9 groups", "1 to 8"},
        {Memory, "81", "the memory limit is 81.0 GB, but a GPU has 80.0 GB", "at most 80.0 GB"},
        {Memory, "-2", "the memory limit is -2.0 GB", "more than 0"},
        {Deadline, "0", "the deadline is 0, expected more than 0", "positive"},
        {Price, "-0.5", "the price is -0.5, expected 0 or more", "USD per GPU-hour"},
    };
    for (const Wrong& wrong : cases) {
        const PlanQuestion question = asked({{wrong.field, wrong.text}});
        EXPECT_FALSE(question.request.has_value()) << wrong.what;
        ASSERT_TRUE(question.fault.has_value()) << wrong.what;
        EXPECT_EQ(static_cast<int>(question.fault->field), static_cast<int>(wrong.field)) << wrong.what;
        EXPECT_TRUE(question.fault->what.contains(wrong.what)) << question.fault->what.toStdString();
        EXPECT_TRUE(question.fault->hint.contains(wrong.hint)) << question.fault->hint.toStdString();
        EXPECT_FALSE(question.fault->hint.contains("--"))
            << "an option of the terminal: " << question.fault->hint.toStdString();
    }
}

TEST(PlanInput, TheOpenRunsModelIsPlannedIfItIsOne)
{
    const auto tiny = load_model_config("tiny");
    ASSERT_TRUE(tiny.ok());
    const PlanQuestion question = asked({{Model, ""}, {Gpus, "8"}}, &*tiny);
    ASSERT_TRUE(question.request.has_value()) << question.fault->what.toStdString();
    EXPECT_EQ(question.request->model.num_hidden_layers, tiny->num_hidden_layers);
    EXPECT_EQ(question.request->sequence_length, std::min<std::int64_t>(4096, tiny->max_position_embeddings));
    ModelConfig broken = *tiny;
    broken.num_attention_heads = 0;
    const PlanQuestion refused = asked({{Model, ""}}, &broken);
    ASSERT_TRUE(refused.fault.has_value());
    EXPECT_EQ(refused.fault->field, Model);
}

TEST(PlanInput, EveryPresetOfModelsAndGpusIsPlannedOrRefusedWithReason)
{
    for (const std::string& model : list_model_presets())
        for (const std::string& gpu : list_gpu_presets()) {
            const PlanQuestion question = asked({{Model, model.c_str()}, {GpuPreset, gpu.c_str()}});
            EXPECT_NE(question.request.has_value(), question.fault.has_value());
            if (!question.request) continue;
            const auto plan = plan_cluster(*question.request);
            EXPECT_TRUE(plan.ok() || !plan.error().hint.empty()) << model << " on " << gpu;
        }
}

TEST(PlanInput, ALayoutGoesIntoTheFieldsAndAllOfThemThroughAState)
{
    PlanInput input;
    input.take({.pp = 8, .ep = 32, .dp = 64, .micro_batch = 2, .schedule = PipelineSchedule::ZeroBubble});
    EXPECT_EQ(input[Gpus], "512");
    EXPECT_EQ(input[Pp] + input[Ep] + input[Dp] + input[MicroBatch] + input[Schedule], "832642zb1p");
    PlanInput again;
    again.takeMap(input.toMap());
    EXPECT_EQ(again, input);
    again.takeMap({{"gpus", 7}, {"pp", QVariantList{1}}, {"ep", QString(1000, 'x')}, {"unknown", "1"}});
    EXPECT_EQ(again, input) << "nonsense is ignored";
}

} // namespace
} // namespace triptych::test
