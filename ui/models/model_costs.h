// What models are said to have cost, each under all lenses that a preset has for it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifndef Q_MOC_RUN // moc 6.4 stumbles over headers of the standard library that these include
#include "core/cost/cost_preset.h"
#include "core/cost/ledger.h"
#endif

#include <string>
#include <vector>

namespace triptych {

/// What a lens counts, roughly: for its sign in a picture.
enum class LensFamily : std::uint8_t {
    Rent = 1, ///< hours at a rental price
    Own,      ///< the run's share of owned hardware, electricity
    Purchase, ///< hardware as if bought for the run
    Wider,    ///< experiments, people, a fleet
    Claim,    ///< said in public, by whatever lens
};
inline constexpr int kLensFamilies = 5;

/// One figure of a model.
struct ModelCost {
    LensFamily family = LensFamily::Own;
    std::string preset;
    Ledger ledger;                            ///< with its band
    PriceBasis basis = PriceBasis::Published; ///< of the weakest input: claimed, where one is
    std::string source;
    std::string date;
    bool pressClaim = false; ///< a claim of the press, no data
};

struct ModelCosts {
    std::string model;
    std::vector<ModelCost> costs; ///< by rising amount
    double spread() const;        ///< the largest over the smallest; 1 for a single one
};

/// In the order of the program's list; presets that cannot be read are left out and named in `missing`.
std::vector<ModelCosts> modelCosts(std::vector<std::string>& missing);

} // namespace triptych
