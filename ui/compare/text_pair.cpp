#include "ui/compare/text_pair.h"

#include <QFile>

#include <algorithm>
#include <array>
#include <deque>
#include <set>

namespace sextant {

namespace {

constexpr int kDeepest = 3;
constexpr std::size_t kMostEntries = 1000;

std::string_view fileName(std::string_view path)
{
    return path.substr(path.rfind('/') + 1); // npos + 1 is 0
}

/// What says of a model or its training what it needs and how it was set up; in the order people ask for
/// them.
int rankOf(std::string_view path)
{
    static constexpr std::array<std::string_view, 7> kFirst = {
        "requirements.txt", "conda.yaml",  "python_env.yaml", "MLmodel",
        "config.yaml",      "config.json", "params.yaml"};
    auto found = std::find(kFirst.begin(), kFirst.end(), fileName(path));
    return static_cast<int>(found - kFirst.begin());
}

bool looksLikeText(std::string_view path)
{
    static constexpr std::array<std::string_view, 26> kEndings = {
        ".txt",  ".yaml", ".yml",  ".json", ".jsonl", ".toml", ".ini", ".cfg",       ".conf",
        ".md",   ".rst",  ".csv",  ".tsv",  ".py",    ".sh",   ".sql", ".log",       ".xml",
        ".html", ".env",  ".lock", ".diff", ".patch", ".r",    ".cpp", ".properties"};
    auto name = fileName(path);
    return rankOf(path) < 7 ||
           std::any_of(kEndings.begin(), kEndings.end(), [&](auto ending) { return name.ends_with(ending); });
}

Result<std::set<std::string>> textFiles(Store& store, const std::string& run, const Operation& operation)
{
    std::set<std::string> found;
    std::deque<std::pair<std::string, int>> folders{{"", 0}};
    std::size_t seen = 0;
    while (!folders.empty() && seen < kMostEntries) {
        if (operation.cancelled())
            return cancelledError();
        auto [folder, depth] = std::move(folders.front());
        folders.pop_front();
        SEXTANT_TRY(auto entries, store.tracking->listArtifacts(run, folder, false));
        for (auto& entry : entries) {
            if (++seen > kMostEntries)
                break;
            if (!entry.isDirectory && looksLikeText(entry.path))
                found.insert(entry.path);
            else if (entry.isDirectory && depth < kDeepest)
                folders.emplace_back(std::move(entry.path), depth + 1);
        }
    }
    return found;
}

Result<std::string> readText(Store& store, const std::string& run, const std::string& path, std::size_t& size)
{
    SEXTANT_TRY(auto name, store.tracking->artifactFile(run, path));
    QFile file(QString::fromStdString(name));
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Io, "The file " + path + " can't be read",
                    "See whether it is still there and may be read", file.errorString().toStdString());
    size = static_cast<std::size_t>(file.size());
    auto bytes = file.read(static_cast<qint64>(kMostTextCompared));
    if (bytes.left(8000).contains('\0'))
        return fail(ErrorCode::InvalidArgument, "The file " + path + " is not a text", "Choose another file");
    return std::string(bytes.constData(), static_cast<std::size_t>(bytes.size()));
}

} // namespace

TextPairPtr compareTexts(std::string left, std::string right)
{
    auto pair = std::make_shared<TextPair>();
    pair->leftSize = left.size();
    pair->rightSize = right.size();
    left.resize(std::min(left.size(), kMostTextCompared));
    right.resize(std::min(right.size(), kMostTextCompared));
    pair->left = std::move(left);
    pair->right = std::move(right);
    pair->difference = diffTexts(pair->left, pair->right);
    return pair;
}

Result<std::vector<std::string>> commonTextFiles(Store& store, const std::string& leftRun,
                                                 const std::string& rightRun, const Operation& operation)
{
    SEXTANT_TRY(auto left, textFiles(store, leftRun, operation));
    SEXTANT_TRY(auto right, textFiles(store, rightRun, operation));
    std::vector<std::string> both;
    std::set_intersection(left.begin(), left.end(), right.begin(), right.end(), std::back_inserter(both));
    std::stable_sort(both.begin(), both.end(),
                     [](const auto& a, const auto& b) { return rankOf(a) < rankOf(b); });
    return both;
}

Result<TextPairPtr> compareFiles(Store& store, const std::string& leftRun, const std::string& rightRun,
                                 const std::string& path)
{
    std::size_t leftSize = 0, rightSize = 0;
    SEXTANT_TRY(auto left, readText(store, leftRun, path, leftSize));
    SEXTANT_TRY(auto right, readText(store, rightRun, path, rightSize));
    auto pair = std::make_shared<TextPair>();
    pair->left = std::move(left);
    pair->right = std::move(right);
    pair->leftSize = leftSize;
    pair->rightSize = rightSize;
    pair->difference = diffTexts(pair->left, pair->right);
    return TextPairPtr(std::move(pair));
}

} // namespace sextant
