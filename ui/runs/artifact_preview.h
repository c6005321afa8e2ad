// ArtifactPreview: one file of a run, as far as it can be shown: text, JSON, CSV as a table, Markdown,
// images. Reads in a job, never more than the first megabyte of a text, and says so. GUI thread only.
#pragma once

#include "ui/charts/history_cache.h"

#include <QImage>
#include <QStringList>
#include <QWidget>

class QPlainTextEdit;
class QPushButton;
class QStackedWidget;
class QTableView;

namespace sextant {

class NoteView;
class StatePanel;
class TextLabel;
class ElidedLabel;

/// What was read of a file.
struct ArtifactContent
{
    enum class Kind { Text, Table, Markdown, Image, Binary };
    Kind kind = Kind::Binary;
    QString file; // on this machine
    QString text;
    std::vector<QStringList> rows; // the first one is the head
    QImage image;
    quint64 size = 0;
    quint64 shown = 0; // bytes; fewer than size: only the beginning
};

/// Reads a file for the preview. Blocks.
Result<ArtifactContent> readArtifact(const std::string& file, const std::string& path);
/// The rows of a CSV text: quotes, doubled quotes, line breaks within quotes; at most `limit`.
std::vector<QStringList> parseCsv(const QString& text, std::size_t limit);

/// Replaces `to` once the copy is whole. Blocks.
Result<void> copyFile(const QString& from, const QString& to);

class ArtifactPreview final : public QWidget
{
    Q_OBJECT
public:
    explicit ArtifactPreview(Session& session, QWidget* parent = nullptr);

    /// Empty path: nothing is chosen.
    void show(const std::string& runId, const std::string& path);
    /// No file is there to be chosen: why.
    void showNothing(const QString& why);
    bool busy() const { return m_busy; }

private:
    void present(const ArtifactContent& content);
    void presentTable(const std::vector<QStringList>& rows);
    void saveCopy();

    Session& m_session;
    std::string m_path;
    QString m_file;
    bool m_busy = false;
    ElidedLabel* m_title;
    TextLabel* m_detail;
    QPushButton* m_save;
    QPushButton* m_folder;
    QStackedWidget* m_stack;
    StatePanel* m_state;
    QPlainTextEdit* m_text;
    QTableView* m_table;
    NoteView* m_markdown;
    QWidget* m_image;
};

} // namespace sextant
