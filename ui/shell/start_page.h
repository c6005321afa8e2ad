// StartPage: what the window shows without a store: the ways to open one, and the stores that are near.
#pragma once

#include "ui/shell/settings.h"
#include "ui/shell/store_finder.h"

#include <QWidget>

class QVBoxLayout;

namespace sextant {

class TextLabel;

class StartPage final : public QWidget
{
    Q_OBJECT
public:
    /// `demo`: the store to try things with; empty: none is installed.
    explicit StartPage(const QString& demo, QWidget* parent = nullptr);

    void setRecent(const std::vector<RecentStore>& stores);
    void setFound(const std::vector<FoundStore>& stores);
    /// A store is being dragged over the window.
    void setDropping(bool dropping);

signals:
    void openWanted();
    void storePicked(const QString& uri);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    class Row;
    class Foot;
    void fill(QWidget* section, const QString& title, const QList<Row*>& rows);

    QWidget* m_recent;
    QWidget* m_found;
    bool m_dropping = false;
};

} // namespace sextant
