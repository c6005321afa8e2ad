// `sextant screenshot`: its options; the drawing is the window's.
#include "app/cli/command.h"
#include "app/cli/find.h"
#include "app/cli/options.h"

#include "core/base/number.h"
#include "core/base/text.h"

namespace sextant::cli {

namespace {

constexpr std::int64_t kSmallest = 64, kLargest = 16384; // pixels a side

struct ScreenshotOptions
{
    std::string page, file, size, theme = "light", state, run, scale = "1", typed, keys;
    std::vector<std::string> actions, presses;
};

Result<void> readSize(const std::string& text, ScreenshotRequest& request)
{
    if (text.empty())
        return {};
    auto parts = split(text, 'x');
    auto width = parts.size() == 2 ? parseInteger(parts[0]) : std::nullopt;
    auto height = parts.size() == 2 ? parseInteger(parts[1]) : std::nullopt;
    auto fits = [](const auto& side) { return side && *side >= kSmallest && *side <= kLargest; };
    if (!fits(width) || !fits(height))
        return fail(ErrorCode::InvalidArgument, "'" + text + "' is no size of a picture",
                    "Write WIDTHxHEIGHT with 64 to 16384 pixels a side: 1440x900");
    request.width = static_cast<int>(*width);
    request.height = static_cast<int>(*height);
    return {};
}

Result<int> draw(Context& context, const ScreenshotOptions& options)
{
    ScreenshotRequest request{options.page, {}, options.file, {}, options.theme, options.state};
    SEXTANT_CHECK(readSize(options.size, request));
    request.actions = options.actions;
    request.presses = options.presses;
    request.typed = options.typed;
    request.keys = options.keys;
    request.scale = static_cast<int>(parseInteger(options.scale).value_or(1));
    if (!context.hooks().screenshot)
        return fail(ErrorCode::Unsupported, "This build has no window to draw",
                    "Build the program with its window");
    auto uri = context.storeUri();
    request.storeUri = uri.value_or("");
    if (!options.run.empty()) {
        SEXTANT_TRY(auto* store, context.tracking());
        SEXTANT_TRY(auto run, RunFinder(*store, context.operation()).find(options.run));
        request.subject = run.info.id;
    }
    SEXTANT_CHECK(context.hooks().screenshot(request));
    context.sink().write(options.file + "\n");
    return kDone;
}

} // namespace

void addScreenshotCommand(std::vector<Command>& commands)
{
    commands.push_back(
        {"screenshot",
         "PAGE FILE.png",
         "Draws a page of the window into a PNG file, without a display",
         "",
         {"sextant screenshot runs runs.png --store mlflow.db --theme dark",
          "sextant screenshot run run.png --run 7d5c --size 1280x800",
          "sextant screenshot compare menu.png --press Export"},
         [](CLI::App& app) -> Action {
             auto options = std::make_shared<ScreenshotOptions>();
             addArgument(app, "PAGE", options->page,
                         "runs, run, compare, registry, audit, empty, palette, shortcuts, components");
             addArgument(app, "FILE", options->file, "Where to write the picture");
             addText(app, "--size", "WxH", options->size, "In pixels, default 1440x900");
             addChoice(app, "--theme", options->theme, {"light", "dark"}, "Default light");
             addChoice(app, "--scale", options->scale, {"1", "2", "3", "4"},
                       "Device pixels for one pixel, default 1");
             addText(app, "--run", "RUN", options->run,
                     "The run that the page `run` shows, default the newest");
             addTexts(app, "--action", "ID", options->actions,
                      "An action to run first, by its id: run.artifacts");
             addTexts(app, "--press", "NAME", options->presses,
                      "After them: a control by the beginning of its name, or an action: Export");
             addText(app, "--type", "TEXT", options->typed,
                     "What is typed where the focus is, after the actions");
             addText(app, "--keys", "KEYS", options->keys, "Keys pressed at the end: \"Down, Menu\"");
             addText(app, "--state", "FILE", options->state, "A saved workspace to start from");
             return [options](Context& context) { return draw(context, *options); };
         }});
}

} // namespace sextant::cli
