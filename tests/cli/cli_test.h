// Driving the command line in process: arguments in, exit code and both streams out.
#pragma once

#include "app/cli/program.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace sextant::cli {

struct Outcome
{
    int code = -1;
    std::string out;
    std::string err;

    nlohmann::ordered_json json() const { return nlohmann::ordered_json::parse(out); }
};

Outcome sextant(const std::vector<std::string>& arguments, const Hooks& hooks = {}, bool terminal = false,
                std::size_t width = 0);

/// A folder that goes away with the object.
class TemporaryFolder
{
public:
    TemporaryFolder();
    ~TemporaryFolder();

    std::filesystem::path path() const { return m_path; }
    std::string file(const std::string& name) const { return (m_path / name).string(); }
    std::string write(const std::string& name, const std::string& content) const;

private:
    std::filesystem::path m_path;
};

std::string readFile(const std::filesystem::path& path);

/// The demo store of the project: written by the real MLflow client.
std::string demoStore();
/// A copy that may be written to.
std::string copyOfDemoStore(const TemporaryFolder& folder);

/// Rows of a csv text, cells unquoted.
std::vector<std::vector<std::string>> parseCsv(const std::string& text);

/// Compares with tests/cli/golden/NAME; writes it instead when SEXTANT_UPDATE_GOLDEN is set.
void expectGolden(const std::string& name, const std::string& text);

} // namespace sextant::cli
