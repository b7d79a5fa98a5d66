// The fingerprint of the mathematics: a tiny training in f64 on one thread, the same on every CPU.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace triptych {

struct Signature {
    std::string hash;           ///< 8 hexadecimal digits: XXH64 of the losses, each written with six decimals
    std::vector<double> losses; ///< what is minimised, step by step
};

/// Twenty steps over built-in text, with every part of the architecture that has gradients: query compression, groups
/// of experts, a shared one, MTP, balance loss, bias update. Changes when the mathematics does, and with nothing else.
/// About a second.
Signature training_signature();

} // namespace triptych
