// TextSideModel: one side of a text difference as a list of lines; TextSideDelegate draws them: number, sign,
// the text with the words that differ. Lines are made when drawn. GUI thread only.
#pragma once

#include "ui/compare/text_pair.h"

#include <QAbstractListModel>
#include <QStyledItemDelegate>

namespace sextant {

class TextSideModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    explicit TextSideModel(bool right, QObject* parent = nullptr) : QAbstractListModel(parent), m_right(right)
    {
    }

    void show(TextPairPtr pair);
    const TextPairPtr& pair() const { return m_pair; }

    /// A stretch of a line: tabs are blanks, controls are gone.
    struct Part
    {
        QString text;
        bool differs = false;
    };
    std::vector<Part> parts(int row) const;
    std::optional<std::size_t> number(int row) const; // of the line, from 0; none: a gap
    DiffLine::Kind kind(int row) const;
    bool isRight() const { return m_right; }
    /// Characters of the longest line as drawn.
    int longest() const { return m_longest; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    std::string_view line(int row) const;

    bool m_right;
    TextPairPtr m_pair;
    int m_longest = 0;
};

class TextSideDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace sextant
