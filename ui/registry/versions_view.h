// VersionsView: the table of a model's versions: badges, chips, links, deltas. GUI thread only.
#pragma once

#include "ui/registry/versions_model.h"

#include <QTableView>

namespace sextant {

class VersionsView final : public QTableView
{
    Q_OBJECT
public:
    explicit VersionsView(VersionsModel& model, QWidget* parent = nullptr);

    /// The height at which every row is seen.
    int wholeHeight() const;
    /// The chosen versions by number, greatest first; the current one when none is selected.
    std::vector<std::int64_t> chosen() const;
    std::int64_t current() const; // 0: none
    void showVersion(std::int64_t version);
    /// Of the current version, in the viewport.
    QRect rowRect() const { return visualRect(currentIndex().siblingAtColumn(0)); }

signals:
    void versionChanged();
    void runWanted(const QString& runId);
    void opened(); // Enter or double click on a version
    void metricMenuWanted(const QPoint& globalPosition);
    void menuWanted(const QPoint& globalPosition);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    class Cells;
    void buildHeader();
    void span();
    void fit();
    bool isLink(const QModelIndex& index) const;
    void setHovered(int row);

    VersionsModel& m_model;
    int m_hovered = -1;
};

} // namespace sextant
