// Rail: the pages, as icons at the left edge; help and settings at its foot.
#pragma once

#include <QButtonGroup>
#include <QWidget>

class QVBoxLayout;

namespace sextant {

class Rail final : public QWidget
{
    Q_OBJECT
public:
    explicit Rail(QWidget* parent = nullptr);

    /// Pages at the top, in the order they are added.
    void addPage(const QString& id, const QString& icon, const QString& tip, const QString& name);
    void setCurrent(const QString& pageId);
    /// How many things wait on a page, drawn at its icon; 0: nothing is drawn. `spoken` tells it to readers.
    void setCount(const QString& pageId, int count, const QString& spoken);

signals:
    void picked(const QString& pageId);
    void helpWanted();
    void settingsWanted(QWidget* anchor);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    class Item;
    QVBoxLayout* m_pages;
    QList<Item*> m_items;
};

} // namespace sextant
