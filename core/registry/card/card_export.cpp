// A model card as others read it: Model Card Toolkit's JSON, and the README.md of Hugging Face.
#include "core/registry/card/card.h"

#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace sextant::registry {

namespace {

using Json = nlohmann::ordered_json;

std::string orNot(const std::string& text)
{
    return trim(text).empty() ? std::string(kNotProvided) : toUtf8(text);
}

Json wrapped(const char* key, const std::vector<std::string>& texts)
{
    auto array = Json::array();
    for (const auto& text : texts)
        array.push_back({{key, toUtf8(text)}});
    if (array.empty())
        array.push_back({{key, kNotProvided}});
    return array;
}

/// Letters, digits and '-': an SPDX identifier; else a text of one's own.
Json licensesJson(const ModelCard& card)
{
    auto array = Json::array();
    for (const auto& license : card.licenses) {
        bool identifier =
            !license.empty() && std::all_of(license.begin(), license.end(), [](unsigned char c) {
                return std::isalnum(c) || c == '-' || c == '.' || c == '+';
            });
        array.push_back({{identifier ? "identifier" : "custom_text", toUtf8(license)}});
    }
    if (array.empty())
        array.push_back({{"custom_text", kNotProvided}});
    return array;
}

Json detailsJson(const ModelCard& card)
{
    auto owners = Json::array();
    for (const auto& owner : card.owners)
        owners.push_back({{"name", toUtf8(owner.first)}, {"contact", orNot(owner.second)}});
    if (owners.empty())
        owners.push_back({{"name", kNotProvided}, {"contact", kNotProvided}});
    Json version = {{"name", orNot(card.versionName)}, {"diff", orNot(card.versionDiff)}};
    if (!card.versionDate.empty()) // the schema wants a date there, and addresses as references
        version["date"] = toUtf8(card.versionDate);
    auto references = Json::array();
    for (const auto& reference : card.references)
        references.push_back({{"reference", toUtf8(reference)}});
    return {{"name", orNot(card.name)},
            {"overview", orNot(card.overview)},
            {"documentation", orNot(card.documentation)},
            {"owners", owners},
            {"version", version},
            {"licenses", licensesJson(card)},
            {"references", references},
            {"citations", wrapped("citation", card.citations)},
            {"path", orNot(card.path)}};
}

std::string describe(const CardDataset& data)
{
    std::string text = data.description;
    auto add = [&](const char* label, const std::string& value) {
        if (!value.empty())
            text += (text.empty() ? "" : ", ") + std::string(label) + value;
    };
    add("context ", data.context);
    add("digest ", data.digest);
    return orNot(text);
}

Json parametersJson(const ModelCard& card)
{
    auto data = Json::array();
    for (const auto& one : card.data) {
        Json item = {{"name", orNot(one.name)}, {"description", describe(one)}};
        if (!one.link.empty())
            item["link"] = toUtf8(one.link);
        data.push_back(std::move(item));
    }
    return {{"model_architecture", orNot(card.architecture)},
            {"data", data},
            {"input_format", orNot(card.inputFormat)},
            {"output_format", orNot(card.outputFormat)}};
}

Json analysisJson(const ModelCard& card)
{
    auto metrics = Json::array();
    for (const auto& metric : card.metrics) {
        Json item = {{"type", toUtf8(metric.type)}, {"value", metric.value}};
        if (!metric.slice.empty())
            item["slice"] = toUtf8(metric.slice);
        if (metric.lower && metric.upper)
            item["confidence_interval"] = {{"lower_bound", *metric.lower}, {"upper_bound", *metric.upper}};
        metrics.push_back(std::move(item));
    }
    return {{"performance_metrics", metrics}};
}

Json considerationsJson(const ModelCard& card)
{
    auto ethics = Json::array();
    for (const auto& risk : card.ethics)
        ethics.push_back({{"name", toUtf8(risk.first)}, {"mitigation_strategy", orNot(risk.second)}});
    auto limitations = card.limitations;
    for (const auto& use : card.outOfScope)
        limitations.push_back("Not intended for: " + use);
    return {{"users", wrapped("description", card.users)},
            {"use_cases", wrapped("description", card.useCases)},
            {"limitations", wrapped("description", limitations)},
            {"tradeoffs", wrapped("description", card.tradeoffs)},
            {"ethical_considerations", ethics}};
}

/// A YAML text in double quotes, without what YAML's readers refuse.
std::string yamlText(const std::string& text)
{
    std::string clean;
    auto good = toUtf8(text);
    for (std::size_t i = 0; i < good.size(); ++i) {
        auto byte = static_cast<unsigned char>(good[i]);
        auto next = i + 1 < good.size() ? static_cast<unsigned char>(good[i + 1]) : 0;
        bool control = byte == 0x7f || (byte == 0xc2 && next >= 0x80 && next <= 0x9f);
        bool noCharacter = byte == 0xef && next == 0xbf && i + 2 < good.size() &&
                           static_cast<unsigned char>(good[i + 2]) >= 0xbe;
        clean += control || noCharacter ? '?' : good[i];
        i += control && byte == 0xc2 ? 1 : noCharacter ? 2 : 0;
    }
    return Json(clean).dump();
}

std::string slug(std::string_view text)
{
    std::string word;
    for (unsigned char c : text)
        word += std::isalnum(c) && c < 0x80 ? static_cast<char>(std::tolower(c)) : c == '_' ? '_' : '-';
    return word.empty() ? "unknown" : word;
}

void addList(std::string& yaml, const char* key, const std::vector<std::string>& texts)
{
    if (texts.empty())
        return;
    yaml += std::string(key) + ":\n";
    for (const auto& text : texts)
        yaml += "- " + yamlText(text) + "\n";
}

void addText(std::string& yaml, const char* key, const std::string& text)
{
    if (!text.empty())
        yaml += std::string(key) + ": " + yamlText(text) + "\n";
}

std::string evaluationData(const ModelCard& card)
{
    for (const char* context : {"eval", "evaluation", "test", "testing", "validation"})
        for (const auto& data : card.data)
            if (foldCase(data.context) == context)
                return data.name;
    return card.data.empty() ? std::string(kNotProvided) : card.data.back().name;
}

/// As huggingface_hub wants it: each result has a task, a data set and metrics.
std::string modelIndex(const ModelCard& card)
{
    std::string metrics;
    for (const auto& metric : card.metrics) {
        if (!metric.slice.empty())
            continue;
        auto type = metric.type.substr(metric.type.rfind('/') + 1);
        metrics += "    - type: " + yamlText(slug(type)) + "\n      value: " + Json(metric.value).dump() +
                   "\n      name: " + yamlText(metric.type) + "\n";
    }
    if (metrics.empty())
        return {};
    auto data = evaluationData(card);
    auto task = card.pipelineTag.empty() ? "other" : card.pipelineTag;
    return "model-index:\n- name: " + yamlText(card.name.empty() ? card.model : card.name) +
           "\n  results:\n  - task:\n      type: " + yamlText(task) +
           "\n    dataset:\n      type: " + yamlText(slug(data)) + "\n      name: " + yamlText(data) +
           "\n    metrics:\n" + metrics;
}

std::string frontMatter(const ModelCard& card)
{
    std::string yaml = "---\n";
    addList(yaml, "language", card.languages);
    if (!card.licenses.empty()) {
        auto known = foldCase(card.licenses.front());
        bool identifier = card.licenses.front().find(' ') == std::string::npos;
        addText(yaml, "license", identifier ? known : "other");
        if (!identifier)
            addText(yaml, "license_name", card.licenses.front());
    }
    addText(yaml, "library_name", card.libraryName);
    addText(yaml, "pipeline_tag", card.pipelineTag);
    addText(yaml, "base_model", card.baseModel);
    addList(yaml, "tags", card.tags);
    return yaml + modelIndex(card) + "---\n\n";
}

/// Text of people in a Markdown page: no HTML gets through.
std::string plain(std::string_view text)
{
    std::string safe;
    for (char c : toUtf8(text))
        safe += c == '<' ? "&lt;" : std::string(1, c);
    return safe;
}

std::string oneLine(std::string_view text)
{
    auto line = plain(text);
    std::replace(line.begin(), line.end(), '\n', ' ');
    std::replace(line.begin(), line.end(), '\r', ' ');
    return line;
}

std::string cell(std::string_view text)
{
    std::string safe;
    for (char c : oneLine(text))
        safe += c == '|' ? "\\|" : std::string(1, c);
    return safe;
}

void addField(std::string& page, const ModelCard& card, std::string_view name)
{
    const auto* field = findCardField(name);
    page += "**" + std::string(field->title) + "**\n\n";
    if (field->isEmpty(card)) {
        page += "*" + std::string(kNotProvided) + "*\n\n";
        return;
    }
    if (field->text)
        page += plain(card.*field->text) + "\n\n";
    else {
        for (const auto& line : field->values(card))
            page += "- " + oneLine(line) + "\n";
        page += "\n";
    }
}

void addSection(std::string& page, const ModelCard& card, const char* title,
                std::initializer_list<std::string_view> fields)
{
    page += "## " + std::string(title) + "\n\n";
    for (auto field : fields)
        addField(page, card, field);
}

void addTables(std::string& page, const ModelCard& card)
{
    page += "## Evaluation\n\n";
    if (card.metrics.empty())
        page += "*" + std::string(kNotProvided) + "*\n\n";
    else {
        page += "| metric | slice | value | interval |\n|---|---|---|---|\n";
        for (const auto& metric : card.metrics)
            page += "| " + cell(metric.type) + " | " + cell(metric.slice.empty() ? "all" : metric.slice) +
                    " | " + Json(metric.value).dump() + " | " +
                    (metric.lower && metric.upper
                         ? Json(*metric.lower).dump() + " to " + Json(*metric.upper).dump()
                         : std::string()) +
                    " |\n";
        page += "\n";
    }
    page += "## Data\n\n";
    if (card.data.empty())
        page += "*" + std::string(kNotProvided) + "*\n\n";
    for (const auto& data : card.data)
        page += "- " + oneLine(data.name) + ": " + oneLine(describe(data)) + "\n";
    page += card.data.empty() ? "" : "\n";
}

} // namespace

std::string toModelCardToolkit(const ModelCard& card)
{
    Json document = {{"schema_version", "0.0.2"},
                     {"model_details", detailsJson(card)},
                     {"model_parameters", parametersJson(card)},
                     {"quantitative_analysis", analysisJson(card)},
                     {"considerations", considerationsJson(card)}};
    return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string toHubMarkdown(const ModelCard& card)
{
    auto page = frontMatter(card);
    page += "# " + oneLine(card.name.empty() ? card.model : card.name) + "\n\n" +
            plain(orNot(card.overview)) + "\n\n";
    addSection(page, card, "Model details",
               {"details.owners", "details.version.name", "details.version.date", "details.version.diff",
                "details.licenses", "details.documentation"});
    addSection(page, card, "Uses",
               {"considerations.users", "considerations.use_cases", "considerations.out_of_scope"});
    addSection(
        page, card, "Bias, risks and limitations",
        {"considerations.limitations", "considerations.tradeoffs", "considerations.ethical_considerations"});
    addSection(page, card, "Training", {"parameters.training", "parameters.hyperparameters"});
    addTables(page, card);
    addSection(page, card, "Technical specification",
               {"parameters.architecture", "parameters.input_format", "parameters.output_format"});
    addSection(page, card, "Citation and references", {"details.citations", "details.references"});
    page.pop_back();
    return page;
}

} // namespace sextant::registry
