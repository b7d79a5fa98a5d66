// Which disks are shared, by the numbers that the system's own headers give them.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/disk_reach.h"
#include "tests/support/temp_folder.h"

#include <gtest/gtest.h>
#include <linux/magic.h>

namespace triptych::test {
namespace {

TEST(DiskReach, OfDisksThatHideLocks)
{
    for (const std::uint32_t kind :
         {static_cast<std::uint32_t>(FUSE_SUPER_MAGIC), std::uint32_t{V9FS_MAGIC}, std::uint32_t{SMB_SUPER_MAGIC},
          static_cast<std::uint32_t>(CIFS_SUPER_MAGIC), static_cast<std::uint32_t>(SMB2_SUPER_MAGIC)})
        EXPECT_EQ(reach_of_disk(kind), DiskReach::LocksHidden) << std::hex << kind;
}

TEST(DiskReach, OfDisksWhoseLocksAllMachinesSee)
{
    // The header lacks Lustre, BeeGFS and GPFS, whose numbers are those of statfs(2) and of their sources.
    for (const std::uint32_t kind :
         {std::uint32_t{NFS_SUPER_MAGIC}, std::uint32_t{CEPH_SUPER_MAGIC}, std::uint32_t{AFS_SUPER_MAGIC},
          std::uint32_t{AFS_FS_MAGIC}, std::uint32_t{0x0BD00BD0}, std::uint32_t{0x19830326}, std::uint32_t{0x47504653}})
        EXPECT_EQ(reach_of_disk(kind), DiskReach::LocksShared) << std::hex << kind;
}

TEST(DiskReach, OfDisksOfThisMachine)
{
    for (const std::uint32_t kind : {std::uint32_t{EXT4_SUPER_MAGIC}, std::uint32_t{XFS_SUPER_MAGIC},
                                     static_cast<std::uint32_t>(BTRFS_SUPER_MAGIC), std::uint32_t{TMPFS_MAGIC},
                                     std::uint32_t{OVERLAYFS_SUPER_MAGIC}, std::uint32_t{0}})
        EXPECT_EQ(reach_of_disk(kind), DiskReach::Own) << std::hex << kind;
    EXPECT_EQ(disk_reach("/proc"), DiskReach::Own);
    EXPECT_EQ(disk_reach("/nowhere/at all"), DiskReach::Own) << "the system cannot say";
}

} // namespace
} // namespace triptych::test
