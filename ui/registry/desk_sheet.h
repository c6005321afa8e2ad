// DeskSheet: a table as tall as its rows, for pages that scroll as a whole. What stands in a cell is a value:
// text, icon, colour. GUI thread only.
#pragma once

#include <QAbstractTableModel>
#include <QTableView>

#include <vector>

namespace sextant {

struct SheetCell
{
    QString text;
    QString icon;               // before the text
    const char* color = "text"; // of text and icon
    bool strong = false;
    bool mono = false;
    QString note; // muted, after the text
    QString tip;  // else the text
};

struct SheetColumn
{
    QString title;
    int width = 0; // 0: what is left
    bool right = false;
};

struct SheetRow
{
    std::vector<SheetCell> cells;
    const char* ground = "bg.1";
};

class SheetModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    using QAbstractTableModel::QAbstractTableModel;

    void show(std::vector<SheetColumn> columns, std::vector<SheetRow> rows);
    const SheetRow& row(int place) const { return m_rows[std::size_t(place)]; }
    const std::vector<SheetColumn>& columns() const { return m_columns; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<SheetColumn> m_columns;
    std::vector<SheetRow> m_rows;
};

class DeskSheet final : public QTableView
{
    Q_OBJECT
public:
    explicit DeskSheet(const QString& name, QWidget* parent = nullptr);

    void show(std::vector<SheetColumn> columns, std::vector<SheetRow> rows);
    SheetModel& sheet() { return m_model; }

protected:
    void wheelEvent(QWheelEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void layOut();

    SheetModel m_model;
};

} // namespace sextant
