// Model cards: read strictly and written back the same, drafted from a store of the real client, exported in
// the structure others publish, and kept beside a log.
#include "core/ledger/folder_storage.h"
#include "core/registry/card/card_store.h"
#include "core/registry/kept_files.h"
#include "core/store/open.h"
#include "tests/ledger/ledger_world.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace sextant::registry {

namespace {

using Json = nlohmann::ordered_json;

ModelCard fullCard()
{
    ModelCard card;
    card.model = "fraud";
    card.version = 5;
    for (const auto& field : cardFields())
        field.set(card, field.text
                            ? std::vector<std::string>{"text of \"" + std::string(field.name) + "\": ü"}
                            : std::vector<std::string>{"one | two", "three"});
    card.licenses = {"apache-2.0", "a text of our own"};
    card.data = {{"loans", "train", "d1", "https://example.org/loans", "2025"},
                 {"holdout", "eval", "h1", "", ""}};
    card.metrics = {{"test/roc_auc", 0.9, "", 0.88, 0.92}, {"recall", 0.5, "sex=f", {}, {}}};
    return card;
}

TEST(Cards, AreWrittenBackAsTheyWere)
{
    for (const auto& card : {fullCard(), ModelCard{.model = "a", .version = 1}}) {
        auto text = formatCard(card);
        auto back = parseCard(text, "It");
        ASSERT_TRUE(back) << back.error().message;
        EXPECT_EQ(*back, card);
        EXPECT_EQ(formatCard(*back), text);
    }
    EXPECT_TRUE(emptyFields(fullCard()).empty());
    EXPECT_EQ(emptyFields({}).size(), cardFields().size());
    auto owners = findCardField("details.owners");
    ASSERT_TRUE(owners);
    EXPECT_EQ(fullCard().owners.at(0), (CardPair{"one", "two"}));
    EXPECT_EQ(owners->values(fullCard()), (std::vector<std::string>{"one | two", "three"}));
    EXPECT_FALSE(findCardField("details.none"));
}

TEST(Cards, WhatIsNotKnownIsRefused)
{
    for (const char* text : {"", "[]", "{}", R"({"schema":"sextant.card/2"})"})
        EXPECT_FALSE(parseCard(text, "It")) << text;
    const std::pair<const char*, const char*> kRows[] = {
        {R"("details":{"nam":"x"})", "'details.nam' is not known"},
        {R"("details":{"name":7})", "'details.name' does not fit"},
        {R"("details":7)", "'details' is not known"},
        {R"("details":{"owners":[{"name":"a","mail":"b"}]})", "'details.owners' does not fit"},
        {R"("details":{"licenses":"MIT"})", "'details.licenses' does not fit"},
        {R"("analysis":{"metrics":[{"type":"a","value":"NaN"}]})", "'analysis.metrics' does not fit"},
        {R"("analysis":{"metrics":[{"type":"a","confidence_interval":{"lower":1}}]})", "does not fit"},
        {R"("parameters":{"data":[{"name":"a","sensitive":true}]})", "'parameters.data' does not fit"},
        {R"("version":"5")", "'version' is not known"},
    };
    for (const auto& [fields, words] : kRows) {
        auto card = parseCard(R"({"schema":"sextant.card/1",)" + std::string(fields) + "}", "my.json");
        ASSERT_FALSE(card) << fields;
        EXPECT_NE(card.error().message.find(words), std::string::npos) << card.error().message;
    }
}

/// The structure that Model Card Toolkit publishes for 0.0.2: names, and kinds of their values.
void expectToolkit(const Json& card)
{
    const std::map<std::string, std::set<std::string>> kMembers = {
        {"",
         {"schema_version", "model_details", "model_parameters", "quantitative_analysis", "considerations"}},
        {"model_details",
         {"name", "overview", "documentation", "owners", "version", "licenses", "references", "citations",
          "path"}},
        {"model_parameters", {"model_architecture", "data", "input_format", "output_format"}},
        {"quantitative_analysis", {"performance_metrics"}},
        {"considerations", {"users", "use_cases", "limitations", "tradeoffs", "ethical_considerations"}}};
    for (const auto& [part, names] : kMembers)
        for (const auto& [key, value] : (part.empty() ? card : card.at(part)).items())
            EXPECT_TRUE(names.contains(key)) << part << "/" << key;
    EXPECT_EQ(card.at("schema_version"), "0.0.2");
    for (const char* list : {"users", "use_cases", "limitations", "tradeoffs"})
        for (const auto& item : card.at("considerations").at(list))
            EXPECT_TRUE(item.at("description").is_string());
    for (const auto& item : card.at("model_details").at("licenses"))
        EXPECT_EQ(item.size(), 1u) << "an identifier or a text";
    for (const auto& item : card.at("model_details").at("owners"))
        EXPECT_TRUE(item.at("name").is_string() && item.at("contact").is_string());
    for (const auto& item : card.at("quantitative_analysis").at("performance_metrics"))
        EXPECT_TRUE(item.at("type").is_string() && item.at("value").is_number());
}

TEST(CardExports, ModelCardToolkit)
{
    auto full = Json::parse(toModelCardToolkit(fullCard()));
    expectToolkit(full);
    EXPECT_EQ(full["model_details"]["licenses"][0]["identifier"], "apache-2.0");
    EXPECT_EQ(full["model_details"]["licenses"][1]["custom_text"], "a text of our own");
    EXPECT_EQ(full["quantitative_analysis"]["performance_metrics"][1]["slice"], "sex=f");
    EXPECT_EQ(full["considerations"]["ethical_considerations"][0]["mitigation_strategy"], "two");
    auto empty = Json::parse(toModelCardToolkit({}));
    expectToolkit(empty);
    EXPECT_EQ(empty["model_details"]["overview"], "not provided");
    EXPECT_EQ(empty["considerations"]["limitations"][0]["description"], "not provided");
}

TEST(CardExports, HuggingFaceMarkdown)
{
    auto page = toHubMarkdown(fullCard());
    EXPECT_TRUE(page.starts_with("---\n"));
    auto end = page.find("\n---\n", 4);
    ASSERT_NE(end, std::string::npos);
    auto front = page.substr(0, end);
    EXPECT_NE(front.find("license: \"apache-2.0\""), std::string::npos) << front;
    EXPECT_NE(front.find("    - type: \"roc_auc\"\n      value: 0.9\n      name: \"test/roc_auc\""),
              std::string::npos)
        << front;
    EXPECT_NE(front.find("      name: \"holdout\""), std::string::npos) << front;
    EXPECT_EQ(front.find("sex=f"), std::string::npos) << "slices are for the page";
    EXPECT_NE(page.find("| recall | sex=f | 0.5 |"), std::string::npos);
    auto hostile = fullCard();
    hostile.overview = "<script>alert(1)</script>\x01\x7f";
    hostile.name = "a\n---\nb: c";
    hostile.metrics[0].type = "x|y";
    page = toHubMarkdown(hostile);
    EXPECT_EQ(page.find("<script>"), std::string::npos);
    EXPECT_EQ(page.find("\nb: c"), std::string::npos) << "no line of the front matter is made up";
    EXPECT_NE(page.find("x\\|y"), std::string::npos);
    EXPECT_NE(toHubMarkdown({}).find("*not provided*"), std::string::npos);
}

TEST(CardDrafts, FromAStoreOfTheRealClient)
{
    test::TemporaryFolder folder;
    std::filesystem::copy(SEXTANT_SOURCE_DIR "/resources/demo", folder.path(),
                          std::filesystem::copy_options::recursive);
    auto store = openStore(folder / "mlflow.db").value();
    auto card = draftCard(*store.tracking, *store.registry, "breast-cancer-screening", 2, {});
    ASSERT_TRUE(card) << card.error().message;
    EXPECT_FALSE(card->overview.empty());
    EXPECT_EQ(card->libraryName, "sklearn");
    EXPECT_EQ(card->inputFormat, "tensor(float64, [-1, 30])");
    EXPECT_EQ(card->data.size(), 2u);
    EXPECT_TRUE(std::any_of(card->metrics.begin(), card->metrics.end(),
                            [](const auto& metric) { return metric.type == "test/roc_auc"; }));
    EXPECT_FALSE(card->hyperparameters.empty());
    auto mine = *card;
    mine.overview = "mine";
    mine.libraryName.clear();
    mine.metrics.clear();
    fillCard(mine, *card);
    EXPECT_EQ(mine.overview, "mine");
    EXPECT_EQ(mine.libraryName, "sklearn");
    EXPECT_EQ(mine.metrics, card->metrics);
    EXPECT_EQ(draftCard(*store.tracking, *store.registry, "breast-cancer-screening", 77, {}).error().code,
              ErrorCode::NotFound);
}

TEST(CardsKept, EachVersionOfACardIsAnEntry)
{
    using namespace ledger;
    LedgerWorld world;
    auto log = world.open();
    auto card = fullCard();
    auto first = keepCard(log, world.folder(), card, sha256("files"), "first", LedgerWorld::key("ann"));
    ASSERT_TRUE(first) << first.error().message;
    card.overview = "better said";
    ASSERT_TRUE(keepCard(log, world.folder(), card, sha256("files"), "said better", LedgerWorld::key("ann")));
    EXPECT_EQ(world.verify().verdict != Standing::Failed, true) << "a card breaks nothing";

    std::vector<AuditEntry> entries;
    for (std::uint64_t i = 0; i < log.state().size(); ++i) {
        auto envelope = parseEnvelope(log.entry(i).value(), "It").value();
        entries.push_back({.index = i, .act = parseAct(envelope.payload, "It").value(), .person = "ann"});
    }
    auto kept = keptCards(entries, world.folder(), "fraud", 5);
    ASSERT_EQ(kept.size(), 2u);
    EXPECT_EQ(kept[0].entry, *first);
    EXPECT_EQ(kept[0].reason, "first");
    ASSERT_TRUE(kept[1].card);
    EXPECT_EQ(*kept[1].card, card);
    EXPECT_TRUE(keptCards(entries, world.folder(), "fraud", 6).empty());

    auto verdict = [&] {
        auto verification = world.verify(world.complete());
        FolderStorage storage(world.folder());
        checkKeptFiles(verification, readLogFiles(storage, {}).value(), world.folder());
        return verification.verdict;
    };
    EXPECT_EQ(verdict(), Standing::Passed);
    auto file =
        std::filesystem::path(world.folder()).parent_path() / "cards" / (toHex(kept[1].digest) + ".json");
    std::ofstream(file, std::ios::app) << " ";
    kept = keptCards(entries, world.folder(), "fraud", 5);
    EXPECT_FALSE(kept[1].card);
    EXPECT_NE(kept[1].problem.find("is not what entry 2 signed"), std::string::npos) << kept[1].problem;
    EXPECT_EQ(verdict(), Standing::Failed) << "told by audit verify as well";
    std::filesystem::remove(file);
    EXPECT_EQ(verdict(), Standing::Gap);
    EXPECT_FALSE(keptCards(entries, world.folder(), "fraud", 5)[1].problem.empty());
}

} // namespace

} // namespace sextant::registry
