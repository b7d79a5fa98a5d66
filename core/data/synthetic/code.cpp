// Code: small functions in the manner of Python and C, with names that fit together and calls whose result is right.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/synthetic/pattern.h"
#include "core/data/synthetic/writers.h"

#include <array>
#include <map>
#include <stdexcept>

namespace triptych::synthetic {

namespace {

constexpr std::array kVerbs = {"get",   "add",     "count",  "find",  "update", "compute", "read",
                               "load",  "merge",   "filter", "sort",  "check",  "parse",   "build",
                               "print", "collect", "scale",  "reset", "select", "store"};
constexpr std::array kNouns = {"item",  "user",  "price", "line",   "word",   "node", "point",
                               "value", "score", "token", "order",  "record", "edge", "pixel",
                               "event", "page",  "color", "number", "weight", "task"};
constexpr std::array kTotals = {"total", "result", "sum", "best", "count", "answer", "output", "acc"};
constexpr std::array kFields = {"name", "size", "price", "age", "width", "height", "id", "level", "state", "rank"};
constexpr std::array kClasses = {"Stack",  "Queue", "Counter", "Buffer", "Account", "Timer",
                                 "Matrix", "Graph", "Cache",   "Parser", "Logger",  "Robot"};

// {f}: function, {x}: one of {xs}, {t}: what is computed, {a} {b}: numbers or parameters; {sum} and the like: right
// results.
constexpr std::array kPython = {
    "def {f}({xs}):\n    {t} = 0\n    for {x} in {xs}:\n        {t} += {x}\n    return {t}\n",
    "def {f}({xs}):\n    {t} = []\n    for {x} in {xs}:\n        if {x} > {n}:\n            {t}.append({x})\n    "
    "return {t}\n",
    "def {f}({x}):\n    if {x} < {n}:\n        return {m}\n    return {x} + {k}\n",
    "def {f}({x}, {field}):\n    {t} = {x} * {field}\n    return {t}\n\nprint({f}({a}, {b}))  # {product}\n",
    "def {f}({x}, {field}):\n    {t} = {x} + {field}\n    return {t}\n\nprint({f}({a}, {b}))  # {sum}\n",
    "class {C}:\n    def __init__(self):\n        self.{xs} = []\n\n    def {f}(self, {x}):\n        "
    "self.{xs}.append({x})\n",
    "class {C}:\n    def __init__(self, {field}):\n        self.{field} = {field}\n\n    def {f}(self):\n        "
    "return self.{field}\n",
    "def {f}({xs}):\n    return [{x} * {k} for {x} in {xs} if {x} != {n}]\n",
    "def {f}({xs}):\n    {t} = {xs}[0]\n    for {x} in {xs}:\n        if {x} > {t}:\n            {t} = {x}\n    return "
    "{t}\n",
    "while {t} < {n}:\n    {t} = {t} + {k}\nprint({t})\n",
    "{xs} = [{a}, {b}, {k}]\nfor {x} in {xs}:\n    print({x})\n",
    "for i in range({n}):\n    if i % {k} == 0:\n        print(i)\n",
    "with open(\"{xs}.txt\") as file:\n    for {x} in file:\n        {f}({x}.strip())\n",
    "assert {a} + {b} == {sum}\nassert {a} * {b} == {product}\n"};
constexpr std::array kC = {
    "int {f}(int {x}, int {field}) {{\n    int {t} = {x} * {field};\n    return {t} + {k};\n}}\n",
    "int {f}(const int *{xs}, int n) {{\n    int {t} = 0;\n    for (int i = 0; i < n; i++) {{\n        {t} += "
    "{xs}[i];\n    }}\n    return {t};\n}}\n",
    "int {f}(int {x}) {{\n    if ({x} < {n}) {{\n        return {m};\n    }}\n    return {x};\n}}\n",
    "struct {x} {{\n    int {field};\n    struct {x} *next;\n}};\n",
    "void {f}(struct {x} *{t}) {{\n    while ({t} != NULL) {{\n        printf(\"%d\\n\", {t}->{field});\n        {t} = "
    "{t}->next;\n    }}\n}}\n",
    "int {t} = {f}({a}, {b});\nif ({t} == {n}) {{\n    printf(\"%d\\n\", {t});\n}}\n",
    "int main(void) {{\n    int {x} = {a} + {b}; /* {sum} */\n    printf(\"%d\\n\", {x});\n    return 0;\n}}\n"};

/// One snippet: a gap that comes again gets what it got the first time.
class Snippet {
public:
    explicit Snippet(TextRng& rng) : m_rng(rng) {}

    std::string write(std::string_view pattern)
    {
        return expand(pattern, [this](std::string_view gap) {
            const auto known = m_filled.find(std::string(gap));
            if (known != m_filled.end()) return known->second;
            const std::string text = fill(gap);
            m_filled[std::string(gap)] = text;
            return text;
        });
    }

private:
    std::string fill(std::string_view gap)
    {
        if (gap == "x") return noun();
        if (gap == "xs") return noun() + "s";
        if (gap == "f") {
            std::string name = m_rng.word(kVerbs);
            name += "_";
            name += noun();
            if (m_rng.chance(30)) name += "s";
            return name;
        }
        if (gap == "t") return m_rng.word(kTotals);
        if (gap == "field") return m_rng.word(kFields);
        if (gap == "c") return m_rng.word(kClasses);
        if (gap == "a" || gap == "b") return number(gap, 1, 60);
        if (gap == "n" || gap == "m") return number(gap, 0, 100);
        if (gap == "k") return number(gap, 2, 12);
        if (gap == "sum") return std::to_string(m_numbers["a"] + m_numbers["b"]);
        if (gap == "product") return std::to_string(m_numbers["a"] * m_numbers["b"]);
        throw std::logic_error("code: no gap named " + std::string(gap));
    }

    std::string noun()
    {
        if (m_noun.empty()) m_noun = m_rng.word(kNouns);
        return m_noun;
    }

    std::string number(std::string_view gap, int low, int high)
    {
        const int value = m_rng.between(low, high);
        m_numbers[std::string(gap)] = value;
        return std::to_string(value);
    }

    TextRng& m_rng;
    std::string m_noun;
    std::map<std::string, std::string> m_filled;
    std::map<std::string, int> m_numbers;
};

} // namespace

std::string write_code(TextRng& rng)
{
    const bool python = rng.chance(60);
    return assemble(rng, "\n", [&] {
        const std::string_view pattern = python ? rng.pick(kPython) : rng.pick(kC);
        return Snippet(rng).write(pattern);
    });
}

} // namespace triptych::synthetic
