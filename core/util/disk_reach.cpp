// By the numbers that kinds of disks have.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/disk_reach.h"

#include <sys/vfs.h>

namespace triptych {

DiskReach disk_reach(const std::filesystem::path& path)
{
    struct statfs disk {};
    return ::statfs(path.c_str(), &disk) == 0 ? reach_of_disk(static_cast<std::uint32_t>(disk.f_type)) : DiskReach::Own;
}

DiskReach reach_of_disk(std::uint32_t kind)
{
    switch (kind) {
    case 0x65735546: // FUSE
    case 0x01021997: // 9p
    case 0x517B:     // SMB, of three ages
    case 0xFF534D42:
    case 0xFE534D42: return DiskReach::LocksHidden;
    case 0x6969:     // NFS
    case 0x00C36400: // Ceph
    case 0x0BD00BD0: // Lustre
    case 0x19830326: // BeeGFS
    case 0x47504653: // GPFS
    case 0x5346414F: // AFS, of OpenAFS and of Linux
    case 0x6B414653: return DiskReach::LocksShared;
    default: return DiskReach::Own;
    }
}

} // namespace triptych
