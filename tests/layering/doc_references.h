// What a document refers to: links, paths of files, and functions or tests within them.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace triptych::test {

/// `core/model/norm.cpp:Norm::forward` in a document.
struct DocReference {
    std::size_t line = 0; ///< from 1
    std::string path;     ///< from the root, "core/model/norm.cpp"
    std::string name;     ///< "Norm::forward", or "Suite.Case" of a test; may be empty
};

/// Links [text](path), relative to the document, and code spans that begin with one of our folders or with "./".
/// Passed over: addresses, fenced blocks, and paths with NAME or * in them, which stand for many.
std::vector<DocReference> references_of(const std::string& document, const std::string& markdown);

/// The text of a file under the root; "" for a folder; nothing when it is not there.
using Lookup = std::function<std::optional<std::string>(const std::string& path)>;

/// What is wrong with a reference; empty when all is well. A name must be in its file as a whole word (the last part of
/// "A::b"), a test as TEST(Suite, Case) in any of its forms.
std::string broken(const DocReference& reference, const Lookup& lookup);

} // namespace triptych::test
