// Report: what all reports share: what was read, with which conventions, the results, and the checks.
// A value. For sources that may see JSON's header.
#pragma once

#include "core/base/error.h"
#include "core/base/operation.h"
#include "core/base/sha256.h"
#include "core/base/time.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <vector>

namespace sextant {

inline constexpr std::string_view kReportSchema = "sextant.report/1";

struct ReportInput
{
    std::string role; // "data", "reference", "current"
    std::string name; // the file's, without its folder
    std::uint64_t rows = 0;
    Digest sha256{}; // of the file's bytes
};

enum class Severity : std::uint8_t { Information, Warning, Critical };
std::string_view toText(Severity severity);

struct ReportCheck
{
    std::string id;
    Severity severity = Severity::Warning;
    bool passed = false;
    std::string observed, expected;
    std::string message; // one sentence
};

struct Report
{
    std::string kind; // "fairness"
    EpochMs created = kNoTime;
    std::vector<ReportInput> inputs;
    nlohmann::ordered_json parameters = nlohmann::ordered_json::object();
    nlohmann::ordered_json conventions = nlohmann::ordered_json::object(); // name -> sentence
    nlohmann::ordered_json results = nlohmann::ordered_json::object();     // members of the document itself
    std::vector<ReportCheck> checks;
};

/// The document: the same report gives the same bytes but for `created`.
nlohmann::ordered_json toDocument(const Report& report);
std::string toJson(const Report& report);

/// A number as reports write it: null where it is NaN, "Infinity" and "-Infinity" as texts.
nlohmann::ordered_json numberOrNull(double value);

/// What is said of a file that was read. Errors: NotFound, PermissionDenied, Io, Cancelled.
Result<ReportInput> describeInput(const std::string& role, const std::string& path, std::uint64_t rows,
                                  const Operation& operation);

} // namespace sextant
