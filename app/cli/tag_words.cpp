#include "app/cli/tag_words.h"

namespace sextant::cli {

Result<std::vector<std::pair<std::string, std::string>>> tagPairs(const std::vector<std::string>& words)
{
    std::vector<std::pair<std::string, std::string>> pairs;
    if (words.size() == 2 && words[0].find('=') == std::string::npos)
        return pairs = {{words[0], words[1]}};
    for (const auto& word : words) {
        auto equals = word.find('=');
        if (equals == std::string::npos || equals == 0)
            return fail(ErrorCode::InvalidArgument, "'" + word + "' is no KEY=VALUE",
                        "Write team=risk, or two words: team risk");
        pairs.emplace_back(word.substr(0, equals), word.substr(equals + 1));
    }
    return pairs;
}

} // namespace sextant::cli
