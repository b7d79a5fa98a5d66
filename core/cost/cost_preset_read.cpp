// From JSON to a preset, refusing whatever would be ignored or misread.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/cost_preset_file.h"
#include "core/cost/json_place.h"
#include "core/cost/lens_program.h"
#include "core/util/json_text.h"
#include "core/util/quote.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace triptych {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMaxEntries = 500;
constexpr std::size_t kMaxText = 4000;

/// An object of the file and its place.
struct Node {
    const Json& json;
    JsonPlace place;

    Node at(const std::string& key) const { return {json.at(key), place.inside(key)}; }
    bool has(const std::string& key) const { return json.contains(key); }

    void expect_object(const std::vector<std::string>& known) const
    {
        if (!json.is_object()) place.refuse("an object was expected", "Write { and } with keys between.");
        for (const auto& [key, value] : json.items()) place.expect_known(key, known);
    }
    void expect_entries() const
    {
        if (!json.is_object()) place.refuse("an object was expected", "Write { and } with keys between.");
        if (json.size() > kMaxEntries)
            place.refuse(fmt::format("{} entries are too many", json.size()), fmt::format("At most {}.", kMaxEntries));
    }
    std::string text(const std::string& key) const
    {
        if (!has(key)) place.refuse("the key \"" + key + "\" is missing", "Add it.");
        const Json& value = json.at(key);
        if (!value.is_string()) place.inside(key).refuse("text was expected", "Put it in quotation marks.");
        const auto& text = value.get_ref<const std::string&>();
        if (text.size() > kMaxText) place.inside(key).refuse("the text is too long", "Shorten it.");
        return text;
    }
    std::string text_or(const std::string& key, const std::string& otherwise) const
    {
        return has(key) ? text(key) : otherwise;
    }
    bool flag(const std::string& key) const
    {
        if (!has(key)) return false;
        if (!json[key].is_boolean()) place.refuse(key + " must be true or false", "Correct it.");
        return json[key].get<bool>();
    }
    double number() const
    {
        if (!json.is_number()) place.refuse("a number was expected", "Write it without quotation marks.");
        return json.get<double>();
    }
    double number(const std::string& key) const
    {
        if (!has(key)) place.refuse("the key \"" + key + "\" is missing", "Add it.");
        return at(key).number();
    }
};

template <class T>
T named(const Node& node, const std::string& key, std::optional<T> value, const char* names)
{
    if (!value) node.place.inside(key).refuse(in_quotes(node.text(key)) + " is not known", std::string(names));
    return *value;
}

PriceBasis read_basis(const Node& node)
{
    if (!node.has("basis")) return PriceBasis::Published;
    return named(node, "basis", price_basis_from_name(node.text("basis")),
                 "Choose among published, assumed, measured, claimed, unknown.");
}

Unit read_unit(const Node& node)
{
    return node.place.inside("unit").expect(Unit::parse(node.text("unit")));
}

const char* const kNameHint = "Use small letters, digits and _, a letter first.";

bool is_name(std::string_view text)
{
    return !text.empty() && text.size() <= 60 && text[0] >= 'a' && text[0] <= 'z' &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == text.npos;
}

CostInput read_input(const Node& node, const std::string& key)
{
    node.expect_object(
        {"title", "value", "unit", "low", "high", "kind", "source", "date", "basis", "edited", "from", "means"});
    CostInput input;
    input.key = key;
    input.title = node.text("title");
    PriceInput& in = input.input;
    in.value = node.number("value");
    in.low = node.has("low") ? node.number("low") : in.value;
    in.high = node.has("high") ? node.number("high") : in.value;
    read_unit(node);
    in.unit = node.text("unit");
    in.source = node.text("source");
    in.date = node.text("date");
    in.basis = read_basis(node);
    in.edited = node.flag("edited");
    if (node.has("kind"))
        input.kind = named(node, "kind", input_kind_from_name(node.text("kind")),
                           "Choose among amount, positive, share, rest_share, overhead.");
    input.from = node.text_or("from", "");
    input.means = node.text_or("means", "");
    if (!is_name(input.means) && node.has("means"))
        node.place.inside("means").refuse(in_quotes(input.means) + " is no name", kNameHint);
    node.place.expect(validate(in, input.kind, key, input.title));
    return input;
}

/// Reads lenses and quantities, whose formulas refer to what was read before.
class PresetReader {
public:
    PresetReader(const Node& root, CostPreset& preset) : m_root(root), m_preset(preset) {}

    void read()
    {
        read_head();
        read_inputs();
        read_quantities();
        read_lenses();
        read_expectations();
    }

private:
    void read_head()
    {
        m_root.expect_object(
            {"title", "source", "url", "date", "basis", "note", "defects", "inputs", "quantities", "lenses", "expect"});
        m_preset.title = m_root.text("title");
        m_preset.source = m_root.text("source");
        m_preset.url = m_root.text_or("url", "");
        m_preset.date = m_root.text("date");
        m_preset.basis = read_basis(m_root);
        m_preset.note = m_root.text_or("note", "");
        if (!m_root.has("defects")) return;
        const Node defects = m_root.at("defects");
        if (!defects.json.is_array()) defects.place.refuse("a list was expected", "Write [ and ].");
        for (const Json& defect : defects.json) {
            if (!defect.is_string()) defects.place.refuse("a list of texts was expected", "Use quotation marks.");
            m_preset.defects.push_back(defect.get<std::string>());
        }
    }

    /// A name that formulas can use and that nothing else has.
    void expect_new_name(const Node& node, const std::string& key, std::set<std::string>& names) const
    {
        if (!is_name(key)) node.place.refuse(in_quotes(key) + " is no name", kNameHint);
        const auto constants = cost_constants();
        const bool taken = std::any_of(constants.begin(), constants.end(), [&](const auto& c) { return c.key == key; });
        if (taken || !names.insert(key).second)
            node.place.refuse(in_quotes(key) + " is already the name of something else", "Choose another name.");
    }

    void read_inputs()
    {
        for (const CostConstant& constant : cost_constants()) m_units.push_back(*Unit::parse(constant.unit));
        if (!m_root.has("inputs")) m_root.place.refuse("the key \"inputs\" is missing", "Add it.");
        const Node inputs = m_root.at("inputs");
        inputs.expect_entries();
        for (const auto& [key, value] : inputs.json.items()) {
            expect_new_name(inputs, key, m_names);
            const Node node = inputs.at(key);
            m_preset.inputs.push_back(read_input(node, key));
            m_units.push_back(read_unit(node));
        }
    }

    /// Parses under what stands before it and holds its unit against the declared one.
    Formula read_formula(const Node& node, const CostLens* lens, const Unit& declared) const
    {
        const JsonPlace place = node.place.inside("formula");
        const CostPlaces places(m_preset, lens);
        const auto resolve = [&](std::string_view name) {
            return places.find(name, m_preset.quantities.size(), lens ? lens->lines.size() : 0);
        };
        Formula formula = place.expect(Formula::parse(node.text("formula"), resolve));
        const Unit unit = place.expect(formula.unit(m_units));
        if (!(unit == declared))
            place.refuse(
                fmt::format("{} comes out in {}, not in {}", in_quotes(formula.text()), unit.text(), declared.text()),
                "Look for a factor that is missing or stands there twice.");
        return formula;
    }

    void read_quantities()
    {
        if (!m_root.has("quantities")) return;
        const Node quantities = m_root.at("quantities");
        quantities.expect_entries();
        for (const auto& [key, value] : quantities.json.items()) {
            expect_new_name(quantities, key, m_names);
            const Node node = quantities.at(key);
            node.expect_object({"title", "unit", "formula"});
            const Unit unit = read_unit(node);
            Formula formula = read_formula(node, nullptr, unit);
            m_preset.quantities.push_back({key, node.text("title"), node.text("unit"), std::move(formula)});
            m_units.push_back(unit);
        }
    }

    CostLine read_line(const Node& node, const std::string& key, const CostLens& lens) const
    {
        node.expect_object({"title", "ledger", "formula", "axis", "note", "left_out"});
        CostLine line{key,
                      node.text("title"),
                      {},
                      read_formula(node, &lens, *Unit::parse("USD")),
                      {},
                      node.text_or("note", ""),
                      node.flag("left_out")};
        line.part = named(node, "ledger", ledger_part_from_letter(node.text("ledger")),
                          "Choose a letter of A to G, or I for inference.");
        if (!node.has("axis")) return line;
        const std::string axis = node.text("axis");
        if (axis != "price" && axis != "scope")
            node.place.inside("axis").refuse(in_quotes(axis) + " is not known", "Choose price or scope.");
        line.axis = axis == "price" ? CostAxis::Price : CostAxis::Scope;
        return line;
    }

    void read_lens(const Node& node, const std::string& key)
    {
        node.expect_object({"title", "scope", "gpu_hours", "note", "widens", "lines"});
        CostLens lens{key,
                      node.text("title"),
                      node.text("scope"),
                      node.text_or("gpu_hours", ""),
                      node.text_or("note", ""),
                      node.text_or("widens", ""),
                      {}};
        check_hours(node, lens);
        if (!node.has("lines")) node.place.refuse("the key \"lines\" is missing", "Add it.");
        const Node lines = node.at("lines");
        lines.expect_entries();
        if (lines.json.empty()) lines.place.refuse("there is no line", "Add at least one.");
        std::set<std::string> names = m_names;
        const std::size_t units = m_units.size();
        for (const auto& [name, value] : lines.json.items()) {
            expect_new_name(lines, name, names);
            lens.lines.push_back(read_line(lines.at(name), name, lens));
            m_units.push_back(*Unit::parse("USD"));
            const bool inference = lens.lines.back().part == LedgerPart::Inference;
            if (inference != (lens.lines.front().part == LedgerPart::Inference))
                lines.place.inside(name).refuse("inference stands beside other books",
                                                "Give inference a lens of its own: serving a model is no part of what "
                                                "it took to make it.");
        }
        m_units.resize(units); // another lens has other lines
        m_preset.lenses.push_back(std::move(lens));
    }

    void check_hours(const Node& node, const CostLens& lens) const
    {
        if (lens.gpu_hours.empty()) return;
        const JsonPlace place = node.place.inside("gpu_hours");
        const auto found = CostPlaces(m_preset, nullptr).find(lens.gpu_hours, m_preset.quantities.size(), 0);
        if (!found) place.refuse(in_quotes(lens.gpu_hours) + " is not known", "Name an input or a quantity.");
        const Unit unit = m_units[*found];
        if (!(unit == *Unit::parse("GPU-hour")) && !(unit == *Unit::parse("machine-hour")))
            place.refuse(fmt::format("{} is in {}", lens.gpu_hours, unit.text()), "Name what is in GPU-hours.");
    }

    void read_lenses()
    {
        if (!m_root.has("lenses")) m_root.place.refuse("the key \"lenses\" is missing", "Add it.");
        const Node lenses = m_root.at("lenses");
        lenses.expect_entries();
        if (lenses.json.empty()) lenses.place.refuse("there is no lens", "Add at least one.");
        for (const auto& [key, value] : lenses.json.items()) read_lens(lenses.at(key), key);
        for (const CostLens& lens : m_preset.lenses)
            if (!lens.widens.empty() && (lens.widens == lens.key || !find_lens(m_preset, lens.widens)))
                lenses.place.inside(lens.key).refuse(in_quotes(lens.widens) + " is no other lens of this preset",
                                                     "Name the lens whose scope this one has and adds to.");
    }

    CostExpectation::Number read_number(const Node& node, const std::string& key) const
    {
        if (!node.json.is_array()) return {key, node.number(), 0};
        if (node.json.size() != 2 || !node.json[0].is_number() || !node.json[1].is_number())
            node.place.refuse("a number, or a number and its tolerance, was expected", "Write 5.45 or [5.45, 0.005].");
        return {key, node.json[0].get<double>(), node.json[1].get<double>()};
    }

    template <class Known>
    void read_numbers(const Node& node, const std::string& key, Known known,
                      std::vector<CostExpectation::Number>& numbers) const
    {
        if (!node.has(key)) return;
        const Node entries = node.at(key);
        entries.expect_entries();
        for (const auto& [name, value] : entries.json.items()) {
            if (!known(name)) entries.place.refuse(in_quotes(name) + " is not known", "Correct the name.");
            numbers.push_back(read_number(entries.at(name), name));
        }
    }

    void read_expectation(const Node& node)
    {
        node.expect_object({"lens", "source", "set", "total_usd", "lines", "quantities"});
        CostExpectation expectation;
        const CostLens& lens = *node.place.expect(find_lens(m_preset, node.text_or("lens", "")));
        expectation.lens = lens.key;
        expectation.source = node.text_or("source", m_preset.source);
        const auto has = [](const auto& list) {
            return [&list](const std::string& name) {
                return std::any_of(list.begin(), list.end(), [&](const auto& entry) { return entry.key == name; });
            };
        };
        read_numbers(node, "set", has(m_preset.inputs), expectation.settings);
        read_numbers(node, "lines", has(lens.lines), expectation.lines);
        read_numbers(node, "quantities", has(m_preset.quantities), expectation.quantities);
        if (node.has("total_usd")) expectation.total = read_number(node.at("total_usd"), "total");
        m_preset.expectations.push_back(std::move(expectation));
    }

    void read_expectations()
    {
        if (!m_root.has("expect")) return;
        const Node list = m_root.at("expect");
        if (!list.json.is_array()) list.place.refuse("a list was expected", "Write [ and ].");
        for (std::size_t i = 0; i < list.json.size(); ++i)
            read_expectation({list.json[i], list.place.inside(std::to_string(i))});
    }

    const Node& m_root;
    CostPreset& m_preset;
    std::set<std::string> m_names; // of inputs and quantities
    std::vector<Unit> m_units;     // of all places so far
};

} // namespace

Result<CostPreset> parse_cost_preset(std::string_view json, const std::string& name)
{
    if (Status status = check_json_object(json, name); !status) return status.error();
    const Json root = Json::parse(json, nullptr, false);
    CostPreset preset;
    preset.name = name.ends_with(".json") ? name.substr(0, name.size() - 5) : name;
    try {
        const Node node{root, JsonPlace(name)};
        PresetReader(node, preset).read();
    } catch (const JsonComplaint& complaint) {
        return complaint.error;
    }
    return preset;
}

} // namespace triptych
