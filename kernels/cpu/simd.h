// Row primitives: what kernels do to n neighbouring values. float runs on the widest vectors of the CPU (Highway picks
// them at run time); double is plain scalar code with the same bits on every CPU, the reference of all tests. bfloat16
// is computed as float and rounded once.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kernels/base/bfloat16.h"

#include <cstdint>
#include <limits>

namespace triptych::cpu {

// Pointers need no alignment. An output may be the very memory of an input, but not overlap it otherwise.

/// The same values in the other type, rounded to nearest where they do not fit.
void widen(const bfloat16* x, float* y, std::int64_t n);
void narrow(const float* x, bfloat16* y, std::int64_t n);

/// sum_i x[i] y[i]
float dot(const float* x, const float* y, std::int64_t n);
double dot(const double* x, const double* y, std::int64_t n);
float sum(const float* x, std::int64_t n);
double sum(const double* x, std::int64_t n);
/// Summed in double: squares of small gradients leave the range of float (1e-20 squared is gone).
double sum_of_squares(const float* x, std::int64_t n);
double sum_of_squares(const double* x, std::int64_t n);
/// The largest value; -infinity for n = 0.
float max_value(const float* x, std::int64_t n);
double max_value(const double* x, std::int64_t n);
/// What a choice may not fall on, and what take_largest() leaves: below every rankable value.
template <class T>
inline constexpr T kOut = -std::numeric_limits<T>::infinity();
/// For each row of x [rows, n]: writes the indices [rows, k] of its k largest values in falling order and sets those
/// values to kOut; the lowest index wins a tie. No value may be NaN and at least k of a row must be finite; then its
/// indices are distinct. `kElections` rows take hardly longer than one.
inline constexpr std::int64_t kElections = 4;
void take_largest(float* x, std::int64_t rows, std::int64_t n, std::int64_t k, std::int32_t* indices);
void take_largest(double* x, std::int64_t rows, std::int64_t n, std::int64_t k, std::int32_t* indices);
/// y[i] = x[i] + bias[i] (no bias: x[i]) as it stands for election by take_largest(): the lowest number instead of NaN
/// and -infinity, so that a broken value loses, but is above what was taken.
void rankable(const float* x, const float* bias, float* y, std::int64_t n);
void rankable(const double* x, const double* bias, double* y, std::int64_t n);
/// The sum of the two largest of n >= 2 values, none of them NaN.
float sum_of_two_largest(const float* x, std::int64_t n);
double sum_of_two_largest(const double* x, std::int64_t n);

/// y[i] = factor * x[i]
void scale(float factor, const float* x, float* y, std::int64_t n);
void scale(float factor, const float* x, bfloat16* y, std::int64_t n);
void scale(double factor, const double* x, double* y, std::int64_t n);
/// y[i] += factor * x[i]
void axpy(float factor, const float* x, float* y, std::int64_t n);
void axpy(double factor, const float* x, double* y, std::int64_t n);
void axpy(double factor, const double* x, double* y, std::int64_t n);
/// z[i] = x[i] + y[i]
void add(const float* x, const float* y, float* z, std::int64_t n);
void add(const double* x, const double* y, double* z, std::int64_t n);
/// y[i] = factor * (x[i] - shift)
void scale_shifted(float factor, const float* x, float shift, float* y, std::int64_t n);
void scale_shifted(double factor, const double* x, double shift, double* y, std::int64_t n);
/// z[i] = x[i] * (y[i] - shift)
void multiply_shifted(const float* x, const float* y, float shift, float* z, std::int64_t n);
void multiply_shifted(const double* x, const double* y, double shift, double* z, std::int64_t n);

/// y[i] = exp(factor * x[i] - shift); returns the sum of y.
float exp_shifted_sum(float factor, const float* x, float shift, float* y, std::int64_t n);
double exp_shifted_sum(double factor, const double* x, double shift, double* y, std::int64_t n);
/// y[i] = 1 / (1 + exp(-x[i])), safe for any finite x
void sigmoid(const float* x, float* y, std::int64_t n);
void sigmoid(const double* x, double* y, std::int64_t n);
/// d[i] *= s[i] * (1 - s[i]), where s = sigmoid(x): from the gradient of s to that of x
void sigmoid_backward(const float* s, float* d, std::int64_t n);
void sigmoid_backward(const double* s, double* d, std::int64_t n);

} // namespace triptych::cpu
