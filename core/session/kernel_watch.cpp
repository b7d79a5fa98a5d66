// Observing one step in five.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/kernel_watch.h"

#include "core/train/read_bandwidth.h"

namespace triptych {

void KernelWatch::watch(bool wanted)
{
    if (wanted == m_watched) return;
    m_watched = wanted;
    // What was seen before may be of another pace of the machine.
    m_profiles.clear();
    m_next = 0;
    m_fresh = false;
}

void KernelWatch::measure_memory(int threads)
{
    if (m_read_bandwidth == 0) m_read_bandwidth = ReadBandwidth(threads).measure();
}

KernelWatch::Step::Step(KernelWatch& watch, Stream& stream, std::int64_t step)
    : m_watch(watch), m_stream(watch.m_watched && step % kEvery == 0 ? &stream : nullptr), m_step(step)
{
    if (m_stream == nullptr) return;
    m_stream->set_observer(&m_watch.m_times);
    m_watch.m_times.start();
}

KernelWatch::Step::~Step()
{
    if (m_stream == nullptr) return;
    m_watch.m_times.stop();
    m_stream->set_observer(nullptr);
    auto& profiles = m_watch.m_profiles;
    if (profiles.size() < kMedianOf) profiles.emplace_back();
    profiles[m_watch.m_next] = m_watch.m_times.profile();
    m_watch.m_next = (m_watch.m_next + 1) % kMedianOf;
    m_watch.m_step = m_step;
    m_watch.m_fresh = true;
}

std::shared_ptr<const KernelFrame> KernelWatch::take_frame(double matrix_peak)
{
    if (!m_fresh) return nullptr;
    m_fresh = false;
    const OpProfile profile = median_profile(m_profiles);
    auto frame = std::make_shared<KernelFrame>();
    frame->step = m_step;
    frame->seconds = profile.seconds;
    frame->outside_seconds = profile.outside_seconds;
    frame->peak_flops = matrix_peak;
    frame->peak_bytes_per_second = m_read_bandwidth;
    for (const OpTime& op : profile.ops)
        frame->ops.push_back(
            {.name = op.name, .calls = op.calls, .seconds = op.seconds, .flops = op.flops, .bytes = op.bytes});
    return frame;
}

} // namespace triptych
