// Benches of the file store: the run list against plainly reading every meta.yaml, the full load against the
// standard library's way, on 10,000 runs of 60 files.   Usage: files_bench FOLDER-OF-STORES
#include "core/store/files/file_store.h"
#include "core/store/files/folder.h"
#include "tests/bench/measure.h"

#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <unistd.h>

namespace sextant::bench {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> metaFiles(const std::string& root)
{
    std::vector<std::string> files;
    for (const auto& experiment : fs::directory_iterator(root))
        if (experiment.is_directory())
            for (const auto& run : fs::directory_iterator(experiment))
                if (run.is_directory() && fs::exists(run.path() / "meta.yaml"))
                    files.push_back((run.path() / "meta.yaml").string());
    return files;
}

/// The floor of a run list: every file opened, read and closed, and not looked at.
std::size_t readPlainly(const std::vector<std::string>& names)
{
    std::size_t bytes = 0;
    files::FileBuffer buffer;
    for (const auto& name : names) {
        buffer.clear();
        int file = ::open(name.c_str(), O_RDONLY | O_CLOEXEC);
        auto read = ::read(file, buffer.room(65536), 65536);
        ::close(file);
        bytes += static_cast<std::size_t>(read);
    }
    return bytes;
}

/// The same work with std::filesystem, ifstream and istringstream.
std::size_t readWithStandardLibrary(const std::string& root)
{
    std::size_t values = 0;
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
        if (!entry.is_regular_file())
            continue;
        std::ifstream file(entry.path());
        if (entry.path().parent_path().filename() != "metrics" &&
            entry.path().parent_path().parent_path().filename() != "metrics") {
            std::ostringstream text;
            text << file.rdbuf();
            values += text.str().empty() ? 0 : 1;
            continue;
        }
        double latest = 0;
        for (std::string line; std::getline(file, line);) {
            std::istringstream words(line);
            std::int64_t time = 0, step = 0;
            words >> time >> latest >> step;
        }
        ++values;
    }
    return values;
}

Store opened(const std::string& folder)
{
    auto store = openFileStore(folder);
    if (!store) {
        std::cerr << store.error().message << "\n";
        std::exit(2);
    }
    return std::move(*store);
}

} // namespace

int run(const std::string& root)
{
    Budgets budgets;
    auto store = opened(root);
    auto names = metaFiles(root);
    readPlainly(names);
    double list = 1e30, plain = 1e30, full = 1e30;
    for (int round = 0; round < 5; ++round) { // in turn, so that other work on the machine meets both
        plain = std::min(plain, timed([&] { readPlainly(names); }));
        std::stop_source stop;
        auto begin = std::chrono::steady_clock::now();
        auto runs =
            store.tracking->runs({{}, ViewType::All}, {stop.get_token(), {}}, [&](const RunTablePtr& early) {
                if (early->size() != names.size())
                    std::cerr << "unexpected run list\n";
                list = std::min(
                    list, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin)
                              .count());
                stop.request_stop();
            });
    }
    budgets.atMost("B12a", "run list of 10,000 runs in mlruns/", list / plain, 2.0, "x reading meta.yaml",
                   milliseconds(list, plain));
    double standard = 1e30;
    for (int round = 0; round < 3; ++round) {
        standard = std::min(standard, timed([&] { readWithStandardLibrary(root); }));
        full = std::min(full, timed([&] {
                            auto table = store.tracking->runs({{}, ViewType::All}, {}, {});
                            if (!table || (*table)->size() != names.size())
                                std::cerr << "unexpected table\n";
                        }));
    }
    budgets.atMost("B12b", "full load of 10,000 runs x 60 files", full / standard, 1.0 / 3,
                   "x std::filesystem", milliseconds(full, standard));
    double first = timed([&] { (void)store.tracking->stamp(); });
    double again = fastest(3, [&] { (void)store.tracking->stamp(); });
    std::printf("     looking for changes: first %.1f ms, then %.1f ms\n", first, again);
    return budgets.exitCode();
}

} // namespace sextant::bench

int main(int argc, char** argv)
{
    return sextant::bench::run(std::string(argc > 1 ? argv[1] : ".") + "/files10k/mlruns");
}
