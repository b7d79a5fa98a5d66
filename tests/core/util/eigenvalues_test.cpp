// Eigenvalues of matrices whose eigenvalues are known.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/eigenvalues.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <random>

namespace triptych::test {
namespace {

std::vector<double> sorted(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values;
}

TEST(SymmetricEigenvalues, OfADiagonalMatrixAreItsDiagonal)
{
    EXPECT_TRUE(symmetric_eigenvalues({}, 0).empty());
    EXPECT_EQ(symmetric_eigenvalues({7}, 1), std::vector<double>{7});
    EXPECT_EQ(sorted(symmetric_eigenvalues({3, 9, 9, 0, -1, 9, 0, 0, 2}, 3)), (std::vector<double>{-1, 2, 3}))
        << "what lies above the diagonal is not read";
}

TEST(SymmetricEigenvalues, OfAChainOfNeighboursAreCosines)
{
    constexpr std::size_t n = 40;
    std::vector<double> matrix(n * n);
    for (std::size_t i = 1; i < n; ++i) matrix[i * n + i - 1] = matrix[(i - 1) * n + i] = 1;
    const auto values = sorted(symmetric_eigenvalues(matrix, n));
    for (std::size_t k = 1; k <= n; ++k)
        EXPECT_NEAR(values[n - k], 2 * std::cos(std::numbers::pi * static_cast<double>(k) / (n + 1)), 1e-12);
}

/// A matrix with these eigenvalues, turned by many reflections.
std::vector<double> turned(const std::vector<double>& values)
{
    const std::size_t n = values.size();
    std::mt19937 random(5);
    std::normal_distribution<double> normal;
    std::vector<double> matrix(n * n);
    for (std::size_t i = 0; i < n; ++i) matrix[i * n + i] = values[i];
    std::vector<double> v(n);
    for (int times = 0; times < 4; ++times) {
        double square = 0;
        for (double& x : v) {
            x = normal(random);
            square += x * x;
        }
        for (const bool rows : {true, false}) // H A, then (H A) H
            for (std::size_t i = 0; i < n; ++i) {
                const auto at = [&](std::size_t j) -> double& { return rows ? matrix[j * n + i] : matrix[i * n + j]; };
                double dot = 0;
                for (std::size_t j = 0; j < n; ++j) dot += v[j] * at(j);
                for (std::size_t j = 0; j < n; ++j) at(j) -= 2 * dot / square * v[j];
            }
    }
    return matrix;
}

TEST(SymmetricEigenvalues, OfATurnedMatrixAreThoseItWasMadeOfEvenWhereTheyAreEqualOrNothing)
{
    std::vector<double> values = {5, 5, 5, 1e-9, 0, 0, -2, 100};
    for (int i = 0; i < 60; ++i) values.push_back(0.01 * i);
    const auto found = sorted(symmetric_eigenvalues(turned(values), values.size()));
    values = sorted(values);
    for (std::size_t i = 0; i < values.size(); ++i) EXPECT_NEAR(found[i], values[i], 1e-11) << i;
}

TEST(SymmetricEigenvalues, OfAMatrixThatHasNoNumbersAreNone)
{
    for (const double broken : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()})
        for (const double value : symmetric_eigenvalues({1, 0, broken, 1}, 2)) EXPECT_TRUE(std::isnan(value));
}

} // namespace
} // namespace triptych::test
