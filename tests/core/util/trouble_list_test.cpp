// Troubles are told once for as long as they last.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/trouble_list.h"

#include <gtest/gtest.h>

namespace triptych {
namespace {

using Told = std::vector<std::string>;

TEST(TroubleList, TellsOfATroubleOnceForAsLongAsItLasts)
{
    TroubleList<> troubles;
    const Status full = Error{"the disk is full", "Free some."};
    for (int i = 0; i < 3; ++i) troubles.note(full);
    EXPECT_EQ(troubles.take(), Told{"the disk is full. Free some."});
    troubles.note(full);
    EXPECT_EQ(troubles.take(), Told{}) << "it lasts";
    troubles.note(Status());
    troubles.note(full);
    EXPECT_EQ(troubles.take(), Told{"the disk is full. Free some."}) << "it had ended in between";
}

TEST(TroubleList, TellsOfAnotherTroubleAtOnce)
{
    TroubleList<> troubles;
    troubles.note("slow");
    troubles.note("full");
    troubles.note("slow");
    EXPECT_EQ(troubles.take(), (Told{"slow", "full", "slow"}));
}

TEST(TroubleList, EachKindOfWorkHasItsOwn)
{
    TroubleList<2> troubles;
    troubles.note("full", 0);
    troubles.note(Status(), 1);
    troubles.note("full", 0);
    troubles.note("full", 1);
    EXPECT_EQ(troubles.take(), (Told{"full", "full"}));
}

TEST(TroubleList, TellsWhatIsAddedWhateverWentBefore)
{
    TroubleList<> troubles;
    troubles.add("no folder");
    troubles.add("no folder");
    EXPECT_EQ(troubles.take(), (Told{"no folder", "no folder"}));
}

} // namespace
} // namespace triptych
