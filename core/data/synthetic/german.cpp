// German: small stories in the present tense, with gender, case, adjective endings and the verb in second place.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/synthetic/pattern.h"
#include "core/data/synthetic/writers.h"

#include <array>
#include <stdexcept>

namespace triptych::synthetic {

namespace {

enum class Gender { Masculine, Feminine, Neuter };
enum class Case { Nominative, Accusative, Dative };

struct Noun {
    const char* one;
    const char* many;
    Gender gender;
};
struct Verb {
    const char* third;      // findet
    const char* infinitive; // finden
    const char* participle; // gefunden
};

constexpr Gender M = Gender::Masculine;
constexpr Gender F = Gender::Feminine;
constexpr Gender N = Gender::Neuter;

constexpr std::array kThings = {Noun{"Schlüssel", "Schlüssel", M},
                                Noun{"Brief", "Briefe", M},
                                Noun{"Apfel", "Äpfel", M},
                                Noun{"Stuhl", "Stühle", M},
                                Noun{"Tisch", "Tische", M},
                                Noun{"Löffel", "Löffel", M},
                                Noun{"Spiegel", "Spiegel", M},
                                Noun{"Mantel", "Mäntel", M},
                                Noun{"Hut", "Hüte", M},
                                Noun{"Korb", "Körbe", M},
                                Noun{"Stein", "Steine", M},
                                Noun{"Ring", "Ringe", M},
                                Noun{"Hammer", "Hämmer", M},
                                Noun{"Koffer", "Koffer", M},
                                Noun{"Teller", "Teller", M},
                                Noun{"Lampe", "Lampen", F},
                                Noun{"Uhr", "Uhren", F},
                                Noun{"Flasche", "Flaschen", F},
                                Noun{"Tasche", "Taschen", F},
                                Noun{"Blume", "Blumen", F},
                                Noun{"Karte", "Karten", F},
                                Noun{"Münze", "Münzen", F},
                                Noun{"Kerze", "Kerzen", F},
                                Noun{"Geige", "Geigen", F},
                                Noun{"Tasse", "Tassen", F},
                                Noun{"Birne", "Birnen", F},
                                Noun{"Zeitung", "Zeitungen", F},
                                Noun{"Decke", "Decken", F},
                                Noun{"Leiter", "Leitern", F},
                                Noun{"Brille", "Brillen", F},
                                Noun{"Buch", "Bücher", N},
                                Noun{"Bild", "Bilder", N},
                                Noun{"Messer", "Messer", N},
                                Noun{"Brot", "Brote", N},
                                Noun{"Ei", "Eier", N},
                                Noun{"Boot", "Boote", N},
                                Noun{"Rad", "Räder", N},
                                Noun{"Glas", "Gläser", N},
                                Noun{"Kissen", "Kissen", N},
                                Noun{"Heft", "Hefte", N},
                                Noun{"Seil", "Seile", N},
                                Noun{"Kleid", "Kleider", N},
                                Noun{"Instrument", "Instrumente", N},
                                Noun{"Geschenk", "Geschenke", N},
                                Noun{"Radio", "Radios", N}};
constexpr std::array kPeople = {Noun{"Bäcker", "Bäcker", M},
                                Noun{"Lehrer", "Lehrer", M},
                                Noun{"Gärtner", "Gärtner", M},
                                Noun{"Arzt", "Ärzte", M},
                                Noun{"Koch", "Köche", M},
                                Noun{"Maler", "Maler", M},
                                Noun{"Fischer", "Fischer", M},
                                Noun{"Schneider", "Schneider", M},
                                Noun{"König", "Könige", M},
                                Noun{"Bruder", "Brüder", M},
                                Noun{"Onkel", "Onkel", M},
                                Noun{"Freund", "Freunde", M},
                                Noun{"Lehrerin", "Lehrerinnen", F},
                                Noun{"Ärztin", "Ärztinnen", F},
                                Noun{"Köchin", "Köchinnen", F},
                                Noun{"Schwester", "Schwestern", F},
                                Noun{"Tante", "Tanten", F},
                                Noun{"Königin", "Königinnen", F},
                                Noun{"Nachbarin", "Nachbarinnen", F},
                                Noun{"Malerin", "Malerinnen", F},
                                Noun{"Freundin", "Freundinnen", F},
                                Noun{"Kind", "Kinder", N},
                                Noun{"Mädchen", "Mädchen", N}};
constexpr std::array kAnimals = {
    Noun{"Hund", "Hunde", M},     Noun{"Vogel", "Vögel", M},  Noun{"Fuchs", "Füchse", M}, Noun{"Esel", "Esel", M},
    Noun{"Frosch", "Frösche", M}, Noun{"Igel", "Igel", M},    Noun{"Katze", "Katzen", F}, Noun{"Maus", "Mäuse", F},
    Noun{"Ente", "Enten", F},     Noun{"Ziege", "Ziegen", F}, Noun{"Eule", "Eulen", F},   Noun{"Kuh", "Kühe", F},
    Noun{"Pferd", "Pferde", N},   Noun{"Schaf", "Schafe", N}, Noun{"Huhn", "Hühner", N},  Noun{"Reh", "Rehe", N}};
constexpr std::array kWomen = {"Anna", "Clara", "Emma", "Greta", "Hanna",  "Ida",   "Julia",
                               "Lena", "Marie", "Nele", "Paula", "Sophie", "Tilda", "Ursula"};
constexpr std::array kMen = {"Anton", "Bernd", "Emil", "Felix", "Georg", "Hans",   "Jakob",
                             "Karl",  "Lukas", "Max",  "Otto",  "Paul",  "Stefan", "Theo"};
constexpr std::array kThingAdjectives = {"alt",     "neu",     "klein",  "groß",    "rot",    "blau",   "grün",
                                         "schwarz", "weiß",    "schwer", "leicht",  "schön",  "rund",   "leer",
                                         "billig",  "einfach", "selten", "seltsam", "kaputt", "sauber", "schmutzig",
                                         "warm",    "kalt",    "bunt",   "golden"};
constexpr std::array kLivingAdjectives = {
    "jung",  "alt",       "klug", "freundlich", "hungrig", "glücklich", "ruhig",   "mutig",    "faul",    "fleißig",
    "stolz", "neugierig", "wild", "vorsichtig", "still",   "lustig",    "traurig", "geduldig", "höflich", "streng"};
constexpr std::array kVerbs = {Verb{"findet", "finden", "gefunden"},
                               Verb{"kauft", "kaufen", "gekauft"},
                               Verb{"sucht", "suchen", "gesucht"},
                               Verb{"trägt", "tragen", "getragen"},
                               Verb{"bringt", "bringen", "gebracht"},
                               Verb{"sieht", "sehen", "gesehen"},
                               Verb{"braucht", "brauchen", "gebraucht"},
                               Verb{"verkauft", "verkaufen", "verkauft"},
                               Verb{"verliert", "verlieren", "verloren"},
                               Verb{"malt", "malen", "gemalt"},
                               Verb{"holt", "holen", "geholt"},
                               Verb{"versteckt", "verstecken", "versteckt"},
                               Verb{"nimmt", "nehmen", "genommen"},
                               Verb{"behält", "behalten", "behalten"},
                               Verb{"zeigt", "zeigen", "gezeigt"},
                               Verb{"vergisst", "vergessen", "vergessen"},
                               Verb{"repariert", "reparieren", "repariert"},
                               Verb{"bewundert", "bewundern", "bewundert"}};
constexpr std::array kDoing = {"schläft", "wartet", "arbeitet", "singt", "lacht", "spielt", "sitzt",
                               "steht",   "ruht",   "träumt",   "liest", "tanzt", "wohnt",  "schweigt"};
constexpr std::array kPlaces = {
    "im Garten",      "im Wald",           "im Haus",        "im Keller",       "im Dorf",         "im Hafen",
    "im Park",        "im Zimmer",         "im Schloss",     "in der Küche",    "in der Stadt",    "in der Schule",
    "in der Scheune", "in der Bibliothek", "in der Kirche",  "auf dem Markt",   "auf dem Dach",    "auf dem Berg",
    "auf der Brücke", "auf der Insel",     "auf der Wiese",  "am Fluss",        "am See",          "am Bahnhof",
    "am Fenster",     "an der Tür",        "unter dem Baum", "unter dem Tisch", "hinter dem Haus", "neben der Mühle",
    "vor dem Tor",    "vor der Stadt"};
constexpr std::array kWaysTo = {"in den Garten", "in den Wald",  "in die Stadt",  "in die Küche", "in das Dorf",
                                "auf den Markt", "auf den Berg", "auf die Wiese", "an den See",   "an den Fluss",
                                "zum Bahnhof",   "zum Hafen",    "zur Schule",    "zur Mühle",    "nach Hause"};
constexpr std::array kTimes = {"Am Morgen",      "Am Abend",       "Am Montag", "Am Freitag", "Am Sonntag",
                               "Heute",          "Im Sommer",      "Im Winter", "Im Herbst",  "In der Nacht",
                               "Nach dem Essen", "Vor der Arbeit", "Jeden Tag", "Manchmal",   "Oft",
                               "Endlich",        "Später",         "Danach"};
constexpr std::array kReasons = {
    "es regnet",         "die Sonne scheint",    "es dunkel wird",   "der Weg weit ist", "niemand zu Hause ist",
    "der Wind kalt ist", "das Wetter schön ist", "der Winter kommt", "alle schlafen",    "die Zeit fehlt"};
constexpr std::array kNumbers = {"zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "zwölf"};
constexpr std::array kMoving = {"geht", "läuft", "fährt", "reist", "eilt", "wandert"};

const char* definite(Gender gender, Case which)
{
    if (which == Case::Dative) return gender == F ? "der" : "dem";
    if (gender == F) return "die";
    if (gender == N) return "das";
    return which == Case::Nominative ? "der" : "den";
}

/// The ending of ein-, kein-, sein-, ihr-.
const char* indefinite_ending(Gender gender, Case which)
{
    if (which == Case::Dative) return gender == F ? "er" : "em";
    if (gender == F) return "e";
    return gender == M && which == Case::Accusative ? "en" : "";
}

/// The ending of an adjective after der, die, das.
const char* weak_ending(Gender gender, Case which)
{
    return which == Case::Dative || (which == Case::Accusative && gender == M) ? "en" : "e";
}

/// The ending of an adjective after ein, kein, sein.
const char* mixed_ending(Gender gender, Case which)
{
    if (which == Case::Dative) return "en";
    if (gender == F) return "e";
    if (gender == N) return "es";
    return which == Case::Nominative ? "er" : "en";
}

std::string the(const Noun& noun, Case which)
{
    return std::string(definite(noun.gender, which)) + " " + noun.one;
}

std::string the(const std::string& adjective, const Noun& noun, Case which)
{
    return std::string(definite(noun.gender, which)) + " " + adjective + weak_ending(noun.gender, which) + " " +
           noun.one;
}

/// ein, sein, ihr, kein with an adjective: "einen alten Stuhl".
std::string a(const std::string& stem, const std::string& adjective, const Noun& noun, Case which)
{
    return stem + indefinite_ending(noun.gender, which) + " " + adjective + mixed_ending(noun.gender, which) + " " +
           noun.one;
}

const char* pronoun(Gender gender, Case which)
{
    if (gender == F) return which == Case::Dative ? "ihr" : "sie";
    if (which == Case::Dative) return "ihm";
    if (gender == N) return "es";
    return which == Case::Nominative ? "er" : "ihn";
}

// {first acc}: the story's thing when it comes up, {the thing acc} later on, {it acc} its pronoun; {a person nom}:
// somebody new, with an adjective.
constexpr std::array kOpenings = {"{time} {does} {name} {first acc} {place}.", "{name} hat {place} {first acc} {done}.",
                                  "{name} ist {living} und {does} {first acc}.",
                                  "{A person nom} zeigt {name} {first acc}.", "{Place} {does} {name} {first acc}."};
constexpr std::array kSentences = {"{The thing nom} ist {adjective}, aber {name} {does} {it acc} trotzdem.",
                                   "{time} {moves} {he} mit {the thing dat} {to a place}.",
                                   "{His person} {does} {it acc} auch.",
                                   "{name} will {the thing acc} {do}, weil {reason}.",
                                   "{An animal nom} {rests} {place}.",
                                   "{time} {does} {name} {the animal acc} {place}.",
                                   "\"Wo ist {the thing nom}?\", fragt {name}. \"{It nom} ist {place}.\"",
                                   "{time} {rests} {name} {place}, weil {reason}.",
                                   "{The person nom} gibt {him} {number} {adjective}e {things}.",
                                   "{He} hat {no thing acc} {done}.",
                                   "{name} weiß, dass {the person nom} {the thing acc} {does}.",
                                   "{time} {rests} {he} mit {a person dat} {place}.",
                                   "Wenn {reason}, {rests} {name} {place}.",
                                   "{The thing nom} gehört {the person dat}."};

/// One story: who and what stay the same, so that "sie" and "es" mean something.
class Story {
public:
    explicit Story(TextRng& rng) : m_rng(rng)
    {
        m_gender = rng.chance(50) ? F : M;
        m_name = m_gender == F ? rng.word(kWomen) : rng.word(kMen);
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
        if (gap.ends_with(" nom")) return phrase(gap.substr(0, gap.size() - 4), Case::Nominative);
        if (gap.ends_with(" acc")) return phrase(gap.substr(0, gap.size() - 4), Case::Accusative);
        if (gap.ends_with(" dat")) return phrase(gap.substr(0, gap.size() - 4), Case::Dative);
        if (gap == "name") return m_name;
        if (gap == "he") return pronoun(m_gender, Case::Nominative);
        if (gap == "him") return pronoun(m_gender, Case::Dative);
        if (gap == "his person") {
            const Noun& person = m_rng.pick(kPeople);
            return std::string(m_gender == F ? "ihr" : "sein") + indefinite_ending(person.gender, Case::Nominative) +
                   " " + person.one;
        }
        if (gap == "does") return m_rng.pick(kVerbs).third;
        if (gap == "do") return m_rng.pick(kVerbs).infinitive;
        if (gap == "done") return m_rng.pick(kVerbs).participle;
        if (gap == "things") return m_rng.pick(kThings).many;
        return word(gap);
    }

    std::string phrase(std::string_view what, Case which)
    {
        if (what == "it") return pronoun(m_thing.gender, which);
        if (what == "the thing") return the(m_thing, which);
        if (what == "first") return a("ein", m_adjective, m_thing, which);
        const bool living = what.ends_with("person") || what.ends_with("animal");
        const std::string adjective = living ? m_rng.word(kLivingAdjectives) : m_rng.word(kThingAdjectives);
        const Noun noun = !living                    ? m_rng.pick(kThings)
                          : what.ends_with("person") ? m_rng.pick(kPeople)
                                                     : m_rng.pick(kAnimals);
        if (what.starts_with("the ")) return the(adjective, noun, which);
        return a(what.starts_with("no ") ? "kein" : "ein", adjective, noun, which);
    }

    std::string word(std::string_view gap)
    {
        if (gap == "time") return m_rng.word(kTimes);
        if (gap == "place") return m_rng.word(kPlaces);
        if (gap == "to a place") return m_rng.word(kWaysTo);
        if (gap == "moves") return m_rng.word(kMoving);
        if (gap == "rests") return m_rng.word(kDoing);
        if (gap == "reason") return m_rng.word(kReasons);
        if (gap == "number") return m_rng.word(kNumbers);
        if (gap == "adjective") return m_rng.word(kThingAdjectives);
        if (gap == "living") return m_rng.word(kLivingAdjectives);
        throw std::logic_error("german: no gap named " + std::string(gap));
    }

    TextRng& m_rng;
    Gender m_gender = F;
    std::string m_name;
    Noun m_thing{};
    std::string m_adjective;
};

} // namespace

std::string write_german(TextRng& rng)
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
