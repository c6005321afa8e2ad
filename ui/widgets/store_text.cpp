#include "ui/widgets/store_text.h"

#include <QTextDocument>

namespace sextant {

namespace {

constexpr std::size_t kToolTipLimit = 1200;

bool reordersText(QChar character)
{
    auto code = character.unicode();
    return (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

/// The first bytes of a text, not cut within a character.
std::string_view headOf(std::string_view text, std::size_t limit)
{
    if (text.size() <= limit)
        return text;
    while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0) == 0x80)
        --limit;
    return text.substr(0, limit);
}

QString decoded(std::string_view text, std::size_t limit, bool keepLines)
{
    auto head = headOf(text, limit);
    auto shown = QString::fromUtf8(head.data(), static_cast<qsizetype>(head.size()));
    for (auto& character : shown) {
        if (reordersText(character))
            character = QChar::ReplacementCharacter;
        else if (keepLines && (character == u'\n' || character == u'\t'))
            continue;
        else if (character.unicode() < 0x20 || character.unicode() == 0x7F ||
                 character == QChar::LineSeparator || character == QChar::ParagraphSeparator)
            character = QLatin1Char(' ');
    }
    if (head.size() < text.size())
        shown += QChar(0x2026);
    return shown;
}

} // namespace

QString oneLine(std::string_view text, std::size_t limit)
{
    return decoded(text, limit, false);
}

QString oneName(std::string_view text, std::size_t limit)
{
    if (text.size() <= limit)
        return oneLine(text, limit);
    auto tail = text.substr(text.size() - limit / 2);
    while (!tail.empty() && (static_cast<unsigned char>(tail.front()) & 0xC0) == 0x80)
        tail.remove_prefix(1);
    return oneLine(text, limit - limit / 2) + oneLine(tail, limit / 2);
}

QString manyLines(std::string_view text, std::size_t limit)
{
    return decoded(text, limit, true);
}

QString plainToolTip(const QString& text)
{
    if (text.isEmpty())
        return {};
    auto head = text.left(kToolTipLimit);
    return Qt::convertFromPlainText(head.size() < text.size() ? head + QChar(0x2026) : head,
                                    Qt::WhiteSpaceNormal);
}

QString shortId(std::string_view id)
{
    auto text = oneLine(id);
    return text.size() <= 16 ? text : text.left(8) + QChar(0x2026) + text.right(6);
}

} // namespace sextant
