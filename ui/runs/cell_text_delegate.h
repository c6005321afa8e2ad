// CellTextDelegate: cells of the tables on a run's page: plain, strong or muted text, numbers in equal
// digits, group heads with a chevron, small lines. What a cell is like comes from roles of its model. GUI
// thread only.
#pragma once

#include "ui/widgets/sparkline.h"

#include <QStyledItemDelegate>

namespace sextant {

struct CellLook
{
    bool strong = false;
    bool muted = false;
    bool number = false;
    bool tinted = false; // differs from the baseline
    bool mono = false;
    bool head = false; // a group's head, drawn over its row
    bool open = true;  // of a head
    int indent = 0;
    QString remark; // of a head: how many
    Sparkline line;
};

class CellTextDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    static constexpr int kLookRole = Qt::UserRole + 100; // CellLook

    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;

private:
    static void paintHead(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index,
                          const CellLook& look);
};

} // namespace sextant

Q_DECLARE_METATYPE(sextant::CellLook)
