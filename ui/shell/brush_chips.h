// BrushChips: the workspace's brushes as a strip of chips, each with what it lets through; a click takes one
// away. Hidden while there is none. GUI thread only.
#pragma once

#include "ui/shell/workspace.h"

#include <QWidget>

class QHBoxLayout;

namespace sextant {

class TextLabel;

class BrushChips final : public QWidget
{
    Q_OBJECT
public:
    /// `workspaces` outlives it.
    explicit BrushChips(WorkspaceHistory& workspaces, QWidget* parent = nullptr);

    /// Takes every brush away, as one step to undo.
    void clear();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    class Chip;
    void takeWorkspace();
    void remove(const ColumnRef& column);

    WorkspaceHistory& m_workspaces;
    std::vector<Brush> m_brushes; // shown
    QHBoxLayout* m_chips;
    QWidget* m_clear;
};

} // namespace sextant
