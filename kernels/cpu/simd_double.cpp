// The row primitives in double: plain loops in one order, without fused multiply-add, so that every CPU gives the same
// bits.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/cpu/fused_rows.h"
#include "kernels/cpu/portable_math.h"
#include "kernels/cpu/simd.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace triptych::cpu {
namespace {

/// Adds term(i) over [0, n) in four running sums: a fixed order, and four times the speed of one sum.
template <class Term>
double sum_terms(std::int64_t n, Term term)
{
    double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
    std::int64_t i = 0;
    for (; i + 4 <= n; i += 4) {
        s0 += term(i);
        s1 += term(i + 1);
        s2 += term(i + 2);
        s3 += term(i + 3);
    }
    for (; i < n; ++i) s0 += term(i);
    return (s0 + s1) + (s2 + s3);
}

double sigmoid_of(double x)
{
    const double e = portable_exp(x < 0 ? x : -x); // in (0, 1], so nothing overflows
    return (x < 0 ? e : 1.0) / (1.0 + e);
}

} // namespace

double dot(const double* x, const double* y, std::int64_t n)
{
    return sum_terms(n, [&](std::int64_t i) { return x[i] * y[i]; });
}
double sum(const double* x, std::int64_t n)
{
    return sum_terms(n, [&](std::int64_t i) { return x[i]; });
}
double sum_of_squares(const double* x, std::int64_t n)
{
    return sum_terms(n, [&](std::int64_t i) { return x[i] * x[i]; });
}
double max_value(const double* x, std::int64_t n)
{
    double m = -std::numeric_limits<double>::infinity();
    for (std::int64_t i = 0; i < n; ++i) m = std::max(m, x[i]);
    return m;
}
void take_largest(double* x, std::int64_t rows, std::int64_t n, std::int64_t k, std::int32_t* indices)
{
    for (std::int64_t row = 0; row < rows; ++row, x += n, indices += k)
        for (std::int64_t chosen = 0; chosen < k; ++chosen) {
            double* largest = std::max_element(x, x + n);
            indices[chosen] = static_cast<std::int32_t>(largest - x);
            *largest = -std::numeric_limits<double>::infinity();
        }
}
void rankable(const double* x, const double* bias, double* y, std::int64_t n)
{
    constexpr double kLowest = std::numeric_limits<double>::lowest();
    for (std::int64_t i = 0; i < n; ++i) {
        const double value = bias ? x[i] + bias[i] : x[i];
        y[i] = value > kLowest ? value : kLowest;
    }
}

double sum_of_two_largest(const double* x, std::int64_t n)
{
    double first = std::max(x[0], x[1]);
    double second = std::min(x[0], x[1]);
    for (std::int64_t i = 2; i < n; ++i) {
        second = std::max(second, std::min(first, x[i]));
        first = std::max(first, x[i]);
    }
    return first + second;
}

void scale(double factor, const double* x, double* y, std::int64_t n)
{
    for (std::int64_t i = 0; i < n; ++i) y[i] = factor * x[i];
}
void axpy(double factor, const double* x, double* y, std::int64_t n)
{
    for (std::int64_t i = 0; i < n; ++i) y[i] += factor * x[i];
}
void add(const double* x, const double* y, double* z, std::int64_t n)
{
    for (std::int64_t i = 0; i < n; ++i) z[i] = x[i] + y[i];
}
void scale_shifted(double factor, const double* x, double shift, double* y, std::int64_t n)
{
    for (std::int64_t i = 0; i < n; ++i) y[i] = factor * (x[i] - shift);
}
void multiply_shifted(const double* x, const double* y, double shift, double* z, std::int64_t n)
{
    for (std::int64_t i = 0; i < n; ++i) z[i] = x[i] * (y[i] - shift);
}

double exp_shifted_sum(double factor, const double* x, double shift, double* y, std::int64_t n)
{
    for (std::int64_t i = 0; i < n; ++i) y[i] = portable_exp(factor * x[i] - shift);
    return sum(y, n);
}
void sigmoid(const double* x, double* y, std::int64_t n)
{
    for (std::int64_t i = 0; i < n; ++i) y[i] = sigmoid_of(x[i]);
}
void sigmoid_backward(const double* s, double* d, std::int64_t n)
{
    for (std::int64_t i = 0; i < n; ++i) d[i] *= s[i] * (1 - s[i]);
}
void compute_in_double(const SiluRow<double>& r)
{
    for (std::int64_t i = 0; i < r.n; ++i) r.y[i] = r.factor * (r.gate[i] * sigmoid_of(r.gate[i]) * r.up[i]);
}
void compute_in_double(const SiluGradientRow<double>& r)
{
    double total = 0;
    for (std::int64_t i = 0; i < r.n; ++i) {
        const double g = r.gate[i];
        const double u = r.up[i];
        const double s = sigmoid_of(g);
        const double d = r.dy[i];
        total += d * g * s * u;
        r.dup[i] = r.factor * d * g * s;
        r.dgate[i] = r.factor * d * u * (s + g * s * (1.0 - s));
    }
    if (r.dfactor) *r.dfactor = total;
}

void compute_in_double(const RmsNormRow<double>& r)
{
    const double rstd = 1.0 / std::sqrt(sum_of_squares(r.x, r.n) / static_cast<double>(r.n) + r.eps);
    *r.rstd = rstd;
    for (std::int64_t i = 0; i < r.n; ++i) r.y[i] = rstd * r.x[i] * r.gain[i];
}
void compute_in_double(const RmsNormGradientRow<double>& r)
{
    const double sum = sum_terms(r.n, [&](std::int64_t i) { return r.dy[i] * r.gain[i] * r.x[i]; });
    const double mean = r.rstd * sum / static_cast<double>(r.n);
    const double along = -r.rstd * r.rstd * mean;
    for (std::int64_t i = 0; i < r.n; ++i) {
        r.dgain[i] += r.rstd * r.dy[i] * r.x[i];
        const double dx = r.rstd * r.dy[i] * r.gain[i] + along * r.x[i];
        r.dx[i] = r.addend ? r.addend[i] + dx : dx;
    }
}

void compute_in_double(const SumOfRows<double>& r)
{
    if (r.mode == WriteMode::Overwrite) std::fill_n(r.y, r.n, 0.0);
    for (std::int64_t k = 0; k < r.count; ++k) add(r.y, r.rows + r.which[k] * r.n, r.y, r.n);
}

void compute_in_double(const TurnedHeads<double>& r)
{
    for (std::int64_t h = 0; h < r.heads; ++h) {
        double* x = r.x + h * r.head_stride;
        for (std::int64_t i = 0; i + 1 < r.n; i += 2) {
            const double c = r.cos_sin[i];
            const double s = r.direction * r.cos_sin[i + 1];
            const double a = x[i];
            const double b = x[i + 1];
            x[i] = a * c - b * s;
            x[i + 1] = a * s + b * c;
        }
    }
}

} // namespace triptych::cpu
