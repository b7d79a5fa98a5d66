// Verse: stanzas of four lines that rhyme in pairs or crosswise.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/synthetic/pattern.h"
#include "core/data/synthetic/writers.h"

#include <array>
#include <stdexcept>

namespace triptych::synthetic {

namespace {

using Rhymes = std::array<const char*, 8>;

// Nouns that end a line, eight to a sound.
constexpr std::array kRhymes = {Rhymes{"night", "light", "kite", "knight", "sight", "height", "flight", "bite"},
                                Rhymes{"sea", "tree", "bee", "key", "knee", "plea", "tea", "flea"},
                                Rhymes{"moon", "spoon", "tune", "noon", "dune", "balloon", "lagoon", "cocoon"},
                                Rhymes{"rain", "train", "lane", "plane", "chain", "brain", "grain", "crane"},
                                Rhymes{"star", "car", "jar", "bar", "scar", "tsar", "guitar", "bazaar"},
                                Rhymes{"snow", "crow", "bow", "glow", "toe", "doe", "meadow row", "shadow show"},
                                Rhymes{"ring", "king", "spring", "string", "wing", "swing", "thing", "sling"},
                                Rhymes{"bell", "well", "shell", "spell", "smell", "cell", "hotel", "carousel"},
                                Rhymes{"sand", "hand", "land", "band", "strand", "stand", "command", "brand"},
                                Rhymes{"day", "way", "bay", "tray", "clay", "play", "ballet", "hay"},
                                Rhymes{"stone", "throne", "bone", "phone", "tone", "cone", "loan", "zone"},
                                Rhymes{"hill", "mill", "bill", "thrill", "quill", "grill", "drill", "windowsill"},
                                Rhymes{"door", "floor", "shore", "store", "roar", "core", "oar", "score"},
                                Rhymes{"bread", "bed", "head", "thread", "sled", "shed", "spread", "thoroughbred"}};
constexpr std::array kLines = {"I saw {a subject} beside the {rhyme},",
                               "She {did} all day and {did} about the {rhyme},",
                               "The {subject} {did} and never left the {rhyme},",
                               "We {did} along until we met the {rhyme},",
                               "And {subject} and {subject} {did} around the {rhyme},",
                               "Oh {adjective} {subject}, come and see the {rhyme},",
                               "There {did} {a subject} upon the {rhyme},",
                               "The {adjective} {subject} {did} without the {rhyme},",
                               "No {subject} ever {did} so near the {rhyme},",
                               "My {subject} {did} and dreamed about the {rhyme},",
                               "In {season} {a subject} {did} to the {rhyme},",
                               "When {season} came, we {did} behind the {rhyme},"};
constexpr std::array kAdjectives = {"silver", "golden", "lonely",  "gentle",  "silent", "little",
                                    "merry",  "weary",  "early",   "ancient", "tender", "bitter",
                                    "happy",  "hollow", "crooked", "velvet",  "amber",  "icy"};
constexpr std::array kSubjects = {"sailor",  "maiden", "raven",  "sparrow", "river",    "shepherd",
                                  "dancer",  "owl",    "candle", "swallow", "wanderer", "lantern",
                                  "fiddler", "tinker", "poet",   "otter",   "willow",   "elf"};
constexpr std::array kDid = {"sang",    "danced", "slept",    "walked",   "waited", "wandered", "whispered",
                             "laughed", "cried",  "listened", "trembled", "hummed", "rested",   "vanished"};
constexpr std::array kSeasons = {"April", "May", "June", "autumn", "winter", "summer", "March", "October"};

std::string with_article(const std::string& phrase)
{
    return (std::string("aeiou").find(phrase[0]) == std::string::npos ? "a " : "an ") + phrase;
}

std::string fill(TextRng& rng, std::string_view gap, const std::string& rhyme)
{
    if (gap == "rhyme") return rhyme;
    if (gap == "adjective") return rng.word(kAdjectives);
    if (gap == "subject") return rng.word(kSubjects);
    if (gap == "did") return rng.word(kDid);
    if (gap == "season") return rng.word(kSeasons);
    if (gap == "a subject") {
        const std::string adjective = rng.word(kAdjectives);
        return with_article(adjective + " " + rng.word(kSubjects));
    }
    throw std::logic_error("verse: no gap named " + std::string(gap));
}

/// Two different words of one sound.
std::array<std::string, 2> pair(TextRng& rng, const Rhymes& rhymes)
{
    const auto first = rng.below(rhymes.size());
    const auto second = (first + 1 + rng.below(rhymes.size() - 1)) % rhymes.size();
    return {rhymes[first], rhymes[second]};
}

std::string stanza(TextRng& rng)
{
    const auto a_sound = rng.below(kRhymes.size());
    const auto b_sound = (a_sound + 1 + rng.below(kRhymes.size() - 1)) % kRhymes.size();
    const auto a = pair(rng, kRhymes[a_sound]);
    const auto b = pair(rng, kRhymes[b_sound]);
    const std::array paired = {a[0], a[1], b[0], b[1]};
    const std::array crossed = {a[0], b[0], a[1], b[1]};
    const auto& ends = rng.chance(50) ? paired : crossed;
    std::string text;
    for (std::size_t i = 0; i < ends.size(); ++i) {
        std::string line = expand(rng.pick(kLines), [&](std::string_view gap) { return fill(rng, gap, ends[i]); });
        if (i + 1 == ends.size()) line.back() = '.';
        text += capitalised(line) + "\n";
    }
    return text;
}

} // namespace

std::string write_verse(TextRng& rng)
{
    return assemble(rng, "\n", [&] { return stanza(rng); });
}

} // namespace triptych::synthetic
