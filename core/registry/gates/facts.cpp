#include "core/registry/gates/facts.h"

#include "core/base/number.h"
#include "core/base/strict_json.h"
#include "core/base/text.h"

#include <cmath>

namespace sextant::registry {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kSchema = "sextant.facts/1";
constexpr std::string_view kReportSchema = "sextant.report/1";
constexpr JsonLimits kLimits{std::size_t{1} << 28, 128};
constexpr JsonLimits kReportLimits{std::size_t{1} << 25, 64};

std::string dumped(const Json& value)
{
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json numberJson(double value)
{
    if (std::isfinite(value))
        return value;
    return std::isnan(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
}

std::optional<double> numberFrom(const Json& value)
{
    if (value.is_number())
        return value.get<double>();
    return value.is_string() ? parseDouble(value.get_ref<const std::string&>()) : std::nullopt;
}

/// Texts of a store may hold any bytes; what is well-formed differs already and is not looked for.
void put(Json& object, const std::string& key, Json value)
{
    if (isUtf8(key))
        object.get_ref<Json::object_t&>().emplace_back(key, std::move(value));
    else
        object[toUtf8(key)] = std::move(value);
}

Json textsJson(const std::map<std::string, std::string, std::less<>>& texts)
{
    auto object = Json::object();
    for (const auto& [key, value] : texts)
        put(object, key, toUtf8(value));
    return object;
}

Json signatureJson(const std::optional<ModelSignature>& signature)
{
    if (!signature)
        return nullptr;
    auto list = [](const std::vector<SignatureField>& fields) {
        auto array = Json::array();
        for (const auto& field : fields)
            array.push_back({{"name", field.name}, {"type", field.type}, {"required", field.required}});
        return array;
    };
    return {{"inputs", list(signature->inputs)},
            {"outputs", list(signature->outputs)},
            {"params", list(signature->params)}};
}

Json versionJson(const VersionFacts& facts)
{
    auto metrics = Json::object(), datasets = Json::array();
    for (const auto& [key, value] : facts.metrics)
        put(metrics, key, numberJson(value));
    for (const auto& dataset : facts.datasets)
        datasets.push_back({{"name", toUtf8(dataset.name)},
                            {"digest", toUtf8(dataset.digest)},
                            {"context", toUtf8(dataset.context)}});
    return {{"version", facts.version},
            {"run_id", toUtf8(facts.runId)},
            {"metrics", metrics},
            {"params", textsJson(facts.params)},
            {"run_tags", textsJson(facts.runTags)},
            {"tags", textsJson(facts.tags)},
            {"datasets", datasets},
            {"signature", signatureJson(facts.signature)},
            {"files", facts.files},
            {"recorded", toUtf8(facts.recorded)},
            {"missing", textsJson(facts.missing)}};
}

Json embedded(const std::string& text)
{
    auto document = text.empty() ? Json() : Json::parse(text, nullptr, false);
    return document.is_discarded() ? Json() : document;
}

/// Reads with one error for all that does not fit.
class FactsReader
{
public:
    Facts read(const Json& document)
    {
        Facts facts;
        facts.asOf = time(document, "as_of");
        facts.model = text(document, "model");
        facts.target = text(document, "target");
        facts.championTarget = text(document, "champion_target");
        facts.modelTags = texts(document, "model_tags");
        facts.candidate = version(field(document, "candidate"));
        if (const auto& champion = field(document, "champion"); !champion.is_null())
            facts.champion = version(champion);
        for (const auto& report : list(document, "reports"))
            facts.reports.push_back({text(report, "name"), text(report, "kind"), time(report, "created"),
                                     text(report, "digest"), dumped(field(report, "document"))});
        if (const auto& card = field(document, "card"); !card.is_null())
            facts.card = dumped(card);
        for (const auto& note : list(document, "notes"))
            facts.notes.push_back(asText(note));
        return facts;
    }

    bool broken = false;

private:
    const Json& field(const Json& object, const char* key)
    {
        static const Json kNull;
        auto found = object.is_object() ? object.find(key) : object.end();
        if (object.is_object() && found != object.end())
            return *found;
        broken = true;
        return kNull;
    }
    const Json& list(const Json& object, const char* key)
    {
        static const Json kNone = Json::array();
        const auto& value = field(object, key);
        broken |= !value.is_array();
        return value.is_array() ? value : kNone;
    }
    std::string asText(const Json& value)
    {
        broken |= !value.is_string();
        return value.is_string() ? value.get<std::string>() : std::string();
    }
    std::string text(const Json& object, const char* key) { return asText(field(object, key)); }
    EpochMs time(const Json& object, const char* key)
    {
        const auto& value = field(object, key);
        if (value.is_null())
            return kNoTime;
        broken |= !value.is_number_integer();
        return value.is_number_integer() ? value.get<EpochMs>() : kNoTime;
    }
    TagMap texts(const Json& object, const char* key)
    {
        TagMap map;
        const auto& value = field(object, key);
        broken |= !value.is_object();
        if (value.is_object())
            for (const auto& [name, item] : value.items())
                map[name] = asText(item);
        return map;
    }
    std::vector<SignatureField> fields(const Json& object, const char* key)
    {
        std::vector<SignatureField> read;
        for (const auto& item : list(object, key))
            read.push_back({text(item, "name"), text(item, "type"), field(item, "required") == true});
        return read;
    }
    VersionFacts version(const Json& object)
    {
        VersionFacts facts;
        const auto& number = field(object, "version");
        broken |= !number.is_number_integer();
        facts.version = number.is_number_integer() ? number.get<std::int64_t>() : 0;
        facts.runId = text(object, "run_id");
        if (const auto& metrics = field(object, "metrics"); metrics.is_object())
            for (const auto& [key, item] : metrics.items()) {
                auto value = numberFrom(item);
                broken |= !value;
                facts.metrics[key] = value.value_or(0);
            }
        facts.params = texts(object, "params");
        facts.runTags = texts(object, "run_tags");
        facts.tags = texts(object, "tags");
        for (const auto& item : list(object, "datasets"))
            facts.datasets.push_back({text(item, "name"), text(item, "digest"), text(item, "context")});
        if (const auto& signature = field(object, "signature"); !signature.is_null())
            facts.signature = {fields(signature, "inputs"), fields(signature, "outputs"),
                               fields(signature, "params")};
        facts.files = text(object, "files");
        facts.recorded = text(object, "recorded");
        facts.missing = texts(object, "missing");
        return facts;
    }
};

EpochMs createdOf(const Json& report)
{
    auto created = report.find("created");
    if (created == report.end())
        return kNoTime;
    if (created->is_number_integer())
        return created->get<EpochMs>();
    return created->is_string() ? parseIso(created->get_ref<const std::string&>()).value_or(kNoTime)
                                : kNoTime;
}

} // namespace

Result<ReportFact> parseReport(std::string_view json, const std::string& name)
{
    SEXTANT_TRY(auto document, parseStrictJson(json, "The report " + name, kReportLimits));
    if (!document.is_object() || !document.contains("schema") || document["schema"] != kReportSchema)
        return fail(ErrorCode::Unsupported,
                    "The report " + name + " is none: 'schema' must be \"" + std::string(kReportSchema) +
                        "\"",
                    "`sextant reports` makes reports that gates can read");
    auto kind = document.find("kind");
    if (kind == document.end() || !kind->is_string() || kind->get_ref<const std::string&>().empty())
        return fail(ErrorCode::Corrupt, "The report " + name + " does not say of what 'kind' it is");
    return ReportFact{name, kind->get<std::string>(), createdOf(document), toHex(sha256(json)),
                      dumped(document)};
}

std::string formatFacts(const Facts& facts)
{
    auto reports = Json::array(), notes = Json::array();
    for (const auto& report : facts.reports)
        reports.push_back({{"name", toUtf8(report.name)},
                           {"kind", report.kind},
                           {"created", isKnown(report.created) ? Json(report.created) : Json()},
                           {"digest", report.digest},
                           {"document", embedded(report.document)}});
    for (const auto& note : facts.notes)
        notes.push_back(toUtf8(note));
    return dumped({{"schema", kSchema},
                   {"as_of", facts.asOf},
                   {"model", toUtf8(facts.model)},
                   {"target", toUtf8(facts.target)},
                   {"champion_target", toUtf8(facts.championTarget)},
                   {"model_tags", textsJson(facts.modelTags)},
                   {"candidate", versionJson(facts.candidate)},
                   {"champion", facts.champion ? versionJson(*facts.champion) : Json()},
                   {"reports", reports},
                   {"card", embedded(facts.card)},
                   {"notes", notes}});
}

Result<Facts> parseFacts(std::string_view json, std::string_view what)
{
    SEXTANT_TRY(auto document, parseStrictJson(json, what, kLimits));
    FactsReader reader;
    auto facts = reader.read(document);
    if (reader.broken || document["schema"] != kSchema)
        return fail(ErrorCode::Corrupt, std::string(what) + " are no facts that a gate can be evaluated on");
    return facts;
}

std::string digestOfFacts(const Facts& facts)
{
    return toHex(sha256(formatFacts(facts)));
}

} // namespace sextant::registry
