// Text of a store made safe to show: one line, valid, bounded, without characters that reorder or hide their
// neighbours.
#pragma once

#include <QString>

#include <string>
#include <string_view>

namespace sextant {

/// One line for a cell or a label. Line breaks and other controls become blanks, direction overrides a
/// replacement mark.
QString oneLine(std::string_view text, std::size_t limit = 400);
/// The same for names, whose ends tell them apart: a long one is cut in its middle.
QString oneName(std::string_view text, std::size_t limit);
/// The same for several lines; `limit` in bytes.
QString manyLines(std::string_view text, std::size_t limit);

/// A tooltip that shows the text as it is: markup in it stays visible.
QString plainToolTip(const QString& text);

/// "4f1c9e07…be9d18": an id cut in the middle.
QString shortId(std::string_view id);

inline std::string toStdString(const QString& text)
{
    auto bytes = text.toUtf8();
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

} // namespace sextant
