// FactRows: names and values under each other, as in the inspector: drawn in one widget, cut where they are
// too long, whole in the tooltip. TagChips: tags as chips that wrap. GUI thread only.
#pragma once

#include "ui/widgets/sparkline.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <vector>

namespace sextant {

struct Fact
{
    QString label;
    QString value;
    QString remark; // muted, after the value
    const char* remarkColor = "text.muted";
    bool mono = false;   // ids and commits
    bool number = false; // the value at the right edge, a line before it
    Sparkline line;
    QString whole; // for the tooltip and copying, when the value is cut or rounded
};

class FactRows final : public QWidget
{
    Q_OBJECT
public:
    /// `labelWidth` of the column of names; with numbers the names take what is free.
    explicit FactRows(int labelWidth, QWidget* parent = nullptr);

    void setFacts(std::vector<Fact> facts);
    /// Gives one number its line, by label.
    void setLine(const QString& label, Sparkline line);
    const std::vector<Fact>& facts() const { return m_facts; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {40, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    int rowAt(const QPoint& position) const;
    void paintFact(QPainter* painter, const Theme& theme, const QRect& rect, const Fact& fact) const;

    int m_labelWidth;
    std::vector<Fact> m_facts;
};

class TagChips final : public QWidget
{
    Q_OBJECT
public:
    explicit TagChips(QWidget* parent = nullptr);

    struct Tag
    {
        QString key, value;
    };
    void setTags(std::vector<Tag> tags);
    QSize sizeHint() const override { return {200, heightForWidth(width())}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

signals:
    void tagClicked(const QString& key, const QString& value, const QPoint& globalPosition);

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    std::vector<QRect> arrange(int width) const;
    QString textOf(const Tag& tag) const;
    int tagAt(const QPoint& position) const;

    std::vector<Tag> m_tags;
};

} // namespace sextant
