// RunsActions: every command of the Runs page, registered once, and the menus made of them. GUI thread only.
#pragma once

#include "ui/shell/page.h"

#include <QMenu>

#include <optional>

namespace sextant {

struct RunEdit;
class RunsPage;

class RunsActions final : public QObject
{
    Q_OBJECT
public:
    RunsActions(RunsPage& page, PageContext& context);

    void openRowMenu(int row, int column, const QPoint& place);
    void openHeaderMenu(int section, const QPoint& place);
    void openEyeMenu(const QPoint& place);
    void openColorMenu(const std::string& runId, const QPoint& place);

private:
    QAction* add(const char* id, const QString& text, const QString& tip, const char* icon,
                 const QList<QKeySequence>& keys, std::function<void()> run);
    /// Its keys work in the table alone: elsewhere they mean something else.
    QAction* addToTable(const char* id, const QString& text, const QString& tip, const char* icon,
                        const QKeySequence& key, std::function<void()> run);
    void addLooking();
    void addVisibility();
    void addFiltering();
    void addGroups();
    void addColumns();
    void addLayout();
    std::optional<ColumnRef> currentColumn() const;
    void addCopying();
    void addWriting();
    void fillMoreMenu();
    void updateWriting();
    void showFirst(int count);
    void toggleShown();
    void copySelection(int format);
    QAction* find(const char* id) const;
    QMenu* newMenu();

    RunsPage& m_page;
    PageContext& m_context;
};

} // namespace sextant
