// To a tridiagonal matrix by reflections, then to its eigenvalues by QL steps with shifts.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/eigenvalues.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace triptych {

namespace {

struct Tridiagonal {
    std::vector<double> diagonal; ///< [n]
    std::vector<double> beside;   ///< [n] beside[i] joins i - 1 and i; beside[0] is 0
};

/// One reflection a row, from the last: it leaves of the row what is beside the diagonal. With v = row - alpha e and
/// h = v.v / 2, the rest A becomes A - v w' - w v', where w = A v / h - (v.A v / 2 h^2) v.
Tridiagonal tridiagonal(std::vector<double>& a, std::size_t n)
{
    Tridiagonal result{std::vector<double>(n), std::vector<double>(n)};
    std::vector<double> w(n);
    for (std::size_t row = n; row-- > 1;) {
        double* v = &a[row * n];
        const double norm = std::sqrt(std::inner_product(v, v + row, v, 0.0));
        result.diagonal[row] = v[row];
        if (norm == 0) continue;
        const double alpha = v[row - 1] > 0 ? -norm : norm; // away from what it is taken from
        result.beside[row] = alpha;
        const double h = norm * norm - v[row - 1] * alpha;
        v[row - 1] -= alpha;
        std::fill_n(w.begin(), row, 0.0);
        for (std::size_t i = 0; i < row; ++i) { // both halves of A v from the lower one
            const double* line = &a[i * n];
            double sum = line[i] * v[i];
            for (std::size_t j = 0; j < i; ++j) {
                sum += line[j] * v[j];
                w[j] += line[j] * v[i];
            }
            w[i] += sum;
        }
        const double overlap = std::inner_product(v, v + row, w.begin(), 0.0) / (2 * h * h);
        for (std::size_t i = 0; i < row; ++i) w[i] = w[i] / h - overlap * v[i];
        for (std::size_t i = 0; i < row; ++i)
            for (std::size_t j = 0; j <= i; ++j) a[i * n + j] -= v[i] * w[j] + w[i] * v[j];
    }
    result.diagonal[0] = a[0];
    return result;
}

/// One QL step with a shift on the part [first, last] that nothing joins to the rest: the entry beside `first` shrinks.
void step(Tridiagonal& t, std::size_t first, std::size_t last)
{
    std::vector<double>& d = t.diagonal;
    std::vector<double>& e = t.beside;
    const double half = (d[first + 1] - d[first]) / (2 * e[first + 1]);
    const double root = std::hypot(half, 1.0);
    double g = d[last] - d[first] + e[first + 1] / (half + std::copysign(root, half));
    double sine = 1;
    double cosine = 1;
    double moved = 0;
    for (std::size_t i = last; i > first; --i) {
        const double f = sine * e[i];
        const double b = cosine * e[i];
        const double r = std::hypot(f, g);
        if (i < last) e[i + 1] = r;
        if (r == 0) { // the part falls in two
            d[i] -= moved;
            return;
        }
        sine = f / r;
        cosine = g / r;
        g = d[i] - moved;
        const double t2 = (d[i - 1] - g) * sine + 2 * cosine * b;
        moved = sine * t2;
        d[i] = g + moved;
        g = cosine * t2 - b;
    }
    d[first] -= moved;
    e[first + 1] = g;
}

} // namespace

std::vector<double> symmetric_eigenvalues(std::vector<double> matrix, std::size_t n)
{
    const double none = std::numeric_limits<double>::quiet_NaN();
    if (n == 0) return {};
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j <= i; ++j)
            if (!std::isfinite(matrix[i * n + j])) return std::vector<double>(n, none);
    Tridiagonal t = tridiagonal(matrix, n);
    constexpr int kMostSteps = 60; // each value takes two or three
    for (std::size_t first = 0; first + 1 < n; ++first) {
        for (int tries = 0;; ++tries) {
            std::size_t last = first;
            while (last + 1 < n) {
                const double size = std::abs(t.diagonal[last]) + std::abs(t.diagonal[last + 1]);
                if (std::abs(t.beside[last + 1]) <= std::numeric_limits<double>::epsilon() * size) break;
                ++last;
            }
            if (last == first) break;
            if (tries == kMostSteps) return std::vector<double>(n, none);
            step(t, first, last);
        }
    }
    return t.diagonal;
}

} // namespace triptych
