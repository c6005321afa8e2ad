#include "ui/shell/saved_views.h"

#include "ui/shell/workspace_store.h"

#include <QCollator>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QSaveFile>
#include <QUrl>
#include <QUrlQuery>

#include <algorithm>

namespace sextant {

namespace {

constexpr int kLongestName = 100;
constexpr int kLongestLink = 4 << 20;
constexpr quint32 kMostBytes = 16 << 20; // of a view, once unpacked
const QString kScheme = QStringLiteral("sextant");
const QString kSuffix = QStringLiteral(".json");

std::string utf8(const QString& text)
{
    return text.toStdString();
}

Error noSuchView(const QString& name)
{
    return Error{ErrorCode::NotFound, "There is no view " + utf8(name), "Choose one of the list", {}, {}};
}

} // namespace

QString SavedViews::folderFor(const QString& storeUri) const
{
    const QByteArray hash = QCryptographicHash::hash(storeUri.toUtf8(), QCryptographicHash::Sha256).toHex();
    return m_folder + QStringLiteral("/views/") + QString::fromLatin1(hash.left(32));
}

QString SavedViews::fileFor(const QString& storeUri, const QString& name) const
{
    // Any name is a file's name on any system: letters and digits stay, the rest is written as its bytes.
    QByteArray file = name.toUtf8().toPercentEncoding(" ", "~.*");
    if (file.size() > 200)
        file = file.left(150) + '-' +
               QCryptographicHash::hash(name.toUtf8(), QCryptographicHash::Sha256).toHex().left(16);
    return folderFor(storeUri) + QLatin1Char('/') + QString::fromLatin1(file) + kSuffix;
}

QStringList SavedViews::names(const QString& storeUri) const
{
    QStringList names;
    if (m_folder.isEmpty())
        return names;
    const QDir folder(folderFor(storeUri));
    for (const QString& entry : folder.entryList({QLatin1Char('*') + kSuffix}, QDir::Files)) {
        QFile file(folder.filePath(entry));
        if (!file.open(QIODevice::ReadOnly) || file.size() > qint64(kMostBytes))
            continue;
        const QString name = QJsonDocument::fromJson(file.readAll()).object()["name"].toString();
        if (!name.isEmpty() && !names.contains(name))
            names << name;
    }
    QCollator collator(QLocale(QLocale::English)); // the C locale knows no numbers in names
    collator.setNumericMode(true);
    std::sort(names.begin(), names.end(),
              [&](const QString& a, const QString& b) { return collator.compare(a, b) < 0; });
    return names;
}

Result<Workspace> SavedViews::load(const QString& storeUri, const QString& name) const
{
    QFile file(fileFor(storeUri, name));
    if (m_folder.isEmpty() || !file.open(QIODevice::ReadOnly))
        return tl::unexpected(noSuchView(name));
    if (file.size() > qint64(kMostBytes))
        return fail(ErrorCode::Unsupported, "The view " + utf8(name) + " is too large to be one",
                    "Save it again");
    return workspaceFromJson(QJsonDocument::fromJson(file.readAll()).object());
}

Result<void> SavedViews::save(const QString& storeUri, const QString& name, const Workspace& workspace) const
{
    if (name.trimmed().isEmpty() || name.size() > kLongestName)
        return fail(ErrorCode::InvalidArgument, "A view needs a name of 1 to 100 characters",
                    "Type a shorter name");
    if (m_folder.isEmpty())
        return fail(ErrorCode::Io, "Views are not kept here", "Start Sextant with a configuration folder");
    QDir().mkpath(folderFor(storeUri));
    QSaveFile file(fileFor(storeUri, name));
    QJsonObject object = toJson(workspace);
    object["name"] = name;
    object["store"] = storeUri;
    const QByteArray bytes = QJsonDocument(object).toJson(QJsonDocument::Indented);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return fail(ErrorCode::Io, "The view could not be written to " + utf8(file.fileName()),
                    "Check the room and the rights of that folder", utf8(file.errorString()));
    return {};
}

Result<void> SavedViews::rename(const QString& storeUri, const QString& from, const QString& to) const
{
    if (from == to)
        return {};
    if (names(storeUri).contains(to))
        return fail(ErrorCode::AlreadyExists, "There is a view " + utf8(to) + " already",
                    "Choose another name");
    SEXTANT_TRY(auto workspace, load(storeUri, from));
    if (auto saved = save(storeUri, to, workspace); !saved)
        return saved;
    return remove(storeUri, from);
}

Result<void> SavedViews::remove(const QString& storeUri, const QString& name) const
{
    if (m_folder.isEmpty() || !QFile::remove(fileFor(storeUri, name)))
        return tl::unexpected(noSuchView(name));
    return {};
}

bool isViewLink(const QString& text)
{
    return text.trimmed().startsWith(kScheme + QStringLiteral("://view?"));
}

QString toLink(const ViewLink& link)
{
    const QByteArray packed =
        qCompress(QJsonDocument(toJson(link.workspace)).toJson(QJsonDocument::Compact), 9);
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("store"), QString::fromLatin1(QUrl::toPercentEncoding(link.storeUri)));
    query.addQueryItem(
        QStringLiteral("data"),
        QString::fromLatin1(packed.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)));
    return kScheme + QStringLiteral("://view?") + query.query(QUrl::FullyEncoded);
}

Result<ViewLink> parseLink(const QString& text)
{
    auto broken = [](const char* detail) {
        return fail(ErrorCode::InvalidArgument, "This is no link to a view, or a part of it is missing",
                    "Copy the whole link once more", detail);
    };
    const QString trimmed = text.trimmed();
    if (!isViewLink(trimmed) || trimmed.size() > kLongestLink)
        return broken("not sextant://view?…");
    const QUrlQuery query(trimmed.mid(trimmed.indexOf(QLatin1Char('?')) + 1));
    ViewLink link;
    link.storeUri = query.queryItemValue(QStringLiteral("store"), QUrl::FullyDecoded);
    const QByteArray packed =
        QByteArray::fromBase64(query.queryItemValue(QStringLiteral("data")).toLatin1(),
                               QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    // The first four bytes say how much room the text wants; it comes from a stranger.
    const auto* bytes = reinterpret_cast<const uchar*>(packed.constData());
    if (link.storeUri.isEmpty() || packed.size() < 8)
        return broken("a part is empty");
    if ((quint32(bytes[0]) << 24 | quint32(bytes[1]) << 16 | quint32(bytes[2]) << 8 | quint32(bytes[3])) >
        kMostBytes)
        return broken("larger than a view can be");
    SEXTANT_TRY(link.workspace, workspaceFromJson(QJsonDocument::fromJson(qUncompress(packed)).object()));
    return link;
}

} // namespace sextant
