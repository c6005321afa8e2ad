#include "tests/cli/cli_test.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace sextant::cli {

namespace fs = std::filesystem;

Outcome sextant(const std::vector<std::string>& arguments, const Hooks& hooks, bool terminal,
                std::size_t width)
{
    std::ostringstream out, err;
    Outcome outcome;
    outcome.code = run(arguments, {out, err, terminal, width}, hooks);
    outcome.out = out.str();
    outcome.err = err.str();
    return outcome;
}

TemporaryFolder::TemporaryFolder()
{
    auto pattern = (fs::temp_directory_path() / "sextant-cli-XXXXXX").string();
    m_path = mkdtemp(pattern.data());
}

TemporaryFolder::~TemporaryFolder()
{
    std::error_code ignored;
    fs::remove_all(m_path, ignored);
}

std::string TemporaryFolder::write(const std::string& name, const std::string& content) const
{
    auto path = m_path / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << content;
    return path.string();
}

std::string readFile(const fs::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string demoStore()
{
    return std::string(SEXTANT_SOURCE_DIR) + "/resources/demo/mlflow.db";
}

std::string copyOfDemoStore(const TemporaryFolder& folder)
{
    auto copy = folder.file("mlflow.db");
    fs::copy_file(demoStore(), copy);
    fs::permissions(copy, fs::perms::owner_write, fs::perm_options::add);
    return copy;
}

std::vector<std::vector<std::string>> parseCsv(const std::string& text)
{
    std::vector<std::vector<std::string>> rows;
    std::vector<std::string> row;
    std::string cell;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
            cell += '"';
            ++i;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (!quoted && (c == ',' || c == '\n')) {
            row.push_back(std::exchange(cell, {}));
            if (c == '\n')
                rows.push_back(std::exchange(row, {}));
        } else {
            cell += c;
        }
    }
    return rows;
}

void expectGolden(const std::string& name, const std::string& text)
{
    auto path = fs::path(SEXTANT_SOURCE_DIR) / "tests/cli/golden" / name;
    if (std::getenv("SEXTANT_UPDATE_GOLDEN")) {
        fs::create_directories(path.parent_path());
        std::ofstream(path, std::ios::binary) << text;
        return;
    }
    EXPECT_EQ(readFile(path), text) << "golden text " << name
                                    << " differs; SEXTANT_UPDATE_GOLDEN=1 rewrites it";
}

} // namespace sextant::cli
