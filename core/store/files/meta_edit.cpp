#include "core/store/files/meta_edit.h"

#include <algorithm>

namespace sextant::files {

namespace {

/// One key of the top level with all the lines that belong to it.
struct Block
{
    std::string key;
    std::string lines; // ends with a line end
};

bool continuesBlock(std::string_view line)
{
    return line.empty() || line.front() == ' ' || line.front() == '-';
}

std::optional<std::vector<Block>> splitBlocks(std::string_view text)
{
    std::vector<Block> blocks;
    while (!text.empty()) {
        auto end = std::min(text.find('\n'), text.size());
        auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (!continuesBlock(line)) {
            auto colon = line.find(':');
            bool isKey = colon != std::string_view::npos && colon > 0 &&
                         (colon + 1 == line.size() || line[colon + 1] == ' ') &&
                         line.find_first_not_of(
                             "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-") == colon;
            if (!isKey)
                return std::nullopt;
            blocks.push_back({std::string(line.substr(0, colon)), {}});
        } else if (blocks.empty() || line.starts_with("---")) {
            return std::nullopt;
        }
        blocks.back().lines.append(line).push_back('\n');
    }
    return blocks;
}

std::string linesOf(const MetaChange& change)
{
    auto before = std::string(change.key) + (change.value->starts_with('\n') ? ":" : ": ");
    return before + *change.value + "\n";
}

} // namespace

std::string composeMeta(std::vector<MetaChange> keys)
{
    std::sort(keys.begin(), keys.end(),
              [](const MetaChange& one, const MetaChange& other) { return one.key < other.key; });
    std::string text;
    for (const auto& key : keys)
        if (key.value)
            text += linesOf(key);
    return text;
}

Result<std::string> editMeta(std::string_view text, const std::vector<MetaChange>& changes)
{
    auto blocks = splitBlocks(text);
    if (!blocks)
        return fail(ErrorCode::Unsupported,
                    "The meta.yaml is not laid out as MLflow does, and is not changed",
                    "Change it with the program that wrote it");
    for (const auto& change : changes) {
        auto found = std::find_if(blocks->begin(), blocks->end(),
                                  [&](const Block& block) { return block.key == change.key; });
        if (!change.value) {
            if (found != blocks->end())
                blocks->erase(found);
            continue;
        }
        auto lines = linesOf(change);
        if (found != blocks->end()) {
            found->lines = std::move(lines);
            continue;
        }
        auto next = std::find_if(blocks->begin(), blocks->end(),
                                 [&](const Block& block) { return block.key > change.key; });
        blocks->insert(next, {std::string(change.key), std::move(lines)});
    }
    std::string edited;
    for (const auto& block : *blocks)
        edited += block.lines;
    return edited;
}

} // namespace sextant::files
