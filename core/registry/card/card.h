// ModelCard: what a version is, what it is for and how well it does, for people. One card from which others
// are exported; what nobody filled stays visible as "not provided". A value; pure.
#pragma once

#include "core/base/error.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sextant::registry {

inline constexpr std::string_view kNotProvided = "not provided";

/// Two words that belong together: a person and how to reach them, a risk and what is done about it.
struct CardPair
{
    std::string first, second;
    bool operator==(const CardPair&) const = default;
};

struct CardDataset
{
    std::string name, context, digest, link, description;
    bool operator==(const CardDataset&) const = default;
};

struct CardMetric
{
    std::string type;  // "test/roc_auc"
    double value = 0;  // finite
    std::string slice; // "sex=f"; empty: overall
    std::optional<double> lower, upper;
    bool operator==(const CardMetric&) const = default;
};

struct ModelCard
{
    std::string model;
    std::int64_t version = 0;

    std::string name, overview, documentation, versionName, versionDate, versionDiff, path;
    std::vector<CardPair> owners; // name, contact
    std::vector<std::string> licenses, references, citations;

    std::string architecture, inputFormat, outputFormat, trainingProcedure;
    std::vector<std::string> hyperparameters; // "max_depth = 8"
    std::vector<CardDataset> data;
    std::vector<CardMetric> metrics;

    std::vector<std::string> users, useCases, outOfScope, limitations, tradeoffs;
    std::vector<CardPair> ethics; // risk, mitigation

    std::vector<std::string> languages, tags;
    std::string libraryName, pipelineTag, baseModel;
    bool operator==(const ModelCard&) const = default;
};

/// One field that people fill, by its name in JSON: "considerations.limitations".
struct CardField
{
    std::string_view name, title;
    std::string ModelCard::*text = nullptr;
    std::vector<std::string> ModelCard::*list = nullptr;
    std::vector<CardPair> ModelCard::*pairs = nullptr;
    std::string_view first, second; // names of a pair's parts

    bool isEmpty(const ModelCard& card) const;
    /// One line for each value: texts, or "FIRST | SECOND" of a pair.
    std::vector<std::string> values(const ModelCard& card) const;
    void set(ModelCard& card, const std::vector<std::string>& values) const;
};

/// In the order of a card. Data sets and metrics are filled from the run and are not among them.
std::span<const CardField> cardFields();
/// Null when there is none.
const CardField* findCardField(std::string_view name);
std::vector<std::string_view> emptyFields(const ModelCard& card);

/// {"schema":"sextant.card/1","model","version","details":{…},"parameters":{…},"analysis":{"metrics"},
/// "considerations":{…},"hub":{…}}; the same card gives the same bytes.
std::string formatCard(const ModelCard& card);
/// Errors: Corrupt, with the field that is not known or does not fit.
Result<ModelCard> parseCard(std::string_view json, std::string_view what);

/// Model Card Toolkit, schema 0.0.2.
std::string toModelCardToolkit(const ModelCard& card);
/// README.md as on Hugging Face: YAML front matter with model-index, then sections.
std::string toHubMarkdown(const ModelCard& card);

} // namespace sextant::registry
