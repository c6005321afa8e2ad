// DeskHead: what is asked for, by whom and why, and how it stands. GUI thread only.
#pragma once

#include "ui/registry/desk_data.h"

#include <QWidget>

class QMenu;

namespace sextant {

class BadgeLabel;
class ElidedLabel;
class IconButton;
class TextLabel;

class DeskHead final : public QWidget
{
    Q_OBJECT
public:
    explicit DeskHead(QWidget* parent = nullptr);

    void setCase(const DeskCasePtr& made);
    /// Opens below the button at the right; filled by its owner.
    void setMenu(QMenu* menu);
    IconButton* more() const { return m_more; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    ElidedLabel* m_title;
    BadgeLabel* m_from;
    BadgeLabel* m_to;
    TextLabel* m_arrow;
    TextLabel* m_replaces;
    BadgeLabel* m_gates;
    BadgeLabel* m_approvals;
    IconButton* m_more;
    TextLabel* m_who;
    TextLabel* m_reason;
};

} // namespace sextant
