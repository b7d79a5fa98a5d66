// An array in the emulated device's memory, for tests of the emulation.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cuda_runtime.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <vector>

namespace cuda_emulation::test {

template <class T>
class DeviceArray {
public:
    /// Not written yet.
    explicit DeviceArray(std::size_t count) : m_count(count)
    {
        EXPECT_EQ(cudaMalloc(reinterpret_cast<void**>(&m_data), count * sizeof(T)), cudaSuccess);
    }
    explicit DeviceArray(const std::vector<T>& values) : DeviceArray(values.size())
    {
        EXPECT_EQ(cudaMemcpy(m_data, values.data(), m_count * sizeof(T), cudaMemcpyHostToDevice), cudaSuccess);
    }
    ~DeviceArray() { cudaFree(m_data); }
    DeviceArray(const DeviceArray&) = delete;
    DeviceArray& operator=(const DeviceArray&) = delete;

    T* data() const { return m_data; }
    std::vector<T> values() const
    {
        std::vector<T> result(m_count);
        cudaMemcpy(result.data(), m_data, m_count * sizeof(T), cudaMemcpyDeviceToHost);
        return result;
    }

private:
    T* m_data = nullptr;
    std::size_t m_count;
};

} // namespace cuda_emulation::test
