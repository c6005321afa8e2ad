#include "app/cli/context.h"

#include "app/cli/display.h"

#include <algorithm>
#include <cstdlib>
#include <string_view>

namespace sextant::cli {

namespace {

/// SEXTANT_CACHE: "off", or a folder to use instead of the user's own.
std::string cacheFolder(bool noCache)
{
    const char* named = std::getenv("SEXTANT_CACHE");
    std::string_view folder = named ? named : "";
    if (noCache || folder == "off")
        return {};
    return folder.empty() ? defaultCacheFolder() : std::string(folder);
}

} // namespace

Context::Context(const CommonOptions& options, const Streams& streams, const Hooks& hooks)
    : m_options(options), m_streams(streams), m_hooks(hooks)
{
    if (hooks.interruption)
        m_stop = hooks.interruption();
}

Format Context::format() const
{
    if (m_options.format == "table")
        return Format::Table;
    if (m_options.format == "csv")
        return Format::Csv;
    if (m_options.format == "json" || std::string_view(m_options.output).ends_with(".json"))
        return Format::Json;
    return m_options.output.empty() && m_streams.outIsTerminal ? Format::Table : Format::Csv;
}

Result<std::string> Context::storeUri() const
{
    auto uri = m_options.store.empty() ? defaultStoreUri() : m_options.store;
    if (uri.empty())
        return fail(
            ErrorCode::NotFound, "No store is named, and this folder holds neither mlflow.db nor mlruns",
            "Name one with --store: a database (mlflow.db) or a folder (mlruns); or set MLFLOW_TRACKING_URI");
    return uri;
}

Result<Store*> Context::store()
{
    if (!m_store) {
        SEXTANT_TRY(auto uri, storeUri());
        SEXTANT_TRY(m_store, openStore(uri, {cacheFolder(m_options.noCache)}));
    }
    return &*m_store;
}

Result<TrackingStore*> Context::tracking()
{
    SEXTANT_TRY(auto* opened, store());
    return opened->tracking.get();
}

Result<RegistryStore*> Context::registry()
{
    SEXTANT_TRY(auto* opened, store());
    if (!opened->registry)
        return fail(ErrorCode::Unsupported, "This store has no model registry",
                    "Registered models came with MLflow 1.4; open the store that holds them");
    return opened->registry.get();
}

Result<void> Context::openSink()
{
    if (m_options.output.empty()) {
        m_sink = std::make_unique<Sink>(m_streams.out);
        return {};
    }
    SEXTANT_TRY(m_sink, Sink::toFile(m_options.output));
    return {};
}

Result<void> Context::finish()
{
    SEXTANT_CHECK(m_sink->finish());
    tellWarnings();
    return {};
}

Operation Context::operation() const
{
    return {m_stop, {}};
}

void Context::note(const std::string& sentence)
{
    m_streams.err << "sextant: " << printable(sentence) << "\n";
}

void Context::tellWarnings()
{
    if (!m_store)
        return;
    auto warnings = m_store->tracking->warnings();
    if (warnings.empty())
        return;
    constexpr std::size_t kShown = 3;
    bool all = m_options.verbose;
    std::string text = counted(warnings.size(), "place was", "places were") + " skipped:";
    for (std::size_t i = 0; i < (all ? warnings.size() : std::min(kShown, warnings.size())); ++i)
        text += "\n  " + printable(warnings[i].where) + ": " + printable(warnings[i].what);
    if (!all && warnings.size() > kShown)
        text += "\n  and " + std::to_string(warnings.size() - kShown) + " more; --verbose lists them";
    m_streams.err << "sextant: " << text << "\n";
}

} // namespace sextant::cli
