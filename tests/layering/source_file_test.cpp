// What counts as code and what does not.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/layering/source_file.h"

#include <gtest/gtest.h>

namespace triptych::test {
namespace {

std::string code_of(const std::string& line)
{
    return make_source("core/x.cpp", line + "\n").code.at(0);
}

TEST(SourceFile, CodeIsKeptAsItIs)
{
    EXPECT_EQ(code_of("int a = b / c;"), "int a = b / c;");
}

TEST(SourceFile, CommentsBecomeBlanks)
{
    EXPECT_EQ(code_of("a(); // b();"), "a();        ");
    EXPECT_EQ(code_of("a(/* b() */);"), "a(         );");
    EXPECT_EQ(make_source("x.cpp", "/* a\nb */ c").code, (std::vector<std::string>{"    ", "     c"}));
}

TEST(SourceFile, StringsAndCharactersBecomeBlanks)
{
    EXPECT_EQ(code_of(R"(f("// \" x", '"');)"), "f(         ,    );");
    EXPECT_EQ(code_of(R"(f("\\"); g();)"), "f(    ); g();");
    EXPECT_EQ(code_of("f(R\"~(\")\"~)~\"); g();"), "f(           ); g();");
}

TEST(SourceFile, ADigitSeparatorOpensNoCharacter)
{
    EXPECT_EQ(code_of("f(1'000, 2'000);"), "f(1'000, 2'000);");
}

TEST(SourceFile, IncludesAreFoundWithTheirLine)
{
    const SourceFile source = make_source("x.cpp", "// #include <a>\n#include <b>\n  # include \"c/d.h\" // e\n");
    ASSERT_EQ(source.includes.size(), 2U);
    EXPECT_EQ(source.includes[0].target, "b");
    EXPECT_EQ(source.includes[0].line, 2U);
    EXPECT_FALSE(source.includes[0].quoted);
    EXPECT_EQ(source.includes[1].target, "c/d.h");
    EXPECT_TRUE(source.includes[1].quoted);
}

TEST(SourceFile, AnIncludeWithinATextIsNone)
{
    EXPECT_TRUE(make_source("x.cpp", "f(R\"(\n#include <a>\n)\");\n").includes.empty());
}

} // namespace
} // namespace triptych::test
