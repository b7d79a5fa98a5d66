// By the numbers that kinds of disks have.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/disk_reach.h"

#include <sys/vfs.h>

namespace triptych {

DiskReach disk_reach(const std::filesystem::path& path)
{
    struct statfs disk {};
    if (::statfs(path.c_str(), &disk) != 0) return DiskReach::Own;
    switch (static_cast<std::uint32_t>(disk.f_type)) {
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
    case 0x5346414F: // AFS
        return DiskReach::LocksShared;
    default: return DiskReach::Own;
    }
}

} // namespace triptych
