// Context: what a command works with: the common options, the store they name, the place of its output.
#pragma once

#include "app/cli/program.h"
#include "app/cli/records.h"
#include "core/query/filter.h"
#include "core/store/open.h"

#include <optional>

namespace sextant::cli {

struct CommonOptions
{
    std::string store;
    std::string format;
    std::string output;
    bool noCache = false;
    bool verbose = false;
};

class Context
{
public:
    Context(const CommonOptions& options, const Streams& streams, const Hooks& hooks);

    const CommonOptions& options() const { return m_options; }
    const Hooks& hooks() const { return m_hooks; }

    /// As asked for; else by the output file's ending; else a table on a terminal and csv elsewhere.
    Format format() const;
    /// Width to fit tables into, 0: any.
    std::size_t screenWidth() const { return m_options.output.empty() ? m_streams.width : 0; }

    /// The URI of the store to open. Error: NotFound when none is named and none is here.
    Result<std::string> storeUri() const;

    /// Opens the store on first use.
    Result<TrackingStore*> tracking();
    Result<RegistryStore*> registry();

    /// The output. Opened before any work, so that a place that can't be written costs nothing.
    Sink& sink() { return *m_sink; }
    Result<void> openSink();
    /// Writes what was put out; then says what the store had to skip.
    Result<void> finish();

    Operation operation() const;
    bool cancelled() const { return m_stop.stop_requested(); }

    /// A remark beside the output.
    void note(const std::string& sentence);

private:
    Result<Store*> store();
    void tellWarnings();

    CommonOptions m_options;
    Streams m_streams;
    const Hooks& m_hooks;
    std::stop_token m_stop;
    std::optional<Store> m_store;
    std::unique_ptr<Sink> m_sink;
};

} // namespace sextant::cli
