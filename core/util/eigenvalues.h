// Eigenvalues of small symmetric matrices, for those who need no vectors.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

namespace triptych {

/// All n of them, in no order. matrix: [n, n], symmetric; only what lies on and below the diagonal is read. Takes about
/// 4/3 n^3 multiply-adds. Not-a-number throughout where the matrix has a number that is not finite.
std::vector<double> symmetric_eigenvalues(std::vector<double> matrix, std::size_t n);

} // namespace triptych
