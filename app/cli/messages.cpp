#include "app/cli/messages.h"

#include "app/cli/display.h"

#include <algorithm>

namespace sextant::cli {

namespace {

constexpr std::size_t kLongestSentence = 1000; // columns; words of the user or the store may be megabytes
constexpr std::size_t kContext = 60;           // columns kept on each side of the place when a line is long

/// Lines of a hint may be several; each is made printable by itself.
std::string printableLines(std::string_view text)
{
    std::string result;
    while (true) {
        auto end = text.find('\n');
        result += printable(text.substr(0, end));
        if (end == std::string_view::npos)
            return result;
        result += '\n';
        text.remove_prefix(end + 1);
    }
}

/// The first byte of the code point that a position is in.
std::size_t codePointStart(std::string_view text, std::size_t position)
{
    while (position > 0 && position < text.size() &&
           (static_cast<unsigned char>(text[position]) & 0xC0) == 0x80)
        --position;
    return position;
}

} // namespace

std::string errorText(const Error& error, bool verbose)
{
    auto text = "sextant: " + cutToWidth(printable(error.message), kLongestSentence) + "\n";
    if (!error.hint.empty())
        text += printableLines(error.hint) + "\n";
    if (verbose && !error.detail.empty())
        text += "Detail: " + printableLines(error.detail) + "\n";
    return text;
}

Error withPlace(Error error, std::string_view text)
{
    if (!error.range)
        return error;
    auto begin = codePointStart(text, std::min(error.range->begin, text.size()));
    auto end = codePointStart(text, std::min(text.size(), begin + error.range->length));
    auto from = codePointStart(text, begin > kContext ? begin - kContext : 0);
    auto to = codePointStart(text, std::min(text.size(), end + kContext));
    auto before = (from > 0 ? "…" : "") + printable(text.substr(from, begin - from));
    auto marked = printable(text.substr(begin, end - begin));
    auto after = printable(text.substr(end, to - end)) + (to < text.size() ? "…" : "");
    auto place = "  " + before + marked + after + "\n  " + std::string(displayWidth(before), ' ') +
                 std::string(std::max<std::size_t>(1, displayWidth(marked)), '^');
    error.hint = error.hint.empty() ? place : place + "\n" + error.hint;
    error.range.reset();
    return error;
}

} // namespace sextant::cli
