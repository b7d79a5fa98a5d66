// How far a disk reaches: whether what others do with a file on it can be seen from this machine.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>

namespace triptych {

/// Own: a disk of this machine, where all who use a file share its locks and its mapped memory. LocksShared: other
/// machines use it too; locks are seen from all of them, mapped memory is not (NFS, Lustre, Ceph, ...). LocksHidden:
/// neither is (sshfs and other disks of FUSE, SMB, 9p).
enum class DiskReach : std::uint8_t { Own = 1, LocksShared, LocksHidden };

/// Of the disk that holds the path, which must exist; Own where the system cannot say.
DiskReach disk_reach(const std::filesystem::path& path);
/// Of a kind of disk, which is named by a number (statfs(2), f_type). Own: one that is not known to be shared.
DiskReach reach_of_disk(std::uint32_t kind);

} // namespace triptych
