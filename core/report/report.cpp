#include "core/report/report.h"

#include <cmath>
#include <filesystem>
#include <fstream>

namespace sextant {
namespace {

constexpr std::size_t kBlock = std::size_t{1} << 20;

Result<Digest> digestOfFile(const std::string& path, const Operation& operation)
{
    std::ifstream stream(path, std::ios::binary);
    if (!stream)
        return fail(ErrorCode::PermissionDenied, path + " can't be read");
    Sha256 hash;
    std::vector<char> block(kBlock);
    std::uint64_t done = 0;
    while (stream) {
        if (operation.cancelled())
            return cancelledError();
        stream.read(block.data(), static_cast<std::streamsize>(block.size()));
        hash.add({block.data(), static_cast<std::size_t>(stream.gcount())});
        operation.progress("Hashing " + path, done += static_cast<std::uint64_t>(stream.gcount()), 0);
    }
    if (stream.bad())
        return fail(ErrorCode::Io, path + " can't be read to its end");
    return hash.finish();
}

} // namespace

std::string_view toText(Severity severity)
{
    switch (severity) {
    case Severity::Information:
        return "info";
    case Severity::Warning:
        return "warning";
    case Severity::Critical:
        return "critical";
    }
    return "";
}

nlohmann::ordered_json numberOrNull(double value)
{
    if (std::isnan(value))
        return nullptr;
    if (std::isinf(value))
        return value > 0 ? "Infinity" : "-Infinity";
    return value;
}

nlohmann::ordered_json toDocument(const Report& report)
{
    nlohmann::ordered_json document{{"schema", kReportSchema},
                                    {"kind", report.kind},
                                    {"created", report.created},
                                    {"tool", {{"name", "sextant"}, {"version", SEXTANT_VERSION}}}};
    document["inputs"] = nlohmann::ordered_json::array();
    for (const auto& input : report.inputs)
        document["inputs"].push_back({{"role", input.role},
                                      {"name", input.name},
                                      {"rows", input.rows},
                                      {"sha256", toHex(input.sha256)}});
    document["parameters"] = report.parameters;
    document["conventions"] = report.conventions;
    document.update(report.results);
    document["checks"] = nlohmann::ordered_json::array();
    for (const auto& check : report.checks)
        document["checks"].push_back({{"id", check.id},
                                      {"severity", toText(check.severity)},
                                      {"passed", check.passed},
                                      {"observed", check.observed},
                                      {"expected", check.expected},
                                      {"message", check.message}});
    return document;
}

std::string toJson(const Report& report)
{
    return toDocument(report).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

Result<ReportInput> describeInput(const std::string& role, const std::string& path, std::uint64_t rows,
                                  const Operation& operation)
{
    ReportInput input{role, std::filesystem::path(path).filename().string(), rows, {}};
    SEXTANT_TRY(input.sha256, digestOfFile(path, operation));
    return input;
}

} // namespace sextant
