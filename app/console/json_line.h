// One line of JSON on stdout, for scripts.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/console/console.h"

#include <string>

namespace triptych {

/// Ends with a newline; text that is no UTF-8 is mended. Json: one of nlohmann's types, whose header is for the caller
/// to include.
template <class Json>
std::string json_line(const Json& json)
{
    return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

template <class Json>
void print_json(const Json& json)
{
    print(json_line(json));
}

} // namespace triptych
