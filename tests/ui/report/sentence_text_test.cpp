// Sentences of the core in the language of a report.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/report_reader.h"
#include "core/session/event_text.h"
#include "core/util/io_error.h"
#include "tests/support/language_scope.h"
#include "tests/support/run_folders.h"
#include "ui/export/card_export.h"
#include "ui/report/sentence_text.h"

#include <gtest/gtest.h>

#include <cerrno>

namespace triptych::test {
namespace {

std::string german(const std::string& english)
{
    const LanguageScope scope(LanguageChoice::German);
    return sentenceText(english).toStdString();
}

TEST(SentenceText, HasEveryConditionOfACommandInGerman)
{
    const TempFolder temp;
    Manifest manifest = made_up_manifest();
    manifest.model_name = "gone/config.json";
    manifest.data = {{"my book.txt", "0123456789abcdef", 10, 1}};
    make_run(temp / "gone", 10, manifest);
    ForkOrigin origin;
    origin.run = "runs/first";
    origin.step = 20;
    manifest.forked_from = origin;
    make_run(temp / "fork", 10, manifest);
    std::size_t seen = 0;
    for (const char* name : {"gone", "fork"})
        for (const std::string& condition : read_run_report(temp / name).take().command.conditions) {
            EXPECT_NE(german(condition), condition);
            ++seen;
        }
    EXPECT_GE(seen, 8U);
}

TEST(SentenceText, PutsNumbersInTheirPlacesAsTheLanguageWritesThem)
{
    event::Validation validation;
    validation.step = 100;
    validation.loss = 2.4604;
    validation.bits_per_byte = 3.55;
    validation.max_vio = 0.81;
    const std::string message = to_text(validation).message;
    const std::string said = german(message.substr(message.find(": ") + 2));
    for (const char* number : {"2,4604", "3,550", "0,81"}) EXPECT_NE(said.find(number), std::string::npos) << said;
    const std::string command = german("The program is version 0.1.0 (087a455), with 2 threads in bf16.");
    EXPECT_NE(command.find("0.1.0 (087a455)"), std::string::npos) << command;
}

TEST(SentenceText, LeavesOtherSentencesAndEnglishAsTheyAre)
{
    EXPECT_EQ(german("step 51: the busiest experts get 4.7 times their share"),
              "step 51: the busiest experts get 4.7 times their share");
    const LanguageScope scope(LanguageChoice::English);
    for (const char* text :
         {"saved checkpoints/step-000100", "saved %2 of %1", "",
          "The run had no planned end: stop it at step 17 by Ctrl-C, and give it more minutes on a slower machine."})
        EXPECT_EQ(sentenceText(text).toStdString(), text);
}

TEST(SentenceText, HasWhyAFileCannotBeWrittenInGerman)
{
    for (const int code : {ENOSPC, EACCES, EROFS}) {
        const Error error = io_error("write", "/a/b.pdf", code);
        EXPECT_NE(german(error.what), error.what);
        EXPECT_NE(german(error.what).find("/a/b.pdf"), std::string::npos);
        EXPECT_NE(german(error.hint), error.hint);
    }
    const TempFolder temp;
    for (const std::string& file : {std::string("/dev/null"), (temp / "missing" / "a.pdf").string()}) {
        const Status written = writeFile(QString::fromStdString(file), "a");
        ASSERT_FALSE(written.ok());
        EXPECT_NE(german(written.error().what), written.error().what);
        EXPECT_NE(german(written.error().hint), written.error().hint);
    }
}

} // namespace
} // namespace triptych::test
