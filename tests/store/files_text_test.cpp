// The texts of a file store: metric lines, meta.yaml, and writing YAML as the client does.
#include "core/store/files/meta_edit.h"
#include "core/store/files/meta_yaml.h"
#include "core/store/files/metric_lines.h"
#include "core/store/files/yaml_scalar.h"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <vector>

namespace sextant::files {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

struct LineCase
{
    std::string_view line;
    std::optional<MetricPoint> expected;
};

TEST(MetricLines, ReadsWhatTheClientReads)
{
    const std::vector<LineCase> cases{
        {"1700000000001 0.5 3", MetricPoint{1700000000001, 0.5, 3}},
        {"1700000000001 0.5 3\r", MetricPoint{1700000000001, 0.5, 3}},
        {"1700000000 0.25", MetricPoint{1700000000, 0.25, 0}},  // before steps were kept
        {"1 0.5 7 data 2981c147", MetricPoint{1, 0.5, 0}},      // the client reads no step here
        {"1 0.5 7 two words 2981c147", MetricPoint{1, 0.5, 7}}, // which the client refuses
        {"-5 -1e-3 -2", MetricPoint{-5, -0.001, -2}},
        {"1 5e-324 0", MetricPoint{1, 5e-324, 0}},
        {"1 inf 1", MetricPoint{1, kInfinity, 1}},
        {"1 -Infinity 1", MetricPoint{1, -kInfinity, 1}},
        {"1 1e999 1", MetricPoint{1, kInfinity, 1}},
        {"1 1e-999 1", MetricPoint{1, 0.0, 1}},
        {"1 +2.5 +4", MetricPoint{1, 2.5, 4}},
        {"  1 2 3  ", MetricPoint{1, 2, 3}},
        {"1 9223372036854775807 9223372036854775807", MetricPoint{1, 9.223372036854775807e18, INT64_MAX}},
        {"", std::nullopt},
        {"1", std::nullopt},
        {"1 2 3 4", std::nullopt},
        {"1  2 3", std::nullopt},
        {"1.5 2 3", std::nullopt},
        {"1 2 3.5", std::nullopt},
        {"1 0x10 3", std::nullopt},
        {"1 nan(7) 3", std::nullopt},
        {"1 2 99999999999999999999", std::nullopt},
        {"time value step", std::nullopt},
    };
    for (const auto& [line, expected] : cases) {
        auto point = parseMetricLine(line);
        ASSERT_EQ(point.has_value(), expected.has_value()) << line;
        if (!expected)
            continue;
        EXPECT_EQ(point->timestamp, expected->timestamp) << line;
        EXPECT_EQ(point->value, expected->value) << line;
        EXPECT_EQ(point->step, expected->step) << line;
    }
    EXPECT_TRUE(std::isnan(parseMetricLine("1 nan 3")->value));
    EXPECT_TRUE(std::isnan(parseMetricLine("1 -NaN 3")->value));
}

LineCounts countsOf(std::string_view text)
{
    return forEachMetricPoint(text, [](const MetricPoint&) {});
}

TEST(MetricLines, OnlyTheLastLineCanBeTorn)
{
    EXPECT_TRUE(countsOf("1 0.5 1\n2 0.6 2\n17000").torn);
    EXPECT_TRUE(countsOf("1 0.5 1\n2 0.").torn) << "a value and no step, where the lines before have one";
    EXPECT_TRUE(countsOf("1 0.5 1\n2 0.6 ").torn);
    EXPECT_FALSE(countsOf("1 0.5 1\n2 0.6 2").torn) << "complete but for the line end";
    EXPECT_EQ(countsOf("1 0.5 1\n2 0.6 2").read, 2U);
    EXPECT_FALSE(countsOf("1 0.5\n2 0.6").torn) << "the old form without steps";
    EXPECT_EQ(countsOf("1 0.5 1\nrubbish\n\n3 0.5 3\n").broken, 1U);
    EXPECT_EQ(countsOf("1 0.5 1\nrubbish\n\n3 0.5 3\n").read, 2U);
    EXPECT_EQ(countsOf("").read, 0U);
}

LatestPoint latestOf(std::string_view text)
{
    LatestPoint latest;
    forEachMetricPoint(text, [&](const MetricPoint& point) { latest.add(point); });
    return latest;
}

TEST(MetricLines, LatestIsTheGreatestStepThenTimeThenValue)
{
    EXPECT_EQ(latestOf("5 1 2\n1 2 9\n9 3 1\n").point().value, 2);
    EXPECT_EQ(latestOf("5 1 2\n6 2 2\n4 3 2\n").point().value, 2);
    EXPECT_EQ(latestOf("5 1 2\n5 7 2\n5 3 2\n").point().value, 7);
    // Python's max() keeps the first where neither is greater.
    EXPECT_TRUE(std::isnan(latestOf("5 nan 2\n5 0.5 2\n").point().value));
    EXPECT_EQ(latestOf("5 0.5 2\n5 nan 2\n").point().value, 0.5);
    EXPECT_TRUE(std::isnan(latestOf("5 0.5 2\n6 nan 2\n").point().value));
}

TEST(MetricLines, ReadsLinesOfLoggedModels)
{
    auto plain = parseModelMetricLine("1 0.5 3 run1");
    ASSERT_TRUE(plain);
    EXPECT_EQ(plain->runId, "run1");
    EXPECT_EQ(plain->step, 3);
    auto bound = parseModelMetricLine("1 0.5 3 run1 my data abc");
    ASSERT_TRUE(bound);
    EXPECT_EQ(bound->datasetName, "my data");
    EXPECT_EQ(bound->datasetDigest, "abc");
    for (auto line : {"1 0.5 3", "1 0.5 3 run1 data", "x 0.5 3 run1", ""})
        EXPECT_FALSE(parseModelMetricLine(line)) << line;
}

TEST(MetaYaml, ReadsTheClientsLayout)
{
    MetaYaml meta;
    ASSERT_TRUE(
        meta.parse("artifact_uri: file:///a/b\nend_time: null\nentry_point_name: ''\nexperiment_id: '0'\n"
                   "run_name: 'it''s a: name'\nstatus: 3\ntags: []\nuser_id: \"\\u00E9\\ta\"\n"));
    EXPECT_EQ(meta.text("artifact_uri"), "file:///a/b");
    EXPECT_FALSE(meta.text("end_time"));
    EXPECT_TRUE(meta.has("end_time"));
    EXPECT_EQ(meta.text("entry_point_name"), "");
    EXPECT_EQ(meta.text("run_name"), "it's a: name");
    EXPECT_EQ(meta.integer("status"), 3);
    EXPECT_EQ(meta.text("user_id"), "\u00e9\ta");
    EXPECT_FALSE(meta.has("missing"));
}

TEST(MetaYaml, ReadsFoldedTextsAndMaps)
{
    MetaYaml meta;
    ASSERT_TRUE(meta.parse(
        "a: 'first line\n  second line\n\n  third'\nb: one\n  two\ntags:\n  k: v\n  'x: y': '1'\nz: end\n"));
    EXPECT_EQ(meta.text("a"), "first line second line\nthird");
    EXPECT_EQ(meta.text("b"), "one two");
    auto tags = meta.children("tags");
    ASSERT_EQ(tags.size(), 2U);
    EXPECT_EQ(tags[0].key, "k");
    EXPECT_EQ(tags[1].key, "x: y");
    EXPECT_EQ(tags[1].text, "1");
    EXPECT_EQ(meta.text("z"), "end");
    EXPECT_FALSE(meta.has("k")) << "a key of the map inside";
}

TEST(MetaYaml, TakesUnusualYamlAndRefusesWhatIsNone)
{
    MetaYaml meta;
    ASSERT_TRUE(
        meta.parse("# a comment\r\nname: \"x\"   # why\r\nlist:\r\n- 1\r\n- 2\r\nmap: {a: 1, b: two}\r\n"));
    EXPECT_EQ(meta.text("name"), "x");
    EXPECT_EQ(meta.children("map").size(), 2U);
    ASSERT_TRUE(meta.parse("name: first\nother: 1\nname: last\n"));
    EXPECT_EQ(meta.text("name"), "last") << "as the client's library";
    ASSERT_TRUE(meta.parse("text: |\n  one\n  two\n"));
    EXPECT_EQ(meta.text("text"), "one\ntwo\n");
    for (auto text : {"", "\n\n", "just words", "- a\n- list\n", "a: [1, 2", "a: 'open", "\xff\xfe: 1\n",
                      "a: b: c\n", "{"})
        EXPECT_FALSE(meta.parse(text)) << text;
    EXPECT_FALSE(meta.parse(std::string(200000, '[')));
}

TEST(YamlScalar, WritesAsTheClientsLibrary)
{
    const std::vector<std::pair<std::string, std::string>> cases{
        {"plain", "plain"},
        {"", "''"},
        {"a: b", "'a: b'"},
        {"a:b", "a:b"},
        {"yes", "'yes'"},
        {"null", "'null'"},
        {"1.5", "'1.5'"},
        {"1e5", "1e5"},
        {"2024-01-01", "'2024-01-01'"},
        {"it's", "it's"},
        {"'quoted'", "'''quoted'''"},
        {" lead", "' lead'"},
        {"- item", "'- item'"},
        {"-item", "-item"},
        {"a #b", "'a #b'"},
        {"\u00e9\u65e5", "\u00e9\u65e5"},
        {"\U0001F600", "\"\\U0001F600\""},
        {"tab\t", "\"tab\\t\""},
        {"two\nlines", "'two\n\n  lines'"},
        {"trailing \nblank", "\"trailing \\nblank\""},
        {"a run: with colon and a very long name that surely goes beyond eighty columns in the end, yes",
         "'a run: with colon and a very long name that surely goes beyond eighty columns\n  in the end, "
         "yes'"},
    };
    for (const auto& [text, expected] : cases)
        EXPECT_EQ(yamlScalar(text, 10), expected) << text;
}

TEST(YamlScalar, IsReadBackAsItWas)
{
    std::string long1;
    for (int i = 0; i < 60; ++i)
        long1 += (i % 7 == 0 ? "'x' " : "word" + std::to_string(i) + (i % 5 == 0 ? "  " : " "));
    for (const auto& text : {long1, long1 + "\nmore\n\n" + long1, std::string("\"\\\x07\x1b"),
                             std::string("#"), std::string("a\n")}) {
        MetaYaml meta;
        auto document = "a: 1\nrun_name: " + yamlScalar(text, 10) + "\nz: 2\n";
        ASSERT_TRUE(meta.parse(document)) << text;
        EXPECT_EQ(meta.text("run_name"), text);
        EXPECT_EQ(meta.text("z"), "2");
    }
}

TEST(MetaEdit, ChangesOneKeyAndNothingElse)
{
    std::string text = "a: 1\nlifecycle_stage: active\nname: 'x\n  y'\ntags:\n- a\n- b\nz: ''\n";
    auto edited = editMeta(text, {{"deleted_time", "7"}, {"lifecycle_stage", "deleted"}});
    ASSERT_TRUE(edited);
    EXPECT_EQ(*edited,
              "a: 1\ndeleted_time: 7\nlifecycle_stage: deleted\nname: 'x\n  y'\ntags:\n- a\n- b\nz: ''\n");
    auto back = editMeta(*edited, {{"deleted_time", std::nullopt}, {"lifecycle_stage", "active"}});
    ASSERT_TRUE(back);
    EXPECT_EQ(*back, text);
    EXPECT_FALSE(editMeta("{a: 1}\n", {{"a", "2"}}));
    EXPECT_FALSE(editMeta("---\na: 1\n", {{"a", "2"}}));
}

} // namespace
} // namespace sextant::files
