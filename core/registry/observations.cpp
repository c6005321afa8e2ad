#include "core/registry/observations.h"

#include "core/base/sha256.h"
#include "core/base/strict_json.h"
#include "core/base/text.h"
#include "core/store/files/folder.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <map>
#include <sys/file.h>
#include <unistd.h>

namespace sextant::registry {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

namespace {

constexpr const char* kSchema = "sextant.observations/1";
constexpr const char* kLooksSuffix = ".looks";
constexpr std::uint64_t kMostBytes = 64ULL << 20;
constexpr std::size_t kNameDigits = 16; // of the hash that names the file

using Versions = std::set<std::int64_t>;
/// Model and target -> versions that are there.
using Holders = std::map<std::pair<std::string, std::string>, Versions>;

Holders holdersOf(const std::vector<ModelVersion>& versions)
{
    Holders holders;
    for (const auto& version : versions) {
        auto model = toUtf8(version.name);
        for (const auto& alias : version.aliases)
            holders[{model, "alias:" + toUtf8(alias)}].insert(version.version);
        if (version.stage != Stage::None)
            holders[{model, "stage:" + std::string(toText(version.stage))}].insert(version.version);
    }
    return holders;
}

Holders holdersAfter(const std::vector<Observation>& observations)
{
    Holders holders;
    for (const auto& one : observations) {
        auto& there = holders[{one.model, one.target}];
        for (auto version : one.from)
            there.erase(version);
        there.insert(one.to.begin(), one.to.end());
    }
    return holders;
}

std::vector<std::int64_t> without(const Versions& all, const Versions& taken)
{
    std::vector<std::int64_t> rest;
    std::set_difference(all.begin(), all.end(), taken.begin(), taken.end(), std::back_inserter(rest));
    return rest;
}

std::string lineOf(const Observation& one)
{
    Json json{{"seen", one.seen},   {"since", isKnown(one.since) ? Json(one.since) : Json()},
              {"model", one.model}, {"target", one.target},
              {"from", one.from},   {"to", one.to}};
    return json.dump() + "\n";
}

/// Nothing for a line that is none: one that was cut by a full disk costs no more than itself.
std::optional<Observation> parseLine(std::string_view line)
{
    auto json = parseStrictJson(line, "An observation");
    if (!json || !json->is_object() || !json->contains("target"))
        return {};
    Observation one;
    try {
        one.seen = json->at("seen").get<EpochMs>();
        if (const auto& since = json->at("since"); since.is_number_integer())
            one.since = since.get<EpochMs>();
        one.model = json->at("model").get<std::string>();
        one.target = json->at("target").get<std::string>();
        one.from = json->at("from").get<std::vector<std::int64_t>>();
        one.to = json->at("to").get<std::vector<std::int64_t>>();
    } catch (const Json::exception&) {
        return {};
    }
    return one;
}

std::vector<Observation> parseLines(std::string_view text)
{
    std::vector<Observation> observations;
    for (auto line : split(text, '\n'))
        if (auto one = parseLine(line))
            observations.push_back(std::move(*one));
    return observations;
}

/// When the whole registry, and single models, were looked at last.
struct Looks
{
    EpochMs all = kNoTime;
    std::map<std::string, EpochMs> models;
    std::string whole;     // who was where at the last look at all, as a digest
    std::size_t bytes = 0; // of the observations then

    EpochMs at(const std::string& model) const
    {
        auto found = models.find(model);
        return found == models.end() ? all : std::max(all, found->second);
    }
};

Looks parseLooks(const std::string& text)
{
    Looks looks;
    auto json = parseStrictJson(text, "The looks");
    if (!json || !json->is_object())
        return looks;
    for (const auto& [key, value] : json->items()) {
        if (key == "all" && value.is_number_integer())
            looks.all = value.get<EpochMs>();
        if (key == "whole" && value.is_string())
            looks.whole = value.get<std::string>();
        if (key == "bytes" && value.is_number_unsigned())
            looks.bytes = value.get<std::size_t>();
        if (key == "models" && value.is_object())
            for (const auto& [model, time] : value.items())
                if (time.is_number_integer())
                    looks.models[model] = time.get<EpochMs>();
    }
    return looks;
}

std::string formatLooks(const Looks& looks)
{
    auto models = Json::object();
    for (const auto& [model, time] : looks.models)
        if (!isKnown(looks.all) || time > looks.all)
            models[model] = time;
    return Json{{"all", isKnown(looks.all) ? Json(looks.all) : Json()},
                {"models", models},
                {"whole", looks.whole},
                {"bytes", looks.bytes}}
               .dump() +
           "\n";
}

std::string digestOf(const Holders& holders)
{
    std::string text;
    for (const auto& [place, versions] : holders) {
        text += place.first + '\n' + place.second;
        for (auto version : versions)
            text += '\n' + std::to_string(version);
        text += '\0';
    }
    return toHex(sha256(text));
}

/// What came and went; of one model, or of all when that is empty.
std::vector<Observation> differences(Holders before, const Holders& after, const std::string& model,
                                     const Looks& looks, EpochMs time)
{
    std::vector<Observation> found;
    auto compare = [&](const Holders::key_type& place, const Versions& was, const Versions& is) {
        bool inView = model.empty() || place.first == model;
        if (inView && was != is)
            found.push_back(
                {time, looks.at(place.first), place.first, place.second, without(was, is), without(is, was)});
    };
    for (const auto& [place, is] : after)
        compare(place, before[place], is);
    for (const auto& [place, was] : before)
        if (!after.contains(place))
            compare(place, was, {});
    return found;
}

/// Not made to last: without it a change is only dated less closely.
bool writeWhole(const std::string& path, const std::string& text)
{
    files::FileHandle file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
    return file && files::writeAll(file.get(), text);
}

Result<std::string> contentOf(const std::string& path)
{
    files::FileBuffer buffer;
    auto read = files::readFile(AT_FDCWD, path.c_str(), kMostBytes, buffer);
    if (!read && read.outcome != files::ReadOutcome::Missing)
        return fail(ErrorCode::Io, "What was seen of this store can't be read: " + describeProblem(read),
                    "Look at " + path);
    return read ? std::string(buffer.text()) : std::string();
}

} // namespace

Observations::Observations(std::string folder, std::string store)
    : m_folder(std::move(folder)), m_store(std::move(store))
{
    m_file = m_folder + "/" + toHex(sha256(m_store)).substr(0, kNameDigits) + ".jsonl";
}

Result<std::vector<Observation>> Observations::note(const std::vector<ModelVersion>& versions,
                                                    const std::string& model, EpochMs time) const
{
    auto failed = [this](int error) {
        return fail(ErrorCode::Io,
                    "What was seen of this store can't be kept: " + files::describeError(error),
                    "Look at " + m_file);
    };
    std::error_code error;
    fs::create_directories(m_folder, error);
    files::FileHandle file(
        ::open(m_file.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!file || ::flock(file.get(), LOCK_EX) != 0)
        return failed(errno);
    SEXTANT_TRY(auto text, contentOf(m_file));
    SEXTANT_TRY(auto looked, contentOf(m_file + kLooksSuffix));
    auto looks = parseLooks(looked);
    auto after = holdersOf(versions);
    auto whole = model.empty() ? digestOf(after) : std::string();
    bool same = !whole.empty() && looks.whole == whole && looks.bytes == text.size();
    auto found = same ? std::vector<Observation>()
                      : differences(holdersAfter(parseLines(text)), after, toUtf8(model), looks, time);
    std::string added =
        text.empty() ? Json{{"schema", kSchema}, {"store", toUtf8(m_store)}}.dump() + "\n" : "";
    if (!text.empty() && text.back() != '\n')
        added += "\n";
    for (const auto& one : found)
        added += lineOf(one);
    if (!files::writeAll(file.get(), added))
        return failed(errno);
    (model.empty() ? looks.all : looks.models[toUtf8(model)]) = time;
    if (model.empty()) {
        looks.whole = whole;
        looks.bytes = text.size() + added.size();
    }
    if (!writeWhole(m_file + kLooksSuffix, formatLooks(looks)))
        return failed(errno);
    return found;
}

Result<std::vector<Observation>> Observations::of(const std::string& model) const
{
    SEXTANT_TRY(auto text, contentOf(m_file));
    auto all = parseLines(text);
    std::erase_if(all, [&](const Observation& one) { return one.model != model; });
    return all;
}

std::string defaultStateFolder()
{
    const char* named = std::getenv("XDG_STATE_HOME");
    if (named && *named == '/')
        return std::string(named) + "/sextant";
    const char* home = std::getenv("HOME");
    return home && *home ? std::string(home) + "/.local/state/sextant" : std::string();
}

namespace {

Observations ofUser(const std::string& store)
{
    return {defaultStateFolder() + "/registries", store};
}

} // namespace

void observeRegistry(const std::string& store, const std::vector<ModelVersion>& versions,
                     const std::string& model)
{
    if (defaultStateFolder().empty())
        return;
    auto noted = ofUser(store).note(versions, model, now());
    static_cast<void>(noted); // reading goes on without it
}

Result<std::vector<Observation>> observationsOf(const std::string& store, const std::string& model)
{
    return ofUser(store).of(model);
}

} // namespace sextant::registry
