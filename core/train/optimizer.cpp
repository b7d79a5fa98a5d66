// AdamW: one op for each matrix with packed copies, one for each run of other rows with equal decay.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/optimizer.h"

#include "kernels/ops/adamw.h"
#include "kernels/ops/reduce.h"

#include <cmath>

namespace triptych {

namespace {

double squares_of(Stream& stream, ConstView<1> gradients)
{
    double squares = 0;
    if (gradients.size(0) > 0) run(stream, SumOfSquares{.x = gradients, .result = View<1>(&squares, DType::F64, {1})});
    return squares;
}

/// What is known of experts is not read again: most of the memory of a large model is theirs.
double global_norm(Stream& stream, const ParamStore& params, ExpertSquares known)
{
    double sum = 0;
    std::int64_t first = 0;
    for (std::size_t i = 0; known == ExpertSquares::LeftByPass && i < params.rows().size(); ++i) {
        const View<1> squares = params.gradient_squares(i);
        if (!squares) continue;
        const ParamRow& row = params.rows()[i];
        sum += squares_of(stream, params.gradients().rows(first, row.offset - first));
        for (std::int64_t e = 0; e < squares.size(0); ++e) sum += squares.as<double>()[e];
        first = row.offset + row.count();
    }
    return std::sqrt(sum + squares_of(stream, params.gradients().rows(first, params.gradients().size(0) - first)));
}

} // namespace

double Optimizer::update(Stream& stream, const ParamStore& params, const AdamWSettings& settings, std::int64_t step,
                         ExpertSquares squares)
{
    const double norm = global_norm(stream, params, squares);
    if (!std::isfinite(norm)) return norm;
    const double scale = settings.gradient_clip > 0 && norm > settings.gradient_clip ? settings.gradient_clip / norm : 1.0;

    const auto update = [&](std::int64_t first, std::int64_t end, Decay decay, const ParamStore::PackedCopies& copies) {
        if (end == first) return;
        run(stream, AdamWUpdate{.weight = params.weights().rows(first, end - first),
                                .gradient = params.gradients().rows(first, end - first),
                                .first_moment = params.first_moments().rows(first, end - first),
                                .second_moment = params.second_moments().rows(first, end - first),
                                .gradient_scale = scale,
                                .learning_rate = settings.learning_rate,
                                .beta1 = settings.beta1,
                                .beta2 = settings.beta2,
                                .eps = settings.eps,
                                .weight_decay = decay == Decay::Yes ? settings.weight_decay : 0.0,
                                .step = step,
                                .matrices = copies.matrices,
                                .packed_forward = copies.forward,
                                .packed_backward = copies.backward,
                                .operands = copies.operands});
    };
    // Rows lie one after another; neighbours without packed copies that agree on decay are one range.
    std::int64_t first = 0;
    Decay decay = Decay::Yes;
    for (std::size_t i = 0; i < params.rows().size(); ++i) {
        const ParamRow& row = params.rows()[i];
        if (row.role != ParamRole::Trained) continue;
        const auto copies = params.packed_copies(i);
        if (!copies.forward && row.decay == decay) continue;
        update(first, row.offset, decay, {});
        first = row.offset;
        decay = row.decay;
        if (!copies.forward) continue;
        update(first, first + row.count(), decay, copies);
        first += row.count();
    }
    update(first, params.weights().size(0), decay, {});
    return norm;
}

} // namespace triptych
