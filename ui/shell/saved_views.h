// SavedViews: workspaces that the user gave a name, one small JSON file each, kept by store. And the same as
// one line of text that another Sextant opens. GUI thread only.
#pragma once

#include "ui/shell/workspace.h"

#include <QStringList>

namespace sextant {

class SavedViews
{
public:
    /// `folder`: the user's configuration folder; empty: nothing is kept.
    explicit SavedViews(const QString& folder) : m_folder(folder) {}

    /// Names of the views of a store, sorted.
    QStringList names(const QString& storeUri) const;
    /// Errors: NotFound, Unsupported for a file that is none of ours.
    Result<Workspace> load(const QString& storeUri, const QString& name) const;
    /// Replaces a view of the same name. Errors: InvalidArgument for an empty or endless name, Io.
    Result<void> save(const QString& storeUri, const QString& name, const Workspace& workspace) const;
    /// Errors: NotFound, AlreadyExists, Io.
    Result<void> rename(const QString& storeUri, const QString& from, const QString& to) const;
    Result<void> remove(const QString& storeUri, const QString& name) const;

    QString fileFor(const QString& storeUri, const QString& name) const;

private:
    QString folderFor(const QString& storeUri) const;
    QString m_folder;
};

/// "sextant://view?store=…&data=…": the store and all of the workspace. Opened by `sextant LINK`, dropped or
/// pasted text.
struct ViewLink
{
    QString storeUri;
    Workspace workspace;
};
bool isViewLink(const QString& text);
QString toLink(const ViewLink& link);
/// Errors: InvalidArgument for a text that is none or was cut.
Result<ViewLink> parseLink(const QString& text);

} // namespace sextant
