// English: short stories about a person and a thing, with agreement of number, gender and article.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/synthetic/pattern.h"
#include "core/data/synthetic/writers.h"

#include <array>
#include <stdexcept>

namespace triptych::synthetic {

namespace {

struct Person {
    const char* name;
    const char* subject; // she
    const char* object;  // her
    const char* owner;   // her
};
struct Verb {
    const char* base;
    const char* third;
    const char* past;
    const char* ing;
};
struct Noun {
    const char* one;
    const char* many;
};

constexpr std::array kWomen = {"Anna",  "Clara", "Emma",   "Fiona", "Grace", "Helen", "Iris", "Julia", "Kate",  "Laura",
                               "Maria", "Nora",  "Olivia", "Paula", "Rosa",  "Sarah", "Tina", "Vera",  "Wendy", "Zoe"};
constexpr std::array kMen = {"Adam", "Ben", "Carl",   "David", "Eric",  "Frank", "George", "Henry", "Ivan", "Jack",
                             "Karl", "Leo", "Martin", "Nick",  "Oscar", "Peter", "Robert", "Simon", "Tom",  "Victor"};
constexpr std::array kRelatives = {"mother", "father",    "sister", "brother", "uncle",       "aunt",
                                   "cousin", "neighbour", "friend", "teacher", "grandmother", "grandfather"};
constexpr std::array kRoles = {"baker",    "doctor",  "farmer",   "painter",   "sailor",   "soldier",
                               "singer",   "judge",   "cook",     "driver",    "gardener", "student",
                               "writer",   "guard",   "nurse",    "hunter",    "tailor",   "miner",
                               "merchant", "captain", "shepherd", "carpenter", "artist",   "engineer"};
constexpr std::array kThings = {
    Noun{"key", "keys"},          Noun{"book", "books"},         Noun{"lamp", "lamps"},
    Noun{"box", "boxes"},         Noun{"letter", "letters"},     Noun{"coin", "coins"},
    Noun{"map", "maps"},          Noun{"ring", "rings"},         Noun{"clock", "clocks"},
    Noun{"basket", "baskets"},    Noun{"knife", "knives"},       Noun{"bottle", "bottles"},
    Noun{"chair", "chairs"},      Noun{"table", "tables"},       Noun{"violin", "violins"},
    Noun{"drum", "drums"},        Noun{"boat", "boats"},         Noun{"wheel", "wheels"},
    Noun{"hammer", "hammers"},    Noun{"candle", "candles"},     Noun{"mirror", "mirrors"},
    Noun{"picture", "pictures"},  Noun{"blanket", "blankets"},   Noun{"hat", "hats"},
    Noun{"coat", "coats"},        Noun{"shoe", "shoes"},         Noun{"cup", "cups"},
    Noun{"plate", "plates"},      Noun{"apple", "apples"},       Noun{"orange", "oranges"},
    Noun{"egg", "eggs"},          Noun{"cake", "cakes"},         Noun{"stone", "stones"},
    Noun{"feather", "feathers"},  Noun{"flower", "flowers"},     Noun{"rope", "ropes"},
    Noun{"ladder", "ladders"},    Noun{"umbrella", "umbrellas"}, Noun{"kite", "kites"},
    Noun{"ball", "balls"},        Noun{"puzzle", "puzzles"},     Noun{"toy", "toys"},
    Noun{"engine", "engines"},    Noun{"radio", "radios"},       Noun{"telescope", "telescopes"},
    Noun{"compass", "compasses"}, Noun{"bell", "bells"},         Noun{"flag", "flags"}};
constexpr std::array kAnimals = {
    Noun{"dog", "dogs"},    Noun{"cat", "cats"},       Noun{"horse", "horses"},       Noun{"fox", "foxes"},
    Noun{"bird", "birds"},  Noun{"mouse", "mice"},     Noun{"goat", "goats"},         Noun{"sheep", "sheep"},
    Noun{"wolf", "wolves"}, Noun{"bear", "bears"},     Noun{"duck", "ducks"},         Noun{"frog", "frogs"},
    Noun{"owl", "owls"},    Noun{"rabbit", "rabbits"}, Noun{"deer", "deer"},          Noun{"donkey", "donkeys"},
    Noun{"crow", "crows"},  Noun{"turtle", "turtles"}, Noun{"squirrel", "squirrels"}, Noun{"hedgehog", "hedgehogs"}};
constexpr std::array kThingAdjectives = {
    "small",   "large", "old",   "new",    "red",       "green",     "blue",    "yellow",  "black",
    "white",   "heavy", "light", "broken", "beautiful", "simple",    "strange", "wooden",  "golden",
    "silver",  "dusty", "clean", "round",  "empty",     "expensive", "cheap",   "ancient", "ordinary",
    "elegant", "ugly",  "tiny",  "huge",   "shiny",     "plain",     "rare",    "soft",    "hard"};
constexpr std::array kLivingAdjectives = {"young",   "old",     "clever", "friendly", "tired",  "hungry",
                                          "happy",   "quiet",   "brave",  "lazy",     "shy",    "angry",
                                          "proud",   "curious", "gentle", "wild",     "sleepy", "careful",
                                          "patient", "nervous", "kind",   "calm",     "silent", "restless"};
constexpr std::array kPlaces = {
    "in the garden",    "in the kitchen",    "in the forest",   "in the village", "in the city",
    "in the library",   "in the attic",      "in the cellar",   "in the barn",    "in the harbour",
    "in the square",    "in the station",    "in the valley",   "in the desert",  "in the tower",
    "in the castle",    "on the beach",      "on the bridge",   "on the roof",    "on the island",
    "on the hill",      "on the road",       "at the market",   "at the school",  "at the museum",
    "at the river",     "at the lake",       "at the mill",     "under the tree", "under the table",
    "behind the house", "behind the church", "near the window", "near the door",  "near the old wall",
    "beside the road",  "beside the fire"};
constexpr std::array kWaysTo = {"to the garden",          "to the village",
                                "to the harbour",         "to the market",
                                "to the river",           "to the station",
                                "to the castle",          "to the forest",
                                "to the library",         "to the bridge",
                                "to the old mill",        "to the top of the hill",
                                "to the end of the road", "home"};
constexpr std::array kTimes = {"One morning",    "One evening",    "Yesterday",       "Last week", "Last summer",
                               "Last winter",    "In spring",      "In autumn",       "On Monday", "On Friday",
                               "On Sunday",      "At noon",        "At midnight",     "Long ago",  "After lunch",
                               "Before sunrise", "Many years ago", "During the storm"};
constexpr std::array kThenWords = {"Then",         "Later",   "After that", "Soon",    "A little later",
                                   "The next day", "Finally", "In the end", "At last", "Suddenly"};
constexpr std::array kAdverbs = {"slowly",          "quickly",         "carefully",      "quietly",
                                 "happily",         "gently",          "again",          "at once",
                                 "with great care", "for a long time", "without a word", "with both hands",
                                 "with a smile",    "in silence",      "every day",      "all night"};
constexpr std::array kHandling = {Verb{"find", "finds", "found", "finding"},
                                  Verb{"buy", "buys", "bought", "buying"},
                                  Verb{"sell", "sells", "sold", "selling"},
                                  Verb{"carry", "carries", "carried", "carrying"},
                                  Verb{"clean", "cleans", "cleaned", "cleaning"},
                                  Verb{"paint", "paints", "painted", "painting"},
                                  Verb{"hide", "hides", "hid", "hiding"},
                                  Verb{"lose", "loses", "lost", "losing"},
                                  Verb{"repair", "repairs", "repaired", "repairing"},
                                  Verb{"open", "opens", "opened", "opening"},
                                  Verb{"hold", "holds", "held", "holding"},
                                  Verb{"bring", "brings", "brought", "bringing"},
                                  Verb{"keep", "keeps", "kept", "keeping"},
                                  Verb{"see", "sees", "saw", "seeing"},
                                  Verb{"want", "wants", "wanted", "wanting"},
                                  Verb{"need", "needs", "needed", "needing"},
                                  Verb{"watch", "watches", "watched", "watching"},
                                  Verb{"take", "takes", "took", "taking"},
                                  Verb{"choose", "chooses", "chose", "choosing"},
                                  Verb{"admire", "admires", "admired", "admiring"},
                                  Verb{"draw", "draws", "drew", "drawing"},
                                  Verb{"touch", "touches", "touched", "touching"},
                                  Verb{"remember", "remembers", "remembered", "remembering"},
                                  Verb{"forget", "forgets", "forgot", "forgetting"}};
constexpr std::array kDoing = {
    Verb{"sleep", "sleeps", "slept", "sleeping"},   Verb{"wait", "waits", "waited", "waiting"},
    Verb{"sing", "sings", "sang", "singing"},       Verb{"dance", "dances", "danced", "dancing"},
    Verb{"laugh", "laughs", "laughed", "laughing"}, Verb{"sit", "sits", "sat", "sitting"},
    Verb{"stand", "stands", "stood", "standing"},   Verb{"work", "works", "worked", "working"},
    Verb{"rest", "rests", "rested", "resting"},     Verb{"walk", "walks", "walked", "walking"},
    Verb{"play", "plays", "played", "playing"},     Verb{"dream", "dreams", "dreamed", "dreaming"},
    Verb{"run", "runs", "ran", "running"},          Verb{"hide", "hides", "hid", "hiding"},
    Verb{"live", "lives", "lived", "living"},       Verb{"listen", "listens", "listened", "listening"}};
constexpr std::array kMoving = {"went", "walked", "ran", "hurried", "returned", "travelled", "rode", "drove"};
constexpr std::array kNumbers = {"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve"};
constexpr std::array kReasons = {"it was raining",    "it was getting dark", "the sun was shining", "the wind was cold",
                                 "there was no time", "nobody was at home",  "the door was open",   "the day was warm",
                                 "the road was long", "everyone was asleep", "the snow was deep",   "winter was near"};

constexpr std::array kOpenings = {"{time}, {name} {past} {first thing} {place}.",
                                  "{name} was {a person} and {past} {first thing} {place}.",
                                  "There was {first thing} {place}, and {name} {past} it {how}.",
                                  "When {name} was {doing} {place}, {she} {past} {first thing}.",
                                  "{time}, {first thing} lay {place}. {name} {past} it.",
                                  "{name} had {a relative} who {past} {first thing}."};
constexpr std::array kSentences = {"{She} {past} it {how}.",
                                   "The {thing} was {adjective} and {adjective}.",
                                   "{then}, {she} {moved} {to a place} with the {thing}.",
                                   "{Her} {relative} {past} it too.",
                                   "{She} wanted to {handle} the {thing}, but {reason}.",
                                   "{An animal} {did} {place}.",
                                   "{Number} {living} {animals} were {doing} {place}.",
                                   "\"{question}\" asked {her} {relative}. \"{answer}\" said {name}.",
                                   "{She} {did} {place} because {reason}.",
                                   "The {role} gave {him} {number} {adjective} {things}.",
                                   "Every day, {she} {did} {place}.",
                                   "{then}, {an animal} {past} the {thing}.",
                                   "\"I {past} it {place},\" {she} said.",
                                   "The {thing} was not {adjective}, but {name} {past} it {how}."};
constexpr std::array kQuestions = {"Where is the {thing}?", "Do you {handle} the {thing}?",
                                   "Who {handles} the {thing}?", "Is the {thing} {adjective}?"};
constexpr std::array kAnswers = {"It is {place},", "Nobody knows,", "I {past} it {place},", "It is {adjective},"};

std::string with_article(const std::string& phrase)
{
    return (std::string("aeiou").find(phrase[0]) == std::string::npos ? "a " : "an ") + phrase;
}

/// One story: who and what stay the same, so that "she" and "it" mean something.
class Story {
public:
    explicit Story(TextRng& rng) : m_rng(rng)
    {
        if (rng.chance(50))
            m_who = {rng.pick(kWomen), "she", "her", "her"};
        else
            m_who = {rng.pick(kMen), "he", "him", "his"};
        m_thing = rng.pick(kThings);
        m_adjective = rng.word(kThingAdjectives);
    }

    std::string sentence(std::string_view pattern)
    {
        return expand(pattern, [this](std::string_view gap) { return fill(gap); });
    }

private:
    std::string fill(std::string_view gap)
    {
        if (gap == "name") return m_who.name;
        if (gap == "she") return m_who.subject;
        if (gap == "her") return m_who.owner;
        if (gap == "him") return m_who.object;
        if (gap == "thing") return m_thing.one;
        if (gap == "first thing") return with_article(m_adjective + " " + m_thing.one);
        if (gap == "things") return m_rng.pick(kThings).many;
        if (gap == "past") return m_rng.pick(kHandling).past;
        if (gap == "handle") return m_rng.pick(kHandling).base;
        if (gap == "handles") return m_rng.pick(kHandling).third;
        if (gap == "did") return m_rng.pick(kDoing).past;
        if (gap == "doing") return m_rng.pick(kDoing).ing;
        if (gap == "animal") return m_rng.pick(kAnimals).one;
        if (gap == "animals") return m_rng.pick(kAnimals).many;
        if (gap == "question") return sentence(m_rng.pick(kQuestions));
        if (gap == "answer") return sentence(m_rng.pick(kAnswers));
        if (gap == "a person") return with_article(sentence("{living} {role}"));
        if (gap == "a relative") return with_article(sentence("{living} {relative}"));
        if (gap == "an animal") return with_article(sentence("{living} {animal}"));
        return word(gap);
    }

    std::string word(std::string_view gap)
    {
        if (gap == "time") return m_rng.word(kTimes);
        if (gap == "then") return m_rng.word(kThenWords);
        if (gap == "place") return m_rng.word(kPlaces);
        if (gap == "to a place") return m_rng.word(kWaysTo);
        if (gap == "moved") return m_rng.word(kMoving);
        if (gap == "how") return m_rng.word(kAdverbs);
        if (gap == "reason") return m_rng.word(kReasons);
        if (gap == "number") return m_rng.word(kNumbers);
        if (gap == "adjective") return m_rng.word(kThingAdjectives);
        if (gap == "living") return m_rng.word(kLivingAdjectives);
        if (gap == "role") return m_rng.word(kRoles);
        if (gap == "relative") return m_rng.word(kRelatives);
        throw std::logic_error("english: no gap named " + std::string(gap));
    }

    TextRng& m_rng;
    Person m_who{};
    Noun m_thing{};
    std::string m_adjective;
};

} // namespace

std::string write_english(TextRng& rng)
{
    Story story(rng);
    bool opened = false;
    return assemble(rng, " ", [&] {
        const std::string_view pattern = opened ? rng.pick(kSentences) : rng.pick(kOpenings);
        opened = true;
        return story.sentence(pattern);
    });
}

} // namespace triptych::synthetic
