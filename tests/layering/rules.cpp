// The table of rules, and the few ways to look for a violation.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/layering/rules.h"

#include <algorithm>

namespace triptych::test {
namespace {

constexpr std::size_t kMaxLines = 600;
const std::string kLicence = "// SPDX-License-Identifier: GPL-3.0-or-later";
const std::string kOpening = "// A file.\n" + kLicence + "\n";

bool matches(const std::string& text, const std::string& pattern)
{
    return !pattern.empty() && std::regex_search(text, std::regex(pattern));
}

Finder includes_of(const std::string& pattern)
{
    return [forbidden = std::regex(pattern)](const SourceFile& source) {
        std::vector<std::size_t> found;
        for (const Include& include : source.includes)
            if (std::regex_search(include.target, forbidden)) found.push_back(include.line);
        return found;
    };
}

/// Quoted includes that do not start at the root. A .moc file is made beside its source.
std::vector<std::size_t> includes_not_from_root(const SourceFile& source)
{
    static const std::regex allowed(R"(^(app|core|kernels|tests|ui)/|\.moc$)");
    std::vector<std::size_t> found;
    for (const Include& include : source.includes)
        if (include.quoted && !std::regex_search(include.target, allowed)) found.push_back(include.line);
    return found;
}

Finder lines_with(std::vector<std::string> SourceFile::*view, const std::string& pattern)
{
    return [view, forbidden = std::regex(pattern, std::regex::optimize)](const SourceFile& source) {
        std::vector<std::size_t> found;
        for (std::size_t i = 0; i < (source.*view).size(); ++i)
            if (std::regex_search((source.*view)[i], forbidden)) found.push_back(i + 1);
        return found;
    };
}
Finder code_with(const std::string& pattern)
{
    return lines_with(&SourceFile::code, pattern);
}
Finder text_with(const std::string& pattern)
{
    return lines_with(&SourceFile::lines, pattern);
}

std::vector<std::size_t> too_long(const SourceFile& source)
{
    return source.lines.size() > kMaxLines ? std::vector<std::size_t>{kMaxLines + 1} : std::vector<std::size_t>{};
}

/// The opening comment: a sentence on what the file is, then the licence on a line of its own.
std::vector<std::size_t> no_opening(const SourceFile& source)
{
    std::size_t line = 0;
    while (line < source.lines.size() && source.lines[line].rfind("// ", 0) == 0 && source.lines[line] != kLicence)
        ++line;
    if (line > 0 && line < source.lines.size() && source.lines[line] == kLicence) return {};
    return {std::max<std::size_t>(1, std::min(line + 1, source.lines.size()))};
}

std::vector<std::size_t> no_pragma_once(const SourceFile& source)
{
    const bool there = std::find(source.code.begin(), source.code.end(), "#pragma once") != source.code.end();
    return there ? std::vector<std::size_t>{} : std::vector<std::size_t>{1};
}

const std::string kHeaders = R"(\.(h|cuh)$)";
const std::string kQtHeaders = R"(^(Q[A-Z][A-Za-z0-9]*(/.*)?|Qt[A-Z0-9]?[A-Za-z0-9]*/.*|q[a-z0-9]+\.h)$)";
const std::string kCudaHeaders =
    R"(^(cuda|cublas|cudnn|curand|cusparse|nccl|nvml|nvtx|nvrtc|mma\.h|cooperative_groups|cub/|thrust/))";

std::vector<Rule> dependency_rules()
{
    return {
        {"kernels stand at the bottom",
         "^kernels/",
         "",
         includes_of("^(core|ui|app|tests)/"),
         "app -> ui -> core -> kernels: an arrow may be skipped, never reversed",
         {"kernels/cpu/a.cpp", "#include \"core/util/result.h\""},
         {"kernels/cpu/a.cpp", "#include \"kernels/base/view.h\""}},
        {"core knows no interface",
         "^core/",
         "",
         includes_of("^(ui|app|tests)/"),
         "app -> ui -> core -> kernels: an arrow may be skipped, never reversed",
         {"core/model/a.h", "#include \"ui/theme/theme.h\""},
         {"core/model/a.h", "#include \"kernels/base/view.h\""}},
        {"ui knows no program",
         "^ui/",
         "",
         includes_of("^(app|tests)/"),
         "app -> ui -> core -> kernels: an arrow may be skipped, never reversed",
         {"ui/panels/a.cpp", "#include \"app/commands/a.h\""},
         {"ui/panels/a.cpp", "#include \"core/run/metric.h\""}},
        {"app is not made of tests",
         "^app/",
         "",
         includes_of("^tests/"),
         "what is shipped must not need the tests",
         {"app/a.cpp", "#include \"tests/support/a.h\""},
         {"app/a.cpp", "#include \"ui/main_window.h\""}},
        {"ui sees values, not tensors",
         "^ui/",
         "",
         includes_of("^kernels/"),
         "what the window shows comes from core/ as values, so that it never waits for a device",
         {"ui/plots/a.cpp", "#include \"kernels/base/view.h\""},
         {"ui/plots/a.cpp", "#include \"core/session/frame.h\""}},
        {"kernels are used through their ops",
         "^(core|app)/",
         "",
         includes_of("^kernels/(cpu|cuda)/"),
         "run(stream, op) checks the arguments, picks the backend and tells the observer; nothing goes around it",
         {"core/train/a.cpp", "#include \"kernels/cpu/gemm.h\""},
         {"core/train/a.cpp", "#include \"kernels/ops/linear.h\""}},
        {"ops are declared without a backend",
         "^kernels/(base|ops)/",
         "",
         includes_of("^kernels/(cpu|cuda)/"),
         "a declaration that needs one backend could not be shared by all",
         {"kernels/ops/a.h", "#include \"kernels/cpu/simd.h\""},
         {"kernels/ops/a.h", "#include \"kernels/base/run.h\""}},
        {"Qt stays in the interface",
         "",
         "^(ui|app|tests/ui|tests/app|tests/bench|tests/support)/",
         includes_of(kQtHeaders),
         "the core must run, and be tested, where there is no Qt and no display",
         {"core/run/a.h", "#include <QString>"},
         {"ui/models/a.h", "#include <QString>"}},
        {"CUDA stays in its backend",
         "",
         "^(kernels/cuda|tests/cuda_emulation)/",
         includes_of(kCudaHeaders),
         "everything else must compile without the CUDA toolkit",
         {"kernels/base/a.cpp", "#include <cuda_runtime.h>"},
         {"kernels/cuda/gpu.h", "#include <cuda_runtime.h>"}},
        {"the plot library stays in one folder",
         "",
         "^ui/plots/",
         includes_of("qcustomplot"),
         "ui/plots/ is what has to be rewritten when the plot library changes, and nothing else",
         {"ui/panels/a.cpp", "#include <qcustomplot.h>"},
         {"ui/plots/a.cpp", "#include <qcustomplot.h>"}},
        {"JSON stays out of headers",
         kHeaders,
         "",
         includes_of("^nlohmann/"),
         "nlohmann/json.hpp is slow to compile; headers speak in our own types",
         {"core/config/a.h", "#include <nlohmann/json.hpp>"},
         {"core/config/a.cpp", "#include <nlohmann/json.hpp>"}},
        {"includes start at the root",
         "",
         "",
         includes_not_from_root,
         "one name for each file, whoever includes it",
         {"core/model/a.cpp", "#include \"block.h\""},
         {"ui/panels/a.cpp", "#include \"ui/panels/b.h\"\n#include \"a.moc\""}},
    };
}

std::vector<Rule> behaviour_rules()
{
    return {
        {"core and kernels include no console",
         "^(core|kernels)/",
         "",
         includes_of("^(iostream|print)$"),
         "core and kernels return values; only app/ and ui/ speak to people",
         {"core/run/a.cpp", "#include <iostream>"},
         {"core/run/a.cpp", "#include <ostream>"}},
        {"core and kernels print nothing",
         "^(core|kernels)/",
         "",
         code_with(
             R"((^|[^\w.>])(v?f?printf|f?puts|f?putc|putchar|perror)\s*\(|\bstd::(cout|cerr|clog)\b|\b(stdout|stderr)\b|fmt::print|spdlog::(trace|debug|info|warn|error|critical)\s*\()"),
         "core and kernels return values; only app/ and ui/ speak to people",
         {"kernels/cpu/a.cpp", "    printf(\"%d\", i);"},
         {"kernels/cpu/a.cpp", "    std::snprintf(text, size, \"%d\", i); // printf(i)"}},
        {"core and kernels end no process",
         "^(core|kernels)/",
         "",
         code_with(R"((^|[^\w.>])(exit|_exit|_Exit|quick_exit|abort|terminate)\s*\()"),
         "an error is a Result or an exception; the program decides what becomes of it",
         {"core/run/a.cpp", "    std::exit(1);"},
         {"core/run/a.cpp", "    on_exit(); machine.exit();"}},
        {"headers open no namespace",
         kHeaders,
         "",
         code_with(R"(\busing\s+namespace\b)"),
         "it would open the namespace in every file that includes the header",
         {"core/model/a.h", "using namespace std;"},
         {"core/model/a.h", "using Shape = std::array<int, 2>; // using namespace"}},
    };
}

std::vector<Rule> file_rules()
{
    return {
        {"a file says what it is",
         "",
         "",
         no_opening,
         "a file starts with a comment on what it is, then \"" + kLicence + "\" on a line of its own",
         {"core/a.h", kLicence + "\n#pragma once\n"},
         {"core/a.h", "// A file\n// of two lines.\n" + kLicence + "\n#pragma once\n"}},
        {"a header is read once",
         kHeaders,
         R"(-inl\.h$)", // read once for each kind of vector
         no_pragma_once,
         "a header needs #pragma once",
         {"core/a.h", kOpening + "// #pragma once\n"},
         {"core/a.h", kOpening + "#pragma once\n"}},
        {"a file stays readable",
         "",
         "",
         too_long,
         "a file has at most 600 lines: split it by ideas",
         {"core/a.cpp", std::string(kMaxLines + 1, '\n')},
         {"core/a.cpp", std::string(kMaxLines, '\n')}},
        // Spelt in two pieces, so that this file does not break its own rule.
        {"nothing is left for later",
         "",
         "",
         text_with("\\b(TO"
                   "DO|FIX"
                   "ME|XX"
                   "X)\\b"),
         "do it now, or write an issue: a reader cannot act on such a note",
         {"core/a.cpp", "// TO"
                        "DO: the rest"},
         {"core/a.cpp", "mkstemp(\"file.XXXXXX\");"}},
    };
}

} // namespace

const std::vector<Rule>& rules()
{
    static const std::vector<Rule> table = [] {
        std::vector<Rule> all = dependency_rules();
        for (auto make : {behaviour_rules, file_rules})
            for (Rule& rule : make()) all.push_back(std::move(rule));
        return all;
    }();
    return table;
}

std::vector<std::string> violations(const Rule& rule, const SourceFile& source)
{
    std::vector<std::string> found;
    if (!rule.files.empty() && !matches(source.path, rule.files)) return found;
    if (matches(source.path, rule.except)) return found;
    for (const std::size_t line : rule.find(source)) {
        const std::string text = line <= source.lines.size() ? source.lines[line - 1] : "";
        found.push_back(source.path + ":" + std::to_string(line) + ": " + text + "\n    " + rule.why);
    }
    return found;
}

} // namespace triptych::test
