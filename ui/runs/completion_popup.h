// CompletionPopup: the list below the filter field: what may stand here, with the letters that matched, its
// kind and how many runs have it. Never takes the focus; the field passes it the keys. A child of the window,
// so that it is drawn with it.
#pragma once

#include "core/query/complete.h"

#include <QWidget>

#include <vector>

namespace sextant {

class CompletionPopup final : public QWidget
{
    Q_OBJECT
public:
    explicit CompletionPopup(QWidget* field);

    /// Opens below the field, its left edge at `left` (field coordinates); closes when there is nothing to
    /// offer.
    void offer(std::vector<Completion> completions, const QString& note, int left);
    bool isOpen() const { return isVisible(); }
    const Completion* current() const;
    void move(int by); // the current entry, around the ends
    std::size_t count() const { return m_completions.size(); }

signals:
    void picked();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    QRect frame() const;
    QRect rowRect(int place) const; // the place-th row on screen
    int placeAt(const QPoint& position) const;
    void paintRow(QPainter* painter, const QRect& rect, const Completion& completion, bool current) const;
    void paintFooter(QPainter* painter) const;
    void scrollToCurrent();
    int rowsShown() const;

    QWidget* m_field;
    std::vector<Completion> m_completions;
    QString m_note;
    int m_current = 0;
    int m_first = 0; // first row on screen
};

} // namespace sextant
