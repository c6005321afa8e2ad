// The writers: JSON, csv, tables, files.
#include "app/cli/csv_writer.h"
#include "app/cli/display.h"
#include "app/cli/json_writer.h"
#include "app/cli/messages.h"
#include "app/cli/text_table.h"
#include "tests/cli/cli_test.h"

#include <gtest/gtest.h>

#include <limits>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>

namespace sextant::cli {

namespace {

template <class Write>
std::string written(Write write)
{
    std::ostringstream out;
    Sink sink(out);
    write(sink);
    EXPECT_TRUE(sink.finish());
    return out.str();
}

std::string jsonOf(double value)
{
    return written([&](Sink& sink) { JsonWriter(sink, JsonWriter::Layout::Lines).number(value); });
}

std::string jsonOf(std::string_view text)
{
    return written([&](Sink& sink) { JsonWriter(sink, JsonWriter::Layout::Lines).string(text); });
}

TEST(JsonWriter, NumbersAreTheShortestThatReadBack)
{
    EXPECT_EQ(jsonOf(0.1), "0.1");
    EXPECT_EQ(jsonOf(1.0), "1.0");
    EXPECT_EQ(jsonOf(-0.0), "-0.0");
    EXPECT_EQ(jsonOf(1e-5), "1e-05");
    EXPECT_EQ(jsonOf(1e300), "1e+300");
    EXPECT_EQ(jsonOf(5e-324), "5e-324");
    for (double value :
         {0.30000000000000004, 123456789.123456789, 2.2250738585072014e-308, 1.7976931348623157e308})
        EXPECT_EQ(nlohmann::json::parse(jsonOf(value)).get<double>(), value);
}

TEST(JsonWriter, NonFiniteNumbersAreTexts)
{
    EXPECT_EQ(jsonOf(std::numeric_limits<double>::quiet_NaN()), "\"NaN\"");
    EXPECT_EQ(jsonOf(std::numeric_limits<double>::infinity()), "\"Infinity\"");
    EXPECT_EQ(jsonOf(-std::numeric_limits<double>::infinity()), "\"-Infinity\"");
}

TEST(JsonWriter, TextsAreUtf8AndEscaped)
{
    EXPECT_EQ(jsonOf("größe 🌊"), "\"größe 🌊\"");
    EXPECT_EQ(jsonOf("a\"b\\c\n\t\x01"), "\"a\\\"b\\\\c\\n\\t\\u0001\"");
    EXPECT_EQ(jsonOf("torn \xc3"), "\"torn \xef\xbf\xbd\"");
    EXPECT_EQ(nlohmann::json::parse(jsonOf(std::string_view("a\0b", 3))).get<std::string>(),
              std::string("a\0b", 3));
}

TEST(JsonWriter, BothLayoutsParse)
{
    for (auto layout : {JsonWriter::Layout::Lines, JsonWriter::Layout::Indented}) {
        auto text = written([&](Sink& sink) {
            JsonWriter json(sink, layout);
            json.beginArray();
            for (int i = 0; i < 2; ++i) {
                json.beginObject();
                json.field("a", "b");
                json.key("empty");
                json.beginArray();
                json.endArray();
                json.key("when");
                json.time(kNoTime);
                json.endObject();
            }
            json.endArray();
            json.finish();
        });
        auto parsed = nlohmann::json::parse(text);
        EXPECT_EQ(parsed.size(), 2u);
        EXPECT_TRUE(parsed[1]["when"].is_null());
        EXPECT_TRUE(parsed[0]["empty"].empty());
    }
}

TEST(JsonWriter, AnEmptyListIsADocument)
{
    auto text = written([](Sink& sink) {
        JsonWriter json(sink, JsonWriter::Layout::Lines);
        json.beginArray();
        json.endArray();
        json.finish();
    });
    EXPECT_EQ(text, "[]\n");
}

TEST(CsvWriter, QuotesAsTheStandardSays)
{
    auto text = written([](Sink& sink) {
        CsvWriter csv(sink);
        for (const char* cell : {"plain", "a,b", "say \"hi\"", "two\nlines", ""})
            csv.text(cell);
        csv.absent();
        csv.number(std::numeric_limits<double>::quiet_NaN());
        csv.number(2);
        csv.integer(-3);
        csv.endRow();
    });
    EXPECT_EQ(text, "plain,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\"\",,NaN,2.0,-3\n");
}

TEST(CsvWriter, TimesAreWhatPandasPrints)
{
    EXPECT_EQ(csvTime(1700000000123), "2023-11-14 22:13:20.123000+00:00");
    EXPECT_EQ(csvTime(1700000000000), "2023-11-14 22:13:20+00:00");
    EXPECT_EQ(csvTime(kNoTime), "");
}

TEST(Display, NothingFromAStoreDrivesTheTerminal)
{
    EXPECT_EQ(printable("a\x1b[31mb\n\tc\x7f"), "a\\x1b[31mb\\n\\tc\\x7f");
    EXPECT_EQ(printable("\xe2\x80\xae"
                        "evil"),
              "\\u202eevil");
    EXPECT_EQ(printable("torn \xff"), "torn \xef\xbf\xbd");
}

TEST(Display, WidthsAreThoseOfTheScreen)
{
    EXPECT_EQ(displayWidth("abc"), 3u);
    EXPECT_EQ(displayWidth("größe"), 5u);
    EXPECT_EQ(displayWidth("学習"), 4u);
    EXPECT_EQ(cutToWidth("abcdef", 4), "abc…");
    EXPECT_EQ(cutToWidth("学習率", 4), "学…");
}

TEST(Display, NearNames)
{
    std::vector<std::string> names = {"churn", "fraud", "churn-eu", "iris"};
    EXPECT_EQ(nearNames("chrun", names), (std::vector<std::string>{"churn"}));
    EXPECT_EQ(nearNames("Churn", names), (std::vector<std::string>{"churn", "churn-eu"}));
    EXPECT_TRUE(nearNames("something else", names).empty());
    EXPECT_EQ(didYouMean({"a", "b", "c"}), "Did you mean 'a', 'b' or 'c'?");
}

TEST(Display, CountsAndDurations)
{
    EXPECT_EQ(counted(1, "run", "runs"), "1 run");
    EXPECT_EQ(counted(30412, "run", "runs"), "30,412 runs");
    EXPECT_EQ(counted(1000000, "run", "runs"), "1,000,000 runs");
    EXPECT_EQ(displayDuration(12), "12 ms");
    EXPECT_EQ(displayDuration(62000), "1 min 02 s");
}

TEST(TextTable, AlignsAndFitsTheScreen)
{
    using Align = TextTable::Align;
    TextTable table({{"NAME", Align::Left, true}, {"N", Align::Right}});
    table.addRow({"a very long name that does not fit", "5"});
    table.addRow({"学", "1234"});
    EXPECT_EQ(written([&](Sink& sink) { table.write(sink, 20); }),
              "NAME               N\na very long n…     5\n学              1234\n");
}

TEST(TextTable, TitlesAreMadePrintableToo)
{
    TextTable table({{"m\x1b[31m"}});
    EXPECT_EQ(written([&](Sink& sink) { table.write(sink, 0); }), "m\\x1b[31m\n");
}

TEST(Messages, AHugeWordIsCut)
{
    Error error{
        ErrorCode::InvalidArgument, "'" + std::string(1'000'000, 'x') + "' is no key", "hint", {}, {}};
    EXPECT_LT(errorText(error, false).size(), 2000u);
}

TEST(TextTable, AHugeCellIsCut)
{
    TextTable table({{"VALUE"}});
    table.addRow({std::string(10'000'000, 'x')});
    EXPECT_LT(written([&](Sink& sink) { table.write(sink, 0); }).size(), 1000u);
}

TEST(Messages, ThePlaceIsMarked)
{
    Error error{ErrorCode::Syntax, "Unknown operator '=='", "Allowed here: = !=", {}, TextRange{13, 2}};
    EXPECT_EQ(errorText(withPlace(error, "metrics.loss == 1"), false),
              "sextant: Unknown operator '=='\n  metrics.loss == 1\n               ^^\nAllowed here: = !=\n");
}

TEST(Messages, ThePlaceIsMarkedBehindWideLettersAndAtTheEnd)
{
    Error error{ErrorCode::Syntax, "A value is missing", "", {}, TextRange{11, 0}};
    EXPECT_EQ(errorText(withPlace(error, "tags.学 ="), false),
              "sextant: A value is missing\n  tags.学 =\n           ^\n");
}

TEST(Messages, ALongFilterIsCutAroundThePlace)
{
    std::string filter(500, 'a');
    Error error{ErrorCode::Syntax, "Too long", "", {}, TextRange{250, 5}};
    auto text = errorText(withPlace(error, filter), false);
    EXPECT_LT(text.size(), 400u);
    EXPECT_NE(text.find("^^^^^"), std::string::npos);
}

TEST(Sink, AFileAppearsWholeOrNotAtAll)
{
    TemporaryFolder folder;
    auto target = folder.file("out.txt");
    {
        auto sink = Sink::toFile(target);
        ASSERT_TRUE(sink);
        (*sink)->write("half");
        EXPECT_FALSE(std::filesystem::exists(target));
    }
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
    auto sink = Sink::toFile(target);
    ASSERT_TRUE(sink);
    (*sink)->write("whole");
    ASSERT_TRUE((*sink)->finish());
    EXPECT_EQ(readFile(target), "whole");
}

TEST(Sink, KeepsTheRightsAndTheLinkOfAnExistingFile)
{
    TemporaryFolder folder;
    auto target = folder.write("real.txt", "old");
    chmod(target.c_str(), 0640);
    std::filesystem::create_symlink("real.txt", folder.path() / "link.txt");
    auto sink = Sink::toFile(folder.file("link.txt"));
    ASSERT_TRUE(sink);
    (*sink)->write("new");
    ASSERT_TRUE((*sink)->finish());
    EXPECT_EQ(readFile(target), "new");
    EXPECT_TRUE(std::filesystem::is_symlink(folder.path() / "link.txt"));
    struct stat status = {};
    ASSERT_EQ(stat(target.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0640u);
}

TEST(Sink, APlaceThatCannotBeWrittenIsRefusedAtOnce)
{
    EXPECT_FALSE(Sink::toFile("/nowhere/at/all.txt"));
    TemporaryFolder folder;
    EXPECT_FALSE(Sink::toFile(folder.path().string()));
}

TEST(Sink, AFullDiskIsReported)
{
    auto sink = Sink::toFile("/dev/full");
    ASSERT_TRUE(sink);
    (*sink)->write("text");
    auto done = (*sink)->finish();
    ASSERT_FALSE(done);
    EXPECT_NE(done.error().message.find("/dev/full"), std::string::npos);
}

} // namespace

} // namespace sextant::cli
