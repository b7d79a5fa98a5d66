// Many files, some of them mapped: the ones read last stay, however many the folder holds.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/file_pool.h"

namespace triptych {

Result<std::shared_ptr<const MappedFile>> FilePool::map(std::size_t index) const
{
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_mapped.find(index); found != m_mapped.end()) {
        m_by_age.splice(m_by_age.begin(), m_by_age, found->second.age);
        return found->second.file;
    }
    const TextFile& expected = m_files.at(index);
    auto opened = MappedFile::open(expected.path);
    if (!opened) return opened.error();
    if (opened->size() != expected.size) {
        return Error{expected.path.string() + " has changed since the run began: it had " +
                         std::to_string(expected.size) + " bytes, now it has " + std::to_string(opened->size()),
                     "Put the old file back and resume the run, or start a new run with the new data."};
    }
    auto file = std::make_shared<const MappedFile>(opened.take());
    if (m_mapped.size() >= m_most_mapped) {
        m_mapped.erase(m_by_age.back());
        m_by_age.pop_back();
    }
    m_by_age.push_front(index);
    m_mapped[index] = {file, m_by_age.begin()};
    return file;
}

std::size_t FilePool::mapped() const
{
    const std::lock_guard lock(m_mutex);
    return m_mapped.size();
}

} // namespace triptych
