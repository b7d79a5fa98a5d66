// Checks JSON before it is used: syntax with the line of the first mistake, UTF-8, no key twice in an object.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/result.h"

#include <string>
#include <string_view>

namespace triptych {

/// Ok when text is one JSON object and nothing else. The error begins with name: "config.json: line 3, column 7: ...".
Status check_json_object(std::string_view text, const std::string& name);

} // namespace triptych
