// Numbers for people: short, with a unit, the same in every locale.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace triptych {

/// "671B", "1.23M", "45.6k", "789": three digits.
std::string count_text(double count);
/// "7 s", "3:21", "1:02:03", "4 d 05:00".
std::string duration_text(double seconds);
/// "$0.0000042", "$0.013", "$12.40", "$5576000": two digits that count, never less than cents.
std::string usd_text(double usd);
/// "5,576,000.5" of "5576000.5", "$5,576,000" of "$5576000".
std::string grouped(std::string digits);

} // namespace triptych
