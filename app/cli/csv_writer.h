// CsvWriter: rows of comma-separated values, quoted as RFC 4180 says, lines ended by a line feed as pandas
// does. An empty text is quoted, so that it differs from a value that is not there.
#pragma once

#include "app/cli/sink.h"
#include "core/base/time.h"

#include <cstdint>

namespace sextant::cli {

class CsvWriter
{
public:
    explicit CsvWriter(Sink& sink) : m_sink(sink) {}

    void text(std::string_view value);
    void integer(std::int64_t value);
    void number(double value);
    /// As mlflow.search_runs prints it: "2025-11-18 21:04:11.250000+00:00", without a fraction on a full
    /// second.
    void time(EpochMs value);
    void absent() { separate(); }
    /// Fields as csvText makes them, for what begins a million rows alike.
    void ready(std::string_view fields);
    void endRow();

private:
    void separate();

    Sink& m_sink;
    bool m_first = true;
};

/// A text as a row has it, quoted where it must be.
std::string csvText(std::string_view value);

/// The text of a time in csv; empty when unknown.
std::string csvTime(EpochMs time);

} // namespace sextant::cli
