// What a user writes after --data: a file, a folder, or a built-in text, with a share of the mixture if he likes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/result.h"

#include <optional>
#include <string>

namespace triptych {

/// "novel.txt", "texts/", "builtin:mixed", and each of them with "@3": three shares of the mixture.
struct DataSpec {
    std::string text; ///< as it was written
    std::string name; ///< path, or what follows "builtin:"
    bool builtin = false;
    std::optional<double> weight; ///< nothing: by size, see TokenStream

    /// A path that exists wins over the reading as path@weight. Errors: empty, a weight that is no positive number.
    static Result<DataSpec> parse(const std::string& text);
};

} // namespace triptych
