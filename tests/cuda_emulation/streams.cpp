// Streams and events: handles that can be wrong, and times.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cuda_emulation/streams.h"

#include "tests/cuda_emulation/error_state.h"

#include <cuda_runtime.h>

#include <chrono>
#include <map>
#include <memory>

// The types that NVIDIA's headers leave open.
struct CUstream_st {};
struct CUevent_st {
    bool recorded = false;
    std::chrono::steady_clock::time_point time;
};

namespace cuda_emulation {
namespace {

template <class Handle>
std::map<const Handle*, std::unique_ptr<Handle>>& handles()
{
    static std::map<const Handle*, std::unique_ptr<Handle>> live;
    return live;
}

template <class Handle>
cudaError_t create(Handle** result)
{
    auto handle = std::make_unique<Handle>();
    *result = handle.get();
    handles<Handle>()[*result] = std::move(handle);
    return error_state().result();
}

template <class Handle>
cudaError_t destroy(Handle* handle)
{
    return handles<Handle>().erase(handle) == 1 ? error_state().result()
                                                : error_state().fail(cudaErrorInvalidResourceHandle);
}

bool is_event(cudaEvent_t event)
{
    return handles<CUevent_st>().count(event) == 1;
}

} // namespace

bool is_stream(cudaStream_t stream)
{
    return !stream || handles<CUstream_st>().count(stream) == 1;
}

} // namespace cuda_emulation

using cuda_emulation::error_state;
using cuda_emulation::is_event;
using cuda_emulation::is_stream;

// NOLINTBEGIN: NVIDIA chose these names
extern "C" {

cudaError_t cudaStreamCreateWithFlags(cudaStream_t* stream, unsigned)
{
    return cuda_emulation::create(stream);
}
cudaError_t cudaStreamDestroy(cudaStream_t stream)
{
    return cuda_emulation::destroy(stream);
}
cudaError_t cudaStreamSynchronize(cudaStream_t stream)
{
    return is_stream(stream) ? error_state().result() : error_state().fail(cudaErrorInvalidResourceHandle);
}
cudaError_t cudaStreamWaitEvent(cudaStream_t stream, cudaEvent_t event, unsigned)
{
    return is_stream(stream) && is_event(event) ? error_state().result()
                                                : error_state().fail(cudaErrorInvalidResourceHandle);
}

cudaError_t cudaEventCreateWithFlags(cudaEvent_t* event, unsigned)
{
    return cuda_emulation::create(event);
}
cudaError_t cudaEventDestroy(cudaEvent_t event)
{
    return cuda_emulation::destroy(event);
}
cudaError_t cudaEventRecord(cudaEvent_t event, cudaStream_t stream)
{
    if (!is_stream(stream) || !is_event(event)) return error_state().fail(cudaErrorInvalidResourceHandle);
    event->recorded = true;
    event->time = std::chrono::steady_clock::now();
    return error_state().result();
}
cudaError_t cudaEventSynchronize(cudaEvent_t event)
{
    return is_event(event) ? error_state().result() : error_state().fail(cudaErrorInvalidResourceHandle);
}
cudaError_t cudaEventElapsedTime(float* milliseconds, cudaEvent_t begin, cudaEvent_t end)
{
    if (!is_event(begin) || !is_event(end) || !begin->recorded || !end->recorded)
        return error_state().fail(cudaErrorInvalidResourceHandle);
    *milliseconds = std::chrono::duration<float, std::milli>(end->time - begin->time).count();
    return error_state().result();
}
}
// NOLINTEND
