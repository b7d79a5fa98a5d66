// Many files, some of them open: the ones read last stay open, however many the folder holds.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/file_pool.h"

#include <utility>

namespace triptych {

namespace {

Error changed(const TextFile& file, const std::string& how)
{
    return {file.path.string() + " has changed since the run began: " + how,
            "Put the old file back and resume the run, or start a new run with the new data."};
}

} // namespace

FilePool::FilePool(std::vector<TextFile> files, std::size_t most_open)
    : m_files(std::move(files)), m_most_open(most_open)
{
    m_stamps.reserve(m_files.size());
    for (const TextFile& file : m_files) m_stamps.push_back(file.stamp);
}

Status FilePool::read(std::size_t index, std::uint64_t offset, std::span<std::uint8_t> into) const
{
    const auto file = open(index);
    if (!file) return file.error();
    const Status got = (*file)->read(offset, into.data(), into.size());
    // Afterwards, so that whatever was written before the bytes were copied is noticed; it also knows better why the
    // bytes may be missing.
    if (const Status same = check_unchanged(index, **file); !same) return same;
    return got;
}

Result<FilePool::Shared> FilePool::open(std::size_t index) const
{
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_open.find(index); found != m_open.end()) {
        m_by_age.splice(m_by_age.begin(), m_by_age, found->second.age);
        return found->second.file;
    }
    auto opened = InputFile::open(m_files.at(index).path);
    if (!opened) return opened.error();
    auto file = std::make_shared<const InputFile>(opened.take());
    if (m_open.size() >= m_most_open) {
        m_open.erase(m_by_age.back());
        m_by_age.pop_back();
    }
    m_by_age.push_front(index);
    m_open[index] = {file, m_by_age.begin()};
    return file;
}

Status FilePool::check_unchanged(std::size_t index, const InputFile& file) const
{
    const TextFile& expected = m_files[index];
    const auto now = file.stamp();
    if (!now) return now.error();
    {
        const std::lock_guard lock(m_mutex);
        if (*now == m_stamps[index]) return {};
    }
    if (now->size != expected.size)
        return changed(expected,
                       "it had " + std::to_string(expected.size) + " bytes, now it has " + std::to_string(now->size));
    const auto hash = hash_of(file);
    if (!hash) return hash.error();
    if (*hash != expected.hash) return changed(expected, "it is as long as it was, but the text is another one");
    const std::lock_guard lock(m_mutex); // it was only touched, or written anew with the same text
    m_stamps[index] = *now;
    return {};
}

std::size_t FilePool::open_files() const
{
    const std::lock_guard lock(m_mutex);
    return m_open.size();
}

} // namespace triptych
