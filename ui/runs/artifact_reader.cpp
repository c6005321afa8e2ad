// Reading an artifact for its preview.
#include "ui/runs/artifact_preview.h"
#include "ui/widgets/store_text.h"

#include <QFile>
#include <QFileInfo>
#include <QImageReader>
#include <QJsonDocument>

#include <cctype>

namespace sextant {

namespace {

constexpr qint64 kMostText = 1'000'000;
constexpr qint64 kMostImage = 64'000'000; // bytes of the file
constexpr int kMostPixels = 8192;         // a side
constexpr std::size_t kMostRows = 5000;
constexpr qsizetype kMostColumns = 500;

bool endsWithAny(const std::string& path, std::initializer_list<const char*> endings)
{
    auto lower = QString::fromStdString(path).toLower();
    return std::any_of(endings.begin(), endings.end(),
                       [&](const char* ending) { return lower.endsWith(QLatin1String(ending)); });
}

/// No picture of more pixels than a screen can use is decoded at its full size.
QImage readImage(const QString& file)
{
    QImageReader reader(file);
    reader.setAutoTransform(true);
    auto size = reader.size();
    if (size.isValid() && (size.width() > kMostPixels || size.height() > kMostPixels))
        reader.setScaledSize(size.scaled(kMostPixels, kMostPixels, Qt::KeepAspectRatio));
    return reader.read();
}

/// The document with line breaks and indents: each key, number and text stays as it was written, in its
/// order.
class JsonIndenter
{
public:
    QByteArray indent(const QByteArray& json)
    {
        for (char character : json) {
            if (m_quoted)
                addQuoted(character);
            else if (!std::isspace(static_cast<unsigned char>(character)))
                add(character);
        }
        return m_out + '\n';
    }

private:
    void addQuoted(char character)
    {
        m_out += character;
        if (character == '"' && !m_escaped)
            m_quoted = false;
        m_escaped = character == '\\' && !m_escaped;
    }
    void add(char character)
    {
        bool opens = character == '{' || character == '[', closes = character == '}' || character == ']';
        m_depth -= closes;
        if (m_opened != closes)
            breakLine(); // not within an empty pair
        m_opened = opens;
        m_depth += opens;
        m_out += character;
        if (character == ':')
            m_out += ' ';
        if (character == ',')
            breakLine();
        m_quoted = character == '"';
    }
    void breakLine() { m_out += '\n' + QByteArray(2 * std::clamp(m_depth, 0, kDeepestIndent), ' '); }

    static constexpr int kDeepestIndent = 64;
    QByteArray m_out;
    int m_depth = 0;
    bool m_quoted = false, m_escaped = false, m_opened = false;
};

QString prettyJson(const QByteArray& bytes)
{
    QJsonParseError error;
    QJsonDocument::fromJson(bytes, &error);
    return error.error == QJsonParseError::NoError ? QString::fromUtf8(JsonIndenter().indent(bytes))
                                                   : QString();
}

} // namespace

std::vector<QStringList> parseCsv(const QString& text, std::size_t limit)
{
    std::vector<QStringList> rows;
    QStringList row;
    QString cell;
    bool quoted = false;
    auto endCell = [&] {
        if (row.size() < kMostColumns)
            row << cell;
        cell.clear();
    };
    for (qsizetype i = 0; i < text.size() && rows.size() < limit; ++i) {
        auto character = text[i];
        if (quoted && character == u'"' && i + 1 < text.size() && text[i + 1] == u'"') {
            cell += character;
            ++i;
        } else if (character == u'"') {
            quoted = !quoted;
        } else if (!quoted && character == u',') {
            endCell();
        } else if (!quoted && (character == u'\n' || character == u'\r')) {
            if (character == u'\r' && i + 1 < text.size() && text[i + 1] == u'\n')
                ++i;
            endCell();
            rows.push_back(std::exchange(row, {}));
        } else {
            cell += character;
        }
    }
    if (rows.size() < limit && (!cell.isEmpty() || !row.isEmpty())) {
        endCell();
        rows.push_back(row);
    }
    return rows;
}

Result<ArtifactContent> readArtifact(const std::string& name, const std::string& path)
{
    ArtifactContent content;
    content.file = QString::fromStdString(name);
    QFile file(content.file);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Io, "The file can't be read", "See whether it is still there and may be read",
                    file.errorString().toStdString());
    content.size = static_cast<quint64>(file.size());
    if (endsWithAny(path, {".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".svg"}) &&
        file.size() <= kMostImage) {
        content.image = readImage(content.file);
        content.shown = content.size;
        if (!content.image.isNull()) {
            content.kind = ArtifactContent::Kind::Image;
            return content;
        }
    }
    auto bytes = file.read(kMostText);
    content.shown = static_cast<quint64>(bytes.size());
    if (bytes.left(8000).contains('\0'))
        return content;
    auto whole = content.shown == content.size;
    content.kind = ArtifactContent::Kind::Text;
    content.text = manyLines({bytes.constData(), static_cast<std::size_t>(bytes.size())},
                             static_cast<std::size_t>(kMostText));
    if (endsWithAny(path, {".csv"})) {
        content.kind = ArtifactContent::Kind::Table;
        content.rows = parseCsv(content.text, kMostRows + 1);
    } else if (endsWithAny(path, {".md", ".markdown"})) {
        content.kind = ArtifactContent::Kind::Markdown;
    } else if (endsWithAny(path, {".json"}) && whole) {
        if (auto pretty = prettyJson(bytes); !pretty.isEmpty())
            content.text = manyLines(toStdString(pretty), static_cast<std::size_t>(4 * kMostText));
    }
    return content;
}

} // namespace sextant
