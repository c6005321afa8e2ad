#include "core/registry/card/card.h"

#include "core/base/strict_json.h"
#include "core/base/text.h"

#include <algorithm>
#include <cmath>

namespace sextant::registry {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kSchema = "sextant.card/1";
constexpr std::string_view kData = "parameters.data";
constexpr std::string_view kMetrics = "analysis.metrics";
constexpr std::string_view kBetween = " | ";
constexpr JsonLimits kLimits{std::size_t{1} << 22, 12};

CardField textField(std::string_view name, std::string_view title, std::string ModelCard::*member)
{
    return {name, title, member, nullptr, nullptr, {}, {}};
}

CardField listField(std::string_view name, std::string_view title,
                    std::vector<std::string> ModelCard::*member)
{
    return {name, title, nullptr, member, nullptr, {}, {}};
}

/// The place of a field's value; objects on the way are made.
Json& placeOf(Json& document, std::string_view name)
{
    auto* at = &document;
    for (auto part : split(name, '.'))
        at = &(*at)[std::string(part)];
    return *at;
}

Json valueOf(const ModelCard& card, const CardField& field)
{
    if (field.text)
        return toUtf8(card.*field.text);
    auto array = Json::array();
    if (field.list)
        for (const auto& text : card.*field.list)
            array.push_back(toUtf8(text));
    if (field.pairs)
        for (const auto& pair : card.*field.pairs)
            array.push_back({{field.first, toUtf8(pair.first)}, {field.second, toUtf8(pair.second)}});
    return array;
}

Json datasetsJson(const ModelCard& card)
{
    auto array = Json::array();
    for (const auto& data : card.data)
        array.push_back({{"name", toUtf8(data.name)},
                         {"context", toUtf8(data.context)},
                         {"digest", toUtf8(data.digest)},
                         {"link", toUtf8(data.link)},
                         {"description", toUtf8(data.description)}});
    return array;
}

Json metricsJson(const ModelCard& card)
{
    auto array = Json::array();
    for (const auto& metric : card.metrics) {
        Json item = {{"type", toUtf8(metric.type)}, {"value", metric.value}, {"slice", toUtf8(metric.slice)}};
        if (metric.lower && metric.upper)
            item["confidence_interval"] = {{"lower", *metric.lower}, {"upper", *metric.upper}};
        array.push_back(std::move(item));
    }
    return array;
}

class CardReader
{
public:
    explicit CardReader(std::string_view what) : m_what(what) {}

    Result<ModelCard> read(const Json& document)
    {
        if (!document.is_object() || !document.contains("schema") || document["schema"] != kSchema)
            return broken("it is no model card: 'schema' must be \"" + std::string(kSchema) + "\"");
        for (const auto& [key, value] : document.items()) {
            if (key == "schema")
                continue;
            if (key == "model" ? readText(value, m_card.model) : key == "version" && readVersion(value))
                continue;
            SEXTANT_CHECK(readPart(key, value));
        }
        return std::move(m_card);
    }

private:
    tl::unexpected<Error> broken(const std::string& why) const
    {
        return fail(ErrorCode::Corrupt, std::string(m_what) + ": " + why,
                    "`sextant cards show` prints a card as it is written");
    }

    Result<void> readPart(const std::string& name, const Json& value)
    {
        const auto* field = findCardField(name);
        bool isTable = name == kData || name == kMetrics;
        if (!field && !isTable) {
            if (!value.is_object())
                return broken("'" + name + "' is not known");
            for (const auto& [key, item] : value.items())
                SEXTANT_CHECK(readPart(name + "." + key, item));
            return {};
        }
        bool good = field ? readField(value, *field) : name == kData ? readData(value) : readMetrics(value);
        return good ? Result<void>() : Result<void>(broken("the value of '" + name + "' does not fit"));
    }

    static bool readText(const Json& value, std::string& into)
    {
        if (!value.is_string())
            return false;
        into = value.get<std::string>();
        return true;
    }
    bool readVersion(const Json& value)
    {
        if (!value.is_number_integer())
            return false;
        m_card.version = value.get<std::int64_t>();
        return true;
    }
    bool readField(const Json& value, const CardField& field)
    {
        if (field.text)
            return readText(value, m_card.*field.text);
        if (!value.is_array())
            return false;
        for (const auto& item : value) {
            if (field.list ? !readText(item, (m_card.*field.list).emplace_back())
                           : !readPair(item, field, (m_card.*field.pairs).emplace_back()))
                return false;
        }
        return true;
    }
    /// All of an object's members are texts with these names.
    static bool readTexts(const Json& value,
                          std::initializer_list<std::pair<std::string_view, std::string*>> into)
    {
        if (!value.is_object())
            return false;
        for (const auto& [key, item] : value.items()) {
            auto found =
                std::find_if(into.begin(), into.end(), [&](const auto& one) { return one.first == key; });
            if (found == into.end() || !readText(item, *found->second))
                return false;
        }
        return true;
    }
    static bool readPair(const Json& value, const CardField& field, CardPair& pair)
    {
        return readTexts(value, {{field.first, &pair.first}, {field.second, &pair.second}});
    }
    bool readData(const Json& value)
    {
        if (!value.is_array())
            return false;
        for (const auto& item : value) {
            auto& data = m_card.data.emplace_back();
            if (!readTexts(item, {{"name", &data.name},
                                  {"context", &data.context},
                                  {"digest", &data.digest},
                                  {"link", &data.link},
                                  {"description", &data.description}}))
                return false;
        }
        return true;
    }
    static bool readNumber(const Json& value, double& into)
    {
        if (!value.is_number())
            return false;
        into = value.get<double>();
        return true;
    }
    bool readMetrics(const Json& value)
    {
        if (!value.is_array())
            return false;
        for (const auto& item : value) {
            auto& metric = m_card.metrics.emplace_back();
            if (!item.is_object())
                return false;
            for (const auto& [key, part] : item.items()) {
                bool good = key == "type"    ? readText(part, metric.type)
                            : key == "slice" ? readText(part, metric.slice)
                            : key == "value" ? readNumber(part, metric.value)
                                             : key == "confidence_interval" && readInterval(part, metric);
                if (!good)
                    return false;
            }
        }
        return true;
    }
    static bool readInterval(const Json& value, CardMetric& metric)
    {
        return value.is_object() && value.size() == 2 && value.contains("lower") && value.contains("upper") &&
               readNumber(value["lower"], metric.lower.emplace()) &&
               readNumber(value["upper"], metric.upper.emplace());
    }

    std::string_view m_what;
    ModelCard m_card;
};

} // namespace

bool CardField::isEmpty(const ModelCard& card) const
{
    return text ? trim(card.*text).empty() : list ? (card.*list).empty() : (card.*pairs).empty();
}

std::vector<std::string> CardField::values(const ModelCard& card) const
{
    if (list)
        return card.*list;
    std::vector<std::string> lines;
    if (text && !(card.*text).empty())
        lines.push_back(card.*text);
    if (pairs)
        for (const auto& pair : card.*pairs)
            lines.push_back(pair.second.empty() ? pair.first
                                                : pair.first + std::string(kBetween) + pair.second);
    return lines;
}

void CardField::set(ModelCard& card, const std::vector<std::string>& lines) const
{
    if (list)
        card.*list = lines;
    if (text) {
        (card.*text).clear();
        for (const auto& line : lines)
            card.*text += ((card.*text).empty() ? "" : "\n") + line;
    }
    if (!pairs)
        return;
    (card.*pairs).clear();
    for (const auto& line : lines) {
        auto between = line.find(kBetween);
        (card.*pairs)
            .push_back({line.substr(0, between), between == std::string::npos
                                                     ? std::string()
                                                     : line.substr(between + kBetween.size())});
    }
}

std::span<const CardField> cardFields()
{
    using Card = ModelCard;
    static const std::vector<CardField> kFields = {
        textField("details.name", "Name", &Card::name),
        textField("details.overview", "Overview", &Card::overview),
        {"details.owners", "Owners", nullptr, nullptr, &Card::owners, "name", "contact"},
        textField("details.version.name", "Version", &Card::versionName),
        textField("details.version.date", "Date", &Card::versionDate),
        textField("details.version.diff", "What changed", &Card::versionDiff),
        listField("details.licenses", "Licences", &Card::licenses),
        textField("details.documentation", "Documentation", &Card::documentation),
        listField("details.references", "References", &Card::references),
        listField("details.citations", "Citations", &Card::citations),
        textField("details.path", "Place of the files", &Card::path),
        listField("considerations.users", "Users", &Card::users),
        listField("considerations.use_cases", "Intended uses", &Card::useCases),
        listField("considerations.out_of_scope", "Not intended for", &Card::outOfScope),
        listField("considerations.limitations", "Limitations", &Card::limitations),
        listField("considerations.tradeoffs", "Trade-offs", &Card::tradeoffs),
        {"considerations.ethical_considerations", "Risks and what is done about them", nullptr, nullptr,
         &Card::ethics, "name", "mitigation_strategy"},
        textField("parameters.architecture", "Architecture", &Card::architecture),
        textField("parameters.training", "Training procedure", &Card::trainingProcedure),
        listField("parameters.hyperparameters", "Hyperparameters", &Card::hyperparameters),
        textField("parameters.input_format", "Inputs", &Card::inputFormat),
        textField("parameters.output_format", "Outputs", &Card::outputFormat),
        listField("hub.language", "Languages", &Card::languages),
        listField("hub.tags", "Tags", &Card::tags),
        textField("hub.library_name", "Library", &Card::libraryName),
        textField("hub.pipeline_tag", "Task", &Card::pipelineTag),
        textField("hub.base_model", "Base model", &Card::baseModel),
    };
    return kFields;
}

const CardField* findCardField(std::string_view name)
{
    auto fields = cardFields();
    auto found = std::find_if(fields.begin(), fields.end(),
                              [&](const CardField& field) { return field.name == name; });
    return found == fields.end() ? nullptr : &*found;
}

std::vector<std::string_view> emptyFields(const ModelCard& card)
{
    std::vector<std::string_view> names;
    for (const auto& field : cardFields())
        if (field.isEmpty(card))
            names.push_back(field.name);
    return names;
}

std::string formatCard(const ModelCard& card)
{
    Json document = {{"schema", kSchema}, {"model", toUtf8(card.model)}, {"version", card.version}};
    for (const auto& field : cardFields())
        placeOf(document, field.name) = valueOf(card, field);
    placeOf(document, kData) = datasetsJson(card);
    placeOf(document, kMetrics) = metricsJson(card);
    return document.dump(2) + "\n";
}

Result<ModelCard> parseCard(std::string_view json, std::string_view what)
{
    SEXTANT_TRY(auto document, parseStrictJson(json, what, kLimits));
    return CardReader(what).read(document);
}

} // namespace sextant::registry
