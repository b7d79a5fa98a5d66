// Checks and costs of the cross entropy.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/cross_entropy.h"

namespace triptych {

namespace {

void check_inputs(const char* name, const ConstView<2>& logits, const ConstView<1>& targets, const View<1>& losses)
{
    require_dense(name, "logits", logits, logits.dtype(), logits.shape());
    require(logits.size(1) >= 1, name, "logits has no vocabulary, expected [N, V] with V >= 1");
    require_dense(name, "targets", targets, DType::I32, {logits.size(0)});
    require_dense(name, "losses", losses, logits.dtype(), {logits.size(0)});
}

} // namespace

void CrossEntropyForward::check() const
{
    check_inputs(name, logits, targets, losses);
}

/// Subtract the maximum, exp, add.
double CrossEntropyForward::flops() const
{
    return 3.0 * static_cast<double>(logits.count());
}

double CrossEntropyForward::bytes() const
{
    return static_cast<double>(logits.bytes() + targets.bytes() + losses.bytes());
}

void CrossEntropyForwardBackward::check() const
{
    check_inputs(name, logits, targets, losses);
    const bool rounds = logits.dtype() == DType::F32 && dlogits.dtype() == DType::BF16;
    require_dense(name, "dlogits", dlogits, rounds ? DType::BF16 : logits.dtype(), logits.shape());
}

/// As forward, and one product.
double CrossEntropyForwardBackward::flops() const
{
    return 4.0 * static_cast<double>(logits.count());
}

double CrossEntropyForwardBackward::bytes() const
{
    return static_cast<double>(logits.bytes() + targets.bytes() + losses.bytes() + dlogits.bytes());
}

} // namespace triptych
