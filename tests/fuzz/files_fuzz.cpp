// An mlruns folder damaged by chance, for a bounded time: bytes of its files, their kinds, names and places.
// Reading it must not crash, hang, use memory without end, change a byte or show what lies outside the store;
// nor may writing leave it. Usage: files_fuzz [SECONDS [SEED]]
#include "core/base/text.h"
#include "core/store/files/file_store.h"
#include "core/store/files/meta_edit.h"
#include "core/store/files/meta_yaml.h"
#include "core/store/files/metric_lines.h"
#include "core/store/files/yaml_scalar.h"
#include "tests/store/mlruns_builder.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <sys/resource.h>
#include <sys/stat.h>

using namespace sextant;
using Clock = std::chrono::steady_clock;
namespace fs = std::filesystem;

namespace {

constexpr std::string_view kSecret = "SECRET-OUTSIDE-THE-STORE";
constexpr auto kLongestRound = std::chrono::seconds(20);

[[noreturn]] void broken(const std::string& what, const std::string& text = {})
{
    std::printf("BROKEN: %s\n", what.c_str());
    for (char c : text.substr(0, 2000))
        c >= 32 && c < 127 ? std::printf("%c", c) : std::printf("\\x%02x", static_cast<unsigned char>(c));
    std::printf("\n");
    std::exit(1);
}

class Chance
{
public:
    explicit Chance(std::uint64_t seed) : m_random(seed) {}
    std::size_t below(std::size_t count) { return count == 0 ? 0 : m_random() % count; }
    bool oneIn(std::size_t count) { return below(count) == 0; }
    template <class T>
    const T& of(const std::vector<T>& items)
    {
        return items[below(items.size())];
    }

    /// The text with a few pieces cut, doubled, replaced or put in.
    std::string torn(std::string text)
    {
        static const std::vector<std::string> kPieces{"\n",
                                                      ": ",
                                                      "'",
                                                      "\"",
                                                      "\\",
                                                      "\\x",
                                                      "{",
                                                      "[",
                                                      "]",
                                                      "&a",
                                                      "*a",
                                                      "!!int",
                                                      "|\n",
                                                      "- ",
                                                      "\t",
                                                      "\r\n",
                                                      "\xff",
                                                      "\0x",
                                                      "#",
                                                      " #",
                                                      "---",
                                                      "...",
                                                      "nan",
                                                      "inf",
                                                      "1e999",
                                                      "  ",
                                                      "null",
                                                      "~",
                                                      "run_id",
                                                      "..",
                                                      "../..",
                                                      "/",
                                                      "\xF0\x9F\x98\x80",
                                                      "99999999999999999999",
                                                      "-1",
                                                      "_",
                                                      "? ",
                                                      "%YAML 9\n",
                                                      "\xE2\x80\xA8"};
        for (std::size_t times = 1 + below(4); times > 0; --times) {
            auto at = below(text.size() + 1);
            switch (below(7)) {
            case 0:
                text.resize(at);
                break;
            case 1:
                text.erase(at, below(12));
                break;
            case 2:
                text.insert(at, of(kPieces));
                break;
            case 3:
                text.insert(at, text.substr(below(text.size() + 1), below(40)));
                break;
            case 4:
                if (at < text.size())
                    text[at] = static_cast<char>(below(256));
                break;
            case 5:
                text.insert(at, below(3000), of(kPieces)[0]);
                break;
            default:
                text.insert(at, of(kPieces) + of(kPieces));
            }
        }
        return text;
    }

private:
    std::mt19937_64 m_random;
};

std::string sampleMeta()
{
    return test::MlrunsBuilder::runMeta("0", test::MlrunsBuilder::id(1)) +
           "zz:\n  'a: b': \"c\\td\"\n  e: 1\n";
}

void tearTexts(Chance& chance)
{
    auto text = chance.torn(chance.oneIn(2) ? sampleMeta()
                                            : "a: 'one\n  two\n\n  three'\nb: \"x\\\n  y\"\nc: plain\n");
    files::MetaYaml meta;
    if (meta.parse(text))
        for (const auto& entry : meta.entries())
            if (entry.text.size() > text.size() * 4 ||
                meta.children(entry.key).size() > meta.entries().size())
                broken("an entry is larger than its file", text);
    if (auto edited = files::editMeta(text, {{"run_name", "x"}, {"deleted_time", std::nullopt}});
        edited && meta.parse(*edited))
        if (meta.parse(text) && !meta.parse(*edited))
            broken("an edit broke a file", text);
    auto name = chance.torn(
        "a name: 'of' a \"run\" with many words so that it is folded where the eightieth column ends");
    auto document = "a: 1\nrun_name: " + files::yamlScalar(name, 10) + "\nz: 1\n";
    bool separators =
        name.find("\xE2\x80\xA8") != std::string::npos || name.find("\xC2\x85") != std::string::npos;
    if (isUtf8(name) && !separators &&
        (!meta.parse(document) || meta.textOr("run_name") != name || !meta.has("z")))
        broken("a name is not read back as it was written", name);
    auto lines = chance.torn("1700000000000 0.5 1\n1700000000001 nan 2\n3 inf 3 data digest\n4 -0.25\n");
    std::uint64_t points = 0;
    auto counts = files::forEachMetricPoint(lines, [&](const files::MetricPoint&) { ++points; });
    if (counts.read != points)
        broken("points and lines differ", lines);
    files::forEachModelMetricPoint(lines, [&](const files::ModelMetricPoint& point) {
        if (point.runId.data() < lines.data() ||
            point.runId.data() + point.runId.size() > lines.data() + lines.size())
            broken("a view outside its text", lines);
    });
}

/// A small store with a bit of everything, and a secret beside it.
struct Ground
{
    Ground()
    {
        mlruns.folder().write("outside/secret", kSecret);
        mlruns.folder().write("outside/meta.yaml",
                              std::string("name: ") + std::string(kSecret) + "\nexperiment_id: '5'\n");
        mlruns.experiment("5", "five");
        mlruns.experiment("7", "seven", ".trash/7");
        for (int i = 1; i <= 4; ++i) {
            auto run = mlruns.run(i == 4 ? ".trash/7" : i == 3 ? "5" : "0", test::MlrunsBuilder::id(i), i);
            mlruns.write(run + "/metrics/loss", "1 0.5 1\n2 0.25 2\n");
            mlruns.write(run + "/metrics/a/b", "1 nan 1\n");
            mlruns.write(run + "/params/lr", "0.1");
            mlruns.write(run + "/inputs/i/meta.yaml",
                         "source_id: d\nsource_type: DATASET\ntags:\n  mlflow.data.context: t\n");
            mlruns.write(run + "/outputs/m-1/meta.yaml",
                         "destination_id: m-1\ndestination_type: MODEL_OUTPUT\nstep: 0\n");
            mlruns.write(run + "/artifacts/a.txt", "a");
        }
        mlruns.write("0/datasets/d/meta.yaml", "digest: x\nname: data\nschema: '{\"a\": 1}'\n");
        mlruns.write("0/models/m-1/meta.yaml", "experiment_id: '0'\nmodel_id: m-1\nname: n\nstatus: 2\n");
        mlruns.write("0/models/m-1/metrics/acc", "1 0.5 1 run\n");
        mlruns.write("models/m/meta.yaml", "name: m\naliases:\n  a: '1'\n");
        mlruns.write("models/m/aliases/a", "1");
        mlruns.write("models/m/version-1/meta.yaml", "name: m\nversion: 1\ncurrent_stage: None\n");
    }

    std::vector<fs::path> entries() const
    {
        std::vector<fs::path> found;
        std::error_code ignored;
        for (fs::recursive_directory_iterator at(mlruns.root(), ignored), end; at != end;
             at.increment(ignored))
            found.push_back(at->path());
        return found;
    }

    void damage(Chance& chance)
    {
        auto all = entries();
        if (all.empty())
            return;
        auto path = chance.of(all);
        std::error_code ignored; // damage that does not work out is none
        switch (chance.below(12)) {
        case 0:
            fs::remove_all(path, ignored);
            break;
        case 1:
            fs::rename(path, path.parent_path() / chance.torn(path.filename().string()), ignored);
            break;
        case 2:
            fs::rename(path, chance.of(all), ignored);
            break;
        case 3:
            replaceByLink(chance, path, chance.of(all));
            break;
        case 4:
            replaceByLink(chance, path,
                          mlruns.folder().path() / (chance.oneIn(2) ? "outside" : "outside/secret"));
            break;
        case 5:
            replaceByLink(chance, path, chance.oneIn(2) ? "." : "..");
            break;
        case 6:
            fs::remove_all(path, ignored);
            ::mkfifo(path.c_str(), 0600);
            break;
        case 7:
            fs::copy(chance.of(all), path.parent_path() / chance.torn("copy"),
                     fs::copy_options::recursive | fs::copy_options::copy_symlinks, ignored);
            break;
        default:
            if (fs::is_regular_file(path, ignored) && !fs::is_symlink(path, ignored)) {
                auto content = chance.torn(test::contentOf(path.string()));
                std::ofstream(path, std::ios::binary) << content;
            }
        }
    }

    static void replaceByLink(Chance&, const fs::path& path, const fs::path& target)
    {
        std::error_code ignored;
        fs::remove_all(path, ignored);
        fs::create_symlink(target, path, ignored);
    }

    test::MlrunsBuilder mlruns;
};

void expectNoSecret(std::string_view text)
{
    if (text.find(kSecret) != std::string_view::npos)
        broken("what lies outside the store is shown");
}

void readEverything(TrackingStore& tracking, RegistryStore& registry)
{
    if (auto experiments = tracking.experiments(ViewType::All))
        for (const auto& experiment : *experiments)
            for (const auto& [key, value] : experiment.tags)
                expectNoSecret(value);
    (void)tracking.stamp();
    if (auto table = tracking.runs({{}, ViewType::All}, {}, {}))
        for (RowIndex row = 0; row < (*table)->size(); ++row) {
            std::string id((*table)->runId(row));
            auto run = tracking.run(id);
            if (!run)
                broken("a run of the table can't be opened: " + run.error().message, id);
            for (const auto* texts : {&run->params, &run->tags})
                for (const auto& [key, value] : *texts) {
                    expectNoSecret(key);
                    expectNoSecret(value);
                }
            for (const auto& data : run->datasets)
                expectNoSecret(data.dataset.name);
            for (const auto& metric : run->metrics)
                (void)tracking.history(id, metric.key, {});
            (void)tracking.listArtifacts(id, "", true);
        }
    (void)tracking.metricSummaries("loss", {});
    (void)tracking.loggedModels({});
    if (auto models = registry.registeredModels())
        for (const auto& model : *models)
            for (const auto& [key, value] : model.tags)
                expectNoSecret(value);
    (void)registry.modelVersions("");
    (void)tracking.stamp();
}

void damageStore(Chance& chance)
{
    Ground ground;
    auto folder = ground.mlruns.folder().path();
    for (int round = 0; round < 8; ++round) {
        for (std::size_t times = 1 + chance.below(3); times > 0; --times)
            ground.damage(chance);
        auto before = test::snapshotOf(folder.string());
        auto begin = Clock::now();
        auto store = openFileStore(ground.mlruns.root());
        if (store)
            readEverything(*store->tracking, *store->registry);
        else if (store.error().message.empty() || store.error().hint.empty())
            broken("an error without a sentence and a hint");
        if (Clock::now() - begin > kLongestRound)
            broken("reading took far too long");
        if (test::snapshotOf(folder.string()) != before)
            broken("reading changed a byte");
        if (!store || !store->tracking->unlock())
            continue;
        auto outside = test::snapshotOf((folder / "outside").string());
        auto id = test::MlrunsBuilder::id(1 + static_cast<int>(chance.below(4)));
        (void)store->tracking->setTag(id, chance.torn("a/key"), chance.torn("value"));
        (void)store->tracking->deleteTag(id, chance.torn("mlflow.runName"));
        (void)store->tracking->renameRun(id, chance.torn("name"));
        (void)(chance.oneIn(2) ? store->tracking->deleteRun(id) : store->tracking->restoreRun(id));
        if (test::snapshotOf((folder / "outside").string()) != outside)
            broken("writing left the store");
    }
}

} // namespace

int main(int argc, char** argv)
{
    const char* wanted = std::getenv("SEXTANT_FUZZ_SECONDS");
    double seconds = argc > 1 ? std::atof(argv[1]) : wanted ? std::atof(wanted) : 10;
    std::uint64_t seed = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 20260731;
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    rlimit memory{3ULL << 30, 3ULL << 30};
    ::setrlimit(RLIMIT_AS, &memory);
#endif
    auto end =
        Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
    std::uint64_t stores = 0, texts = 0;
    for (; Clock::now() < end; ++stores, ++seed) {
        std::printf("seed %llu\r", static_cast<unsigned long long>(seed));
        std::fflush(stdout);
        Chance chance(seed);
        damageStore(chance);
        for (int i = 0; i < 2000; ++i, ++texts)
            tearTexts(chance);
    }
    std::printf("%llu stores damaged 8 times, %llu texts torn: nothing broke\n",
                static_cast<unsigned long long>(stores), static_cast<unsigned long long>(texts));
    return 0;
}
