// BrushChips: the workspace's brushes as a strip of chips, each with what it lets through; a click takes one
// away, its menu turns it into text of the filter. Hidden while there is none. GUI thread only.
#pragma once

#include "ui/shell/page.h"

#include <QWidget>

class QHBoxLayout;

namespace sextant {

class TextLabel;

class BrushChips final : public QWidget
{
    Q_OBJECT
public:
    /// `context` outlives it.
    explicit BrushChips(PageContext& context, QWidget* parent = nullptr);

    /// Takes every brush away, as one step to undo.
    void clear();
    /// Puts all of them into the filter, as text, in their place. One step to undo.
    void turnIntoFilter() { turnIntoFilter(m_brushes); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    class Chip;
    void takeWorkspace();
    void remove(const ColumnRef& column);
    void turnIntoFilter(const std::vector<Brush>& brushes);
    void openMenu(const Brush& brush, const QPoint& place);
    std::string clauseOf(const Brush& brush) const;

    PageContext& m_context;
    WorkspaceHistory& m_workspaces;
    std::vector<Brush> m_brushes; // shown
    QHBoxLayout* m_chips;
    QWidget* m_clear;
};

} // namespace sextant
