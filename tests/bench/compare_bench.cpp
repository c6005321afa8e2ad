// Comparing hundreds of long runs in the real window, offscreen: 300 runs of 50 metrics, 15 million points in
// a database as MLflow makes it (4.2 GB; 150 million would take 42 GB) and 150 million in a folder of files
// (6 GB). Usage: compare_bench FOLDER-OF-STORES [SHARE] SHARE of the points, 1 by default; with 0.1 stores of
// a tenth are made beside the others.
#include "tests/gui/compare_scale.h"

#include "core/series/band.h"

#include <QApplication>

#include <random>

namespace sextant {
namespace {

bench::Budgets g_budgets;

std::string seconds(double ms)
{
    char text[40];
    std::snprintf(text, sizeof text, "%.2f s", ms / 1000);
    return text;
}

/// Makes the store unless it is there; what is half made is made again.
template <class Make>
std::string made(const std::string& place, const Make& make)
{
    namespace fs = std::filesystem;
    if (fs::exists(place))
        return place;
    fs::remove_all(place + ".unfinished");
    const double time = bench::timed([&] { make(place + ".unfinished"); });
    fs::rename(place + ".unfinished", place);
    std::fprintf(stderr, "%s: %.1f s\n", fs::path(place).filename().c_str(), time / 1000);
    return place;
}

/// The least that the process computes for it, in ms.
template <class Work>
double leastWork(const Work& work)
{
    double least = std::numeric_limits<double>::infinity();
    for (int round = 0; round < 3; ++round) {
        const double before = test::CompareScale::processMs();
        work();
        least = std::min(least, test::CompareScale::processMs() - before);
    }
    return least;
}

/// Every row of one metric by the best plan there is, looked at by nobody.
double bareRows(const std::string& file, const std::string& metric)
{
    return leastWork([&] {
        sqlite3* base = nullptr;
        sqlite3_stmt* rows = nullptr;
        sqlite3_open_v2(file.c_str(), &base, SQLITE_OPEN_READONLY, nullptr);
        sqlite3_prepare_v2(base,
                           "SELECT run_uuid, step, timestamp, value FROM metrics INDEXED BY "
                           "sqlite_autoindex_metrics_1 WHERE key = ?1",
                           -1, &rows, nullptr);
        sqlite3_bind_text(rows, 1, metric.c_str(), -1, SQLITE_STATIC);
        volatile double sink = 0;
        while (sqlite3_step(rows) == SQLITE_ROW)
            sink = sink + sqlite3_column_double(rows, 3);
        sqlite3_finalize(rows);
        sqlite3_close(base);
    });
}

/// Every number of one metric's files.
double bareFiles(const std::string& folder, const std::string& metric)
{
    return leastWork([&] {
        volatile double sink = 0;
        for (const auto& run : std::filesystem::directory_iterator(folder + "/100000000000000001")) {
            if (!run.is_directory())
                continue;
            std::ifstream file(run.path() / "metrics" / metric);
            double value = 0;
            for (std::string time, step; file >> time >> value >> step;)
                sink = sink + value;
        }
    });
}

void compare(const char* what, const std::string& store, bench::LongStoreSize size,
             double (*bare)(const std::string&, const std::string&))
{
    test::CompareScale scale(QString::fromStdString(store), size);
    const auto first = scale.showFirstPanel();
    if (!first) {
        g_budgets.atMost("long", what, std::numeric_limits<double>::infinity(), 0, "",
                         "the first panel never came");
        return;
    }
    const std::string kind = std::string(what) + ": ";
    const auto report = [&](const char* id, const std::string& name, double value, double limit,
                            const char* unit, const std::string& note) {
        g_budgets.atMost(id, (kind + name).c_str(), value, limit, unit, note);
    };
    const double all = static_cast<double>(size.rows());
    report("long", "points read at the first panel", first->points / all, 0.1, "of all points",
           std::to_string(size.rows()) + " points");
    const double floor = bare(store, scale.grid().panelsInSight().front()->metric());
    report("long", "computed until the first panel", first->ms / floor, 6, "of bare reading",
           bench::milliseconds(first->ms, floor));
    (void)scale.rest();
    report("B18", "longest slice while scrolling", scale.scroll(), 50, "ms", "");
    report("B18", "longest slice while zooming", scale.zoom(), 50, "ms", "");
    report("B18", "longest slice while hovering", scale.hover(), 50, "ms", "");
    const auto memory = scale.memory();
    report("long", "memory after scrolling", memory.more / memory.raw, 2, "of the raw points in sight",
           std::to_string(static_cast<int>(memory.more / 1e6)) +
               " MB; pyramids, pictures and widgets included");
}

void bands(const std::string& store, bench::LongStoreSize size)
{
    test::CompareScale scale(QString::fromStdString(store), size);
    if (!scale.showFirstPanel())
        return;
    (void)scale.rest();
    test::Watchdog watchdog;
    const double steps = scale.showBands(XAxis::Step, BandKind::Confidence);
    (void)scale.rest();
    const double wall = scale.showBands(XAxis::WallTime, BandKind::Confidence);
    (void)scale.rest();
    const double extremes = scale.showBands(XAxis::RelativeTime, BandKind::Extremes);
    (void)scale.rest();
    g_budgets.atMost("B18", "longest slice while bands are made", watchdog.longestMs(), 50, "ms",
                     "first by step " + seconds(steps) + ", wall " + seconds(wall) + ", relative " +
                         seconds(extremes));
}

/// The mean of 300 runs along time, where none has a point at another's place, against reading each of their
/// points once for each place that is worked out.
void bandAlongTime()
{
    constexpr int kRuns = 300, kPoints = 10'000;
    std::vector<CurvePtr> members;
    for (int run = 0; run < kRuns; ++run) {
        std::vector<std::int64_t> steps(kPoints), times(kPoints);
        std::vector<double> values(kPoints);
        for (int step = 0; step < kPoints; ++step) {
            const auto at = static_cast<std::size_t>(step);
            steps[at] = step;
            times[at] = bench::longTime(run, step) - run / 3 * 3'600'000LL; // all at once
            values[at] = bench::longValue(run, 0, step);
        }
        members.push_back(std::make_shared<Curve>(
            std::make_shared<History>(History{FrozenArray(std::move(steps)), FrozenArray(std::move(times)),
                                              FrozenArray(std::move(values))}),
            XAxis::WallTime));
    }
    BandPtr band;
    const double made =
        bench::timed([&] { band = makeBand(members, BandKind::Confidence).value_or(nullptr); });
    const std::size_t places = band->mean->size();
    std::vector<double> matrix(static_cast<std::size_t>(kRuns) * 256, 1.5);
    volatile double sink = 0;
    const double floor = bench::timed([&] {
        for (std::size_t place = 0; place < places; ++place) {
            double sum = 0;
            for (int run = 0; run < kRuns; ++run)
                sum += matrix[(place % 256) * kRuns + static_cast<std::size_t>(run)];
            sink = sum;
        }
    });
    g_budgets.atMost("band", "mean of 300 x 10,000 points along time", made / floor, 25,
                     "of a plain sum at each place",
                     bench::milliseconds(made, floor) + ", " + std::to_string(places) + " places, 1 of " +
                         std::to_string(band->every));
}

} // namespace
} // namespace sextant

int main(int argc, char** argv)
{
    using namespace sextant;
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    if (argc < 2) {
        std::fprintf(stderr, "usage: compare_bench FOLDER-OF-STORES [SHARE]\n");
        return 2;
    }
    const double share = argc > 2 ? std::atof(argv[2]) : 1;
    const auto points = [&](int count) { return std::max(20, static_cast<int>(count * share)); };
    const std::string folder = argv[1], suffix = share == 1 ? "" : "-" + std::string(argv[2]);
    bandAlongTime();
    const bench::LongStoreSize database{300, 50, points(1'000)}, files{300, 50, points(10'000)};
    const auto base = made(folder + "/long" + suffix + ".db", [&](const std::string& place) {
        bench::LongDatabase(place, SEXTANT_SOURCE_DIR "/tests/bench/schema.sql", database);
    });
    const auto mlruns = made(folder + "/long" + suffix,
                             [&](const std::string& place) { bench::writeLongFiles(place, files); });
    compare("database", base, database, bareRows);
    bands(base, database);
    compare("files", mlruns, files, bareFiles);
    return g_budgets.exitCode();
}
