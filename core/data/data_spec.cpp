// What a user writes after --data: a file, a folder, or a built-in text, with a share of the mixture if he likes.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/data_spec.h"

#include <charconv>
#include <cmath>
#include <filesystem>
#include <string_view>

namespace triptych {

Result<DataSpec> DataSpec::parse(const std::string& text)
{
    constexpr std::string_view kBuiltin = "builtin:";
    DataSpec spec;
    spec.text = text;
    spec.name = text;
    std::error_code ignored;
    const auto at = text.rfind('@');
    if (at != std::string::npos && !std::filesystem::exists(text, ignored)) {
        const std::string number = text.substr(at + 1);
        double weight = 0;
        const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), weight);
        const bool is_number = error == std::errc() && end == number.data() + number.size();
        if (is_number && !(std::isfinite(weight) && weight > 0)) {
            return Error{"data " + text + ": the weight is " + number + ", a positive number is needed",
                         "Write for example builtin:code@2 for two shares, or leave the data out."};
        }
        if (is_number) {
            spec.weight = weight;
            spec.name = text.substr(0, at);
        }
    }
    if (spec.name.starts_with(kBuiltin)) {
        spec.builtin = true;
        spec.name = spec.name.substr(kBuiltin.size());
    }
    if (spec.name.empty())
        return Error{"data \"" + text + "\" names nothing", "Give a text file, a folder, or builtin:mixed."};
    return spec;
}

} // namespace triptych
