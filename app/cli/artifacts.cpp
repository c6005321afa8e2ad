// `sextant artifacts …`: files of a run.
#include "app/cli/command.h"
#include "app/cli/display.h"
#include "app/cli/download.h"
#include "app/cli/find.h"
#include "app/cli/options.h"

#include <algorithm>
#include <fstream>

namespace sextant::cli {

namespace {

using Kind = RecordField::Kind;

constexpr const char* kRunHelp = "Id, beginning of an id, or name of a run";

struct ArtifactOptions
{
    std::string run;
    std::string path;
    std::vector<std::string> places; // [PATH] DIR
    bool recursive = false;
    bool force = false;
};

Result<std::string> runIdOf(Context& context, const std::string& named)
{
    SEXTANT_TRY(auto* store, context.tracking());
    SEXTANT_TRY(auto run, RunFinder(*store, context.operation()).find(named));
    return run.info.id;
}

Result<std::vector<Artifact>> sortedList(TrackingStore& store, const std::string& runId,
                                         const std::string& path, bool recursive)
{
    SEXTANT_TRY(auto artifacts, store.listArtifacts(runId, path, recursive));
    std::sort(artifacts.begin(), artifacts.end(),
              [](const Artifact& a, const Artifact& b) { return a.path < b.path; });
    return artifacts;
}

Result<int> list(Context& context, const ArtifactOptions& options)
{
    SEXTANT_TRY(auto runId, runIdOf(context, options.run));
    SEXTANT_TRY(auto* store, context.tracking());
    SEXTANT_TRY(auto artifacts, sortedList(*store, runId, options.path, options.recursive));
    RecordList output{
        "artifact", "artifacts", {{"path", "PATH"}, {"is_dir", ""}, {"file_size", "SIZE", Kind::Size}}, {}};
    for (const auto& artifact : artifacts) {
        auto path = artifact.path + (context.format() == Format::Table && artifact.isDirectory ? "/" : "");
        auto size = artifact.isDirectory ? nlohmann::ordered_json() : nlohmann::ordered_json(artifact.size);
        output.records.push_back({{"path", path}, {"is_dir", artifact.isDirectory}, {"file_size", size}});
    }
    output.write(context.sink(), context.format(), context.screenWidth());
    return kDone;
}

Result<int> show(Context& context, const ArtifactOptions& options)
{
    SEXTANT_TRY(auto runId, runIdOf(context, options.run));
    SEXTANT_TRY(auto* store, context.tracking());
    SEXTANT_TRY(auto file, store->artifactFile(runId, options.path));
    std::ifstream input(file, std::ios::binary);
    std::vector<char> block(std::size_t{1} << 18);
    if (!input || !input.read(block.data(), 0))
        return fail(ErrorCode::Io, "The artifact '" + options.path + "' can't be read",
                    "`sextant artifacts list` shows all");
    while (input && !context.sink().readerGone()) {
        if (context.cancelled())
            return cancelledError();
        input.read(block.data(), static_cast<std::streamsize>(block.size()));
        context.sink().write({block.data(), static_cast<std::size_t>(input.gcount())});
    }
    if (input.bad())
        return fail(ErrorCode::Io, "The artifact '" + options.path + "' could not be read to its end",
                    "Is it a folder?");
    return kDone;
}

/// The files at a path: itself when it is a file, else all below it.
Result<std::vector<Download>> filesAt(TrackingStore& store, const std::string& runId, const std::string& path)
{
    std::vector<Download> files;
    if (!path.empty()) {
        auto slash = path.find_last_of('/');
        SEXTANT_TRY(
            auto siblings,
            store.listArtifacts(runId, slash == std::string::npos ? "" : path.substr(0, slash), false));
        bool isFile = std::any_of(siblings.begin(), siblings.end(),
                                  [&](const Artifact& a) { return a.path == path && !a.isDirectory; });
        if (isFile) {
            SEXTANT_TRY(auto source, store.artifactFile(runId, path));
            files.push_back({std::move(source), path});
            return files;
        }
    }
    SEXTANT_TRY(auto artifacts, sortedList(store, runId, path, true));
    for (const auto& artifact : artifacts) {
        if (artifact.isDirectory)
            continue;
        SEXTANT_TRY(auto source, store.artifactFile(runId, artifact.path));
        files.push_back({std::move(source), artifact.path});
    }
    return files;
}

Result<int> download(Context& context, const ArtifactOptions& options)
{
    if (options.places.size() > 2)
        return fail(ErrorCode::InvalidArgument, "`sextant artifacts download` takes RUN [PATH] DIR",
                    "`sextant artifacts download --help` shows examples");
    auto path = options.places.size() == 2 ? options.places.front() : std::string();
    while (path.ends_with('/'))
        path.pop_back();
    SEXTANT_TRY(auto runId, runIdOf(context, options.run));
    SEXTANT_TRY(auto* store, context.tracking());
    SEXTANT_TRY(auto files, filesAt(*store, runId, path));
    if (files.empty())
        return fail(ErrorCode::NotFound,
                    path.empty() ? "Run " + runId + " has no artifacts"
                                 : "Run " + runId + " has no artifact '" + path + "'",
                    "`sextant artifacts list " + runId + " --recursive` shows all");
    SEXTANT_TRY(auto bytes, copyInto(options.places.back(), files, options.force, context.operation()));
    RecordList output{"file, " + std::to_string(bytes) + " bytes",
                      "files, " + std::to_string(bytes) + " bytes",
                      {{"path", "FILE"}},
                      {}};
    for (const auto& file : files)
        output.records.push_back({{"path", options.places.back() + "/" + file.path}});
    output.write(context.sink(), context.format(), context.screenWidth());
    return kDone;
}

Command listCommand()
{
    return {
        "artifacts list",
        "RUN [PATH]",
        "Lists the files and folders of a run",
        "JSON: [{path, is_dir, file_size}] with paths from the run's artifact root; folders have no size.",
        {"sextant artifacts list 598c", "sextant artifacts list 598c plots --recursive --format json"},
        [](CLI::App& app) -> Action {
            auto options = std::make_shared<ArtifactOptions>();
            addArgument(app, "RUN", options->run, kRunHelp);
            addText(app, "PATH", "[PATH]", options->path, "A folder of the run");
            addSwitch(app, "--recursive", options->recursive, "With all that is in its folders");
            return [options](Context& context) { return list(context, *options); };
        }};
}

Command showCommand()
{
    return {"artifacts show",
            "RUN PATH",
            "Writes a file of a run to the standard output, byte for byte",
            "",
            {"sextant artifacts show 598c predictions.csv | head -n 5",
             "sextant artifacts show 598c plots/confusion_matrix.png --output matrix.png"},
            [](CLI::App& app) -> Action {
                auto options = std::make_shared<ArtifactOptions>();
                addArgument(app, "RUN", options->run, kRunHelp);
                addArgument(app, "PATH", options->path, "A file of the run");
                return [options](Context& context) { return show(context, *options); };
            }};
}

Command downloadCommand()
{
    return {"artifacts download",
            "RUN [PATH] DIR",
            "Copies files of a run into a folder, with the folders they are in",
            "All files or, when one is in the way, none. Prints the files written.",
            {"sextant artifacts download 598c evidence",
             "sextant artifacts download 598c plots evidence --force"},
            [](CLI::App& app) -> Action {
                auto options = std::make_shared<ArtifactOptions>();
                addArgument(app, "RUN", options->run, kRunHelp);
                addArguments(app, "DIR", "[PATH] DIR", options->places,
                             "A file or folder of the run, default all; where to put it");
                addSwitch(app, "--force", options->force, "Overwrite files that are already there");
                return [options](Context& context) { return download(context, *options); };
            }};
}

} // namespace

void addArtifactCommands(std::vector<Command>& commands)
{
    commands.push_back(listCommand());
    commands.push_back(showCommand());
    commands.push_back(downloadCommand());
}

} // namespace sextant::cli
